/** Labels are read back by both reading engines, measured in dots, and never lose text without a sign. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import Quagga from '@ericblade/quagga2'
import { expect } from 'chai'
import fc from 'fast-check'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { checkCharacter, code128CheckValue, codeFrom } from '../../server/custody/codes.ts'
import { DocumentRefused } from '../../server/documents/document-refused.ts'
import type { LabelDrawing } from '../../server/documents/label/drawing.ts'
import { type Dpi, type LabelContent, layOutLabel, ROLL_LABEL } from '../../server/documents/label/layout.ts'
import { A4_SHEET } from '../../server/documents/label/pages.ts'
import { textDotsOf } from '../../server/documents/label/png.ts'
import { graphicField } from '../../server/documents/label/zpl.ts'
import { type LabelOptions, renderLabels } from '../../server/documents/labels.ts'
import { widthEm } from '../../server/documents/typeface.ts'

const UNSAFE_CHECK_VALUE = 102

const phone: LabelContent = {
  code: codeOf(1),
  title: '华为 Mate 60 Pro 手机一部（雅川青，12GB+512GB，含充电器及数据线），屏幕右上角碎裂',
  lines: ['A4403012026110045 · 3', '2026-11-20 · 电子数据', '云川市公安局城南分局'],
}

describe('labels', () => {
  before(() => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
  })

  describe('read back', () => {
    const codes = codesByCheckValue()

    it('covers all 103 check values, and codes in use all but 102', () => {
      expect([...codes.keys()].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 103 }, (_, value) => value))
      for (const [value, { issued }] of codes) expect(issued, String(value)).to.equal(value !== UNSAFE_CHECK_VALUE)
    })

    for (const dpi of [203, 300] as const) {
      it(`prints each check value at ${dpi} dpi so that both engines read it`, async function () {
        this.timeout(90_000)
        const read = { code128: 0, dataMatrix: 0, quagga: 0 }
        for (const [value, { code }] of codes) {
          const { body } = await renderLabels([{ ...phone, code }], { format: 'png', dpi })
          const found = await readBarcodes(body, { formats: ['Code128', 'DataMatrix'], tryHarder: true })
          const texts = (format: string) => found.filter((each) => each.format === format).map((each) => each.text)
          if (texts('Code128').join() === code) read.code128 += 1
          if (texts('DataMatrix').join() === code) read.dataMatrix += 1
          const seen = await readByQuagga(body)
          if (seen === code || (value === UNSAFE_CHECK_VALUE && seen === `${code}\x1D`)) read.quagga += 1
        }
        console.log(`      of 103 at ${dpi} dpi: ${JSON.stringify(read)}`)
        expect(read).to.deep.equal({ code128: 103, dataMatrix: 103, quagga: 103 })
      })
    }

    it('reads every label of an A4 sheet', async () => {
      const contents = Array.from({ length: 21 }, (_, index) => ({ ...phone, code: codeOf(index) }))
      const { body } = await renderLabels(contents, { format: 'png', layout: 'a4' })
      for (const format of ['Code128', 'DataMatrix'] as const) {
        const found = await readBarcodes(body, { formats: [format], tryHarder: true, maxNumberOfSymbols: 50 })
        expect(found.map(({ text }) => text).sort(), format).to.deep.equal(contents.map(({ code }) => code).sort())
      }
    })
  })

  describe('on the dots of the printer', () => {
    const sizes = { 203: [480, 320], 300: [709, 472] } as const
    for (const dpi of [203, 300] as const) {
      it(`is black and white with quiet zones at ${dpi} dpi`, async () => {
        const { body } = await renderLabels([phone], { format: 'png', dpi })
        const { density, width, height } = await sharp(body).metadata()
        expect([width, height, density]).to.deep.equal([...sizes[dpi], dpi])
        const dots = await sharp(body).extractChannel(0).raw().toBuffer()
        expect(new Set(dots)).to.deep.equal(new Set([0, 255]))

        const { bars, matrix } = layOutLabel(phone, ROLL_LABEL, dpi)
        expect(bars.module).to.equal(dpi === 203 ? 2 : 3)
        const [right] = bars.rects.slice(-1).map((rect) => rect.x + rect.width)
        expect(right! - bars.x).to.equal(167 * bars.module)
        const quiet = 10 * bars.module
        expect(bars.x).to.be.greaterThanOrEqual(quiet)
        expect(right! + quiet).to.be.lessThanOrEqual(width!)
        for (const x of [bars.x - quiet, right!]) {
          expect(isWhite(dots, width!, { x, y: bars.y, width: quiet, height: bars.height })).to.equal(true)
        }
        expect(isWhite(dots, width!, { x: bars.x, y: bars.y, width: 2 * bars.module, height: bars.height })).to.equal(
          false,
        )
        const side = 16 * matrix.module
        const around = 2 * matrix.module
        const box = { x: matrix.x - around, y: matrix.y - around, width: side + 2 * around, height: around }
        expect(isWhite(dots, width!, box), 'above').to.equal(true)
        expect(isWhite(dots, width!, { ...box, y: matrix.y + side }), 'below').to.equal(true)
        expect(isWhite(dots, width!, { ...box, width: around, height: side }), 'left').to.equal(true)
      })
    }

    it('keeps any text off the symbols, inside the label and without loss', () => {
      const text = fc.string({ unit: fc.constantFrom(...'国𠮷𰀁，（）/ aWi-0ئ…一'), maxLength: 60 })
      const anyLabel = fc.record({ title: text, lines: fc.array(text, { maxLength: 6 }) })
      const anyPaper = fc.constantFrom(ROLL_LABEL, A4_SHEET.label)
      fc.assert(
        fc.property(anyLabel, anyPaper, fc.constantFrom<Dpi>(203, 300), (label, paper, dpi) => {
          const drawing = layOutLabel({ ...phone, ...label }, paper, dpi)
          expectNoOverlap(drawing)
          const printed = drawing.texts.map((each) => each.text).join('')
          const wanted = `${label.title}${label.lines.join('')}`.replace(/[\s·]/g, '')
          if (!printed.includes('…')) {
            expect(printed.replace(/[\s·]/g, '')).to.include(substituted(wanted))
          }
        }),
        { numRuns: 300 },
      )
    })
  })

  describe('text', () => {
    it('sets a short name large on one line and a long one on two, ending in …', () => {
      const short = layOutLabel({ ...phone, title: '管制刀具' }, ROLL_LABEL, 203).texts[0]!
      const [first, second, third] = layOutLabel(phone, ROLL_LABEL, 203).texts
      expect(short.text).to.equal('管制刀具')
      expect(short.size).to.be.greaterThan(first!.size)
      expect(first!.text).to.equal('华为 Mate 60 Pro 手机一部')
      expect(second!.text).to.match(/^（雅川青，.*…$/)
      expect(third!.text).to.equal(phone.lines[0])
    })

    it('draws rare names and signs, and shows what no font draws as a framed code point', () => {
      const rare = layOutLabel({ ...phone, title: '仉缑奡𬱖䶮𠮷', lines: ['℃№①→≤≥㎏Ⅰ'] }, ROLL_LABEL, 203)
      expect(rare.texts.slice(0, 2).map(({ text }) => text)).to.deep.equal(['仉缑奡𬱖䶮𠮷', '℃№①→≤≥㎏Ⅰ'])
      expect(rare.frames).to.have.length(0)
      const { texts, frames } = layOutLabel({ ...phone, title: 'ئ𰀁国栋', lines: [] }, ROLL_LABEL, 203)
      expect(texts.slice(0, 3).map(({ text }) => text)).to.deep.equal(['U+0626', 'U+30001', '国栋'])
      expect(frames).to.have.length(8)
    })

    it('gives lines beyond the fourth a place at the end of it', () => {
      const lines = ['一', '二', '三', '四', '五', '六']
      const texts = layOutLabel({ ...phone, title: '刀', lines }, ROLL_LABEL, 203).texts.map(({ text }) => text)
      expect(texts.slice(1, -1)).to.deep.equal(['一', '二', '三', '四 · 五 · 六'])
    })

    it('prints the code in groups', () => {
      const { texts } = layOutLabel({ ...phone, code: codeOf(1) }, ROLL_LABEL, 203)
      expect(texts.at(-1)!.text).to.match(/^E-\w{5}-\w{5}-\w$/)
    })
  })

  describe('as files', () => {
    it('SVG holds outlines only', async () => {
      const { body, type, fileName } = await renderLabels([phone], { format: 'svg' })
      const svg = body.toString()
      expect(type).to.equal('image/svg+xml')
      expect(fileName).to.equal(`label-${phone.code}.svg`)
      expect(svg).to.include('width="60mm" height="40mm"')
      expect(svg).not.to.match(/<text|font|<image|href|<script/)
      const found = await readBarcodes(await sharp(body, { density: 203.2 }).png().toBuffer(), { formats: ['Code128'] })
      expect(found.map(({ text }) => text)).to.deep.equal([phone.code])
    })

    it('PDF of a roll has one page of 60 × 40 mm for each label and embeds its font', async () => {
      const contents = [phone, { ...phone, code: codeOf(2) }, { ...phone, code: codeOf(3), title: '㑇' }]
      const { body, type, fileName } = await renderLabels(contents, { format: 'pdf' })
      expect([type, fileName]).to.deep.equal(['application/pdf', 'labels-3.pdf'])
      const pages = pageSizesMm(body)
      expect(pages).to.have.length(3)
      for (const page of pages) expect(page).to.deep.equal([60, 40])
      const plain = body.toString('latin1')
      expect(plain.match(/\/FontFile2/g)).to.have.length(2)
      expect(plain).to.match(/\/BaseFont \/[A-Z]{6}\+NotoSansSC/)
      expect(unpacked(body), 'text can be searched: 华').to.match(/<534e>/i)
    })

    it('PDF draws a rare character as its outline, and copies it as the character', async () => {
      const { body } = await renderLabels([{ ...phone, title: '𠮷野', lines: [] }], { format: 'pdf' })
      const drawn = unpacked(body)
      const actual = /\/Span <<\s*\/ActualText \((.*?)\)\s*>> BDC\n([\s\S]*?)EMC/.exec(drawn)!
      expect(Buffer.from(actual[1]!, 'latin1').swap16().toString('utf16le')).to.equal('\ufeff𠮷')
      expect(actual[2]).to.match(/ l\n[\s\S]*f\n/)
      expect(drawn, 'text can be searched: 野').to.match(/<91ce>/i)
    })

    it('PDF of A4 starts where the sheet does', async () => {
      const contents = Array.from({ length: 4 }, (_, index) => ({ ...phone, code: codeOf(index) }))
      const sheet = (startAt: number) => renderLabels(contents, { format: 'pdf', layout: 'a4', startAt })
      expect(pageSizesMm((await sheet(18)).body)).to.deep.equal([[210, 297]])
      expect(pageSizesMm((await sheet(19)).body)).to.have.length(2)
    })

    it('ZPL sends both symbols as commands and the text as a picture', async () => {
      const { body } = await renderLabels([phone, { ...phone, code: codeOf(2) }], { format: 'zpl' })
      const zpl = body.toString()
      const { bars, matrix, width } = layOutLabel(phone, ROLL_LABEL, 203)
      expect(zpl.match(/\^XA/g)).to.have.length(2)
      expect(zpl).to.include('^PW480\n^LL320')
      expect(zpl).to.include(`^FO${bars.x},${bars.y}^BY2^BCN,${bars.height},N,N,N,N^FD>:${phone.code}^FS`)
      expect(zpl).to.include(`^FO${matrix.x},${matrix.y}^BXN,5,200,16,16^FD${phone.code}^FS`)
      const picture = /\^GFA,(\d+),\d+,(\d+),([^^]*)\^FS/.exec(zpl)!
      const dots = await textDotsOf(layOutLabel(phone, ROLL_LABEL, 203))
      expect(Number(picture[1])).to.equal((480 / 8) * 320)
      expect(dotsOfField(picture[3]!, Number(picture[2]), width).equals(dots)).to.equal(true)
      expect(dots.includes(0)).to.equal(true)
    })

    it('ZPL pictures of any dots unpack to the same dots', () => {
      const anyRows = fc.array(fc.array(fc.constantFrom(0, 255, 255, 255), { minLength: 37, maxLength: 37 }), {
        minLength: 1,
        maxLength: 6,
      })
      fc.assert(
        fc.property(anyRows, (rows) => {
          const dots = Buffer.from([...rows, ...rows.slice(-1)].flat())
          const field = /,5,([^^]*)$/.exec(graphicField(dots, 37))!
          expect(dotsOfField(field[1]!, 5, 37).equals(dots)).to.equal(true)
        }),
      )
      const black = Buffer.alloc(480 * 2)
      expect(graphicField(black, 480)).to.equal('^GFA,120,120,60,lF:')
    })
  })

  describe('refusals', () => {
    const many = (count: number) => Array.from({ length: count }, () => phone)
    const cases: [string, LabelContent[], LabelOptions, object][] = [
      ['no-labels', [], { format: 'pdf' }, {}],
      ['too-many-labels', many(501), { format: 'pdf' }, { max: 500, format: 'PDF' }],
      ['too-many-labels', many(61), { format: 'png' }, { max: 60, format: 'PNG' }],
      ['start-off-sheet', [phone], { format: 'pdf', layout: 'a4', startAt: 22 }, { max: 21 }],
      ['start-off-sheet', [phone], { format: 'pdf', layout: 'a4', startAt: 1.5 }, { max: 21 }],
      ['sheet-in-zpl', [phone], { format: 'zpl', layout: 'a4' }, {}],
    ]
    for (const [reason, contents, options, params] of cases) {
      it(`${reason} for ${contents.length} as ${options.format}`, async () => {
        const error = await renderLabels(contents, options).catch((error: unknown) => error)
        expect(error).to.be.instanceOf(DocumentRefused)
        expect(error).to.deep.include({ code: `document.${reason}`, params })
        for (const locale of ['zh-CN', 'en']) {
          const file = new URL(`../../client/locales/${locale}/document.json`, import.meta.url)
          const sentence = JSON.parse(readFileSync(file, 'utf8')).refusal[reason]
          for (const name of Object.keys(params)) expect(sentence, `${locale} ${reason}`).to.include(`{{${name}}}`)
          expect(sentence, `${locale} ${reason}`).to.be.a('string')
        }
      })
    }

    it('prints no text that is not a code', async () => {
      for (const code of ['E4F7Q2M8K3X8', phone.code.toLowerCase(), '^XZ', '']) {
        const error = await renderLabels([{ ...phone, code }], { format: 'zpl' }).catch((error: unknown) => error)
        expect(error, code).to.be.instanceOf(RangeError)
      }
    })
  })
})

function bytesOf(seed: number): Uint8Array {
  return createHash('sha256').update(String(seed)).digest()
}

function codeOf(seed: number): string {
  return codeFrom('item', bytesOf(seed)) ?? codeOf(seed + 1000)
}

/** One code for each check value; the one that is never issued is written out by hand. */
function codesByCheckValue(): Map<number, { code: string; issued: boolean }> {
  const codes = new Map<number, { code: string; issued: boolean }>()
  for (let seed = 0; codes.size < 103 && seed < 100_000; seed += 1) {
    const issued = codeFrom('item', bytesOf(seed))
    const body = Array.from(
      bytesOf(seed).subarray(0, 10),
      (byte) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[byte % 32],
    ).join('')
    const code = issued ?? `E${body}${checkCharacter(`E${body}`)}`
    const value = code128CheckValue(code)
    if (!codes.has(value)) codes.set(value, { code, issued: issued !== undefined })
  }
  return codes
}

