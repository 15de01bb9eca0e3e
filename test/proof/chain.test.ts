// Entries and chains: the frozen entries of ours, canonical form, and everything that breaks a chain.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import { canonicalBytes } from '../../server/ledger/canonical.ts'
import { checkCanonical, leafHash, readEntry, verifyChain } from '../../server/proof/index.ts'
import { codeOf } from '../support/reference-log.ts'
import { bodyOf, chainOf, type SampleEntry } from '../support/sample-chain.ts'

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/ledger/${name}`, import.meta.url), 'utf8'))
const encoded = (text: string) => Buffer.from(text, 'utf8')

describe('an entry', () => {
  it('of yesterday is read with its hash', () => {
    const { entries } = vectors('entries.json')
    expect(entries.length).to.be.greaterThan(1)
    for (const { body, bytes, hash } of entries) {
      const written = Uint8Array.from(Buffer.from(bytes, 'hex'))
      checkCanonical(written)
      expect(readEntry(written)).to.deep.equal(body)
      expect(Buffer.from(leafHash(written)).toString('hex')).to.equal(hash)
    }
  })

  const whole = chainOf(1)[0]!.said
  const with_ = (change: Partial<Record<string, unknown>>) => encoded(JSON.stringify({ ...whole, ...change }))
  it('is read', () => expect(readEntry(with_({}))).to.deep.include({ fact: whole.fact, version: 1 }))

  const wrong: [string, Partial<Record<string, unknown>>][] = [
    ['no origin', { origin: undefined }],
    ['an empty origin', { origin: '' }],
    ['a subject in words', { subject: 'item:1' }],
    ['a subject without id', { subject: { kind: 'item' } }],
    ['version 0', { version: 0 }],
    ['half a version', { version: 1.5 }],
    ['a version in words', { version: '1' }],
    ['no previous', { previous: undefined }],
    ['a previous in capitals', { version: 2, previous: 'A'.repeat(64) }],
    ['a previous for the first', { previous: 'a'.repeat(64) }],
    ['no previous for the second', { version: 2 }],
    ['a time without milliseconds', { recordedAt: '2026-11-22T01:02:03Z' }],
    ['a day that is not', { recordedAt: '2026-02-30T01:02:03.004Z' }],
    ['a time of another zone', { recordedAt: '2026-11-22T01:02:03.004+08' }],
    ['no step', { step: undefined }],
    ['no fact', { fact: null }],
    ['no command', { command: undefined }],
    ['an ordinal beyond its command', { command: { id: 'c', ordinal: 2, of: 2 } }],
    ['files that are not hashes', { files: ['a.jpg'] }],
  ]
  for (const [what, change] of wrong)
    it(`is refused with ${what}`, () => expect(codeOf(() => readEntry(with_(change)))).to.equal('wrong-entry'))

  it('is refused when it is no such thing at all', () => {
    expect(codeOf(() => readEntry(with_({ format: 2 })))).to.equal('unknown-format')
    for (const text of ['', 'x', '{', '\ufeff{}', '{}{}'])
      expect(codeOf(() => readEntry(encoded(text)))).to.equal('not-json')
    for (const text of ['[]', 'null', '1']) expect(codeOf(() => readEntry(encoded(text)))).to.equal('wrong-entry')
    expect(codeOf(() => readEntry(Uint8Array.of(0x22, 0xff, 0x22)))).to.equal('not-json')
    expect(codeOf(() => readEntry(new Uint8Array(65_536).fill(0x20)))).to.equal('wrong-entry')
  })
})

describe('canonical form', () => {
  for (const { name, outhex } of vectors('rfc8785.json') as { name: string; outhex: string }[])
    it(`is that of RFC 8785: ${name}`, () => checkCanonical(Buffer.from(outhex, 'hex')))

  const refused: [string, string][] = [
    ['a space', '{"a": 1}'],
    ['an end of line', '{"a":1}\n'],
    ['members in another order', '{"b":1,"a":2}'],
    ['a member twice', '{"a":1,"a":1}'],
    ['an escape that need not be', '{"a":"\\u0041"}'],
    ['an escaped slash', '{"a":"\\/"}'],
    ['an escape in capitals', '{"a":"\\u001F"}'],
    ['a long escape for a short one', '{"a":"\\u000a"}'],
    ['a fraction', '{"a":1.5}'],
    ['an exponent', '{"a":1e2}'],
    ['minus zero', '{"a":-0}'],
    ['a number that JavaScript rounds', '{"a":9007199254740993}'],
    ['a number without end', '{"a":1e999}'],
    ['half a character', '{"a":"\\ud800"}'],
    ['members sorted by code points', '{"\uff61":1,"\u{1f600}":2}'],
    ['depth', `${'['.repeat(200)}${']'.repeat(200)}`],
    ['great depth', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
  ]
  for (const [what, text] of refused)
    it(`is not ${what}`, () => expect(codeOf(() => checkCanonical(encoded(text)))).to.equal('not-canonical'))

  // The writing side and the checking side share no code; here they must agree.
  it('is what the ledger writes', () => {
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC').replaceAll('\0', '')),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value')),
        fc.dictionary(
          fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC').replaceAll('\0', '')),
          tie('value'),
        ),
      ),
    })).value
    fc.assert(fc.property(values, (value) => checkCanonical(canonicalBytes(value))))
  })
})

describe('a chain', () => {
  const chain = chainOf(5)
  const check = (entries: { position: bigint; body: Uint8Array }[]) => () => verifyChain(entries)

  it('is read from its first entry to its last', () => {
    const links = verifyChain(chain)
    expect(links.map(({ position, entry }) => [position, entry.version])).to.deep.equal(
      [0, 1, 2, 3, 4].map((n) => [chain[n]!.position, n + 1]),
    )
    expect(verifyChain([])).to.deep.equal([])
  })

  it('breaks when any entry but the last is left out, and where it breaks is said', () => {
    for (let n = 0; n < 4; n++) {
      try {
        verifyChain(chain.toSpliced(n, 1))
        expect.fail('Nothing was refused.')
      } catch (error) {
        expect(error).to.include({ code: 'wrong-version', position: chain[n + 1]!.position })
      }
    }
  })

  it('breaks when any bit of any entry but the last is turned', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.nat(), (n, any) => {
        const body = Uint8Array.from(chain[n]!.body)
        const bit = any % (body.length * 8)
        body[bit >> 3]! ^= 1 << (bit & 7)
        codeOf(check(chain.with(n, { ...chain[n]!, body })))
      }),
      { numRuns: 300 },
    )
  })

  const rebuilt = (n: number, change: Partial<SampleEntry>) =>
    chain.with(n, { ...chain[n]!, body: bodyOf({ ...chain[n]!.said, ...change }) })
  const broken: [string, { position: bigint; body: Uint8Array }[], string][] = [
    ['two entries swapped', chain.with(1, chain[2]!).with(2, chain[1]!), 'wrong-version'],
    ['an entry twice', chain.toSpliced(1, 0, chain[1]!), 'wrong-version'],
    ['another subject', rebuilt(2, { subject: { kind: 'item', id: 'other' } }), 'wrong-subject'],
    [
      'another kind of subject',
      rebuilt(2, { subject: { kind: 'case', id: chain[0]!.said.subject.id } }),
      'wrong-subject',
    ],
    ['another log', rebuilt(2, { origin: 'other.example' }), 'wrong-origin'],
    ['another entry before', rebuilt(2, { previous: 'a'.repeat(64) }), 'wrong-previous'],
    ['an entry changed under the next', rebuilt(1, { fact: 'Lost' }), 'wrong-previous'],
    ['a clock that goes back', rebuilt(4, { recordedAt: '2026-11-22T01:00:00.000Z' }), 'wrong-clock'],
    ['a position that goes back', chain.with(2, { ...chain[2]!, position: 0n }), 'wrong-order'],
    ['a position twice', chain.with(2, { ...chain[2]!, position: chain[1]!.position }), 'wrong-order'],
  ]
  for (const [what, entries, code] of broken)
    it(`breaks with ${what}`, () => expect(codeOf(check(entries))).to.equal(code))
})
