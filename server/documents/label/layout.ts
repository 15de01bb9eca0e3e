/**
 * Where everything stands on a label: name and details at the top beside the Data Matrix, below them the bars over
 * the code in groups. Measured in millimetres, placed on the dots of the printer, so that no bar is half a dot wide.
 */
import { printCode } from '../../custody/codes.ts'
import { CAPITAL_HEIGHT_EM, IDEOGRAPH_TOP_EM, oneLine, widthEm, wrapText } from '../typeface.ts'
import { type LabelDrawing, placeText, type Rect } from './drawing.ts'
import { linearSymbol, MATRIX_MODULES, matrixSymbol } from './symbols.ts'

/** What a label says: the code, the name in large print and up to four lines of details. */
export type LabelContent = { code: string; title: string; lines: string[] }
export type Dpi = 203 | 300
export type LabelSize = { widthMm: number; heightMm: number }

export const ROLL_LABEL: LabelSize = { widthMm: 60, heightMm: 40 }
/** Light space that Code 128 needs on both sides, in modules (ISO/IEC 15417). */
export const QUIET_MODULES = 10
/** Light space around the Data Matrix, in modules; the standard asks for one. */
export const MATRIX_QUIET_MODULES = 2

/** Dots of one module, so that Code 128 comes to 0.25 mm and Data Matrix to 0.6 mm at either resolution. */
const PRINTERS: Record<Dpi, { dotsPerMm: number; barModule: number; matrixModule: number }> = {
  203: { dotsPerMm: 8, barModule: 2, matrixModule: 5 },
  300: { dotsPerMm: 300 / 25.4, barModule: 3, matrixModule: 7 },
}

const MARGIN_MM = 2.5
const TEXT_TOP_MM = 1.9
const LARGE_TITLE_MM = 4.4
const LARGE_TITLE_ROW_MM = 6
const SMALL_TITLE_MM = 3.5
const SMALL_TITLE_ROW_MM = 4.2
const TITLE_TO_DETAILS_MM = 0.4
const DETAIL_MM = 2.5
const DETAIL_ROW_MM = 3.05
const DETAIL_ROWS = 4
const TEXT_TO_BARS_MM = 1.5
const TALLEST_BARS_MM = 12.5
const BARS_TO_CODE_MM = 1.1
const CODE_MM = 4.1
const CODE_BASELINE_FROM_BOTTOM_MM = 2.2

/** One label, laid out for a size and a resolution. Pure: the same content gives the same dots. */
export function layOutLabel(content: LabelContent, size: LabelSize, dpi: Dpi): LabelDrawing {
  const { dotsPerMm, barModule, matrixModule } = PRINTERS[dpi]
  const dots = (mm: number) => Math.round(mm * dotsPerMm)
  const width = dots(size.widthMm)
  const height = dots(size.heightMm)
  const left = dots(MARGIN_MM)
  const matrix = placeMatrix(content.code, width - left, left, matrixModule)
  const drawing: Omit<LabelDrawing, 'bars'> = { width, height, dotsPerMm, matrix, frames: [], texts: [] }

  const quiet = MATRIX_QUIET_MODULES * matrixModule
  const besideMatrix = matrix.x - quiet - left
  const belowMatrix = matrix.y + MATRIX_MODULES * matrixModule + quiet
  let top = dots(TEXT_TOP_MM)
  const title = titleRows(content.title, besideMatrix / dotsPerMm)
  for (const line of title.lines) {
    placeText(drawing, line, 'bold', title.size * dotsPerMm, left, top + dots(title.size * IDEOGRAPH_TOP_EM))
    top += dots(title.row)
  }
  top += dots(TITLE_TO_DETAILS_MM)

  const rowWidths = Array.from(
    { length: DETAIL_ROWS },
    (_, row) => (top + dots(row * DETAIL_ROW_MM) < belowMatrix ? besideMatrix : width - 2 * left) / dotsPerMm,
  )
  for (const line of detailRows(content.lines, rowWidths)) {
    placeText(drawing, line, 'regular', DETAIL_MM * dotsPerMm, left, top + dots(DETAIL_MM * IDEOGRAPH_TOP_EM))
    top += dots(DETAIL_ROW_MM)
  }

  const printed = printCode(content.code)
  const codeSize = CODE_MM * dotsPerMm
  const baseline = height - dots(CODE_BASELINE_FROM_BOTTOM_MM)
  placeText(drawing, printed, 'bold', codeSize, (width - widthEm(printed, 'bold') * codeSize) / 2, baseline)
  const bottom = baseline - dots(CODE_MM * CAPITAL_HEIGHT_EM + BARS_TO_CODE_MM)
  const lowestText = Math.max(top - dots(DETAIL_ROW_MM - DETAIL_MM), belowMatrix)
  const barsTop = Math.max(lowestText + dots(TEXT_TO_BARS_MM), bottom - dots(TALLEST_BARS_MM))
  return { ...drawing, bars: placeBars(content.code, width, barsTop, bottom - barsTop, barModule) }
}

