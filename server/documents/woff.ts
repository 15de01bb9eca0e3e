/** Unpacks a WOFF font file, because fontkit would inflate its whole glyph table again for every glyph it reads. */
import { inflateSync } from 'node:zlib'

const WOFF_HEADER_BYTES = 44
const WOFF_ENTRY_BYTES = 20
const SFNT_HEADER_BYTES = 12
const SFNT_ENTRY_BYTES = 16

/** The TrueType or OpenType file inside a WOFF 1.0 file (W3C Recommendation of 2012). */
export function sfntFromWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('Not a WOFF 1.0 font file')
  const tableCount = woff.readUInt16BE(12)
  const directory = Buffer.alloc(SFNT_HEADER_BYTES + tableCount * SFNT_ENTRY_BYTES)
  woff.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(tableCount, 4)
  const power = Math.floor(Math.log2(tableCount))
  directory.writeUInt16BE(2 ** power * 16, 6)
  directory.writeUInt16BE(power, 8)
  directory.writeUInt16BE((tableCount - 2 ** power) * 16, 10)

  const parts: Buffer[] = [directory]
  let offset = directory.length
  for (let index = 0; index < tableCount; index += 1) {
    const from = WOFF_HEADER_BYTES + index * WOFF_ENTRY_BYTES
    const to = SFNT_HEADER_BYTES + index * SFNT_ENTRY_BYTES
    const packedAt = woff.readUInt32BE(from + 4)
    const packedBytes = woff.readUInt32BE(from + 8)
    const bytes = woff.readUInt32BE(from + 12)
    const packed = woff.subarray(packedAt, packedAt + packedBytes)
    const table = packedBytes < bytes ? inflateSync(packed) : packed
    woff.copy(directory, to, from, from + 4)
    woff.copy(directory, to + 4, from + 16, from + 20)
    directory.writeUInt32BE(offset, to + 8)
    directory.writeUInt32BE(bytes, to + 12)
    const padding = Buffer.alloc((4 - (bytes % 4)) % 4)
    parts.push(table, padding)
    offset += table.length + padding.length
  }
  return Buffer.concat(parts)
}
