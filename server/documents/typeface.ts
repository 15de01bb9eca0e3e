/** Text as printed documents set it: what can be drawn, how wide it is, where lines break, its outlines. */
import { drawnBy, type Weight } from './fonts.ts'

/** Heights over the baseline in em, the same in both weights. */
export const CAPITAL_HEIGHT_EM = 0.733
/** Where Chinese characters end above and below the baseline, in em. */
export const IDEOGRAPH_TOP_EM = 0.88
export const IDEOGRAPH_BOTTOM_EM = 0.12

/** What stands for a character that no font of ours draws: its code point in a frame, smaller than the text around it. */
export const SUBSTITUTE_SCALE = 0.62
export const SUBSTITUTE_PADDING_EM = 0.18

/** A closing mark never starts a line. */
const CLOSING = /^[，。、；：！？）》」』】〕…·,.;:!?)\]}%]$/u

/** True if there is a font that draws this one character. */
export const canShow = (character: string, weight: Weight): boolean => drawnBy[weight](character) !== undefined

/** The characters of some texts that no font draws, each once: whoever prints is told of them before. */
export const undrawnIn = (texts: Iterable<string>): string[] => [
  ...new Set([...texts].flatMap((text) => [...oneLine(text)].filter((character) => !canShow(character, 'regular')))),
]

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
  let path = ''
  let pen = x
  for (const character of text) {
    const drawn = drawnBy[weight](character)
    if (!drawn) throw new RangeError(`No font draws ${substituteFor(character)}`)
    const scale = size * drawn.scale
    path += drawn.glyph.path.scale(scale, -scale).translate(pen, baseline).toSVG()
    pen += drawn.glyph.advanceWidth * scale
  }
  return path
}

function advanceEm(character: string, weight: Weight): number {
  const drawn = drawnBy[weight](character)
  if (drawn) return drawn.glyph.advanceWidth * drawn.scale
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
