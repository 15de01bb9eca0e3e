/** Labels as SVG, in dots of the printer, with text as outlines so that it looks the same without any font. */
import { outlineOf } from '../typeface.ts'
import type { LabelDrawing, Rect } from './drawing.ts'
import type { Page } from './pages.ts'

/** Pages one below the other. `unit: 'mm'` gives the true size for a browser, `'dots'` one pixel for each dot. */
export function svgOf(pages: Page[], unit: 'mm' | 'dots'): string {
  const dotsPerMm = pages[0]!.labels[0]!.drawing.dotsPerMm
  const dots = (mm: number) => Math.round(mm * dotsPerMm)
  const widthMm = Math.max(...pages.map((page) => page.widthMm))
  const heightMm = pages.reduce((sum, page) => sum + page.heightMm, 0)
  const width = dots(widthMm)
  const height = pages.reduce((sum, page) => sum + dots(page.heightMm), 0)
  const parts: string[] = []
  let top = 0
  for (const page of pages) {
    for (const { drawing, xMm, yMm } of page.labels) {
      parts.push(`<g transform="translate(${dots(xMm)} ${top + dots(yMm)})">${graphicsOf(drawing)}</g>`)
    }
    top += dots(page.heightMm)
  }
  const size = unit === 'mm' ? `width="${widthMm}mm" height="${heightMm}mm"` : `width="${width}" height="${height}"`
  return svgFile(size, width, height, parts.join(''))
}

/** What the printer does not draw from a command of its own: texts and frames, without the two symbols. */
export function svgOfTexts(drawing: LabelDrawing): string {
  const { width, height } = drawing
  return svgFile(`width="${width}" height="${height}"`, width, height, textGraphicsOf(drawing))
}

function svgFile(size: string, width: number, height: number, content: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${content}</svg>`
  )
}

function graphicsOf(drawing: LabelDrawing): string {
  return rectsPath([...drawing.bars.rects, ...drawing.matrix.rects]) + textGraphicsOf(drawing)
}

function textGraphicsOf(drawing: LabelDrawing): string {
  const outlines = drawing.texts.map((text) => outlineOf(text.text, text.weight, text.size, text.x, text.baseline))
  return `${rectsPath(drawing.frames)}<path d="${outlines.join('')}"/>`
}

/** One path for all, so that no viewer leaves a light seam between modules that touch. */
function rectsPath(rects: Rect[]): string {
  const path = rects.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join('')
  return path && `<path shape-rendering="crispEdges" d="${path}"/>`
}
