/** The A4 paper of a receipt: text that wraps, rules, a pen that goes down the page. All measures in points. */
import type { Weight } from '../fonts.ts'
import { placeText, type Rect } from '../label/drawing.ts'
import { openPdf, POINTS_PER_MM, writeText } from '../pdf.ts'
import { IDEOGRAPH_TOP_EM, widthEm, wrapText } from '../typeface.ts'
import { QR_QUIET_MODULES, qrSymbol } from './qr.ts'

export const PAPER = { width: 210 * POINTS_PER_MM, height: 297 * POINTS_PER_MM, margin: 17 * POINTS_PER_MM }
/** Width between the margins. */
export const INNER = PAPER.width - 2 * PAPER.margin
/** The lowest that anything but the foot may stand. */
export const LOWEST = PAPER.height - PAPER.margin - 14

export const INK = { text: '#1b2127', quiet: '#55606a', line: '#c3c9cf', accent: '#1d567d' }

const LINE_EM = 1.42
const MOST_LINES = 14

export type Pen = {
  size: number
  weight?: Weight
  colour?: string
  align?: 'left' | 'right'
}

export type Paper = ReturnType<typeof newPaper>

export function newPaper(title: string) {
  const { document, body } = openPdf(title, { bufferPages: true })
  const newPage = () => document.addPage({ size: [PAPER.width, PAPER.height], margin: 0 })
  newPage()
  const write = newWriter(document)

  function rule(x: number, y: number, width: number, { colour = INK.line, thickness = 0.6 } = {}): void {
    document.rect(x, y - thickness / 2, width, thickness).fill(colour)
  }

  /** A QR code with its quiet zone inside a square of `side`. One path, so that no viewer leaves seams. */
  function qr(text: string, x: number, y: number, side: number): void {
    const symbol = qrSymbol(text)
    const module = side / (symbol.length + 2 * QR_QUIET_MODULES)
    const at = (n: number) => (n + QR_QUIET_MODULES) * module
    for (const [row, modules] of symbol.entries())
      for (const [column, dark] of modules.entries())
        if (dark) document.rect(x + at(column), y + at(row), module, module)
    document.fill('#000')
  }

  /** Writes the foot of every page, then gives the bytes. */
  function finish(foot: (page: number, pages: number) => void): Promise<Buffer> {
    const { start, count } = document.bufferedPageRange()
    for (let page = start; page < start + count; page += 1) {
      document.switchToPage(page)
      foot(page - start + 1, count)
    }
    document.end()
    return body
  }

  return { write, rule, qr, newPage, finish }
}

/** Writes lines of a text from `y` downwards, within `width`; gives the height that they take. */
export const newWriter =
  (document: PDFKit.PDFDocument) =>
  (text: string, x: number, y: number, width: number, pen: Pen): number => {
    const { size, weight = 'regular', colour = INK.text, align = 'left' } = pen
    const lines = linesOf(text, width, pen)
    for (const [index, line] of lines.entries()) {
      const start = align === 'right' ? x + width - widthEm(line, weight) * size : x
      const layer = { dotsPerMm: POINTS_PER_MM, frames: [] as Rect[], texts: [] }
      placeText(layer, line, weight, size, start, y + index * size * LINE_EM + size * IDEOGRAPH_TOP_EM)
      document.fillColor(colour)
      for (const placed of layer.texts) writeText(document, placed)
      for (const frame of layer.frames) document.rect(frame.x, frame.y, frame.width, frame.height)
      if (layer.frames.length > 0) document.fill(colour)
    }
    return heightOf(text, width, pen)
  }

/** Height of a text within `width`. */
export const heightOf = (text: string, width: number, pen: Pen): number =>
  linesOf(text, width, pen).length * pen.size * LINE_EM

const linesOf = (text: string, width: number, { size, weight = 'regular' }: Pen): string[] =>
  wrapText(text, weight, Array(MOST_LINES).fill(width / size))
