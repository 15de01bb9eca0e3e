// Whatever a check in the browser can find has a sentence in both languages, and so has all that it says of itself.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const textsIn = (language: string) => JSON.parse(read(`client/locales/${language}/proof.json`)) as Texts
type Texts = { [name: string]: string | Texts }

/** What the check is made of, as far as it can fail. */
const sources = [
  ...['verify-chain', 'signed-log', 'log-keys'].map((name) => `client/data/${name}.ts`),
  ...['bytes', 'canonical', 'chain', 'checkpoint', 'cosignature', 'entry', 'note', 'policy', 'tiles', 'tree'].map(
    (name) => `server/proof/${name}.ts`,
  ),
]
const thrown = /(?:new ProofError|new Wrong|\bfail|failUnless)\((?:[^()]|\([^()]*\))*?'([a-z0-9]+(?:-[a-z0-9]+)*)',/g
const codes = [...new Set(sources.flatMap((path) => [...read(path).matchAll(thrown)].map(([, code]) => code!)))]

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[path + name, text] as [string, string]] : flat(text, `${path}${name}.`),
  )
const singular = (name: string) => name.replace(/_(one|other)$/, '')
const filled = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort()

describe('the words of proofs', () => {
  it('finds what can be thrown', () => {
    expect(codes.length).to.be.greaterThan(30)
    expect(codes).to.include.members(['wrong-root', 'view-differs', 'hidden-entry', 'unsigned', 'wrong-previous'])
  })

  for (const language of ['zh-CN', 'en'])
    it(`has a sentence for each in ${language}`, () => {
      const { fault } = textsIn(language) as { fault: Texts }
      expect(codes.filter((code) => !(code in fault))).to.deep.equal([])
    })

  it('says the same in both languages, filled with the same', () => {
    const [zh, en] = ['zh-CN', 'en'].map((language) =>
      Object.fromEntries(flat(textsIn(language)).map(([name, text]) => [singular(name), filled(text).join()])),
    )
    expect(zh).to.deep.equal(en)
  })
})
