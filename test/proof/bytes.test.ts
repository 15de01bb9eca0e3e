// Bytes as text: one spelling each, everything else refused.

import { expect } from 'chai'
import fc from 'fast-check'
import { equal, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../server/proof/index.ts'
import { codeOf } from '../support/reference-log.ts'

describe('bytes as text', () => {
  it('go to base64 and hex and back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const [base64, hex] = [toBase64(bytes), toHex(bytes)]
        expect(base64).to.equal(Buffer.from(bytes).toString('base64'))
        expect(hex).to.equal(Buffer.from(bytes).toString('hex'))
        expect(fromBase64(base64)).to.deep.equal(bytes)
        expect(fromHex(hex)).to.deep.equal(bytes)
      }),
    )
  })

  // RFC 4648 §10 and §3.5: "Zh==" decodes to the "f" of "Zg==" where trailing bits are not looked at.
  it('has one base64 for one sequence of bytes', () => {
    for (const [text, base64] of [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foob', 'Zm9vYg=='],
    ] as const)
      expect(fromUtf8(fromBase64(base64))).to.equal(text)
    const wrong = [
      'Zh==',
      'Zm9=',
      'Zg',
      'Zg=',
      'Zg===',
      '=',
      '====',
      'Z',
      'Zm9v\n',
      ' Zm9v',
      'Zm 9v',
      'Zm9-',
      'Zm9_',
      'Zg==Zg==',
    ]
    for (const text of wrong)
      expect(
        codeOf(() => fromBase64(text)),
        text,
      ).to.equal('wrong-base64')
  })

  it('knows hex in small letters only', () => {
    for (const text of ['0', 'AA', '0x', ' 00', '00\n'])
      expect(
        codeOf(() => fromHex(text)),
        text,
      ).to.equal('wrong-hex')
  })

  it('is UTF-8 or refused, and keeps a byte order mark', () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).to.equal('\ufeffa')
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe4, 0xb8], [0xf4, 0x90, 0x80, 0x80]])
      expect(codeOf(() => fromUtf8(Uint8Array.from(bytes)))).to.equal('wrong-utf8')
    expect(codeOf(() => utf8('half \ud800'))).to.equal('wrong-utf8')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fromUtf8(utf8(text)) === text))
  })

  it('are equal when all bytes are', () => {
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).to.equal(true)
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).to.equal(false)
    expect(equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).to.equal(false)
    expect(equal(Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2))).to.equal(false)
  })
})
