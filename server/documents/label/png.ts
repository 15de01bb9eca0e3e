/** Labels as black and white pictures, one pixel for each dot of the printer. */
import sharp from 'sharp'
import type { LabelDrawing } from './drawing.ts'
import type { Page } from './pages.ts'
import { svgOf, svgOfTexts } from './svg.ts'

/** Strokes of small characters are thinner than a dot, so more than the darker half of the greys becomes black. */
const BLACK_BELOW = 150

export function pngOf(pages: Page[]): Promise<Buffer> {
  const { dotsPerMm } = pages[0]!.labels[0]!.drawing
  return sharp(Buffer.from(svgOf(pages, 'dots')))
    .flatten({ background: '#fff' })
    .threshold(BLACK_BELOW)
    .png({ palette: true, colours: 2 })
    .withMetadata({ density: dotsPerMm * 25.4 })
    .toBuffer()
}

/** The dots of a label's texts and frames, one byte each, 0 for black and 255 for white. */
export function textDotsOf(drawing: LabelDrawing): Promise<Buffer> {
  return sharp(Buffer.from(svgOfTexts(drawing)))
    .flatten({ background: '#fff' })
    .threshold(BLACK_BELOW)
    .extractChannel(0)
    .raw()
    .toBuffer()
}
