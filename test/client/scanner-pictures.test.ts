/**
 * Both reading engines on photographs and on labels of our own, through the same rule and the same order of passes as
 * the camera. Prints how many were right, wrong and none.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Quagga from '@ericblade/quagga2'
import bwipjs from 'bwip-js/node'
import { expect } from 'chai'
import sharp, { type Sharp } from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { accept, cleanText, EMPTY_MEMORY } from '../../client/scanner/acceptance.ts'
import { quaggaConfig, readingsOfQuagga, readingsOfZxing, ZXING_OPTIONS } from '../../client/scanner/engines.ts'
import { afterQuagga, afterZxing, FIRST_FRAME } from '../../client/scanner/frames.ts'
import type { Reading, Scan } from '../../client/scanner/scan.ts'
import { code128CheckValue, code128Codewords, codeFrom } from '../../server/custody/codes.ts'

const FOLDER = new URL('../vectors/barcodes/', import.meta.url)
const PHOTOGRAPHS: { file: string; expected: string | null }[] = JSON.parse(
  readFileSync(new URL('manifest.json', FOLDER), 'utf8'),
)
const FRAMES = 60
const FRAME_MS = 125
/** A hand that moves: the same picture at five distances, so that each meets each of quagga2's four settings. */
const DISTANCES = [1, 0.97, 0.94, 0.91, 0.88]

describe('scanner on pictures', function () {
  this.timeout(120_000)

  before(() => {
    const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(path)).buffer } })
  })

  it('accepts no wrong reading of a photograph, and at least 11 of 12 right', async () => {
    const tally = { right: 0, wrong: 0, none: 0 }
    for (const { file, expected } of PHOTOGRAPHS) {
      if (!expected) continue
      const scan = await scanOf(sharp(readFileSync(new URL(file, FOLDER))))
      tally[verdictOn(scan, cleanText(expected))] += 1
    }
    console.log('      photographs', tally)
    expect(tally.wrong).to.equal(0)
    expect(tally.right).to.be.at.least(11)
  })

  it('accepts nothing where there is no code to read', async () => {
    const pictures = new Map<string, Sharp>()
    for (const { file, expected } of PHOTOGRAPHS) {
      if (expected === '') pictures.set(file, sharp(readFileSync(new URL(file, FOLDER))))
    }
    pictures.set(
      'noise',
      sharp({ create: { width: 640, height: 480, channels: 3, noise: NOISE, background: 'white' } }),
    )
    for (const seed of [1, 2]) pictures.set(`bars ${seed}`, bars(seed))
    pictures.set('EAN-13', sharp(await symbol({ bcid: 'ean13', text: '6901234567892' })))
    pictures.set('EAN-8', sharp(await symbol({ bcid: 'ean8', text: '69012341' })))
    for (const [name, picture] of pictures) expect(await scanOf(picture), name).to.equal(undefined)
  })

  describe('our own labels', () => {
    const CONDITIONS: Record<string, { least: number; photograph(label: Sharp): Promise<Sharp> }> = {
      clean: { least: 12, photograph: async (label) => label },
      'tilted by 20°': { least: 12, photograph: async (label) => label.rotate(20, { background: 'white' }) },
      'low contrast': { least: 12, photograph: async (label) => label.linear(0.2, 140) },
      blurred: { least: 12, photograph: async (label) => label.blur(2) },
      '1.5 pixels per module': {
        least: 12,
        photograph: async (label) => {
          const { data, info } = await label.toBuffer({ resolveWithObject: true })
          return sharp(data).resize(Math.round((info.width / PIXELS_PER_MODULE) * 1.5))
        },
      },
    }

    for (const [name, { least, photograph }] of Object.entries(CONDITIONS)) {
      it(`are read ${name}`, async () => {
        const tally = { right: 0, wrong: 0, none: 0 }
        for (let number = 0; number < 12; number++) {
          const code = freshCode(number)
          const label = await photograph(sharp(await symbol(code128(code))))
          tally[verdictOn(await scanOf(inFrame(await label.png().toBuffer())), code)] += 1
        }
        console.log(`      ${name}`, tally)
        expect(tally.wrong).to.equal(0)
        expect(tally.right).to.be.at.least(least)
      })
    }

    it('of the check value 102, from elsewhere, are read clean although quagga2 adds a separator', async () => {
      expect(code128CheckValue(UNSAFE_CODE)).to.equal(102)
      const [frame] = await framesOf(sharp(await symbol(code128(UNSAFE_CODE))))
      const result = await Quagga.decodeSingle(quaggaConfig(frame!.url, { size: 640, locate: false }))
      const [reading] = readingsOfQuagga(result, 0)
      expect(reading?.text).to.equal(`${UNSAFE_CODE}\x1d`)
      const { verdict } = accept(EMPTY_MEMORY, reading!, 'key')
      expect(verdict).to.nested.include({ kind: 'scan', 'scan.text': UNSAFE_CODE, 'scan.code.kind': 'item' })
    })
  })
})

