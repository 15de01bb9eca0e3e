/** The QR code of a receipt (ISO/IEC 18004), drawn up by bwip-js. */
import bwipjs from 'bwip-js/node'

/** Light space that the standard asks for on every side, in modules. */
export const QR_QUIET_MODULES = 4

/** Rows of modules, `true` for dark, without the quiet zone. Error correction M: a fold or a stamp may cover 15 %. */
export function qrSymbol(text: string): boolean[][] {
  const [symbol] = bwipjs.raw('qrcode', text, 'eclevel=M') as { pixs?: number[]; pixx?: number }[]
  if (!symbol?.pixs || !symbol.pixx) throw new Error('bwip-js gave no modules for a QR code')
  const { pixs, pixx } = symbol
  return Array.from({ length: pixx }, (_, row) => pixs.slice(row * pixx, (row + 1) * pixx).map((pixel) => pixel === 1))
}
