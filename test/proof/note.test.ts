// Signed notes, by the specification's own example and by keys made here with Node's cryptography.

import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  formatVerifierKey,
  keyId,
  ProofError,
  parseNote,
  parseVerifierKey,
  verifyNote,
} from '../../server/proof/index.ts'
import { codeOf, newKey } from '../support/reference-log.ts'

const example = (name: string) => readFileSync(new URL(`../vectors/ledger/c2sp-signed-note/${name}`, import.meta.url))
const note = example('example.note')
const vkey = example('example.vkey').toString().trim()

const alice = newKey('alice.example/log')
const bob = newKey('bob.example')
const keys = [alice, bob].map(({ vkey }) => parseVerifierKey(vkey))
const text = '若有所思\n\nsecond paragraph\n'

describe('the note of the specification', () => {
  it('is verified by its key', () => {
    const key = parseVerifierKey(vkey)
    const parsed = parseNote(note)
    expect(parsed.text).to.equal('This is an example message.\n')
    expect(parsed.signatures.map(({ name }) => name)).to.deep.equal(['example.com/foo'])
    expect(verifyNote(parsed, [key])).to.deep.equal([{ key }])
    expect(formatVerifierKey(key)).to.equal(vkey)
    expect(key.name).to.equal('example.com/foo')
  })

  it('is refused with any single bit turned', () => {
    const key = parseVerifierKey(vkey)
    fc.assert(
      fc.property(fc.nat(note.length * 8 - 1), (bit) => {
        const wrong = Uint8Array.from(note)
        wrong[bit >> 3]! ^= 1 << (bit & 7)
        expect(() => verifyNote(parseNote(wrong), [key])).to.throw(ProofError)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a note', () => {
  it('keeps its empty lines, is text or bytes, and says who signed', () => {
    const signed = `${text}\n${alice.sign(text)}${bob.sign(text)}`
    for (const form of [signed, Buffer.from(signed)]) {
      const parsed = parseNote(form)
      expect(parsed.text).to.equal(text)
      expect(verifyNote(parsed, keys).map(({ key }) => key.name)).to.deep.equal([alice.name, bob.name])
    }
  })

  it('ignores signatures of keys that are not known, also under a known name', () => {
    const impostor = newKey(alice.name)
    const signed = parseNote(
      `${text}\n${impostor.sign(text)}${newKey('carol').line(Buffer.from('?'))}${bob.sign(text)}`,
    )
    expect(verifyNote(signed, keys).map(({ key }) => key.name)).to.deep.equal([bob.name])
    expect(codeOf(() => verifyNote(signed, [keys[0]!]))).to.equal('unsigned')
    expect(codeOf(() => verifyNote(signed, []))).to.equal('unsigned')
  })

  it('is refused whole when a known key signed something else, wherever that line stands', () => {
    for (const lines of [
      alice.sign('x\n') + bob.sign(text),
      bob.sign(text) + alice.sign('x\n'),
      alice.sign(text) + alice.sign('x\n'),
    ])
      expect(codeOf(() => verifyNote(parseNote(`${text}\n${lines}`), keys))).to.equal('wrong-signature')
    const short = alice.line(Buffer.from('short'))
    expect(codeOf(() => verifyNote(parseNote(`${text}\n${short}`), keys))).to.equal('wrong-signature')
  })

  it('may have 64 signatures and no more', () => {
    const others = Array.from({ length: 63 }, (_, n) => newKey(`other${n}`).line(Buffer.from('?'))).join('')
    expect(verifyNote(parseNote(`${text}\n${others}${alice.sign(text)}`), keys)).to.have.length(1)
    expect(codeOf(() => parseNote(`${text}\n${others}${alice.sign(text)}${bob.sign(text)}`))).to.equal('wrong-note')
  })

  const line = alice.sign(text)
  const refused: [string, string | Uint8Array, string][] = [
    ['no signature', `${text}\n`, 'wrong-note'],
    ['no empty line', `text\n${line}`, 'wrong-note'],
    ['nothing', '', 'wrong-note'],
    ['a last line without an end', `${text}\n${line.slice(0, -1)}`, 'wrong-note'],
    ['an empty line between signatures', `${text}\n${line}\n`, 'wrong-note'],
    ['a tab', `a\tb\n\n${line}`, 'wrong-note'],
    ['a carriage return', `${text}\n${line}`.replaceAll('\n', '\r\n'), 'wrong-note'],
    ['NUL', `a\0\n\n${line}`, 'wrong-note'],
    ['a hyphen for the dash', `${text}\n${line.replace('—', '-')}`, 'wrong-note'],
    ['two spaces', `${text}\n${line.replace('— ', '—  ')}`, 'wrong-note'],
    ['a word too many', `${text}\n${line.slice(0, -1)} x\n`, 'wrong-note'],
    ['a name with plus', `${text}\n${line.replace(alice.name, 'a+b')}`, 'wrong-note'],
    ['a name with a wide space', `${text}\n${line.replace(alice.name, 'a\u3000b')}`, 'wrong-note'],
    ['no name', `${text}\n${line.replace(`${alice.name} `, '')}`, 'wrong-note'],
    ['a signature of an id alone', `${text}\n— a AAAAAA==\n`, 'wrong-note'],
    ['a signature without padding', `${text}\n${line.replace(/=+\n/, '\n')}`, 'wrong-base64'],
    ['half a character', `\ud800\n\n${line}`, 'wrong-utf8'],
    ['bytes that are not UTF-8', Buffer.concat([Uint8Array.of(0xff), Buffer.from(`\n\n${line}`)]), 'wrong-utf8'],
  ]
  for (const [what, wrong, code] of refused)
    it(`is refused with ${what}`, () => expect(codeOf(() => parseNote(wrong))).to.equal(code))
})

describe('a verifier key', () => {
  const [name, id, material] = [
    alice.vkey.split('+')[0],
    alice.vkey.split('+')[1],
    alice.vkey.split('+').slice(2).join('+'),
  ]
  const withKey = (bytes: Uint8Array) => `${name}+${id}+${Buffer.from(bytes).toString('base64')}`
  const refused: [string, string, string][] = [
    ['nothing', '', 'wrong-key'],
    ['no key', `${name}+${id}`, 'wrong-key'],
    ['another name', `other+${id}+${material}`, 'wrong-key'],
    ['another id', `${name}+00000000+${material}`, 'wrong-key'],
    ['a short id', `${name}+${id!.slice(1)}+${material}`, 'wrong-key'],
    ['a space in the name', `a b+${id}+${material}`, 'wrong-key'],
    ['no name', `+${id}+${material}`, 'wrong-key'],
    ['what is not base64', `${name}+${id}+%%%%`, 'wrong-key'],
    ['an ECDSA key', withKey(Uint8Array.of(2, ...new Uint8Array(32))), 'unsupported-key'],
    ['an ML-DSA key', withKey(Uint8Array.of(6, ...new Uint8Array(1312))), 'unsupported-key'],
    ['31 bytes', withKey(Buffer.from(material, 'base64').subarray(0, -1)), 'wrong-key'],
    ['no point of the curve', withKey(Uint8Array.of(1, ...new Uint8Array(32).fill(0xff))), 'wrong-key'],
    ['an end of line', `${alice.vkey}\n`, 'wrong-key'],
  ]
  for (const [what, wrong, code] of refused)
    it(`is refused with ${what}`, () => expect(codeOf(() => parseVerifierKey(wrong))).to.equal(code))

  it('of small order, under which anything seems signed, verifies nothing', () => {
    const key = Uint8Array.of(1, ...new Uint8Array(31))
    const small = { name: 'small', type: 1 as const, key, id: keyId('small', 1, key) }
    const forged = Buffer.concat([small.id, key, new Uint8Array(32)]).toString('base64')
    const signed = parseNote(`${text}\n— small ${forged}\n`)
    expect(codeOf(() => verifyNote(signed, [small]))).to.equal('wrong-signature')
  })

  it('of a witness signs no note', () => {
    const witness = parseVerifierKey(newKey('w', 4).vkey)
    expect(codeOf(() => verifyNote(parseNote(note), [witness]))).to.equal('wrong-key-type')
  })
})
