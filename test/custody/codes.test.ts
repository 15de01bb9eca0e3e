/** Codes: their check character, their shape, and the one Code 128 check value they avoid. */
import { expect } from 'chai'
import {
  type CodeKind,
  checkCharacter,
  code128CheckValue,
  code128Codewords,
  codeFrom,
  looksLikeCode,
  normalizeCode,
  PREFIX,
  parseCode,
  printCode,
} from '../../server/custody/codes.ts'

const KINDS = Object.keys(PREFIX) as CodeKind[]
const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Ten bytes that differ for each number, the same in every run. */
function bytesOf(number: number): Uint8Array {
  return Uint8Array.from(
    { length: 10 },
    (_, place) => Math.imul(number + 1, 2654435761 + 40503 * place) >>> (place + 3),
  )
}

function codesUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, number) => codeFrom(KINDS[number % KINDS.length]!, bytesOf(number))).filter(
    (code) => code !== undefined,
  )
}

describe('codes', () => {
  describe('check character', () => {
    const PUBLISHED = [
      ['A12425GABC1234002', 'M', 'the example of the GRid standard'],
      ['188166C734206541', 'Y', 'ISAN 1881-66C7-3420-6541-Y-9F3A-0245-O'],
      ['188166C7342065419F3A0245', 'O', 'the same with its version part'],
      ['0000000189470000', '8', 'ISAN 0000-0001-8947-0000-8-0000-0000-D'],
      ['000000018947000000000000', 'D', 'the same with its version part'],
    ] as const

    for (const [payload, character, source] of PUBLISHED) {
      it(`is ${character} for ${source}`, () => {
        expect(checkCharacter(payload)).to.equal(character)
      })
    }

    it('finds every single wrong character', () => {
      let tried = 0
      for (const code of codesUpTo(200)) {
        for (let place = 0; place < code.length; place++) {
          for (const character of ALPHANUMERIC) {
            if (character === code[place]) continue
            tried += 1
            const wrong = code.slice(0, place) + character + code.slice(place + 1)
            expect(parseCode(wrong), `${wrong} for ${code}`).to.equal(undefined)
          }
        }
      }
      expect(tried).to.be.greaterThan(80_000)
    })

    it('finds every swap of two neighbours but one in 630, as the hybrid systems of the standard do', () => {
      const pairs = [...ALPHANUMERIC].flatMap((first, place) =>
        [...ALPHANUMERIC.slice(place + 1)].map((second) => [first, second] as const),
      )
      expect(pairs).to.have.length(630)
      // One character before the pair brings the running product into each of its 36 states.
      for (const before of ALPHANUMERIC) {
        const missed = pairs.filter(
          ([first, second]) => checkCharacter(before + first + second) === checkCharacter(before + second + first),
        )
        expect(missed, before).to.have.length(1)
      }
    })

    it('is refused to anything but digits and capital letters', () => {
      for (const payload of ['', 'e4f7', 'E-4F', '物证', 'E 4'])
        expect(() => checkCharacter(payload)).to.throw(RangeError)
    })
  })

  describe('fresh codes', () => {
    it('parse as what they were made for', () => {
      for (const kind of KINDS) {
        const code = codeFrom(kind, bytesOf(8))!
        expect(code).to.match(/^[ESCDP][0-9A-HJKMNP-TV-Z]{10}[0-9A-Z]$/)
        expect(code[0]).to.equal(PREFIX[kind])
        expect(parseCode(code)).to.deep.equal({ kind, code })
      }
    })

    it('use five bits of each byte, so that all 32 characters come equally often', () => {
      const seen = new Map<string, number>()
      for (let byte = 0; byte < 256; byte++) {
        const code = codeFrom('item', new Uint8Array(10).fill(byte))
        if (code) seen.set(code[1]!, (seen.get(code[1]!) ?? 0) + 1)
      }
      expect(seen.size).to.equal(32)
      expect(new Set(seen.values())).to.deep.equal(new Set([8]))
    })

    it('never have the Code 128 check value 102, which some bytes would give', () => {
      let refused = 0
      for (let number = 0; number < 20_000; number++) {
        const code = codeFrom('item', bytesOf(number))
        if (code === undefined) refused += 1
        else expect(code128CheckValue(code)).to.not.equal(102)
      }
      expect(refused).to.be.within(100, 320)
    })

    it('need ten bytes', () => {
      expect(() => codeFrom('item', new Uint8Array(9))).to.throw(RangeError)
    })
  })

  describe('Code 128', () => {
    it('has the check value of the well-known example PJJ123C, which in code set A is 54, with start B for start A', () => {
      expect(code128CheckValue('PJJ123C')).to.equal(55)
    })

    it('stays in code set B, digits included, so that all labels are equally wide', () => {
      expect(code128Codewords('E1234567890X')).to.deep.equal([104, 37, 17, 18, 19, 20, 21, 22, 23, 24, 25, 16, 56])
    })

    it('refuses what code set B does not hold', () => {
      for (const text of ['', '物证', 'A\n']) expect(() => code128Codewords(text)).to.throw(RangeError)
    })
  })

  describe('reading', () => {
    const code = codeFrom('item', bytesOf(3))!
    const wrong = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0')

    it('takes spaces, hyphens of all kinds, control characters and small letters', () => {
      for (const text of [code, code.toLowerCase(), printCode(code), ` ${code}\r\n`, `${code}\x1d`, `\ufeff${code}`]) {
        expect(parseCode(text), JSON.stringify(text)).to.deep.equal({ kind: 'item', code })
      }
      expect(parseCode(printCode(code).replaceAll('-', '\u2011'))?.code).to.equal(code)
    })

    it('maps no character to another', () => {
      expect(normalizeCode('oil0ſıe')).to.equal('OIL0ſıE')
      expect(normalizeCode('Ｅ４Ｆ７')).to.equal('Ｅ４Ｆ７')
    })

    it('knows a code with a wrong check character for a misread', () => {
      expect(parseCode(wrong)).to.equal(undefined)
      expect(looksLikeCode(wrong)).to.equal(true)
    })

    it('takes neither other prefixes nor other lengths nor letters outside the alphabet', () => {
      const payload = 'X4F7Q2M8K3X'
      const outside = 'E4F7Q2M8KUX'
      for (const text of ['', code.slice(0, -1), `${code}0`, payload + checkCharacter(payload), '6901234567892']) {
        expect(parseCode(text), text).to.equal(undefined)
        expect(looksLikeCode(text), text).to.equal(false)
      }
      expect(parseCode(outside + checkCharacter(outside))).to.equal(undefined)
    })

    it('prints in groups that can be read aloud', () => {
      expect(printCode('E4F7Q2M8K3X7')).to.equal('E-4F7Q2-M8K3X-7')
    })
  })
})
