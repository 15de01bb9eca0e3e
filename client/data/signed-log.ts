// What a checkpoint covers, fetched piece by piece and held against its root.

import {
  type Checkpoint,
  entriesPath,
  equal,
  fullWidth,
  hashLength,
  inclusionProof,
  leafHash,
  ProofError,
  parseBundle,
  tilePath,
  verifyInclusion,
} from '../../server/proof/index.ts'

/** Gives a tile or a bundle by its path from `tile/` on; nothing when the server has none. */
export type ReadPiece = (path: string) => Promise<Uint8Array | undefined>

/** A ProofError with what fills its sentence. */
export class Wrong extends ProofError {
  constructor(
    code: string,
    message: string,
    readonly params: Record<string, unknown>,
  ) {
    super(code, message)
  }
}

/** Entries in a bundle. */
export const bundleSize = BigInt(fullWidth)

/** What a checkpoint covers, piece by piece; each is fetched once. */
export class SignedLog {
  readonly checkpoint: Checkpoint
  readonly #piece: ReadPiece
  readonly #pieces = new Map<string, Promise<Uint8Array>>()

  constructor(checkpoint: Checkpoint, piece: ReadPiece) {
    this.checkpoint = checkpoint
    this.#piece = piece
  }

  readonly tile = (level: number, n: bigint, width: number): Promise<Uint8Array> =>
    this.#fetched(tilePath(level, n, width))

  /** The bytes of an entry, as the server has them; nothing is believed of them yet. */
  async body(position: bigint): Promise<Uint8Array> {
    if (position >= this.checkpoint.size)
      throw new ProofError('not-covered', 'The log has not signed this entry yet, although it was given some seconds.')
    const bodies = await this.#bodies(position / bundleSize)
    return bodies[Number(position % bundleSize)]!
  }

  async checkInclusion(position: bigint, hash: Uint8Array): Promise<void> {
    const { size, root } = this.checkpoint
    verifyInclusion(hash, position, size, await inclusionProof(position, size, this.tile), root)
  }

  /** The entry at a position and those behind it in its bundle, each held against the tree. */
  async entriesFrom(position: bigint): Promise<Uint8Array[]> {
    const first = Number(position % bundleSize)
    const bodies = await this.#bodies(position / bundleSize)
    const tile = await this.tile(0, position / bundleSize, bodies.length)
    // The way from one leaf to the root goes through every hash of its tile, so one proof stands for all of them.
    await this.checkInclusion(position, hashAt(tile, first))
    const wrong = bodies.findIndex((body, at) => at >= first && !equal(leafHash(body), hashAt(tile, at)))
    if (wrong >= 0) {
      const at = Number(position) - first + wrong
      throw new Wrong('wrong-entry-later', `Entry ${at} of the log has other bytes than were signed.`, { position: at })
    }
    return bodies.slice(first)
  }

  async #bodies(n: bigint): Promise<Uint8Array[]> {
    const { size } = this.checkpoint
    const width = n === size / bundleSize ? Number(size % bundleSize) : fullWidth
    const bodies = parseBundle(await this.#fetched(entriesPath(n, width)))
    if (bodies.length !== width)
      throw new ProofError('wrong-entries', `The bundle has ${bodies.length} entries, not ${width}.`)
    return bodies
  }

  #fetched(path: string): Promise<Uint8Array> {
    const fetched = this.#pieces.get(path) ?? this.#fetch(path)
    this.#pieces.set(path, fetched)
    return fetched
  }

  async #fetch(path: string): Promise<Uint8Array> {
    const bytes = await this.#piece(path)
    if (!bytes) throw new ProofError('missing-piece', `The server lacks a piece of the log that it signed: ${path}.`)
    return bytes
  }
}

const hashAt = (tile: Uint8Array, index: number): Uint8Array =>
  tile.subarray(index * hashLength, (index + 1) * hashLength)
