/** The two symbols of a label as modules: Code 128 and Data Matrix with the same payload, drawn up by bwip-js. */
import bwipjs from 'bwip-js/node'
import { code128Codewords } from '../../custody/codes.ts'

/** Widths of bars and spaces in modules, in turn, beginning with a bar. */
export type LinearSymbol = { widths: number[]; modules: number }
/** Rows of modules, `true` for dark. */
export type MatrixSymbol = boolean[][]

/**
 * Data Matrix takes 16 × 16 modules for every code. The smaller 14 × 14 would do with the shortest encoding only, and
 * the same size must come out of the printer that draws the symbol itself.
 */
export const MATRIX_MODULES = 16

/** Code 128 in code set B (ISO/IEC 15417), so that its check value is the one of `code128CheckValue`. */
export function linearSymbol(code: string): LinearSymbol {
  const text = code128Codewords(code)
    .map((codeword) => `^${String(codeword).padStart(3, '0')}`)
    .join('')
  const [symbol] = bwipjs.raw('code128', text, 'raw') as { sbs?: number[] }[]
  if (!symbol?.sbs) throw new Error('bwip-js gave no bars for a Code 128 symbol')
  return { widths: symbol.sbs, modules: symbol.sbs.reduce((sum, width) => sum + width, 0) }
}

/** Data Matrix ECC 200 (ISO/IEC 16022). */
export function matrixSymbol(code: string): MatrixSymbol {
  const options = `version=${MATRIX_MODULES}x${MATRIX_MODULES}`
  const [symbol] = bwipjs.raw('datamatrix', code, options) as { pixs?: number[]; pixx?: number }[]
  if (!symbol?.pixs || symbol.pixx !== MATRIX_MODULES) throw new Error('bwip-js gave no modules for a Data Matrix')
  const { pixs } = symbol
  return Array.from({ length: MATRIX_MODULES }, (_, row) =>
    pixs.slice(row * MATRIX_MODULES, (row + 1) * MATRIX_MODULES).map((pixel) => pixel === 1),
  )
}