const NOISE = { type: 'gaussian' as const, mean: 128, sigma: 60 }
const PIXELS_PER_MODULE = 3
const UNSAFE_CODE = 'E4F7Q2M8K16L'

function verdictOn(scan: Scan | undefined, expected: string): 'right' | 'wrong' | 'none' {
  if (!scan) return 'none'
  return scan.text === expected ? 'right' : 'wrong'
}

/** What the camera would accept first of a picture it is held to for some seven seconds. */
async function scanOf(picture: Sharp): Promise<Scan | undefined> {
  const frames = await framesOf(picture)
  const known = new Map<string, Promise<Reading[]>>()
  const once = (name: string, read: () => Promise<Reading[]>) => {
    const reading = known.get(name) ?? read()
    known.set(name, reading)
    return reading
  }
  let count = FIRST_FRAME
  let memory = EMPTY_MEMORY
  for (let number = 0; number < FRAMES; number++) {
    const distance = number % frames.length
    const frame = frames[distance]!
    const readings = await once(`zxing ${distance}`, async () =>
      readingsOfZxing(await readBarcodes(frame.image, ZXING_OPTIONS), 0),
    )
    const after = afterZxing(count, readings.length > 0)
    count = after.count
    const { pass } = after
    const more = pass
      ? await once(`quagga ${distance} ${pass.size} ${pass.locate}`, async () =>
          readingsOfQuagga(await Quagga.decodeSingle(quaggaConfig(frame.url, pass)), 0),
        )
      : []
    if (pass) count = afterQuagga(count, more.length > 0)
    for (const reading of [...readings, ...more]) {
      const judged = accept(memory, { ...reading, at: number * FRAME_MS }, 'key')
      memory = judged.memory
      if (judged.verdict.kind === 'scan') return judged.verdict.scan
    }
  }
  return undefined
}

/** The picture as zxing and as quagga2 take it, at most 1280 pixels wide and high as the camera's frames are. */
async function framesOf(picture: Sharp): Promise<{ image: ImageData; url: string }[]> {
  const whole = await picture.png().toBuffer()
  const { width } = await sharp(whole).metadata()
  return Promise.all(
    DISTANCES.map(async (distance) => {
      const size = { width: Math.round(Math.min(1280, width) * distance), height: 1280, fit: 'inside' as const }
      const frame = sharp(whole).flatten({ background: 'white' }).resize(size)
      const { data, info } = await frame.clone().ensureAlpha().raw().toBuffer({ resolveWithObject: true })
      const image = { data: new Uint8ClampedArray(data), width: info.width, height: info.height, colorSpace: 'srgb' }
      const url = `data:image/png;base64,${(await frame.png().toBuffer()).toString('base64')}`
      return { image: image as ImageData, url }
    }),
  )
}

/** A label lying in a camera's frame of 1152 × 576. */
function inFrame(label: Buffer): Sharp {
  return sharp({ create: { width: 1152, height: 576, channels: 3, background: '#e8e4dc' } }).composite([
    { input: label, gravity: 'centre' },
  ])
}

function code128(code: string) {
  const codewords = code128Codewords(code).map((codeword) => `^${String(codeword).padStart(3, '0')}`)
  return { bcid: 'code128', text: codewords.join(''), raw: true, scale: PIXELS_PER_MODULE, height: 15 }
}

function symbol(options: Parameters<typeof bwipjs.toBuffer>[0]): Promise<Buffer> {
  return bwipjs.toBuffer({ paddingwidth: 10, paddingheight: 5, backgroundcolor: 'ffffff', ...options })
}

/** Upright bars of widths that mean nothing, as on a radiator or a crate. */
function bars(seed: number): Sharp {
  const row = Buffer.alloc(640)
  let state = seed
  for (let from = 0, dark = false; from < row.length; dark = !dark) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    const width = 2 + ((state >>> 16) % 4) * 2
    row.fill(dark ? 20 : 235, from, Math.min(from + width, row.length))
    from += width
  }
  const pixels = Buffer.concat(Array.from({ length: 480 }, () => row))
  return sharp(pixels, { raw: { width: 640, height: 480, channels: 1 } })
}

function freshCode(number: number): string {
  for (let attempt = 0; ; attempt++) {
    const bytes = Uint8Array.from({ length: 10 }, (_, place) => (number * 37 + place * 11 + attempt * 5) ^ (place << 3))
    const code = codeFrom('item', bytes)
    if (code) return code
  }
}
