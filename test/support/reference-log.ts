// A log written down once more, straight from the definitions and with Node's own cryptography, for checks to be held against.

import { createHash, generateKeyPairSync, sign } from 'node:crypto'

export const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
export const leafOf = (body: Uint8Array) => sha256(Uint8Array.of(0), body)
export const nodeOf = (left: Uint8Array, right: Uint8Array) => sha256(Uint8Array.of(1), left, right)

/** Leaf hashes of entries that all differ. */
export const leavesOf = (size: number) => Array.from({ length: size }, (_, n) => leafOf(Buffer.from(`entry ${n}`)))

/** The largest power of two below `n`. */
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)

/** MTH of RFC 6962 §2.1 over leaf hashes. */
export function rootOver(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  const k = split(leaves.length)
  return nodeOf(rootOver(leaves.slice(0, k)), rootOver(leaves.slice(k)))
}

/** PATH of RFC 6962 §2.1.1. */
export function pathOf(m: number, leaves: Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  return m < k
    ? [...pathOf(m, leaves.slice(0, k)), rootOver(leaves.slice(k))]
    : [...pathOf(m - k, leaves.slice(k)), rootOver(leaves.slice(0, k))]
}

/** PROOF of RFC 6962 §2.1.2: that the first `m` leaves are where they were. */
export function consistencyOf(m: number, leaves: Uint8Array[], known = true): Uint8Array[] {
  if (m === leaves.length) return known ? [] : [rootOver(leaves)]
  const k = split(leaves.length)
  return m <= k
    ? [...consistencyOf(m, leaves.slice(0, k), known), rootOver(leaves.slice(k))]
    : [...consistencyOf(m - k, leaves.slice(k), false), rootOver(leaves.slice(0, k))]
}

/** A key that signs notes (type 1) or cosigns checkpoints (type 4), with its lines under a note. */
export function newKey(name: string, type: 1 | 4 = 1) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const id = sha256(Buffer.from(`${name}\n`), Uint8Array.of(type), key).subarray(0, 4)
  const line = (signature: Uint8Array) => `— ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`
  return {
    name,
    vkey: `${name}+${id.toString('hex')}+${Buffer.concat([Uint8Array.of(type), key]).toString('base64')}`,
    line,
    sign: (text: string) => line(sign(null, Buffer.from(text), privateKey)),
    /** `time` in seconds since 1970. */
    cosign: (text: string, time = 1_679_315_147n) => {
      const at = Buffer.alloc(8)
      at.writeBigUInt64BE(time)
      const message = `cosignature/v1\ntime ${time}\n${text}`
      return line(Buffer.concat([at, sign(null, Buffer.from(message), privateKey)]))
    },
  }
}
export type Key = ReturnType<typeof newKey>

export const checkpointOf = (origin: string, size: number | bigint, root: Uint8Array) =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`

/** The `code` of what `check` throws; fails when it throws nothing, or something that is no ProofError. */
export function codeOf(check: () => unknown): string {
  try {
    check()
  } catch (error) {
    if (error instanceof Error && error.name === 'ProofError') return (error as Error & { code: string }).code
    throw error
  }
  throw new Error('Nothing was refused.')
}
