// A list as a CSV file that spreadsheets open: UTF-8 with its mark, CRLF, no cell that runs as a formula, and none that loses a digit.

/** Begins with = + - @, in any width, or a control character: spreadsheets would run it. */
const runs = /^[=+\-@＝＋－＠\t\r]/
/** 00123, a number longer than spreadsheets count exactly, 12E5, 1-2: they would take it for another number or a date. */
const misread = /^(0\d+|\d{12,}|[\d.]{16,}|\d+E\d+|\d{1,2}[-/]\d{1,2})$/i

/** An apostrophe keeps a cell the text that it is. */
const asText = (cell: string): string => (runs.test(cell) || misread.test(cell) ? `'${cell}` : cell)

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** Rows of cells, the head first → the text of the file (RFC 4180). */
export const csvOf = (rows: string[][]): string =>
  `\ufeff${rows.map((row) => row.map((cell) => quoted(asText(cell))).join(',')).join('\r\n')}\r\n`

/** Hands the browser a file to keep. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
