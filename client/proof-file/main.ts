// The script inside a proof file: checks the bundle that stands in the same file, and shows what it says and what is
// wrong with it. Runs from a disk, years later, without the server that made the file; nothing is loaded.

import { clockIn } from '../../server/custody/local-time.ts'
import {
  type Bundle,
  type BundleReport,
  fromBase64,
  leafHash,
  ProofError,
  parsePolicy,
  readBundle,
  readEntry,
  sha256,
  toHex,
  utf8,
  verifyBundle,
} from '../../server/proof/index.ts'

type Both = [zh: string, en: string]
/** `timeZone` is that of the agency which made the file. */
type Words = { text: Record<string, Both>; fact: Record<string, Both>; timeZone: string }

const textIn = (id: string) => document.getElementById(id)?.textContent ?? ''
const words: Words = JSON.parse(textIn('words'))
const main = document.getElementById('proof')!

type Child = Node | string | undefined
function element(name: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children.filter((child) => child !== undefined))
  return made
}
const plain = (name: string, ...children: Child[]) => element(name, {}, ...children)

/** A text in both languages. */
function said([zh, en]: Both): DocumentFragment {
  const both = document.createDocumentFragment()
  both.append(element('span', { lang: 'zh-CN' }, zh), ' ', element('span', { lang: 'en' }, en))
  return both
}
const word = (key: string) => said(words.text[key] ?? [key, key])

function draw(policyText?: string): void {
  const given = textIn('bundle')
  main.replaceChildren()
  try {
    const bundle = readBundle(given)
    main.append(plain('h1', `${bundle.item} · `, word('title')))
    const label = newestLabelIn(bundle)
    if (label) main.append(plain('p', word('label'), ' ', plain('code', label)))
    const policy = policyText === undefined ? undefined : parsePolicy(utf8(policyText))
    const report = verifyBundle(given, policy)
    main.append(...verdictOn(report), entriesOf(bundle, report), ...aboutLog(bundle, report), ...filesOf(bundle))
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    main.append(outcome('broken', plain('p', word('broken')), plain('p', error.message)))
  }
  main.append(trusting(policyText))
}

/** The code on the thing, when it got another label since. */
function newestLabelIn({ entries }: Bundle): string | undefined {
  const bodies = entries.map(({ body }) => JSON.parse(new TextDecoder().decode(fromBase64(body))))
  return bodies.findLast(({ fact }) => fact === 'LabelReplaced')?.data.new
}

const outcome = (kind: string, ...children: Child[]) => {
  document.documentElement.dataset.outcome = kind
  return element('div', { class: `outcome ${kind}`, role: 'status' }, ...children)
}

function verdictOn({ ok, problems, trusting: whose }: BundleReport): HTMLElement[] {
  const onlyUnwitnessed = problems.length > 0 && problems.every(({ code }) => code === 'no-quorum')
  const kind = ok ? 'verified' : onlyUnwitnessed ? 'unwitnessed' : 'broken'
  const list = problems.map(({ message, position }) =>
    plain('li', message, position === undefined ? undefined : ` (${position})`),
  )
  return [
    outcome(kind, plain('p', word(kind)), list.length > 0 ? plain('ul', ...list) : undefined),
    plain('p', word('meaning')),
    plain('p', word(whose === 'reader' ? 'trustsReader' : 'trustsItself')),
  ]
}

function entriesOf({ entries }: Bundle, report: BundleReport): HTMLElement {
  const heads = ['position', 'when', 'fact', 'who'].map((key) =>
    plain('th', word(key), ...(key === 'when' ? [` (${words.timeZone})`] : [])),
  )
  const rows = entries.map(({ position, body }, n) => {
    const { ok } = report.entries[n]!
    const cells =
      ok || report.entries[n]!.fact ? cellsOf(body) : [plain('td'), plain('td', word('unreadable')), plain('td')]
    return element('tr', ok ? {} : { class: 'wrong' }, plain('td', `${position} ${ok ? '✓' : '✗'}`), ...cells)
  })
  return plain('section', plain('h2', word('entries')), plain('table', plain('tr', ...heads), ...rows))
}

function cellsOf(body: string): HTMLElement[] {
  const bytes = fromBase64(body)
  const { fact, recordedAt } = readEntry(bytes)
  const read = JSON.parse(new TextDecoder().decode(bytes))
  return [
    plain('td', element('time', { datetime: recordedAt, title: recordedAt }, clockIn(words.timeZone, recordedAt))),
    plain(
      'td',
      said(words.fact[fact] ?? [fact, fact]),
      plain(
        'details',
        plain('summary', word('says')),
        plain('pre', JSON.stringify(read, undefined, 2)),
        plain('p', word('hash'), ' ', plain('code', toHex(leafHash(bytes)))),
      ),
    ),
    plain('td', [read.actor, ...(read.countersigners ?? [])].map(personIn).join(', ')),
  ]
}

const personIn = (person: { name?: string; number?: string; agencyName?: string } | undefined) =>
  [person?.name, person?.number, person?.agencyName].filter(Boolean).join(' ')

function aboutLog(bundle: Bundle, { origin, size, root, cosignedBy }: BundleReport): HTMLElement[] {
  const lines: [string, Child][] = [
    ['log', plain('code', origin)],
    ['size', String(size)],
    ['root', plain('code', toHex(root))],
    ['cosigned', cosignedBy.length > 0 ? cosignedBy.join(', ') : word('nobody')],
    ['keys', plain('code', bundle.keys.join('\n'))],
  ]
  return [
    plain('h2', word('log')),
    plain('dl', ...lines.flatMap(([key, value]) => [plain('dt', word(key)), plain('dd', value)])),
    plain('pre', bundle.checkpoint),
  ]
}

/** The reader's own copies of files, held against the hashes that entries name. */
function filesOf({ files }: Bundle): HTMLElement[] {
  if (files.length === 0) return []
  const answer = element('p', { role: 'status' })
  const input = element('input', { type: 'file', multiple: '', class: 'by-hand', id: 'files' }) as HTMLInputElement
  const check = async (file: File) => {
    const hash = toHex(sha256(new Uint8Array(await file.arrayBuffer())))
    return plain('div', `${file.name}: `, word(files.some((each) => each.sha256 === hash) ? 'fileFits' : 'fileStrange'))
  }
  input.addEventListener('change', async () =>
    answer.replaceChildren(...(await Promise.all([...(input.files ?? [])].map(check)))),
  )
  const listed = files.map(({ sha256: hash, type, bytes }) => plain('li', plain('code', hash), ` ${type}, ${bytes} B`))
  return [
    plain('h2', word('files')),
    plain('ul', ...listed),
    element('label', { for: 'files', class: 'by-hand' }, word('filesHint')),
    input,
    answer,
  ]
}

/** Keys and witnesses that the reader has from elsewhere, in place of those the file tells of itself. */
function trusting(text: string | undefined): HTMLElement {
  const own = element('textarea', { id: 'policy', spellcheck: 'false' }, text ?? '') as HTMLTextAreaElement
  const form = plain(
    'form',
    plain('h2', word('trust')),
    element('label', { for: 'policy' }, word('policyHint')),
    own,
    plain('p', plain('button', word('check'))),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    draw(own.value.trim() === '' ? undefined : own.value)
  })
  return form
}

draw()
