/** Labels with Code 128, Data Matrix and text, as files to print. Everything else on labels is in `label/`. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseCode } from '../custody/codes.ts'
import { DocumentRefused } from './document-refused.ts'
import type { LabelDrawing } from './label/drawing.ts'
import { type Dpi, type LabelContent, layOutLabel, ROLL_LABEL } from './label/layout.ts'
import { A4_SHEET, LABELS_ON_SHEET, rollPages, sheetPages } from './label/pages.ts'
import { pdfOf } from './label/pdf.ts'
import { pngOf } from './label/png.ts'
import { svgOf } from './label/svg.ts'
import { zplOf } from './label/zpl.ts'

export type { Dpi, LabelContent } from './label/layout.ts'
export { LABELS_ON_SHEET } from './label/pages.ts'
export type LabelFormat = 'pdf' | 'png' | 'svg' | 'zpl'
export type LabelLayout = 'roll' | 'a4'
export type LabelOptions = {
  format: LabelFormat
  /** `roll` is 60 × 40 mm, one label to a page; `a4` is a sheet of 21 labels. ZPL knows the roll only. */
  layout?: LabelLayout
  dpi?: Dpi
  /** First label of an A4 sheet that is still there, from 1 to 21. */
  startAt?: number
}

/** Pictures hold all pages one below the other and must stay within what viewers open. */
export const MAX_LABELS: Record<LabelFormat, number> = { pdf: 500, zpl: 500, png: 60, svg: 60 }

const TYPES: Record<LabelFormat, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  zpl: 'application/vnd.zebra.zpl; charset=utf-8',
}

/**
 * Labels in the order given, as one file. Throws DocumentRefused for none, too many, a start off the sheet or a sheet
 * in ZPL, and RangeError for a text that is not one of our codes.
 */
export async function renderLabels(
  contents: LabelContent[],
  { format, layout = 'roll', dpi = 203, startAt = 1 }: LabelOptions,
): Promise<{ type: string; body: Buffer; fileName: string }> {
  if (contents.length === 0) throw new DocumentRefused('no-labels')
  if (contents.length > MAX_LABELS[format]) {
    throw new DocumentRefused('too-many-labels', { max: MAX_LABELS[format], format: format.toUpperCase() })
  }
  if (layout === 'a4' && format === 'zpl') throw new DocumentRefused('sheet-in-zpl')
  if (layout === 'a4' && !(Number.isInteger(startAt) && startAt >= 1 && startAt <= LABELS_ON_SHEET)) {
    throw new DocumentRefused('start-off-sheet', { max: LABELS_ON_SHEET })
  }

  const size = layout === 'a4' ? A4_SHEET.label : ROLL_LABEL
  const drawings: LabelDrawing[] = []
  for (const content of contents) {
    if (parseCode(content.code)?.code !== content.code) throw new RangeError(`No code of ours: ${content.code}`)
    drawings.push(layOutLabel(content, size, dpi))
    // Laying out takes a few milliseconds; other requests get their turn between two labels.
    await nextTurn()
  }

  const name = contents.length === 1 ? `label-${contents[0]!.code}` : `labels-${contents.length}`
  const pages = layout === 'a4' ? sheetPages(drawings, startAt) : rollPages(drawings, ROLL_LABEL)
  return { type: TYPES[format], body: await bodyOf(), fileName: `${name}.${format}` }

  async function bodyOf(): Promise<Buffer> {
    if (format === 'pdf') return pdfOf(pages, name)
    if (format === 'png') return pngOf(pages)
    if (format === 'svg') return Buffer.from(svgOf(pages, 'mm'))
    return Buffer.from(await zplOf(drawings))
  }
}
