/** Labels put on pages: one to a page of a roll, or many to a sheet of A4 with labels to peel off. */
import type { LabelDrawing } from './drawing.ts'
import type { LabelSize } from './layout.ts'

export type Page = {
  widthMm: number
  heightMm: number
  labels: { drawing: LabelDrawing; xMm: number; yMm: number }[]
}

/** The common sheet of 21 labels, 63.5 × 38.1 mm, three across and seven down (as Avery L7160). */
export const A4_SHEET = {
  widthMm: 210,
  heightMm: 297,
  label: { widthMm: 63.5, heightMm: 38.1 } satisfies LabelSize,
  columns: 3,
  rows: 7,
  leftMm: 7.2,
  topMm: 15.15,
  columnStepMm: 66.04,
  rowStepMm: 38.1,
}
export const LABELS_ON_SHEET = A4_SHEET.columns * A4_SHEET.rows

export function rollPages(drawings: LabelDrawing[], size: LabelSize): Page[] {
  return drawings.map((drawing) => ({ ...size, labels: [{ drawing, xMm: 0, yMm: 0 }] }))
}

/** Sheets filled row by row; `startAt` counts from 1 and skips labels already peeled off the first sheet. */
export function sheetPages(drawings: LabelDrawing[], startAt: number): Page[] {
  const pages: Page[] = []
  for (const [index, drawing] of drawings.entries()) {
    const slot = index + startAt - 1
    const sheet = Math.floor(slot / LABELS_ON_SHEET)
    const onSheet = slot % LABELS_ON_SHEET
    pages[sheet] ??= { widthMm: A4_SHEET.widthMm, heightMm: A4_SHEET.heightMm, labels: [] }
    pages[sheet].labels.push({
      drawing,
      xMm: A4_SHEET.leftMm + (onSheet % A4_SHEET.columns) * A4_SHEET.columnStepMm,
      yMm: A4_SHEET.topMm + Math.floor(onSheet / A4_SHEET.columns) * A4_SHEET.rowStepMm,
    })
  }
  return pages
}
