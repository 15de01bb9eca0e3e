/**
 * The fonts of printed documents, all from npm, since a bare server has none with Chinese characters: Noto Sans SC draws
 * what it has, HanaMin and UnifontEX the rare rest. Noto and UnifontEX come under the SIL Open Font License, HanaMin under
 * the Hanazono Font License or that one.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as fontkit from 'fontkit'
import { sfntFromWoff } from './woff.ts'

export type Weight = 'regular' | 'bold'
/** `scale` turns the units of the glyph into em. `isEmbedded` tells whether `fontBytes` holds it. */
export type Drawn = { glyph: fontkit.Glyph; scale: number; isEmbedded: boolean }

const files: Record<Weight, string> = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
}
/** Extensions B to F of the ideographs, in slices with the ranges of each in the style sheet. */
const rareStyles = 'hanamin/HanaMin.min.css'
/** The last ideographs of the basic plane, and signs. */
const plainFile = '@fontsource/unifontex/files/unifontex-latin-400-normal.woff'

const require = createRequire(import.meta.url)
const locate = (file: string): string => require.resolve(file)

/** The font file of a weight as TrueType, to embed into a PDF. */
export const fontBytes = once((weight: Weight) => readFileSync(locate(files[weight])))

/** How a character is drawn, or nothing when no font of ours has it or it must not be drawn by itself. */
export const drawnBy: Record<Weight, (character: string) => Drawn | undefined> = {
  regular: once((character) => draw(character, 'regular')),
  bold: once((character) => draw(character, 'bold')),
}

function draw(character: string, weight: Weight): Drawn | undefined {
  if (!standsAlone(character)) return undefined
  const at = character.codePointAt(0)!
  const main = mainFont(weight)
  if (main.hasGlyphForCodePoint(at)) return drawn(main, at, true)
  const slice = slices().find(({ ranges }) => ranges.some(([from, to]) => from <= at && at <= to))
  const rare = slice && sliceFont(slice.file)
  if (rare?.hasGlyphForCodePoint(at)) return drawn(rare, at, false)
  return isPlain(character) && plainFont().hasGlyphForCodePoint(at) ? drawn(plainFont(), at, false) : undefined
}

const drawn = (font: fontkit.Font, at: number, isEmbedded: boolean): Drawn => ({
  glyph: font.glyphForCodePoint(at),
  scale: 1 / font.unitsPerEm,
  isEmbedded,
})

/** Controls, format characters and what else is not seen would be printed as nothing. */
const standsAlone = (character: string): boolean =>
  !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character)

/**
 * What may be drawn one character after the other, from the left, and is no frame with a number in UnifontEX, which has
 * one for every code point of the basic plane that was not given away in Unicode 15.
 */
const isPlain = (character: string): boolean =>
  /[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}]/u.test(character) &&
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) &&
  !/[\u20c1\u2427-\u2429\u2b96\u31e4\u31e5\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7f1]/.test(character)

const mainFont = once((weight: Weight) => fontkit.create(fontBytes(weight)) as fontkit.Font)
const sliceFont = once((file: string) => fontkit.create(readFileSync(file)) as fontkit.Font)
const plainFont = once<void, fontkit.Font>(
  () => fontkit.create(sfntFromWoff(readFileSync(locate(plainFile)))) as fontkit.Font,
)

type Slice = { file: string; ranges: [from: number, to: number][] }

const slices = once<void, Slice[]>(() => {
  const path = locate(rareStyles)
  const faces = readFileSync(path, 'utf8').matchAll(/url\(([^)]+\.woff2)\)[^}]*unicode-range:([^}]+)\}/g)
  return Array.from(faces, ([, name, ranges]) => ({
    file: join(dirname(path), name!),
    ranges: ranges!.split(',').map((range) => {
      const [from, to = from] = range.replace(/^U\+/i, '').split('-')
      return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)] as Slice['ranges'][number]
    }),
  }))
})

/** Each answer worked out once and kept. */
function once<Key, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const answers = new Map<Key, Value>()
  return (key) => {
    if (!answers.has(key)) answers.set(key, work(key))
    return answers.get(key)!
  }
}
