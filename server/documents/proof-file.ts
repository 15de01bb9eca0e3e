// The proof of an item as one HTML file: the bundle, the words to show it with, and the script that checks it. It loads
// nothing: its own policy forbids the network, and names its script and its style by their hashes.

import { createHash } from 'node:crypto'
import { catalogue } from '../custody/catalogue.ts'

/** A text in Chinese and in English; the file shows both. */
export type Both = [zh: string, en: string]
/** `timeZone` is that in which the file tells the time. */
export type ProofWords = { text: Record<string, Both>; fact: Record<string, Both>; timeZone: string }

type Bundle = { item: string; entries: readonly { body: string }[] }

/** Keys of `proof-file.json`. */
const said = [
  'title',
  'label',
  'needsScript',
  'verified',
  'unwitnessed',
  'broken',
  'meaning',
  'trust',
  'trustsItself',
  'trustsReader',
  'policyHint',
  'check',
  'log',
  'size',
  'root',
  'cosigned',
  'nobody',
  'keys',
  'entries',
  'position',
  'when',
  'fact',
  'who',
  'hash',
  'says',
  'files',
  'filesHint',
  'fileFits',
  'fileStrange',
  'unreadable',
]

/** The words the file needs; the names of facts stand with the procedures they belong to. */
export function wordsOfProofFile(bundle: Bundle, timeZone: string, both: (key: string) => Both): ProofWords {
  const facts = new Set(bundle.entries.map(({ body }) => JSON.parse(Buffer.from(body, 'base64').toString()).fact))
  return {
    timeZone,
    text: Object.fromEntries(said.map((key) => [key, both(`proof-file:${key}`)])),
    fact: Object.fromEntries(
      Object.values(catalogue.procedures).flatMap(({ name, facts: own }) =>
        Object.keys(own)
          .filter((fact) => facts.has(fact))
          .map((fact) => [fact, both(`${name}:fact.${fact}`)]),
      ),
    ),
  }
}

/** `script` is one piece of JavaScript without imports, built from `client/proof-file`. */
export function proofFile(bundle: Bundle, script: string, words: ProofWords): string {
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}`
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(`${bundle.item} · ${words.text.title!.join(' · ')}`)}</title>
<style>${style}</style>
</head>
<body>
<main id="proof"><p>${escaped(words.text.needsScript!.join(' · '))}</p></main>
<script type="application/json" id="bundle">${inScript(bundle)}</script>
<script type="application/json" id="words">${inScript(words)}</script>
<script>${script}</script>
</body>
</html>
`
}

const hashOf = (inline: string) => `'sha256-${createHash('sha256').update(inline).digest('base64')}'`

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** JSON in which no tag and no comment can begin. */
const inScript = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

const style = `
:root { color-scheme: light dark; --line: #8886; --good: #17803d; --fair: #9a6700; --bad: #b42318 }
body { margin: 0; font: 15px/1.6 system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.5rem; margin: 0 0 .25rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
[lang=en] { opacity: .75 }
.outcome { border-left: .4rem solid; padding: .6rem 1rem; margin: 1rem 0; font-size: 1.1rem }
.verified { border-color: var(--good); background: #17803d1a }
.unwitnessed { border-color: var(--fair); background: #9a67001a }
.broken { border-color: var(--bad); background: #b423181a }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 }
dd { margin: 0; min-width: 0 }
code, pre, textarea { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; white-space: pre-wrap }
textarea { width: 100%; min-height: 8rem; box-sizing: border-box }
table { width: 100%; border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-bottom: 1px solid var(--line) }
tr.wrong { background: #b423181a }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0 }
  dd { margin-bottom: .6rem; overflow-wrap: anywhere }
  table, tbody, tr, td { display: block }
  thead { position: absolute; clip-path: inset(50%) }
  td { border: 0; padding: .1rem 0 }
  tr { border-bottom: 1px solid var(--line); padding: .6rem 0 }
}
@media print { form, .by-hand { display: none } }
`
