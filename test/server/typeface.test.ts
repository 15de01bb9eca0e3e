/** Everything that a Chinese keyboard gives is drawn; what is not is told before it is printed. */
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { drawnBy, type Weight } from '../../server/documents/fonts.ts'
import { outlineOf, undrawnIn } from '../../server/documents/typeface.ts'

const weights: Weight[] = ['regular', 'bold']

describe('the typeface of printed documents', function () {
  this.timeout(60_000)

  const standard = readFileSync(
    new URL('../vectors/characters/general-standard-8105.txt', import.meta.url),
    'utf8',
  ).replaceAll('\n', '')

  const sets: [name: string, size: number, characters: string[]][] = [
    ['通用规范汉字表', 8105, [...standard]],
    ['GB 2312 with its signs', 7478, twoByte('gb2312', 0xa1)],
    ['the two-byte part of GB 18030', 21_891, twoByte('gb18030', 0x81)],
    ['CJK Unified Ideographs', 0x5200, range(0x4e00, 0x9fff)],
    ['Extension A', 0x19c0, range(0x3400, 0x4dbf)],
    ['Extensions B to F as of Unicode 13', 60_317, ideographsBeyond()],
    ['radicals', 214, range(0x2f00, 0x2fd5)],
  ]
  for (const [name, size, characters] of sets) {
    it(`draws ${name}`, () => {
      expect(characters.length).to.equal(size)
      for (const weight of weights) {
        const missing = characters.filter((character) => !drawnBy[weight](character) && character !== '\u3000')
        expect(missing.join(''), weight).to.equal('')
      }
    })
  }

  it('draws an ideograph as something that fills its square', () => {
    for (const weight of weights)
      for (const character of '仉缑奡𬱖䶮𠮷㑇鿰䶿国') {
        const { glyph, scale } = drawnBy[weight](character)!
        const { minX, maxX, minY, maxY } = glyph.bbox
        expect(glyph.advanceWidth * scale, character).to.equal(1)
        expect((maxX - minX) * scale, character).to.be.within(0.6, 1.1)
        expect((maxY - minY) * scale, character).to.be.within(0.6, 1.1)
      }
    const shapes = [...'仉缑奡𬱖䶮𠮷㑇鿰䶿国'].map((character) => outlineOf(character, 'bold', 10, 0, 0))
    expect(new Set(shapes).size).to.equal(10)
  })

  it('tells what it cannot draw, each once', () => {
    expect(undrawnIn(['张三 ℃№①→≤≥㎏Ⅰ·—', '\n李\t四'])).to.deep.equal([])
    expect(undrawnIn(['𰀁张', '🫩𰀁', 'ئۇيغۇر'])).to.deep.equal(['𰀁', '🫩', ...new Set('ئۇيغۇر')])
  })

  it('draws nothing that would stand for another thing or for nothing', () => {
    for (const character of ['\u202e', '\u200b', '\u0007', '\ue000', '\uffff', '\u{e0100}', '\u3164', '\u0378'])
      expect(drawnBy.regular(character), character.codePointAt(0)!.toString(16)).to.equal(undefined)
  })
})

/** What a code of two bytes stands for, private use aside. */
function twoByte(encoding: string, from: number): string[] {
  const decoder = new TextDecoder(encoding)
  const found = new Set<string>()
  for (let lead = from; lead <= 0xfe; lead += 1)
    for (let trail = from === 0xa1 ? 0xa1 : 0x40; trail <= 0xfe; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if ([...text].length === 1 && !/[\ufffd\p{Co}]/u.test(text)) found.add(text)
    }
  return [...found]
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index))
}

/** Ideographs of the second plane but the fourteen that came with Unicode 13 and 14. */
function ideographsBeyond(): string[] {
  const blocks = [
    [0x20000, 0x2a6d6],
    [0x2a700, 0x2b734],
    [0x2b740, 0x2b81d],
    [0x2b820, 0x2cea1],
    [0x2ceb0, 0x2ebe0],
  ] as const
  return blocks.flatMap(([from, to]) => range(from, to))
}
