// The static face of the log (C2SP tlog-tiles): tiles of hashes and bundles of entries, as bytes.

import type { Reader } from './read.ts'
import { tileWidth } from './tree.ts'

/** A tile at a level (0: the leaves), or the bundle of the entries under a tile of level 0. `width` is 1 to 256. */
export type Tile = { level: number; index: number; width: number }

const number = /^(0|[1-9]\d{0,2})$/

/**
 * Reads `<L>/<N>[.p/<W>]` of a tile's path, or `entries/<N>[.p/<W>]` of a bundle's; undefined when it is not written
 * exactly so.
 */
export function parseTile(path: readonly string[]): (Tile & { kind: 'hashes' | 'entries' }) | undefined {
  const [first = '', ...rest] = path
  const level = first === 'entries' ? 0 : decimal(first, 63)
  const width = rest.at(-2)?.endsWith('.p') ? decimal(rest.pop()!, tileWidth - 1) : tileWidth
  if (width !== tileWidth) rest.push(rest.pop()!.slice(0, -2))
  const index = indexOf(rest)
  if (level === undefined || !width || index === undefined) return undefined
  return { kind: first === 'entries' ? 'entries' : 'hashes', level, index, width }
}

/** Where the tile ends, in entries; it is there once a checkpoint covers them. */
export const endOf = ({ level, index, width }: Tile): number => (index * tileWidth + width) * tileWidth ** level

/** The hashes of a tile, one after the other. The caller has made sure that the tree reaches to its end. */
export async function readTile(reader: Reader, { level, index, width }: Tile): Promise<Buffer> {
  const [table, column, where] = level === 0 ? ['ledger', 'position', ''] : ['tree', 'index', `level = ${level} AND`]
  const { rows } = await reader.query(
    `SELECT string_agg(hash, ''::bytea ORDER BY ${column}) AS hashes FROM ${table}
     WHERE ${where} ${column} >= $1 AND ${column} < $2`,
    [index * tileWidth, index * tileWidth + width],
  )
  const hashes: Buffer | null = rows[0].hashes
  if (hashes?.length !== width * 32) throw new Error(`The tree lacks hashes of tile ${level}/${index}.`)
  return hashes
}

/** The bodies of the entries under a tile of level 0, each after its length in two bytes, the greater first. */
export async function readBundle(reader: Reader, { index, width }: Pick<Tile, 'index' | 'width'>): Promise<Buffer> {
  const { rows } = await reader.query(
    'SELECT body FROM ledger WHERE position >= $1 AND position < $2 ORDER BY position',
    [index * tileWidth, index * tileWidth + width],
  )
  if (rows.length !== width) throw new Error(`The ledger lacks entries of bundle ${index}.`)
  return Buffer.concat(rows.flatMap(({ body }: { body: Buffer }) => [lengthOf(body), body]))
}

function lengthOf(body: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(body.length)
  return length
}

function decimal(text: string, most: number): number | undefined {
  const value = number.test(text) ? Number(text) : undefined
  return value !== undefined && value <= most ? value : undefined
}

/** `x001/x234/067` is 1,234,067: groups of three digits, the first of them not zero unless it is the only one. */
function indexOf(groups: readonly string[]): number | undefined {
  const isWritten = groups.every((group, n) => (n < groups.length - 1 ? /^x\d{3}$/ : /^\d{3}$/).test(group))
  if (!isWritten || groups.length === 0 || (groups.length > 1 && groups[0] === 'x000')) return undefined
  const index = Number(groups.join('').replaceAll('x', ''))
  return Number.isSafeInteger(index * tileWidth) ? index : undefined
}
