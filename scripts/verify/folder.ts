// Pieces of a log in a folder (C2SP tlog-tiles), read at once and as wide as they are asked for.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entriesPath, fullWidth, parseBundle, tilePath } from '../../server/proof/tiles.ts'

const hashLength = 32

/** The bytes at a path; undefined when there are none. */
export function pieceIn(folder: string, path: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, path))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code!)) return undefined
    throw error
  }
}

/** The hashes of a tile, 32 bytes each. A full tile serves for one that is asked for in part. */
export function tileIn(folder: string, level: number, n: number, width: number): Buffer | undefined {
  const bytes = pieceIn(folder, tilePath(level, BigInt(n), width)) ?? pieceIn(folder, tilePath(level, BigInt(n)))
  if (width === fullWidth || !bytes) return bytes
  return bytes.length === fullWidth * hashLength ? bytes.subarray(0, width * hashLength) : bytes
}

/** The bodies of a bundle. Throws ProofError `wrong-entries` when it is not one. */
export function bodiesIn(folder: string, n: number, width: number): Buffer[] | undefined {
  const part = pieceIn(folder, entriesPath(BigInt(n), width))
  const bytes = part ?? pieceIn(folder, entriesPath(BigInt(n)))
  if (!bytes) return undefined
  const bodies = parseBundle(bytes) as Buffer[]
  return !part && bodies.length === fullWidth ? bodies.slice(0, width) : bodies
}
