// The tree: probes of others, every way to spoil a proof, and sizes that no 32-bit number holds.

import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  emptyRoot,
  Frontier,
  leafHash,
  nodeHash,
  ProofError,
  rootFromInclusion,
  verifyConsistency,
  verifyInclusion,
} from '../../server/proof/index.ts'
import { codeOf, consistencyOf, leavesOf, pathOf, rootOver, sha256 } from '../support/reference-log.ts'

const vectors = new URL('../vectors/ledger/', import.meta.url)
const json = (name: string) => JSON.parse(readFileSync(new URL(encodeURI(name), vectors), 'utf8'))
const bytes = (text: string | null) => Buffer.from(text ?? '', 'base64')
const hex = (hash: Uint8Array) => Buffer.from(hash).toString('hex')

/** Hashes in base64. */
type Probe = { root: string; root1: string; root2: string; leafHash: string; proof: string[] | null } & {
  [count in 'leafIdx' | 'treeSize' | 'size1' | 'size2']: number
} & { wantErr: boolean }

function probes(kind: string): [name: string, probe: Probe][] {
  const files = readdirSync(new URL(kind, vectors), { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('.json')).map((file) => [file, json(`${kind}/${file}`)])
}

describe('the tree of RFC 6962', () => {
  it('gives the hashes and roots of the reference tree', () => {
    const tree = json('rfc6962-reference-tree.json')
    const leaves = tree.leafInputsHex.map((input: string) => leafHash(Buffer.from(input, 'hex')))
    expect(leaves.map(hex)).to.deep.equal(tree.leafHashesHex)
    const frontier = new Frontier()
    const roots = [frontier.root()]
    for (const leaf of leaves) {
      frontier.append(leaf)
      roots.push(frontier.root())
    }
    expect(roots.map(hex)).to.deep.equal(tree.rootHashesHexBySize)
    const { empty, leaf_L123456: leaf, node_N123_N456: node } = tree.hasher
    expect(hex(emptyRoot)).to.equal(empty)
    expect(hex(leafHash(Buffer.from('L123456')))).to.equal(leaf)
    expect(hex(nodeHash(Buffer.from('N123'), Buffer.from('N456')))).to.equal(node)
  })

  const inclusions = probes('inclusion')
  const consistencies = probes('consistency')
  it('has all the probes', () => expect([inclusions.length, consistencies.length]).to.deep.equal([49, 43]))

  for (const [name, probe] of inclusions)
    it(`${probe.wantErr ? 'refuses' : 'accepts'} inclusion ${name}`, () => {
      const { leafIdx, treeSize, root, leafHash: leaf, proof } = probe
      const path = (proof ?? []).map(bytes)
      const check = () => verifyInclusion(bytes(leaf), BigInt(leafIdx), BigInt(treeSize), path, bytes(root))
      if (probe.wantErr) expect(check).to.throw(ProofError)
      else check()
    })

  for (const [name, probe] of consistencies)
    it(`${probe.wantErr ? 'refuses' : 'accepts'} consistency ${name}`, () => {
      const { size1, size2, root1, root2, proof } = probe
      const path = (proof ?? []).map(bytes)
      const check = () => verifyConsistency(BigInt(size1), BigInt(size2), path, bytes(root1), bytes(root2))
      if (probe.wantErr) expect(check).to.throw(ProofError)
      else check()
    })
})

/** Around powers of two, where the right edge of a tree changes its form. */
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 140 }),
  fc.constantFrom(
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    9,
    15,
    16,
    17,
    31,
    32,
    33,
    63,
    64,
    65,
    127,
    128,
    129,
    255,
    256,
    257,
    511,
    512,
    513,
  ),
)
const someLeaves = leavesOf(513)

