/** Every refusal that a step may give was asked for, and got, by some test of this folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import { readSentences } from '../../server/http/sentences.ts'
import { refusalsShown } from '../support/custody.ts'

/** Given by the write path and not by the rules: shown in the tests of perform.ts. */
const outsideTheRules = ['command.reused', 'ledger.read-only', 'ledger.report-of-another', 'ledger.report-ahead']

// Loaded here as mocha loads them, so that their tests stand before these in whatever order the files are named.
const load = createRequire(import.meta.url)
for (const name of readdirSync(import.meta.dirname))
  if (name.endsWith('.test.ts') && name !== 'refusals.test.ts') load(`./${name}`)

/** Names that the program has for things: `not-stored`, `retrieval.approve`, `head@crim`, `items.0.seal`, `ItemMoved`. */
const inCode = {
  'zh-CN': /[a-z]+[-@][a-z]+|[a-z]+\.[a-z\d]+|[a-z][A-Z]|\{\{/,
  // English has hyphens of its own.
  en: /[a-z]+@[a-z]+|[a-z]+\.[a-z\d]+|[a-z][A-Z]|\{\{/,
}
/** Says back what was asked for. */
const echoes = ['step.unknown']

type Texts = { [key: string]: string | Texts }

/** A procedure's own file, or the one of the general rules. */
function sentenceFor(language: string, code: string): string | undefined {
  const [first, ...rest] = code.split('.') as [string, ...string[]]
  const read = (name: string, path: string[]) => {
    const file = join(import.meta.dirname, `../../client/locales/${language}/${name}.json`)
    if (!existsSync(file)) return undefined
    let found: string | Texts | undefined = JSON.parse(readFileSync(file, 'utf8')) as Texts
    for (const key of path) found = typeof found === 'object' ? found[key] : undefined
    return typeof found === 'string' ? found : undefined
  }
  return read(first, ['refusal', ...rest]) ?? read('general', ['refusal', first, ...rest])
}

describe('refusals', () => {
  it('are each shown by a test', () => {
    const unshown = catalogue.refusals.filter((code) => !refusalsShown.has(code) && !outsideTheRules.includes(code))
    expect(unshown).to.deep.equal([])
  })
  for (const language of ['zh-CN', 'en'])
    it(`have a sentence in ${language} that says nothing the refusal does not tell`, () => {
      const wrong = [...refusalsShown].flatMap(([code, told]) => {
        // Toys have no texts.
        if (!catalogue.refusals.includes(code)) return []
        const sentence = sentenceFor(language, code)
        if (sentence === undefined) return [`${code}: no sentence`]
        const wanted = [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1]!)
        return wanted
          .filter((name) => !told.every((params) => Object.hasOwn(params, name)))
          .map((name) => `${code}: {{${name}}}`)
      })
      expect(wrong).to.deep.equal([])
    })
  for (const language of ['zh-CN', 'en'] as const)
    it(`are said in ${language} in words, not in codes`, async () => {
      const { sentence } = await readSentences(new URL('../../client/locales/', import.meta.url), 'Asia/Shanghai')
      const said = [...refusalsShown].flatMap(([code, told]) =>
        catalogue.refusals.includes(code) && !echoes.includes(code)
          ? told.map((params) => `${code}: ${sentence(code, params, language)}`)
          : [],
      )
      expect(said.length).to.be.greaterThan(200)
      expect([
        ...new Set(said.filter((each) => inCode[language].test(each.slice(each.indexOf(': ') + 2)))),
      ]).to.deep.equal([])
    })
  it('have one name each', () => {
    expect(catalogue.refusals).to.deep.equal([...new Set(catalogue.refusals)])
  })
})
