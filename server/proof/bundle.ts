// The proof of one item as a file: its entries, each one's way to the root, and the checkpoint that was witnessed.

import { fromBase64, utf8 } from './bytes.ts'
import { checkCanonical } from './canonical.ts'
import { checkLink, type Link, linkOf } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { failUnless, ProofError } from './error.ts'
import { parseVerifierKey, type VerifierKey } from './note.ts'
import { isContinuedBy } from './origin.ts'
import { openUnderPolicy, type Policy, parsePolicy } from './policy.ts'
import { isCount, isHash, isObject } from './shape.ts'
import { verifyInclusion } from './tree.ts'

export const bundleFormat = 'stillpoint-proof@1'

/** As it stands in the file. `body` and `inclusion` in base64, `checkpoint` with its cosignatures, `sha256` in hex. */
export type Bundle = {
  format: typeof bundleFormat
  /** A code of the item: that of its first label or of a later one. */
  item: string
  origin: string
  entries: BundledEntry[]
  checkpoint: string
  /** Keys of the log, and its policy, as whoever made the bundle tells them. */
  keys: string[]
  policy: string
  files: BundledFile[]
}

export type BundledEntry = { position: number; body: string; inclusion: string[] }
export type BundledFile = { sha256: string; bytes: number; type: string }

/** Something wrong: a word for programs, a sentence for people, and where. */
export type BundleProblem = { code: string; message: string; position?: bigint }

export type BundleReport = {
  item: string
  origin: string
  size: bigint
  root: Uint8Array
  /** In the bundle's order; what cannot be read has no fact and no time. */
  entries: { position: bigint; fact?: string; recordedAt?: string; ok: boolean }[]
  /** Names of the policy. */
  cosignedBy: string[]
  quorum: boolean
  /** Whose word on keys and witnesses was taken: the reader's, or only the bundle's own. */
  trusting: 'reader' | 'bundle'
  problems: BundleProblem[]
  /** Nothing is wrong and the quorum is met. */
  ok: boolean
}

/**
 * Checks a bundle, as text or as parsed JSON. Without `policy` the bundle is held against its own keys and policy,
 * which shows that it fits together and not who made it. What is wrong with single entries stands in the report. Throws
 * `wrong-bundle` for another shape and, because then nothing in it means anything, what `openUnderPolicy` throws.
 */
export function verifyBundle(given: unknown, policy?: Policy): BundleReport {
  const bundle = readBundle(given)
  const { checkpoint, cosignedBy, quorum } = openUnderPolicy(bundle.checkpoint, policy ?? ownPolicy(bundle))
  const checking = new EntryChecks(bundle, checkpoint)
  const entries = bundle.entries.map((entry) => checking.take(entry))
  checking.finish()
  if (!quorum) checking.report('no-quorum', 'Too few witnesses have cosigned the checkpoint.')
  const { problems } = checking
  return {
    item: bundle.item,
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: checkpoint.root,
    entries,
    cosignedBy,
    quorum,
    trusting: policy ? 'reader' : 'bundle',
    problems,
    ok: problems.length === 0,
  }
}

/** The shape of a bundle and nothing more. Throws `wrong-bundle`. */
export function readBundle(given: unknown): Bundle {
  const bundle = typeof given === 'string' ? jsonOf(given) : given
  failUnless(isObject(bundle), 'wrong-bundle', 'The bundle is not an object.')
  failUnless(bundle.format === bundleFormat, 'wrong-bundle', `The bundle is not in the format ${bundleFormat}.`)
  for (const name of ['item', 'origin', 'checkpoint', 'policy'])
    failUnless(typeof bundle[name] === 'string', 'wrong-bundle', `The bundle has no text under "${name}".`)
  requireList(bundle, 'keys', (key) => typeof key === 'string')
  requireList(
    bundle,
    'entries',
    (entry) => isObject(entry) && isCount(entry.position) && typeof entry.body === 'string' && isTexts(entry.inclusion),
  )
  requireList(
    bundle,
    'files',
    (file) => isObject(file) && isHash(file.sha256) && isCount(file.bytes) && typeof file.type === 'string',
  )
  return bundle as Bundle
}

