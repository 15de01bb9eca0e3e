/** Labels as PDF: bars as vectors, text as text in an embedded part of the typeface. */
import PDFDocument from 'pdfkit'
import { fontBytes, type Weight } from '../typeface.ts'
import type { LabelDrawing } from './drawing.ts'
import type { Page } from './pages.ts'

const POINTS_PER_MM = 72 / 25.4
const WEIGHTS: Weight[] = ['regular', 'bold']

export function pdfOf(pages: Page[], title: string): Promise<Buffer> {
  const document = new PDFDocument({ autoFirstPage: false, margin: 0, info: { Title: title } })
  for (const weight of WEIGHTS) document.registerFont(weight, fontBytes(weight))
  const body = collect(document)
  for (const page of pages) {
    document.addPage({ size: [page.widthMm * POINTS_PER_MM, page.heightMm * POINTS_PER_MM], margin: 0 })
    for (const { drawing, xMm, yMm } of page.labels) {
      document.save()
      document.translate(xMm * POINTS_PER_MM, yMm * POINTS_PER_MM)
      document.scale(POINTS_PER_MM / drawing.dotsPerMm)
      drawOn(document, drawing)
      document.restore()
    }
  }
  document.end()
  return body
}

function drawOn(document: PDFKit.PDFDocument, drawing: LabelDrawing): void {
  for (const { x, y, width, height } of [...drawing.bars.rects, ...drawing.matrix.rects, ...drawing.frames]) {
    document.rect(x, y, width, height)
  }
  document.fill('#000')
  for (const { text, weight, size, x, baseline } of drawing.texts) {
    // Kerning is off because the layout measured the text without it.
    document
      .font(weight, size)
      .text(text, x, baseline, { baseline: 'alphabetic', lineBreak: false, features: NO_KERNING })
  }
}

const NO_KERNING = { kern: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[]

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}
