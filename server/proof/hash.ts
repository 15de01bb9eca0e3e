// The hashes of RFC 6962 §2.1: an empty tree, a leaf, a node over two others.

import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** SHA-256. A caller in Node may give a faster one; the answers are the same. */
export type Sha256 = (data: Uint8Array) => Uint8Array

export const sha256: Sha256 = (data) => nobleSha256(data)

/** Bytes in a hash. */
export const hashLength = 32

/** `SHA-256(0x00 ‖ body)`. */
export function leafHash(body: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const data = new Uint8Array(1 + body.length)
  data.set(body, 1)
  return hash(data)
}

/** `SHA-256(0x01 ‖ left ‖ right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const data = new Uint8Array(1 + left.length + right.length)
  data[0] = 0x01
  data.set(left, 1)
  data.set(right, 1 + left.length)
  return hash(data)
}

/** The root of a tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0))