/** `hash` with one bit turned. */
function flipped(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

/** Every way to spoil a list of hashes in one place. */
function* spoiled(proof: Uint8Array[], bit: number): Generator<Uint8Array[]> {
  for (let at = 0; at < proof.length; at++) {
    yield proof.with(at, flipped(proof[at]!, bit))
    yield proof.toSpliced(at, 1)
    yield proof.with(at, proof[at]!.slice(0, 31))
    if (at > 0) yield proof.with(at, proof[at - 1]!).with(at - 1, proof[at]!)
  }
  for (let at = 0; at <= proof.length; at++) yield proof.toSpliced(at, 0, sha256(Uint8Array.of(at)))
}

describe('inclusion', () => {
  it('holds for every entry of small trees', () => {
    for (let size = 1; size <= 40; size++) {
      const leaves = someLeaves.slice(0, size)
      const root = rootOver(leaves)
      for (const [n, leaf] of leaves.entries()) {
        verifyInclusion(leaf, BigInt(n), BigInt(size), pathOf(n, leaves), root)
        expect(rootFromInclusion(leaf, BigInt(n), BigInt(size), pathOf(n, leaves))).to.deep.equal(root)
      }
    }
  }).timeout(20_000)

  it('fails when a bit is turned or a hash is missing, added or swapped', () => {
    const places = sizes.chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1), fc.nat(255)))
    fc.assert(
      fc.property(places, ([size, n, bit]) => {
        const leaves = someLeaves.slice(0, size)
        const [leaf, root, path] = [leaves[n]!, rootOver(leaves), pathOf(n, leaves)]
        const check = (change: { leaf?: Uint8Array; root?: Uint8Array; path?: Uint8Array[]; n?: number }) =>
          verifyInclusion(
            change.leaf ?? leaf,
            BigInt(change.n ?? n),
            BigInt(size),
            change.path ?? path,
            change.root ?? root,
          )
        check({})
        for (const wrong of spoiled(path, bit)) expect(() => check({ path: wrong })).to.throw(ProofError)
        expect(codeOf(() => check({ leaf: flipped(leaf, bit) }))).to.equal('wrong-root')
        expect(codeOf(() => check({ root: flipped(root, bit) }))).to.equal('wrong-root')
        for (const other of [n - 1, n + 1, n ^ 1, n ^ 2, n + size, -1 - n])
          if (other !== n) expect(() => check({ n: other })).to.throw(ProofError)
      }),
      { numRuns: 60 },
    )
  }).timeout(60_000)

  it('says what is wrong', () => {
    const leaves = someLeaves.slice(0, 5)
    const [root, path] = [rootOver(leaves), pathOf(2, leaves)]
    const check = (n: bigint, size: bigint, proof: Uint8Array[]) => () =>
      verifyInclusion(leaves[2]!, n, size, proof, root)
    expect(codeOf(check(5n, 5n, path))).to.equal('beyond-size')
    expect(codeOf(check(0n, 0n, []))).to.equal('beyond-size')
    expect(codeOf(check(2n, 5n, path.slice(1)))).to.equal('wrong-proof')
    expect(codeOf(check(2n, 5n, [...path, root]))).to.equal('wrong-proof')
    expect(codeOf(check(2n, 5n, path.with(0, Buffer.alloc(33))))).to.equal('wrong-hash')
    expect(codeOf(check(1n, 5n, path))).to.equal('wrong-root')
  })
})

