// The log as static pieces (C2SP tlog-tiles): their paths, their contents, and proofs made from them.

import { failUnless, ProofError } from './error.ts'
import { emptyRoot, hashLength, nodeHash } from './hash.ts'

/** `level` 0 holds leaf hashes, each level above the roots of full tiles below; `width` counts hashes, 1 to 256. */
export type Tile = { level: number; n: bigint; width: number }

/** A piece of the log as its path names it; `entries` is a bundle of entries, of as many as `width` says. */
export type Piece = Tile | { level: 'entries'; n: bigint; width: number }

/** Gives a tile's bytes, 32 for each of its `width` hashes. May be asked for one tile only once in a call. */
export type ReadTile = (level: number, n: bigint, width: number) => Promise<Uint8Array> | Uint8Array

/** Hashes in a full tile, entries in a full bundle. */
export const fullWidth = 256

/** `tile/1/x001/x234/067.p/5`, without a slash in front. */
export function tilePath(level: number, n: bigint, width = fullWidth): string {
  return `tile/${level}/${numberPath(n)}${widthPath(width)}`
}

/** `tile/entries/x001/x234/067.p/5`. */
export function entriesPath(n: bigint, width = fullWidth): string {
  return `tile/entries/${numberPath(n)}${widthPath(width)}`
}

/** The one piece that a path names, from `tile/` on; each piece has one path. Throws `wrong-tile-path`. */
export function parseTilePath(path: string): Piece {
  const [, level, number, width] =
    /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,6}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  failUnless(level !== undefined && number !== undefined, 'wrong-tile-path', 'This is not the path of a tile.')
  const piece = {
    level: level === 'entries' ? level : Number(level),
    n: BigInt(number.replace(/[x/]/g, '')),
    width: width === undefined ? fullWidth : Number(width),
  } as Piece
  const same =
    piece.level === 'entries' ? entriesPath(piece.n, piece.width) : tilePath(piece.level, piece.n, piece.width)
  const exists = piece.width > 0 && (piece.level === 'entries' || piece.level < 64)
  failUnless(exists && same === path, 'wrong-tile-path', 'This is not how the path of a tile is written.')
  return piece
}

/** The bodies in a bundle of entries: each after its length as a big-endian uint16. Throws `wrong-entries`. */
export function parseBundle(bytes: Uint8Array): Uint8Array[] {
  const bodies: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    failUnless(at + 2 <= bytes.length, 'wrong-entries', 'The bundle of entries ends within a length.')
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!)
    failUnless(end <= bytes.length, 'wrong-entries', 'The bundle of entries ends within an entry.')
    bodies.push(bytes.subarray(at + 2, end))
    at = end
  }
  return bodies
}

/** Every tile that a log of `size` entries serves, level by level; its bundles are as wide as its tiles of level 0. */
export function* tilesOf(size: bigint): Generator<Tile> {
  for (let level = 0, hashes = size; hashes > 0n; level++, hashes /= 256n) {
    for (let n = 0n; n < hashes / 256n; n++) yield { level, n, width: fullWidth }
    if (hashes % 256n > 0n) yield { level, n: hashes / 256n, width: Number(hashes % 256n) }
  }
}

/** The inclusion proof of entry `index` in the tree of `size` entries. Throws `beyond-size` or `wrong-tile`. */
export function inclusionProof(index: bigint, size: bigint, read: ReadTile): Promise<Uint8Array[]> {
  failUnless(index >= 0n && index < size, 'beyond-size', `Entry ${index} is not among the first ${size} of the log.`)
  const beside: Range[] = []
  let [begin, end] = [0n, size]
  while (end - begin > 1n) {
    const middle = begin + leftPart(end - begin)
    if (index < middle) {
      beside.unshift([middle, end])
      end = middle
    } else {
      beside.unshift([begin, middle])
      begin = middle
    }
  }
  return hashesOf(beside, size, read)
}

