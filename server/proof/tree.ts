// The tree of RFC 6962: whether an entry is in it, whether one tree continues another, and its root leaf by leaf.

import { equal, fromBase64, toBase64 } from './bytes.ts'
import { failUnless, ProofError } from './error.ts'
import { emptyRoot, hashLength, nodeHash, type Sha256, sha256 } from './hash.ts'

/**
 * Checks that `leafHash` is leaf number `index` (from 0) of the tree with `size` leaves and this root. `proof` goes
 * from the leaf's sibling up, see RFC 6962 §2.1.1. Throws `wrong-root`, or what `rootFromInclusion` throws.
 */
export function verifyInclusion(
  leafHash: Uint8Array,
  index: bigint,
  size: bigint,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  const computed = rootFromInclusion(leafHash, index, size, proof)
  failUnless(equal(computed, root), 'wrong-root', `The proof of entry ${index} leads to another root than the log's.`)
}

/** The root that an inclusion proof leads to, RFC 9162 §2.1.3.2. Throws `beyond-size`, `wrong-hash` or `wrong-proof`. */
export function rootFromInclusion(
  leafHash: Uint8Array,
  index: bigint,
  size: bigint,
  proof: readonly Uint8Array[],
): Uint8Array {
  failUnless(index >= 0n && index < size, 'beyond-size', `Entry ${index} is not among the first ${size} of the log.`)
  requireHashes([leafHash, ...proof])
  const climb = new Climb(index, size - 1n)
  let hash = leafHash
  for (const sibling of proof) {
    hash = climb.next() === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }
  climb.requireTop()
  return hash
}

/**
 * Checks that the tree of `size2` leaves begins with the tree of `size1` leaves, RFC 6962 §2.1.2 and RFC 9162 §2.1.4.2.
 * Every tree continues the empty one, and no proof can say so: a `size1` of 0 is refused. Throws `wrong-size`,
 * `wrong-hash`, `wrong-proof`, `wrong-old-root` or `wrong-root`.
 */
export function verifyConsistency(
  size1: bigint,
  size2: bigint,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): void {
  failUnless(size1 > 0n, 'wrong-size', 'Nothing can be proven from an empty log on.')
  failUnless(size1 <= size2, 'wrong-size', `A log of ${size2} entries cannot continue one of ${size1}.`)
  requireHashes([root1, root2, ...proof])
  if (size1 === size2) {
    failUnless(proof.length === 0, 'wrong-proof', 'Between trees of one size there is nothing to prove.')
    failUnless(equal(root1, root2), 'wrong-root', `There are two roots for ${size1} entries.`)
    return
  }
  // A first tree that is one whole subtree is its own beginning, and the proof leaves it out.
  const hashes = isPowerOfTwo(size1) ? [root1, ...proof] : proof
  const [start, ...rest] = hashes
  failUnless(start !== undefined && proof.length > 0, 'wrong-proof', 'The proof of consistency is empty.')

  const climb = new Climb(size1 - 1n, size2 - 1n)
  climb.skipRights()
  let first = start
  let second = start
  for (const sibling of rest) {
    if (climb.next() === 'left') {
      first = nodeHash(sibling, first)
      second = nodeHash(sibling, second)
    } else {
      second = nodeHash(second, sibling)
    }
  }
  climb.requireTop()
  failUnless(equal(first, root1), 'wrong-old-root', `The first ${size1} entries are not those that were seen before.`)
  failUnless(equal(second, root2), 'wrong-root', `The proof of consistency leads to another root for ${size2} entries.`)
}

/** What a frontier keeps, for a file: `size` in decimal, hashes of its whole subtrees in base64, the largest first. */
export type FrontierState = { size: string; hashes: string[] }

/** The right edge of a growing tree: enough to go on and to know the root, in a hash for each bit of the size. */
export class Frontier {
  /** Heights fall strictly from left to right. */
  readonly #subtrees: { height: number; hash: Uint8Array }[] = []
  readonly #sha256: Sha256
  #size = 0n

  constructor(hash: Sha256 = sha256) {
    this.#sha256 = hash
  }

  /** Throws `wrong-frontier` when the state cannot have come from `save`. */
  static restore(state: FrontierState, hash: Sha256 = sha256): Frontier {
    failUnless(/^(0|[1-9]\d{0,18})$/.test(state.size), 'wrong-frontier', 'The size of the saved tree is not a number.')
    const frontier = new Frontier(hash)
    const heights = [...BigInt(state.size).toString(2)]
      .reverse()
      .flatMap((bit, height) => (bit === '1' ? height : []))
      .reverse()
    failUnless(heights.length === state.hashes.length, 'wrong-frontier', 'The saved tree does not fit its size.')
    for (const [n, height] of heights.entries()) frontier.append(fromBase64(state.hashes[n]!), height)
    return frontier
  }

  save(): FrontierState {
    return { size: String(this.#size), hashes: this.#subtrees.map(({ hash }) => toBase64(hash)) }
  }

  /** Number of leaves. */
  get size(): bigint {
    return this.#size
  }

  /**
   * Adds a leaf, or at once the 2^height leaves of a whole subtree; the size must be a multiple of that number. Throws
   * `wrong-hash` or `wrong-size`.
   */
  append(hash: Uint8Array, height = 0): void {
    requireHashes([hash])
    if ((this.#subtrees.at(-1)?.height ?? height) < height)
      throw new ProofError('wrong-size', `No subtree of height ${height} begins at ${this.#size}.`)
    this.#size += 1n << BigInt(height)
    let whole = { height, hash }
    while (this.#subtrees.at(-1)?.height === whole.height) {
      whole = { height: whole.height + 1, hash: nodeHash(this.#subtrees.pop()!.hash, whole.hash, this.#sha256) }
    }
    this.#subtrees.push(whole)
  }

  root(): Uint8Array {
    if (this.#subtrees.length === 0) return emptyRoot
    return this.#subtrees.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right, this.#sha256))
  }
}

/** The way up from a leaf: at each hash of a proof, whether it stands left or right of what is known. */
class Climb {
  #index: bigint
  /** Index of the last node on the same height; 0 at the root. */
  #last: bigint

  constructor(index: bigint, last: bigint) {
    this.#index = index
    this.#last = last
  }

  skipRights(): void {
    while ((this.#index & 1n) === 1n) this.#up()
  }

  next(): 'left' | 'right' {
    failUnless(this.#last > 0n, 'wrong-proof', 'The proof is longer than the tree is high.')
    const left = (this.#index & 1n) === 1n || this.#index === this.#last
    // The last node of a height may have no sibling there; it rises until it is a right child.
    if (left) while ((this.#index & 1n) === 0n && this.#index > 0n) this.#up()
    this.#up()
    return left ? 'left' : 'right'
  }

  requireTop(): void {
    failUnless(this.#last === 0n, 'wrong-proof', 'The proof ends below the root of the tree.')
  }

  #up(): void {
    this.#index >>= 1n
    this.#last >>= 1n
  }
}

function requireHashes(hashes: readonly Uint8Array[]): void {
  const wrong = hashes.find((hash) => hash.length !== hashLength)
  if (wrong) throw new ProofError('wrong-hash', `A hash has 32 bytes, not ${wrong.length}.`)
}

function isPowerOfTwo(value: bigint): boolean {
  return value > 0n && (value & (value - 1n)) === 0n
}