/** quagga2 is sensitive to scale, so it gets the sizes that the scanner uses one after the other. */
async function readByQuagga(png: Buffer): Promise<string | undefined> {
  for (const size of [640, 1280, 800, 480]) {
    const result = await Quagga.decodeSingle({
      src: `data:image/png;base64,${png.toString('base64')}`,
      mime: 'image/png',
      numOfWorkers: 0,
      locate: true,
      locator: { halfSample: true, patchSize: 'medium' },
      inputStream: { size, mime: 'image/png' },
      decoder: { readers: ['code_128_reader'] },
    } as Parameters<typeof Quagga.decodeSingle>[0])
    if (result?.codeResult?.code) return result.codeResult.code
  }
  return undefined
}

function isWhite(dots: Buffer, width: number, box: { x: number; y: number; width: number; height: number }): boolean {
  for (let y = box.y; y < box.y + box.height; y += 1) {
    if (dots.subarray(y * width + box.x, y * width + box.x + box.width).includes(0)) return false
  }
  return true
}

function expectNoOverlap(drawing: LabelDrawing): void {
  const { bars, matrix } = drawing
  const matrixLeft = matrix.x - 2 * matrix.module
  const matrixBottom = matrix.y + 18 * matrix.module
  for (const rect of [...bars.rects, ...matrix.rects, ...drawing.frames]) {
    for (const measure of Object.values(rect)) expect(measure).to.satisfy(Number.isInteger)
  }
  expect(bars.height / drawing.dotsPerMm, 'bars in millimetres').to.be.greaterThan(6.3)
  expect(bars.y).to.be.greaterThanOrEqual(matrixBottom)
  const boxes = drawing.texts.map(({ text, weight, size, x, baseline }) => ({
    left: x,
    right: x + widthEm(text, weight) * size,
    top: baseline - 0.88 * size,
    bottom: baseline + 0.12 * size,
  }))
  const code = boxes.pop()!
  expect(code.bottom).to.be.lessThan(drawing.height)
  expect(code.top + 0.147 * drawing.texts.at(-1)!.size).to.be.greaterThan(bars.y + bars.height)
  for (const frame of drawing.frames) {
    boxes.push({ left: frame.x, right: frame.x + frame.width, top: frame.y, bottom: frame.y + frame.height })
  }
  for (const box of boxes) {
    expect(box.left).to.be.greaterThan(0)
    expect(box.bottom, 'text above bars').to.be.lessThan(bars.y)
    expect(box.right, 'text left of the edge or of the Data Matrix').to.be.lessThanOrEqual(
      box.top < matrixBottom - 1 ? matrixLeft + 1 : drawing.width,
    )
  }
}