describe('consistency', () => {
  it('holds between all small trees', () => {
    for (let size2 = 1; size2 <= 34; size2++) {
      const leaves = someLeaves.slice(0, size2)
      for (let size1 = 1; size1 <= size2; size1++) {
        const root1 = rootOver(leaves.slice(0, size1))
        verifyConsistency(BigInt(size1), BigInt(size2), consistencyOf(size1, leaves), root1, rootOver(leaves))
      }
    }
  }).timeout(20_000)

  it('fails when a bit is turned or a hash is missing, added or swapped', () => {
    const pairs = sizes.chain((size2) => fc.tuple(fc.integer({ min: 1, max: size2 }), fc.constant(size2), fc.nat(255)))
    fc.assert(
      fc.property(pairs, ([size1, size2, bit]) => {
        const leaves = someLeaves.slice(0, size2)
        const [root1, root2] = [rootOver(leaves.slice(0, size1)), rootOver(leaves)]
        const proof = consistencyOf(size1, leaves)
        const check = (path: Uint8Array[], one = root1, two = root2) =>
          verifyConsistency(BigInt(size1), BigInt(size2), path, one, two)
        check(proof)
        for (const wrong of spoiled(proof, bit)) expect(() => check(wrong)).to.throw(ProofError)
        expect(() => check(proof, flipped(root1, bit))).to.throw(ProofError)
        expect(() => check(proof, root1, flipped(root2, bit))).to.throw(ProofError)
        if (size1 !== size2) expect(() => check(proof, root2, root1)).to.throw(ProofError)
      }),
      { numRuns: 60 },
    )
  }).timeout(60_000)

  it('is refused from an empty tree and to a smaller one', () => {
    const root = rootOver(someLeaves.slice(0, 3))
    expect(codeOf(() => verifyConsistency(0n, 3n, [], emptyRoot, root))).to.equal('wrong-size')
    expect(codeOf(() => verifyConsistency(0n, 0n, [], emptyRoot, emptyRoot))).to.equal('wrong-size')
    expect(codeOf(() => verifyConsistency(3n, 2n, [], root, root))).to.equal('wrong-size')
  })

  it('tells a changed past from a wrong future', () => {
    const leaves = someLeaves.slice(0, 7)
    const [old, root, proof] = [rootOver(leaves.slice(0, 5)), rootOver(leaves), consistencyOf(5, leaves)]
    const other = rootOver(someLeaves.slice(20, 25))
    expect(codeOf(() => verifyConsistency(5n, 7n, proof, other, root))).to.equal('wrong-old-root')
    expect(codeOf(() => verifyConsistency(5n, 7n, proof, old, other))).to.equal('wrong-root')
    expect(codeOf(() => verifyConsistency(7n, 7n, [], root, other))).to.equal('wrong-root')
  })
})

describe('the frontier', () => {
  it('goes on after being saved at any size', () => {
    const whole = new Frontier()
    for (const [n, leaf] of someLeaves.slice(0, 70).entries()) {
      const saved = JSON.parse(JSON.stringify(whole.save()))
      whole.append(leaf)
      const resumed = Frontier.restore(saved)
      resumed.append(leaf)
      expect(resumed.size).to.equal(BigInt(n + 1))
      expect(resumed.root()).to.deep.equal(whole.root())
      expect(hex(whole.root())).to.equal(hex(rootOver(someLeaves.slice(0, n + 1))))
    }
  })

  it('is the same with another SHA-256', () => {
    const counted = { calls: 0 }
    const counting = (data: Uint8Array) => {
      counted.calls++
      return new Uint8Array(sha256(data))
    }
    const [one, other] = [new Frontier(), new Frontier(counting)]
    for (const leaf of someLeaves.slice(0, 100)) for (const frontier of [one, other]) frontier.append(leaf)
    expect(other.root()).to.deep.equal(one.root())
    expect(counted.calls).to.be.greaterThan(90)
  })

  it('refuses a saved state that does not fit its size', () => {
    const hash = Buffer.alloc(32).toString('base64')
    for (const state of [
      { size: '3', hashes: [hash] },
      { size: '4', hashes: [hash, hash] },
      { size: '-1', hashes: [] },
      { size: '01', hashes: [hash] },
    ])
      expect(codeOf(() => Frontier.restore(state))).to.equal('wrong-frontier')
    expect(codeOf(() => Frontier.restore({ size: '1', hashes: ['AAAA'] }))).to.equal('wrong-hash')
  })

  it('takes a whole subtree only where one begins', () => {
    const frontier = new Frontier()
    frontier.append(someLeaves[0]!)
    expect(codeOf(() => frontier.append(someLeaves[1]!, 1))).to.equal('wrong-size')
  })
})
