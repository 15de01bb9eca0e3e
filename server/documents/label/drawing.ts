/** What a label is made of before it becomes SVG, PNG, PDF or ZPL: dark rectangles and lines of text. */
import type { Weight } from '../fonts.ts'
import {
  CAPITAL_HEIGHT_EM,
  canShow,
  IDEOGRAPH_BOTTOM_EM,
  IDEOGRAPH_TOP_EM,
  SUBSTITUTE_PADDING_EM,
  SUBSTITUTE_SCALE,
  substituteFor,
  widthEm,
} from '../typeface.ts'

export type Rect = { x: number; y: number; width: number; height: number }
/** One line of text that the typeface can show in full; `size` is the em. */
export type PlacedText = { text: string; weight: Weight; size: number; x: number; baseline: number }
/** All measures in whole dots, from the top left corner. Only texts may stand between dots. */
export type LabelDrawing = {
  width: number
  height: number
  dotsPerMm: number
  bars: { code: string; x: number; y: number; module: number; height: number; rects: Rect[] }
  matrix: { code: string; x: number; y: number; module: number; rects: Rect[] }
  frames: Rect[]
  texts: PlacedText[]
}
type TextLayer = Pick<LabelDrawing, 'dotsPerMm' | 'frames' | 'texts'>

/** Adds a line of text. Characters that no font draws are printed as their code point in a frame. */
export function placeText(
  drawing: TextLayer,
  text: string,
  weight: Weight,
  size: number,
  x: number,
  baseline: number,
): void {
  let pen = x
  let run = ''
  const flush = () => {
    if (run !== '') drawing.texts.push({ text: run, weight, size, x: pen, baseline })
    pen += widthEm(run, weight) * size
    run = ''
  }
  for (const character of text) {
    if (canShow(character, weight)) {
      run += character
      continue
    }
    flush()
    pen += placeSubstitute(drawing, character, size, pen, baseline)
  }
  flush()
}

function placeSubstitute(drawing: TextLayer, character: string, size: number, x: number, baseline: number): number {
  const text = substituteFor(character)
  const small = size * SUBSTITUTE_SCALE
  const padding = size * SUBSTITUTE_PADDING_EM
  const width = widthEm(text, 'regular') * small + 2 * padding
  const stroke = Math.max(1, Math.round(drawing.dotsPerMm / 8))
  const left = Math.round(x + padding / 2)
  const right = Math.round(x + width - padding / 2)
  const top = Math.round(baseline - size * IDEOGRAPH_TOP_EM) + stroke
  const bottom = Math.round(baseline + size * IDEOGRAPH_BOTTOM_EM)
  drawing.frames.push(
    { x: left, y: top, width: right - left, height: stroke },
    { x: left, y: bottom - stroke, width: right - left, height: stroke },
    { x: left, y: top, width: stroke, height: bottom - top },
    { x: right - stroke, y: top, width: stroke, height: bottom - top },
  )
  const middle = (top + bottom) / 2 + (small * CAPITAL_HEIGHT_EM) / 2
  drawing.texts.push({ text, weight: 'regular', size: small, x: x + padding, baseline: middle })
  return width
}
