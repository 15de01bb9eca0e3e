/** What every PDF here shares: the embedded part of the typeface, text on a baseline, the bytes in the end. */
import PDFDocument from 'pdfkit'
import { drawnBy, fontBytes, type Weight } from './fonts.ts'
import type { PlacedText } from './label/drawing.ts'
import { outlineOf, widthEm } from './typeface.ts'

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

/**
 * Kerning is off because layouts measure text without it. A rare character, whose font is not embedded, is drawn as its
 * outline; whoever copies the text still gets the character.
 */
export function writeText(document: PDFKit.PDFDocument, { text, weight, size, x, baseline }: PlacedText): void {
  let pen = x
  for (const run of runsOf(text, weight)) {
    if (run.isEmbedded) {
      document
        .font(weight, size)
        .text(run.text, pen, baseline, { baseline: 'alphabetic', lineBreak: false, features: NO_KERNING })
    } else {
      document.markContent('Span', { actual: run.text })
      document.path(outlineOf(run.text, weight, size, pen, baseline)).fill()
      document.endMarkedContent()
    }
    pen += widthEm(run.text, weight) * size
  }
}

/** A text in pieces that are in the embedded font, or not. */
function runsOf(text: string, weight: Weight): { text: string; isEmbedded: boolean }[] {
  const runs: { text: string; isEmbedded: boolean }[] = []
  for (const character of text) {
    const isEmbedded = drawnBy[weight](character)?.isEmbedded ?? true
    const last = runs.at(-1)
    if (last?.isEmbedded === isEmbedded) last.text += character
    else runs.push({ text: character, isEmbedded })
  }
  return runs
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}
