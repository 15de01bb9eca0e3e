/**
 * The typeface of printed documents, Noto Sans SC from npm: what it can show, how wide, where lines break.
 * No font of the machine is ever used, since a bare server has none with Chinese characters.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'
import { sfntFromWoff } from './woff.ts'

export type Weight = 'regular' | 'bold'

/** Heights over the baseline in em, the same in both weights. */
export const CAPITAL_HEIGHT_EM = 0.733
/** Where Chinese characters end above and below the baseline, in em. */
export const IDEOGRAPH_TOP_EM = 0.88
export const IDEOGRAPH_BOTTOM_EM = 0.12

/** What stands for a character that the typeface lacks: its code point in a frame, smaller than the text around it. */
export const SUBSTITUTE_SCALE = 0.62
export const SUBSTITUTE_PADDING_EM = 0.18

const FILES: Record<Weight, string> = {
  regular: '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
  bold: '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-700-normal.woff',
}
/** A closing mark never starts a line. */
const CLOSING = /^[，。、；：！？）》」』】〕…·,.;:!?)\]}%]$/u

const require = createRequire(import.meta.url)
const bytesByWeight = new Map<Weight, Buffer>()
const fontByWeight = new Map<Weight, fontkit.Font>()

/** The font file of a weight as TrueType, to embed into a PDF. */
export function fontBytes(weight: Weight): Buffer {
  let bytes = bytesByWeight.get(weight)
  if (!bytes) {
    bytes = sfntFromWoff(readFileSync(require.resolve(FILES[weight])))
    bytesByWeight.set(weight, bytes)
  }
  return bytes
}

/** True if the typeface has a glyph for this one character. */
export function canShow(character: string, weight: Weight): boolean {
  return fontOf(weight).hasGlyphForCodePoint(codePoint(character))
}

/** The text printed in place of a character that cannot be shown: `U+20BB7`. */
export function substituteFor(character: string): string {
  return `U+${codePoint(character).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Width of a text in em, with substitutes for the characters that cannot be shown. No kerning. */
export function widthEm(text: string, weight: Weight): number {
  let width = 0
  for (const character of text) width += advanceEm(character, weight)
  return width
}

/** White space and line breaks become single spaces: a label has its own lines. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/**
 * Breaks a text into at most `widths.length` lines, each no wider than its width in em; what does not fit is
 * replaced by `…` at the end of the last line. Chinese breaks between any two characters, other words at spaces
 * unless a word alone is wider than a line.
 */
export function wrapText(text: string, weight: Weight, widths: number[]): string[] {
  const lines: string[] = []
  let rest = oneLine(text)
  for (const [index, width] of widths.entries()) {
    if (rest === '') break
    const last = index === widths.length - 1
    const line =
      widthEm(rest, weight) <= width ? rest : last ? shortened(rest, weight, width) : head(rest, weight, width)
    lines.push(line.trimEnd())
    rest = last ? '' : rest.slice(line.length).trimStart()
  }
  return lines
}

/** Outlines of a text as SVG path data; `x` and `baseline` and the result are in the unit of `size`. */
export function outlineOf(text: string, weight: Weight, size: number, x: number, baseline: number): string {
  const font = fontOf(weight)
  const scale = size / font.unitsPerEm
  let path = ''
  let pen = x
  for (const character of text) {
    const glyph = font.glyphForCodePoint(codePoint(character))
    path += glyph.path.scale(scale, -scale).translate(pen, baseline).toSVG()
    pen += glyph.advanceWidth * scale
  }
  return path
}

function fontOf(weight: Weight): fontkit.Font {
  let font = fontByWeight.get(weight)
  if (!font) {
    font = fontkit.create(fontBytes(weight)) as fontkit.Font
    fontByWeight.set(weight, font)
  }
  return font
}

function advanceEm(character: string, weight: Weight): number {
  const font = fontOf(weight)
  if (canShow(character, weight)) return font.glyphForCodePoint(codePoint(character)).advanceWidth / font.unitsPerEm
  return widthEm(substituteFor(character), 'regular') * SUBSTITUTE_SCALE + 2 * SUBSTITUTE_PADDING_EM
}

/** The longest beginning that fits, cut where a line may break. */
function head(text: string, weight: Weight, width: number): string {
  const fitting = fittingCharacters(text, weight, width)
  const characters = [...text]
  for (let end = fitting; end > 0; end -= 1) {
    if (mayBreak(characters[end - 1] as string, characters[end] as string)) return characters.slice(0, end).join('')
  }
  return characters.slice(0, Math.max(fitting, 1)).join('')
}

function shortened(text: string, weight: Weight, width: number): string {
  const fitting = fittingCharacters(text, weight, width - widthEm('…', weight))
  return `${[...text].slice(0, fitting).join('').trimEnd()}…`
}

function fittingCharacters(text: string, weight: Weight, width: number): number {
  let used = 0
  let count = 0
  for (const character of text) {
    used += advanceEm(character, weight)
    if (used > width) break
    count += 1
  }
  return count
}

function mayBreak(before: string, after: string): boolean {
  if (before === ' ' || after === ' ') return true
  if (CLOSING.test(after) || /[（《「『【〔“(]/u.test(before)) return false
  return !(isLatin(before) && isLatin(after))
}

function isLatin(character: string): boolean {
  return codePoint(character) < 0x2e80
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number
}