function substituted(text: string): string {
  return text.replace(
    /[𰀁ئ]/gu,
    (character) => `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
  )
}

/** Unpacks the data of `^GFA` as the ZPL II manual describes it. */
function dotsOfField(data: string, bytesInRow: number, width: number): Buffer {
  const rows: string[] = []
  let row = ''
  let count = 0
  for (const sign of data) {
    if (sign === ':') rows.push(rows.at(-1)!)
    else if (sign === ',') row = row.padEnd(bytesInRow * 2, '0')
    else if (sign >= 'G' && sign <= 'Y') count += sign.charCodeAt(0) - 0x46
    else if (sign >= 'g' && sign <= 'z') count += (sign.charCodeAt(0) - 0x66) * 20
    else {
      row += sign.repeat(count || 1)
      count = 0
    }
    if (row.length === bytesInRow * 2) {
      rows.push(row)
      row = ''
    }
  }
  const bits = rows.map((hex) => Array.from(hex, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')))
  return Buffer.from(bits.flatMap((row) => Array.from(row.join('').slice(0, width), (bit) => (bit === '1' ? 0 : 255))))
}

function pageSizesMm(pdf: Buffer): number[][] {
  const boxes = pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)
  return Array.from(boxes, ([, width, height]) =>
    [width, height].map((points) => Math.round((Number(points) / 72) * 254) / 10),
  )
}

function unpacked(pdf: Buffer): string {
  const streams = pdf.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)
  return Array.from(streams, ([, data]) => inflateSync(Buffer.from(data!, 'latin1')).toString('latin1')).join('\n')
}
