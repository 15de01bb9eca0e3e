// The Merkle tree of RFC 6962 over the ledger, as arithmetic: which hashes make a root or a proof, and how they join.
//
// Positions and sizes are numbers up to 2^53; bit operators, which stop at 2^31, are not used. What is stored of the
// tree are the hashes of full subtrees of 256^level leaves, from level 0 (the leaves) on: those of tlog-tiles.

import { createHash } from 'node:crypto'

/** Hashes in a full tile. */
export const tileWidth = 256

/** Leaves `from` to `to`, without `to`. */
export type Range = { from: number; to: number }
/** A run of stored hashes: `count` of them, the first of which is number `first` of its level. */
export type Span = { level: number; first: number; count: number }
/** Gives the hashes of a span. */
export type Stored = (span: Span) => Buffer[]

const inner = new Uint8Array([0x01])

/** `SHA-256(0x01 ‖ left ‖ right)`. */
export const hashOfNode = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(inner).update(left).update(right).digest()

/** The root of a tree without leaves, `SHA-256("")`. */
export const emptyRoot = (): Buffer => createHash('sha256').digest()

/** The Merkle Tree Hash of a power of two of hashes. */
export function hashOfFull(hashes: readonly Buffer[]): Buffer {
  let row = hashes
  while (row.length > 1)
    row = Array.from({ length: row.length / 2 }, (_, n) => hashOfNode(row[2 * n]!, row[2 * n + 1]!))
  return row[0]!
}

/** The largest power of two below `size`, which is at least 2. */
function split(size: number): number {
  let half = 1
  while (half * 2 < size) half *= 2
  return half
}

/** The audit path of RFC 6962 §2.1.1 for leaf `index` of `size`: the ranges whose hashes it is, from the leaf upwards. */
export function inclusionPath(index: number, size: number): Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`)
  const path: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + split(to - from)
    if (index < middle) {
      path.push({ from: middle, to })
      to = middle
    } else {
      path.push({ from, to: middle })
      from = middle
    }
  }
  return path.reverse()
}

/** The consistency proof of RFC 6962 §2.1.2 between the first `older` leaves and `newer` leaves. */
export function consistencyPath(older: number, newer: number): Range[] {
  if (!(older > 0 && older <= newer)) throw new RangeError(`No proof leads from ${older} leaves to ${newer}.`)
  const path: Range[] = []
  let [from, to] = [0, newer]
  while (to > older) {
    const middle = from + split(to - from)
    if (older <= middle) {
      path.push({ from: middle, to })
      to = middle
    } else {
      path.push({ from, to: middle })
      from = middle
    }
  }
  // The verifier knows the hash of the older tree itself.
  if (from > 0) path.push({ from, to })
  return path.reverse()
}

/** The full subtrees that make up a range which begins where a subtree of its size may begin; the largest first. */
function peaksIn({ from, to }: Range): { from: number; leaves: number }[] {
  const peaks: { from: number; leaves: number }[] = []
  for (let begin = from; begin < to; ) {
    const left = to - begin
    const leaves = left === 1 ? 1 : split(left + 1)
    peaks.push({ from: begin, leaves })
    begin += leaves
  }
  return peaks
}

/** Where the hash of a full subtree is found: the fewest stored hashes below it, a power of two of them. */
function spanUnder({ from, leaves }: { from: number; leaves: number }): Span {
  let level = 0
  let each = 1
  while (each * tileWidth <= leaves) {
    each *= tileWidth
    level += 1
  }
  return { level, first: from / each, count: leaves / each }
}

/** The stored hashes that `hashOfRange` will ask for. */
export const spansOf = (range: Range): Span[] => peaksIn(range).map(spanUnder)

/** The Merkle Tree Hash of a range of a path, or of a whole tree (`from` 0). */
export function hashOfRange(range: Range, stored: Stored): Buffer {
  if (range.from === range.to) return emptyRoot()
  return join(spansOf(range).map((span) => hashOfFull(stored(span))))
}

/** Full subtrees of falling size, joined to one tree. */
const join = (peaks: readonly Buffer[]): Buffer => peaks.reduceRight((right, left) => hashOfNode(left, right))

/**
 * A tree that only grows, of which nothing is kept but the roots of its full subtrees: one hash per leaf that is
 * added, and a root whenever it is asked for.
 */
export class Growing {
  /** The largest first. */
  #peaks: { leaves: number; hash: Buffer }[] = []
  #size = 0

  /** Goes on from a tree of `size` leaves that is stored. */
  static from(size: number, stored: Stored): Growing {
    const tree = new Growing()
    tree.#size = size
    tree.#peaks = peaksIn({ from: 0, to: size }).map((peak) => ({
      leaves: peak.leaves,
      hash: hashOfFull(stored(spanUnder(peak))),
    }))
    return tree
  }

  get size(): number {
    return this.#size
  }

  append(leaf: Buffer): void {
    let peak = { leaves: 1, hash: leaf }
    while (this.#peaks.at(-1)?.leaves === peak.leaves) {
      const left = this.#peaks.pop()!
      peak = { leaves: peak.leaves * 2, hash: hashOfNode(left.hash, peak.hash) }
    }
    this.#peaks.push(peak)
    this.#size += 1
  }

  root(): Buffer {
    return this.#size === 0 ? emptyRoot() : join(this.#peaks.map(({ hash }) => hash))
  }
}