/** A short name stands large on one line, a long one smaller on two. Millimetres. */
function titleRows(title: string, width: number): { lines: string[]; size: number; row: number } {
  const name = oneLine(title)
  if (widthEm(name, 'bold') * LARGE_TITLE_MM <= width) {
    return { lines: [name], size: LARGE_TITLE_MM, row: LARGE_TITLE_ROW_MM }
  }
  const lines = wrapText(name, 'bold', [width / SMALL_TITLE_MM, width / SMALL_TITLE_MM])
  return { lines, size: SMALL_TITLE_MM, row: SMALL_TITLE_ROW_MM }
}

/**
 * Gives each line a row and, while rows are left, a second one to the first lines that need it. Lines beyond the last
 * row join it, so that what is cut off ends in `…` and is not lost without a sign. Millimetres.
 */
function detailRows(lines: string[], rowWidths: number[]): string[] {
  const given = lines.map(oneLine).filter((line) => line !== '')
  const own = given.slice(0, rowWidths.length - 1)
  const surplus = given.slice(rowWidths.length - 1).join(' · ')
  const wanted = surplus === '' ? own : [...own, surplus]
  const rows: string[] = []
  for (const [index, line] of wanted.entries()) {
    const later = wanted.length - index - 1
    const mayTake = rowWidths.slice(rows.length, rowWidths.length - later).slice(0, 2)
    const widths = mayTake.map((width) => width / DETAIL_MM)
    rows.push(...wrapText(line, 'regular', widths))
  }
  return rows
}

function placeBars(code: string, labelWidth: number, y: number, height: number, module: number): LabelDrawing['bars'] {
  const symbol = linearSymbol(code)
  if ((symbol.modules + 2 * QUIET_MODULES) * module > labelWidth) {
    throw new RangeError(`A label of ${labelWidth} dots is too narrow for ${symbol.modules} modules and quiet zones`)
  }
  const x = Math.floor((labelWidth - symbol.modules * module) / 2)
  const rects: Rect[] = []
  let pen = x
  for (const [index, modules] of symbol.widths.entries()) {
    if (index % 2 === 0) rects.push({ x: pen, y, width: modules * module, height })
    pen += modules * module
  }
  return { code, x, y, module, height, rects }
}

function placeMatrix(code: string, right: number, y: number, module: number): LabelDrawing['matrix'] {
  const x = right - MATRIX_MODULES * module
  const rects: Rect[] = []
  for (const [row, modules] of matrixSymbol(code).entries()) {
    let column = 0
    while (column < modules.length) {
      let end = column
      while (modules[end]) end += 1
      if (end > column) {
        rects.push({ x: x + column * module, y: y + row * module, width: (end - column) * module, height: module })
      }
      column = end + 1
    }
  }
  return { code, x, y, module, rects }
}