/** Takes the entries in their order and keeps what is wrong with them. */
class EntryChecks {
  readonly problems: BundleProblem[] = []
  readonly #bundle: Bundle
  readonly #checkpoint: Checkpoint
  readonly #positions = new Set<bigint>()
  readonly #codes = new Set<unknown>()
  readonly #files = new Set<string>()
  #before: Link | undefined
  /** An entry that cannot be read breaks the chain once, not again at the entry after it. */
  #broken = false

  constructor(bundle: Bundle, checkpoint: Checkpoint) {
    this.#bundle = bundle
    this.#checkpoint = checkpoint
    const { origin } = checkpoint
    if (bundle.origin !== origin) this.report('wrong-origin', `The bundle is not of the log ${origin} that signed it.`)
  }

  take({ position: at, body: encoded, inclusion }: BundledEntry): BundleReport['entries'][number] {
    const position = BigInt(at)
    const found = this.problems.length
    let link: Link | undefined
    this.#attempt(position, () => {
      const body = fromBase64(encoded)
      link = linkOf(position, body)
      checkCanonical(body)
    })
    if (link) this.#takeLink(link, inclusion)
    else this.#broken = true
    const said = link && { fact: link.entry.fact, recordedAt: link.entry.recordedAt }
    return { position, ...said, ok: this.problems.length === found }
  }

  /** What only all entries together can tell. */
  finish(): void {
    const { entries, item, files } = this.#bundle
    if (entries.length === 0) this.report('no-entries', 'The bundle holds no entry.')
    if (this.#before && !this.#codes.has(item)) this.report('wrong-item', `The entries are not about ${item}.`)
    for (const { sha256 } of files)
      if (!this.#files.has(sha256)) this.report('wrong-file', `No entry names the file ${sha256}.`)
  }

  report(code: string, message: string, position?: bigint): void {
    // Two checks may find the same fault of one entry.
    const known = position !== undefined && this.problems.some((one) => one.code === code && one.position === position)
    if (!known) this.problems.push({ code, message, ...(position !== undefined && { position }) })
  }

  #takeLink(link: Link, inclusion: string[]): void {
    const { position, entry } = link
    const { origin, size, root } = this.#checkpoint
    if (this.#positions.has(position)) this.report('repeated-entry', 'The bundle holds this entry twice.', position)
    this.#positions.add(position)
    this.#attempt(position, () => verifyInclusion(link.hash, position, size, inclusion.map(fromBase64), root))
    if (!isContinuedBy(entry.origin, origin)) this.report('wrong-origin', 'The entry names another log.', position)
    if (entry.subject.kind !== 'item') this.report('wrong-item', 'The entry is not about an item.', position)
    if (!this.#broken) this.#attempt(position, () => checkLink(this.#before, link))
    this.#broken = false
    this.#before = link
    this.#codes.add(entry.subject.id)
    if (entry.fact === 'LabelReplaced' && isObject(entry.data)) this.#codes.add(entry.data.new)
    for (const file of entry.files ?? []) this.#files.add(file)
  }

  #attempt(position: bigint, check: () => void): void {
    try {
      check()
    } catch (error) {
      if (!(error instanceof ProofError)) throw error
      this.report(error.code, error.message, position)
    }
  }
}

/** What the bundle says of its own log; its keys stand in where its policy names no log. */
function ownPolicy(bundle: Bundle): Policy {
  const policy = parsePolicy(utf8(bundle.policy))
  if (policy.logs.length > 0) return policy
  const keys: VerifierKey[] = bundle.keys.map(parseVerifierKey)
  return { ...policy, logs: keys.filter(({ type }) => type === 1).map((key) => ({ key })) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProofError('wrong-bundle', 'The bundle is not JSON.')
  }
}

function requireList(bundle: Record<string, unknown>, name: string, fits: (element: unknown) => boolean): void {
  const list = bundle[name]
  failUnless(Array.isArray(list) && list.every(fits), 'wrong-bundle', `The bundle has no such list under "${name}".`)
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((element) => typeof element === 'string')
}
