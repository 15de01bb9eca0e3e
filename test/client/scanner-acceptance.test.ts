/** The acceptance rule: what becomes a scan, what waits, what is refused and in which words' reason. */
import { expect } from 'chai'
import { accept, EMPTY_MEMORY, type Verdict } from '../../client/scanner/acceptance.ts'
import type { Reading } from '../../client/scanner/scan.ts'
import { checkCharacter } from '../../server/custody/codes.ts'

const CODE = `E4F7Q2M8K3X${checkCharacter('E4F7Q2M8K3X')}`
const MISREAD = `${CODE.slice(0, -1)}${CODE.endsWith('A') ? 'B' : 'A'}`
const FOREIGN = 'FANAVF14617104'

const zxing = (text: string, at: number): Reading => ({ text, by: 'zxing', symbology: 'code128', at })
const hand = (text: string, at: number): Reading => ({ text, by: 'hand', at })
const quagga = (text: string, at: number, error?: number): Reading => ({
  text,
  by: 'quagga',
  symbology: 'code128',
  error,
  at,
})

/** The verdicts on readings offered one after the other; keys are k0, k1, … */
function verdictsOn(...readings: Reading[]): Verdict[] {
  let memory = EMPTY_MEMORY
  return readings.map((reading, index) => {
    const judged = accept(memory, reading, `k${index}`)
    memory = judged.memory
    return judged.verdict
  })
}

const kindsOn = (...readings: Reading[]) => verdictsOn(...readings).map((verdict) => verdict.kind)

function reasonOf(reading: Reading): string | undefined {
  const [verdict] = verdictsOn(reading)
  return verdict?.kind === 'refused' ? verdict.refusal.reason : undefined
}

