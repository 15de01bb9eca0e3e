/** What every PDF here shares: the embedded part of the typeface, text on a baseline, the bytes in the end. */
import PDFDocument from 'pdfkit'
import type { PlacedText } from './label/drawing.ts'
import { fontBytes, type Weight } from './typeface.ts'

export const POINTS_PER_MM = 72 / 25.4

const WEIGHTS: Weight[] = ['regular', 'bold']
const NO_KERNING = { kern: false } as unknown as PDFKit.Mixins.OpenTypeFeatures[]

/** A PDF without a page yet; `body` settles when it is ended. All pages stay open until then if `bufferPages` is set. */
export function openPdf(
  title: string,
  { bufferPages = false } = {},
): { document: PDFKit.PDFDocument; body: Promise<Buffer> } {
  const document = new PDFDocument({ autoFirstPage: false, margin: 0, bufferPages, info: { Title: title } })
  for (const weight of WEIGHTS) document.registerFont(weight, fontBytes(weight))
  return { document, body: collect(document) }
}

/** Kerning is off because layouts measure text without it. */
export function writeText(document: PDFKit.PDFDocument, { text, weight, size, x, baseline }: PlacedText): void {
  document
    .font(weight, size)
    .text(text, x, baseline, { baseline: 'alphabetic', lineBreak: false, features: NO_KERNING })
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}