/** The proof that the tree of `size2` entries begins with that of `size1`. Throws `wrong-size` or `wrong-tile`. */
export function consistencyProof(size1: bigint, size2: bigint, read: ReadTile): Promise<Uint8Array[]> {
  failUnless(size1 > 0n && size1 <= size2, 'wrong-size', `No proof leads from ${size1} entries to ${size2}.`)
  const parts: Range[] = []
  let [begin, end] = [0n, size2]
  while (end > size1) {
    const middle = begin + leftPart(end - begin)
    if (size1 <= middle) {
      parts.unshift([middle, end])
      end = middle
    } else {
      parts.unshift([begin, middle])
      begin = middle
    }
  }
  // Whoever checks knows the first root, so a subtree that is the whole first tree is left out.
  if (begin > 0n) parts.unshift([begin, end])
  return hashesOf(parts, size2, read)
}

/** The root of the tree of `size` entries. Throws `wrong-tile`. */
export async function rootOf(size: bigint, read: ReadTile): Promise<Uint8Array> {
  if (size === 0n) return emptyRoot
  const [root] = await hashesOf([[0n, size]], size, read)
  return root!
}

/** Leaves from `begin` on, up to but without `end`. */
type Range = [begin: bigint, end: bigint]

/** Roots over ranges of leaves as RFC 6962 §2.1 divides them; each tile is read once. */
function hashesOf(ranges: readonly Range[], size: bigint, read: ReadTile): Promise<Uint8Array[]> {
  const tiles = new Map<string, Promise<Uint8Array>>()
  const tileOf = (level: number, n: bigint): Promise<Uint8Array> => {
    const hashes = size >> BigInt(8 * level)
    const width = n === hashes / 256n ? Number(hashes % 256n) : fullWidth
    const key = `${level}/${n}`
    const tile = tiles.get(key) ?? readTile(read, { level, n, width })
    tiles.set(key, tile)
    return tile
  }
  const hashOf = async ([begin, end]: Range): Promise<Uint8Array> => {
    const leaves = end - begin
    const left = leftPart(leaves)
    // Only the right edge of the tree is no whole subtree, so this goes down once, not everywhere.
    if (leaves > 1n && left * 2n !== leaves) {
      const [one, other] = await Promise.all([hashOf([begin, begin + left]), hashOf([begin + left, end])])
      return nodeHash(one, other)
    }
    const height = leaves.toString(2).length - 1
    const first = (begin / leaves) << BigInt(height % 8)
    const tile = await tileOf(Math.floor(height / 8), first / 256n)
    const at = Number(first % 256n) * hashLength
    return foldWhole(tile.subarray(at, at + (1 << (height % 8)) * hashLength))
  }
  return Promise.all(ranges.map(hashOf))
}

async function readTile(read: ReadTile, { level, n, width }: Tile): Promise<Uint8Array> {
  const tile = await read(level, n, width)
  if (tile.length !== width * hashLength)
    throw new ProofError(
      'wrong-tile',
      `${tilePath(level, n, width)} has ${tile.length} bytes, not ${width * hashLength}.`,
    )
  return tile
}

/** The root over hashes that lie one after the other; their number is a power of two. */
function foldWhole(hashes: Uint8Array): Uint8Array {
  if (hashes.length === hashLength) return hashes.slice()
  const half = hashes.length / 2
  return nodeHash(foldWhole(hashes.subarray(0, half)), foldWhole(hashes.subarray(half)))
}

/** The largest power of two below `leaves`: so many stand in the left subtree. 1 for a leaf alone. */
function leftPart(leaves: bigint): bigint {
  return leaves <= 2n ? 1n : 1n << BigInt((leaves - 1n).toString(2).length - 1)
}

function numberPath(n: bigint): string {
  const digits = String(n)
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!
  return parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/')
}

function widthPath(width: number): string {
  return width === fullWidth ? '' : `.p/${width}`
}
