// Trees with more leaves than 32 bits can count. Nearly all their leaves repeat, so that whole subtrees are alike and cheap.

import { expect } from 'chai'
import {
  consistencyProof,
  Frontier,
  inclusionProof,
  ProofError,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from '../../server/proof/index.ts'
import { leafOf, nodeOf } from '../support/reference-log.ts'

const marked = [2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 1n, 2n ** 33n + 12_345n, 2n ** 40n + 4n]
const size = 2n ** 40n + 5n

const leafAt = (n: bigint) => leafOf(Buffer.from(marked.includes(n) ? `marked ${n}` : `leaf ${n % 4n}`))
const alike = new Map<string, Uint8Array>()

/** MTH of RFC 6962 over the leaves from `begin` up to `end`. */
function rootBetween(begin: bigint, end: bigint): Uint8Array {
  const leaves = end - begin
  if (leaves === 1n) return leafAt(begin)
  const repeats = begin % 4n === 0n && !marked.some((n) => n >= begin && n < end)
  const known = repeats && alike.get(String(leaves))
  if (known) return known
  const middle = begin + 2n ** BigInt((leaves - 1n).toString(2).length - 1)
  const root = nodeOf(rootBetween(begin, middle), rootBetween(middle, end))
  if (repeats) alike.set(String(leaves), root)
  return root
}

/** A tile by its definition in tlog-tiles: hashes of the subtrees of 256^level leaves. */
function readTile(level: number, n: bigint, width: number): Uint8Array {
  const span = 256n ** BigInt(level)
  const first = n * 256n
  return Buffer.concat(
    Array.from({ length: width }, (_, at) =>
      rootBetween((first + BigInt(at)) * span, (first + BigInt(at) + 1n) * span),
    ),
  )
}

describe('a tree of more than 2^40 leaves', () => {
  const root = rootBetween(0n, size)

  it('has the root that its tiles give', async () => {
    expect(await rootOf(size, readTile)).to.deep.equal(new Uint8Array(root))
  })

  it('has the root that a frontier of its subtrees gives', () => {
    const frontier = new Frontier()
    frontier.append(rootBetween(0n, 2n ** 39n), 39)
    frontier.append(rootBetween(2n ** 39n, 2n ** 40n), 39)
    const resumed = Frontier.restore(frontier.save())
    for (let n = 2n ** 40n; n < size; n++) resumed.append(leafAt(n))
    expect(resumed.size).to.equal(size)
    expect(Buffer.from(resumed.root()).toString('hex')).to.equal(Buffer.from(root).toString('hex'))
  })

  for (const index of marked)
    it(`includes leaf ${index}, and at that index alone`, async () => {
      const proof = await inclusionProof(index, size, readTile)
      verifyInclusion(leafAt(index), index, size, proof, root)
      for (const other of [
        index - 1n,
        index + 1n,
        index ^ (2n ** 32n),
        index ^ (2n ** 31n),
        index % 2n ** 32n,
        index % 2n ** 31n,
      ])
        if (other !== index) expect(() => verifyInclusion(leafAt(index), other, size, proof, root)).to.throw(ProofError)
      for (const [at] of proof.entries())
        expect(() => verifyInclusion(leafAt(index), index, size, proof.toSpliced(at, 1), root)).to.throw(ProofError)
    })

  for (const before of [1n, 2n ** 31n + 1n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 32n + 2n, 2n ** 40n, 2n ** 40n + 3n])
    it(`continues the tree of ${before}`, async () => {
      const proof = await consistencyProof(before, size, readTile)
      const old = rootBetween(0n, before)
      verifyConsistency(before, size, proof, old, root)
      expect(() => verifyConsistency(before, size, proof, root, root)).to.throw(ProofError)
      expect(() => verifyConsistency(before, size, [...proof, old], old, root)).to.throw(ProofError)
      if (before > 1n) expect(() => verifyConsistency(before - 1n, size, proof, old, root)).to.throw(ProofError)
    })
})
