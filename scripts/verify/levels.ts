// The tree above its leaves: grows with the roots of the tiles below, and holds the tiles of each level against them.

import { createHash } from 'node:crypto'
import { fullWidth, tilePath } from '../../server/proof/tiles.ts'
import { Frontier } from '../../server/proof/tree.ts'
import { tileIn } from './folder.ts'
import type { Problem } from './problem.ts'

const hashLength = 32
const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()

/** What the leaves come to. Leaves are given as the bytes of tiles of level 0, one after the other. */
export class Levels {
  readonly #frontier = new Frontier(sha256)
  /** Of each level from 0 on the roots of its full tiles: the hashes of the level above. */
  readonly #roots: Buffer[] = []

  get size(): number {
    return Number(this.#frontier.size)
  }

  root(): Uint8Array {
    return this.#frontier.root()
  }

  /** A full tile, by its root. */
  addTile(root: Uint8Array): void {
    this.#frontier.append(root, 8)
    this.#roots.push(Buffer.from(root))
  }

  /** Single leaves at the end of the log. */
  addLeaves(hashes: Uint8Array): void {
    for (let at = 0; at < hashes.length; at += hashLength) this.#frontier.append(hashes.subarray(at, at + hashLength))
  }

  /** The root if these leaves came next. */
  rootWith(hashes: Uint8Array): Uint8Array {
    const frontier = Frontier.restore(this.#frontier.save(), sha256)
    for (let at = 0; at < hashes.length; at += hashLength) frontier.append(hashes.subarray(at, at + hashLength))
    return frontier.root()
  }

  /** Holds every tile from level 1 on against the one below. */
  async problemsIn(
    folder: string,
    bring: (level: number, n: number, width: number) => Promise<void>,
  ): Promise<Problem[]> {
    const problems: Problem[] = []
    let below = this.#roots
    for (let level = 1; below.length > 0; level++) {
      const above: Buffer[] = []
      for (let n = 0; n * fullWidth < below.length; n++) {
        const hashes = below.slice(n * fullWidth, (n + 1) * fullWidth)
        await bring(level, n, hashes.length)
        problems.push(...differences(level, n, hashes, tileIn(folder, level, n, hashes.length)))
        if (hashes.length === fullWidth) above.push(rootOver(hashes))
      }
      below = above
    }
    return problems
  }
}

function differences(level: number, n: number, hashes: readonly Buffer[], tile: Buffer | undefined): Problem[] {
  const path = tilePath(level, BigInt(n), hashes.length)
  if (!tile) return [{ code: 'missing-tile', message: 'The tile is missing.', path }]
  if (tile.length !== hashes.length * hashLength)
    return [{ code: 'wrong-tile', message: `The tile has not ${hashes.length * hashLength} bytes.`, path }]
  const leaves = fullWidth ** level
  return hashes.flatMap((hash, at) => {
    if (hash.equals(tile.subarray(at * hashLength, (at + 1) * hashLength))) return []
    const position = (n * fullWidth + at) * leaves
    const message = `The tile has another hash for the entries ${position} to ${position + leaves - 1} than the tiles below.`
    return [{ code: 'wrong-tile', message, path, position }]
  })
}

function rootOver(hashes: readonly Buffer[]): Buffer {
  const frontier = new Frontier(sha256)
  for (const hash of hashes) frontier.append(hash)
  return Buffer.from(frontier.root())
}
