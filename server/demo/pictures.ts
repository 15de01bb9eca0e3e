// The demonstration's files: photographs drawn by the program, papers and signatures, stored as uploads are.

import sharp from 'sharp'
import { storeFile } from '../files/store.ts'
import type { Parts } from '../perform.ts'
import { drawings } from './drawings.ts'
import { paperOf, papers } from './papers.ts'
import { keyOf, type Story, thingsOf } from './story.ts'
import type { Thing } from './things.ts'

/** SHA-256 of stored files. */
export type Pictures = {
  /** Photographs of a thing. */
  of: (key: string) => string[]
  /** A photograph taken at the counter, one of a few; the same for the same text. */
  counter: (text: string) => string
  paper: (name: string) => string
  /** Drawn by hand. */
  signature: (name: string) => string
}

type File = { key: string; by: string; name: string; make: () => Promise<Buffer> }

const colours: Record<string, string> = {
  黑: '#2b2f36',
  白: '#eceff1',
  银: '#c3cad2',
  灰: '#8b949e',
  金: '#d4af37',
  红: '#c0392b',
  粉: '#e58fb1',
  橙: '#e67e22',
  黄: '#e8c547',
  绿: '#3f8f5f',
  青: '#5fa8a0',
  蓝: '#2f6fb2',
  紫: '#7d5ba6',
  棕: '#8d6239',
  铜: '#b0783a',
  褐: '#6e4b33',
}
const tables = ['#cfd4d9', '#b9c7b4', '#d8cfc0', '#b8c4d2']
const counters = 10
const signers = 4
/** Sharp draws on the threads of libuv, of which there are four; more at once only wait. */
const atOnce = 4

/** Draws and stores everything; the same stories give the same bytes, so nothing is stored twice. */
export async function addPictures(parts: Parts, dataDir: string, stories: Story[]): Promise<Pictures> {
  const files = filesOf(stories)
  const hashes = new Map<string, string>()
  const queue = [...files]
  const work = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const { key, by, name, make } = file
      const { sha256 } = await storeFile(parts.pool, dataDir, await make(), { name, uploadedBy: by })
      hashes.set(key, sha256)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const hash = (key: string): string => {
    const found = hashes.get(key)
    if (!found) throw new Error(`The demonstration has no picture called ${key}`)
    return found
  }
  return {
    of: (key) => [0, 1, 2].flatMap((view) => hashes.get(`${key} ${view}`) ?? []),
    counter: (text) => hash(`counter ${numberOf(text) % counters}`),
    paper: (name) => hash(`paper ${name}`),
    signature: (name) => hash(`signature ${numberOf(name) % signers}`),
  }
}

function filesOf(stories: Story[]): File[] {
  const photographs = stories.flatMap((story, index) =>
    thingsOf(story, index).flatMap(({ seizure, list, things }) =>
      things
        .filter(({ line, pictured }) => line === String(pictured))
        .flatMap((thing) => viewsOf(thing).map((view) => photograph(story, seizure.by, list, thing, view))),
    ),
  )
  const atCounter = Array.from({ length: counters }, (_, n): File => {
    const make = () => jpeg(scene(drawings.counter!(Object.values(colours)[n + 2]!), n, 60 + n, 0))
    return { key: `counter ${n}`, by: 'keeper', name: `柜台查验${n + 1}.jpg`, make }
  })
  const signatures = Array.from({ length: signers }, (_, n): File => {
    const make = () =>
      sharp(Buffer.from(signature(n)))
        .png()
        .toBuffer()
    return { key: `signature ${n}`, by: 'keeper', name: `签名${n + 1}.png`, make }
  })
  const written = Object.keys(papers).map((name): File => {
    return { key: `paper ${name}`, by: papers[name]!.by, name: `${name}.pdf`, make: () => paperOf(name) }
  })
  return [...photographs, ...atCounter, ...signatures, ...written]
}

/** Valuables and relics are photographed from three sides. */
const viewsOf = (thing: Thing) => (['valuables', 'relic'].includes(thing.class) ? [0, 1, 2] : [0])

function photograph(story: Story, by: string, list: number, thing: Thing, view: number): File {
  const drawing = drawings[thing.drawing]
  const colour = colours[thing.colour]
  if (!drawing || !colour) throw new Error(`No picture of ${thing.name}: ${thing.drawing} ${thing.colour}`)
  const key = keyOf(story, list, thing)
  const make = () => jpeg(scene(drawing(colour), numberOf(key), Number(thing.line), view))
  return { key: `${key} ${view}`, by, name: `${thing.name}-${view + 1}.jpg`, make }
}

/** Without the second pass that would make it a third smaller and take twice as long. */
const jpeg = (svg: string) => sharp(Buffer.from(svg)).jpeg({ quality: 70, optimiseCoding: false }).toBuffer()

/** A drawing on a table, seen from one of three sides, with a scale of 10 cm and the number of its line. */
function scene(drawing: string, seed: number, number: number, view: number): string {
  const table = tables[seed % tables.length]
  const turn = ((seed >> 3) % 9) - 4
  const sides = [`rotate(${turn})`, `rotate(${turn + 12}) scale(-1 1)`, `rotate(${90 + turn}) scale(0.8)`]
  const scale = Array.from(
    { length: 10 },
    (_, n) => `<path d="M${40 + n * 30} 626h30v14h-30z" fill="${n % 2 ? '#fff' : '#111'}"/>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="675">
    <path d="M0 0h900v675H0z" fill="${table}"/><path d="M0 ${480 + (seed % 60)}h900v300H0z" fill="#00000010"/>
    <ellipse cx="460" cy="320" rx="330" ry="250" fill="#0000000d"/>
    <g transform="translate(450 290) ${sides[view]}">${drawing}</g>
    <path d="M36 622h308v22H36z" fill="#333"/>${scale.join('')}${placard(number)}</svg>`
}

/** Which of the seven segments, from the top clockwise and the middle last, make a digit. */
const segments = [
  '1111110',
  '0110000',
  '1101101',
  '1111001',
  '0110011',
  '1011011',
  '1011111',
  '1110000',
  '1111111',
  '1111011',
]
const strokes = ['M8 4h24', 'M34 6v24', 'M34 36v24', 'M8 62h24', 'M6 36v24', 'M6 6v24', 'M8 33h24']

/** The yellow marker that lies beside each thing; digits are drawn, since a machine need not have any font. */
function placard(number: number): string {
  const digits = [...String(number)].map((digit, n) => {
    const lit = strokes.filter((_, place) => segments[Number(digit)]![place] === '1')
    return `<path transform="translate(${n * 50} 0)" d="${lit.join('')}" stroke="#111" stroke-width="9" stroke-linecap="round"/>`
  })
  return `<path d="M720 540h140l20 100H700z" fill="#f4c20d"/><g transform="translate(${790 - digits.length * 25} 557)">${digits.join('')}</g>`
}

function signature(seed: number): string {
  const loops = Array.from({ length: 5 }, (_, n) => {
    const [up, down] = [30 + ((seed * 37 + n * 53) % 60), 100 + ((seed * 29 + n * 31) % 50)]
    return `C${90 + n * 90} ${up} ${60 + n * 90} ${down} ${110 + n * 90} ${85 + ((seed + n) % 3) * 8}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200">
    <path d="M40 110 ${loops.join(' ')} M70 150 q200 -30 420 -6" fill="none" stroke="#14213d" stroke-width="5" stroke-linecap="round"/></svg>`
}

/** A small number that a text always gives. */
const numberOf = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 65_521, 7)
