/** Labels as PDF: bars as vectors, text as text in an embedded part of the typeface. */
import { openPdf, POINTS_PER_MM, writeText } from '../pdf.ts'
import type { LabelDrawing } from './drawing.ts'
import type { Page } from './pages.ts'

export function pdfOf(pages: Page[], title: string): Promise<Buffer> {
  const { document, body } = openPdf(title)
  for (const page of pages) {
    document.addPage({ size: [page.widthMm * POINTS_PER_MM, page.heightMm * POINTS_PER_MM], margin: 0 })
    for (const { drawing, xMm, yMm } of page.labels) drawLabel(document, drawing, xMm, yMm)
  }
  document.end()
  return body
}

/** One label with its top left corner there. */
export function drawLabel(document: PDFKit.PDFDocument, drawing: LabelDrawing, xMm: number, yMm: number): void {
  document.save()
  document.translate(xMm * POINTS_PER_MM, yMm * POINTS_PER_MM)
  document.scale(POINTS_PER_MM / drawing.dotsPerMm)
  for (const { x, y, width, height } of [...drawing.bars.rects, ...drawing.matrix.rects, ...drawing.frames]) {
    document.rect(x, y, width, height)
  }
  document.fill('#000')
  for (const text of drawing.texts) writeText(document, text)
  document.restore()
}
