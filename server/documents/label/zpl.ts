/**
 * Labels in ZPL II, the language of Zebra and compatible label printers. The printer draws the two symbols from its
 * own commands; the text travels as a picture, since few printers hold a Chinese font.
 */

import type { LabelDrawing } from './drawing.ts'
import { textDotsOf } from './png.ts'
import { MATRIX_MODULES } from './symbols.ts'

export async function zplOf(drawings: LabelDrawing[]): Promise<string> {
  const labels: string[] = []
  for (const drawing of drawings) labels.push(await zplOfLabel(drawing))
  return labels.join('')
}

async function zplOfLabel({ bars, matrix, ...drawing }: LabelDrawing): Promise<string> {
  const texts = graphicField(await textDotsOf({ bars, matrix, ...drawing }), drawing.width)
  return [
    '^XA',
    '^CI28',
    `^PW${drawing.width}`,
    `^LL${drawing.height}`,
    '^LH0,0',
    `^FO0,0${texts}^FS`,
    // `>:` starts in code set B and, without an automatic mode, the printer stays in it.
    `^FO${bars.x},${bars.y}^BY${bars.module}^BCN,${bars.height},N,N,N,N^FD>:${bars.code}^FS`,
    `^FO${matrix.x},${matrix.y}^BXN,${matrix.module},200,${MATRIX_MODULES},${MATRIX_MODULES}^FD${matrix.code}^FS`,
    '^XZ\n',
  ].join('\n')
}

/** `^GFA` with hexadecimal rows in the alternative compression of the ZPL II manual: counts, `,` and `:`. */
export function graphicField(dots: Buffer, width: number): string {
  const bytesInRow = Math.ceil(width / 8)
  const rows = dots.length / width
  let previous = ''
  let data = ''
  for (let row = 0; row < rows; row += 1) {
    const hex = hexOfRow(dots.subarray(row * width, (row + 1) * width), bytesInRow)
    data += hex === previous ? ':' : compressed(hex)
    previous = hex
  }
  const total = bytesInRow * rows
  return `^GFA,${total},${total},${bytesInRow},${data}`
}

function hexOfRow(dots: Buffer, bytesInRow: number): string {
  const bytes = Buffer.alloc(bytesInRow)
  for (const [column, dot] of dots.entries()) {
    if (dot < 128) bytes[column >> 3]! |= 0x80 >> (column & 7)
  }
  return bytes.toString('hex').toUpperCase()
}

/** A `,` ends a row with zeros; `G` to `Y` count 1 to 19 and `g` to `z` count 20 to 400 of the digit that follows. */
function compressed(hex: string): string {
  const ink = hex.replace(/0+$/, '')
  const end = ink.length < hex.length ? ',' : ''
  return ink.replace(/(.)\1+/g, (run, digit: string) => countOf(run.length) + digit) + end
}

function countOf(length: number): string {
  const twenties = Math.floor(length / 20)
  const ones = length % 20
  // A row of 60 bytes has 120 digits, a row of an A4 sheet does not occur: 400 is never passed.
  return (twenties ? String.fromCharCode(0x66 + twenties) : '') + (ones ? String.fromCharCode(0x46 + ones) : '')
}
