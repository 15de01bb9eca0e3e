// A list as a CSV file that spreadsheets open: UTF-8 with its mark, CRLF, and no cell that runs as a formula.

/** A cell that begins with = + - @ or a control character would be run by spreadsheets; an apostrophe keeps it text. */
const asText = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

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