describe('scanner acceptance', () => {
  it('accepts one of our codes at its first reading, with the key it was given', () => {
    expect(verdictsOn(zxing(CODE, 5))).to.deep.equal([
      { kind: 'scan', scan: { text: CODE, code: { kind: 'item', code: CODE }, by: 'zxing', at: 5, key: 'k0' } },
    ])
  })

  it('strips the separator that quagga2 leaves at check value 102', () => {
    const [verdict] = verdictsOn(quagga(`${CODE}\x1d`, 0, 0.05))
    expect(verdict).to.nested.include({ kind: 'scan', 'scan.text': CODE })
  })

  it('strips separators inside a foreign text too, so that both engines say the same', () => {
    const verdicts = verdictsOn(
      quagga('\x1d42095747\x1d9499907', 0, 0.04),
      zxing('42095747\x1d9499907', 100),
      zxing('42095747\x1d9499907', 200),
    )
    expect(verdicts[2]).to.nested.include({ kind: 'scan', 'scan.text': '420957479499907' })
  })

  it('refuses one of our codes with a wrong check character, however often it is read', () => {
    const verdicts = verdictsOn(...[0, 1000, 2000, 3000].map((at) => zxing(MISREAD, at)))
    for (const verdict of verdicts) {
      expect(verdict).to.nested.include({ kind: 'refused', 'refusal.reason': 'check-character' })
    }
    expect(reasonOf(hand(MISREAD, 0))).to.equal('check-character')
  })

  describe('foreign labels', () => {
    it('need three equal readings of the camera', () => {
      const verdicts = verdictsOn(zxing(FOREIGN, 0), quagga(FOREIGN, 125, 0.05), zxing(FOREIGN, 250))
      expect(verdicts[0]).to.include({ kind: 'waiting', reads: 1, needed: 3 })
      expect(verdicts[1]).to.include({ kind: 'waiting', reads: 2, needed: 3 })
      expect(verdicts[2]).to.nested.include({ kind: 'scan', 'scan.text': FOREIGN, 'scan.key': 'k2' })
      expect(verdicts[2]).to.have.property('scan').that.does.not.have.property('code')
    })

    it('are not accepted from three different readings', () => {
      expect(kindsOn(zxing('A1', 0), zxing('A2', 100), zxing('A3', 200))).to.deep.equal([
        'waiting',
        'waiting',
        'waiting',
      ])
    })

    it('are forgotten when three seconds pass between two readings', () => {
      const verdicts = verdictsOn(zxing(FOREIGN, 0), zxing(FOREIGN, 100), zxing(FOREIGN, 3100))
      expect(verdicts[2]).to.include({ kind: 'waiting', reads: 1 })
    })

    it('need three readings anew once the first scan is over', () => {
      const later = [3000, 3100, 3200].map((at) => zxing(FOREIGN, at))
      expect(kindsOn(zxing(FOREIGN, 0), zxing(FOREIGN, 100), zxing(FOREIGN, 200), ...later)).to.deep.equal([
        'waiting',
        'waiting',
        'scan',
        'waiting',
        'waiting',
        'scan',
      ])
    })

    it('count at once from a hand scanner', () => {
      expect(kindsOn(hand(FOREIGN, 0))).to.deep.equal(['scan'])
    })
  })

  describe("quagga2's error", () => {
    it('must be below 0.12', () => {
      expect(kindsOn(quagga(CODE, 0, 0.119))).to.deep.equal(['scan'])
      for (const error of [0.12, 0.25, Number.NaN, undefined]) {
        expect(reasonOf(quagga(CODE, 0, error)), String(error)).to.equal('unsteady')
      }
    })

    it('keeps a guess from counting towards three equal readings', () => {
      const readings = [quagga(FOREIGN, 0, 0.2), quagga(FOREIGN, 1000, 0.2), quagga(FOREIGN, 2000, 0.2)]
      expect(kindsOn(...readings, zxing(FOREIGN, 2100))).to.deep.equal(['refused', 'refused', 'refused', 'waiting'])
    })
  })

  it('refuses other symbologies, even with one of our codes inside', () => {
    for (const symbology of ['ean13', 'eanupc', 'ean8', 'code39', '']) {
      expect(reasonOf({ ...zxing(CODE, 0), symbology }), symbology).to.equal('symbology')
    }
    for (const symbology of ['code128', 'qrcode', 'datamatrix']) {
      expect(reasonOf({ ...zxing(CODE, 0), symbology }), symbology).to.equal(undefined)
    }
  })

  it('refuses a text that is empty once stripped', () => {
    for (const text of ['', '\x1d', ' \r\n']) expect(reasonOf(hand(text, 0))).to.equal('empty')
  })

  describe('repeats', () => {
    it('are the same value within two seconds, whichever reader it comes from', () => {
      expect(kindsOn(hand(CODE, 0), hand(CODE, 1999))).to.deep.equal(['scan', 'repeat'])
      expect(kindsOn(hand(CODE, 0), zxing(CODE.toLowerCase(), 1999))).to.deep.equal(['scan', 'repeat'])
      expect(kindsOn(hand(CODE, 0), hand(CODE, 2000))).to.deep.equal(['scan', 'scan'])
    })

    it('are not told again while the label stays in the picture, and it is scanned once', () => {
      const frames = Array.from({ length: 80 }, (_, frame) => zxing(CODE, frame * 125))
      const kinds = kindsOn(...frames)
      expect(kinds[0]).to.equal('scan')
      expect(new Set(kinds.slice(1))).to.deep.equal(new Set(['held']))
    })

    it('are told when the label left the picture and came back too soon', () => {
      expect(kindsOn(zxing(CODE, 0), zxing(CODE, 125), zxing(CODE, 1200))).to.deep.equal(['scan', 'held', 'repeat'])
    })

    it('do not mix up two labels in one picture', () => {
      const other = `S4F7Q2M8K3X${checkCharacter('S4F7Q2M8K3X')}`
      const kinds = kindsOn(zxing(CODE, 0), zxing(other, 0), zxing(CODE, 125), zxing(other, 125))
      expect(kinds).to.deep.equal(['scan', 'scan', 'held', 'held'])
    })
  })

  it('tells a refusal once while the label stays in the picture', () => {
    const kinds = kindsOn(...[0, 125, 250, 375, 1500].map((at) => zxing(MISREAD, at)))
    expect(kinds).to.deep.equal(['refused', 'held', 'held', 'held', 'refused'])
    expect(kindsOn(hand(MISREAD, 0), hand(MISREAD, 100))).to.deep.equal(['refused', 'refused'])
  })

  it('remembers nothing for ever', () => {
    let memory = EMPTY_MEMORY
    for (let at = 0; at < 100_000; at += 100) {
      memory = accept(memory, zxing(`FOREIGN ${at}`, at), 'k').memory
      memory = accept(memory, hand(`HAND ${at}`, at), 'k').memory
      memory = accept(memory, quagga(`GUESS ${at}`, at, 0.2), 'k').memory
    }
    const sizes = [memory.accepted.size, memory.refused.size, memory.foreign.size]
    for (const size of sizes) expect(size).to.be.within(1, 30)
  })
})
