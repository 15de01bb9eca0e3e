// The tree over the ledger: roots and proofs by the RFC, tiles and bundles byte for byte, and tables that only grow.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { integrate, leavesBetween } from '../../server/ledger/integrate.ts'
import { consistencyProof, growingFrom, inclusionProof, inclusionProofs, rootOf } from '../../server/ledger/proofs.ts'
import { checkpointText, NoLogKey, noteOf, openLogKey } from '../../server/ledger/sign.ts'
import { parseTile, readBundle, readTile } from '../../server/ledger/tiles.ts'
import {
  consistencyPath,
  Growing,
  hashOfFull,
  hashOfNode,
  hashOfRange,
  inclusionPath,
  type Range,
  type Span,
} from '../../server/ledger/tree.ts'
import { openCheckpoint, parseVerifierKey, verifyConsistency, verifyInclusion } from '../../server/proof/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addLeaves, bodyAt } from '../support/leaves.ts'
import { consistencyOf, leafOf, pathOf, rootOver } from '../support/reference-log.ts'

const reference = JSON.parse(
  readFileSync(new URL('../vectors/ledger/rfc6962-reference-tree.json', import.meta.url), 'utf8'),
)
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex'))

/** What is stored of a tree over these leaves: only the hashes of full subtrees of 256^level. */
const storedOf =
  (leaves: Buffer[]) =>
  ({ level, first, count }: Span) =>
    Array.from({ length: count }, (_, n) => {
      const width = 256 ** level
      return hashOfFull(leaves.slice((first + n) * width, (first + n + 1) * width))
    })

describe('tree', () => {
  it('has the roots of the reference tree', () => {
    const leaves = reference.leafInputsHex.map((input: string) => leafOf(Buffer.from(input, 'hex')))
    expect(hex(leaves)).to.deep.equal(reference.leafHashesHex)
    const growing = new Growing()
    const roots = [growing.root()]
    for (const leaf of leaves) {
      growing.append(leaf)
      roots.push(growing.root())
    }
    expect(hex(roots)).to.deep.equal(reference.rootHashesHexBySize)
    const whole = roots.map((_, size) => hashOfRange({ from: 0, to: size }, storedOf(leaves)))
    expect(hex(whole)).to.deep.equal(reference.rootHashesHexBySize)
  })

  it('proves inclusion and consistency as the RFC defines, for every size to 40', () => {
    const leaves = Array.from({ length: 40 }, (_, n) => leafOf(bodyAt(n)))
    const hashes = (ranges: Range[]) => hex(ranges.map((range) => hashOfRange(range, storedOf(leaves))))
    for (let size = 1; size <= leaves.length; size += 1) {
      const some = leaves.slice(0, size)
      for (let at = 0; at < size; at += 1) {
        expect(hashes(inclusionPath(at, size))).to.deep.equal(hex(pathOf(at, some)))
        expect(hashes(consistencyPath(at + 1, size))).to.deep.equal(hex(consistencyOf(at + 1, some)))
      }
    }
    expect(() => inclusionPath(5, 5)).to.throw(RangeError)
    expect(() => consistencyPath(0, 5)).to.throw(RangeError)
    expect(() => consistencyPath(6, 5)).to.throw(RangeError)
  })

  it('holds beyond 2^32 leaves, where a tree of equal leaves can still be computed', () => {
    const leaf = leafOf(bodyAt(0))
    // The hash of a full subtree depends on its height alone.
    const heights = [leaf]
    for (let height = 1; height <= 48; height += 1) heights.push(hashOfNode(heights.at(-1)!, heights.at(-1)!))
    const stored = ({ level, count }: Span) => Array.from({ length: count }, () => heights[8 * level]!)
    const hashes = (ranges: Range[]) => ranges.map((range) => hashOfRange(range, stored))
    const sizes = [2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 257, 2 ** 33 + 2 ** 20 + 3, 2 ** 40 + 12_345]
    const roots = sizes.map((size) => hashOfRange({ from: 0, to: size }, stored))
    sizes.forEach((size, n) => {
      for (const at of [0, 1, 2 ** 31 - 1, 2 ** 31, size - 2, size - 1])
        verifyInclusion(leaf, BigInt(at), BigInt(size), hashes(inclusionPath(at, size)), roots[n]!)
      for (let older = 0; older <= n; older += 1)
        verifyConsistency(
          BigInt(sizes[older]!),
          BigInt(size),
          hashes(consistencyPath(sizes[older]!, size)),
          roots[older]!,
          roots[n]!,
        )
      const growing = Growing.from(size, stored)
      growing.append(leaf)
      expect(growing.root().equals(hashOfRange({ from: 0, to: size + 1 }, stored))).to.equal(true)
    })
  })
})

describe('the key of the log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stillpoint-key-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('is made once, for this user only, and signs checkpoints that others can open', async () => {
    const file = join(folder, 'keys', 'log-key')
    const [one, other] = await Promise.all([openLogKey(file, 'a.example/log'), openLogKey(file, 'a.example/log')])
    expect(one.vkey).to.equal(other.vkey)
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    expect(statSync(join(folder, 'keys')).mode & 0o777).to.equal(0o700)
    const root = leafOf(bodyAt(0))
    const text = checkpointText('a.example/log', 1, root)
    const note = noteOf(text, [one.signatureOver(text)])
    const { checkpoint } = openCheckpoint(note, [parseVerifierKey((await openLogKey(file, 'a.example/log')).vkey)])
    expect(checkpoint).to.deep.include({ origin: 'a.example/log', size: 1n })
    expect(Buffer.from(checkpoint.root).equals(root)).to.equal(true)
  })

  it('refuses a file that holds something else', async () => {
    const file = join(folder, 'letter')
    writeFileSync(file, 'hello')
    const refusal = await openLogKey(file, 'a.example/log').catch((error) => error)
    expect(refusal).to.be.instanceOf(NoLogKey)
    expect(refusal.message).to.equal(`${file} does not hold an Ed25519 private key in PEM (PKCS #8).`)
    const unreadable = await openLogKey(folder, 'a.example/log').catch((error) => error)
    expect(unreadable.message).to.equal(`The key of the log in ${folder} cannot be read (EISDIR).`)
  })
})

describe('addresses of tiles', () => {
  it('are read when they are written exactly as the format says', () => {
    const read = (path: string) => parseTile(path.split('/'))
    const hashes = { kind: 'hashes', width: 256 }
    expect(read('0/000')).to.deep.equal({ ...hashes, level: 0, index: 0 })
    expect(read('1/x001/x234/067')).to.deep.equal({ ...hashes, level: 1, index: 1_234_067 })
    expect(read('63/x001/000.p/255')).to.deep.equal({ kind: 'hashes', level: 63, index: 1000, width: 255 })
    expect(read('entries/007')).to.deep.equal({ kind: 'entries', level: 0, index: 7, width: 256 })
    expect(read('entries/x001/007.p/1')).to.deep.equal({ kind: 'entries', level: 0, index: 1007, width: 1 })
  })

  for (const path of [
    '',
    '0',
    '64/000',
    '00/000',
    '-1/000',
    '0/0',
    '0/00',
    '0/0000',
    '0/x000/001',
    '0/001/001',
    '0/x001',
    '0/x001/x001',
    '0/000.p',
    '0/000.p/0',
    '0/000.p/00',
    '0/000.p/01',
    '0/000.p/256',
    '0/000.p/1/1',
    '0/000/1',
    '0/.p/1',
    '0/000.p.p/1',
    'entries',
    'entries/0/000',
    'x/000',
    '0/١٢٣',
    '0/x999/x999/x999/x999/x999/x999/999',
  ])
    it(`are not read from "${path}"`, () => expect(parseTile(path.split('/'))).to.equal(undefined))
})

describe('the stored tree', () => {
  let database: TestDatabase
  let signer: pg.Client
  let leaves: Buffer[] = []

  before(async () => {
    database = await freshDatabase()
    signer = new pg.Client({ connectionString: database.database.signerUrl })
    await signer.connect()
  })
  after(async () => {
    await signer.end()
    await database.close()
  })

  const growTo = async (size: number) => {
    await addLeaves(database.adminUrl, size - leaves.length)
    leaves = Array.from({ length: size }, (_, n) => leafOf(bodyAt(n)))
    await integrate(signer, size)
  }

  /** Every tile and bundle of a log of this size, against the definition: MTH(D[(n·256+i)·256^l : (n·256+i+1)·256^l]). */
  async function checkAll(size: number): Promise<number> {
    let tiles = 0
    let row = leaves.slice(0, size)
    for (let level = 0; row.length > 0; level += 1) {
      for (let index = 0; index * 256 < row.length; index += 1) {
        const expected = row.slice(index * 256, index * 256 + 256)
        const tile = await readTile(database.pool, { level, index, width: expected.length })
        expect(tile.equals(Buffer.concat(expected)), `tile ${level}/${index}`).to.equal(true)
        if (level === 0) await checkBundle(index, expected.length)
        tiles += 1
      }
      row = Array.from({ length: Math.floor(row.length / 256) }, (_, n) =>
        Buffer.from(rootOver(row.slice(n * 256, n * 256 + 256))),
      )
    }
    return tiles
  }

  async function checkBundle(index: number, width: number) {
    const expected = Array.from({ length: width }, (_, n) => {
      const body = bodyAt(index * 256 + n)
      return Buffer.concat([Buffer.from([body.length >> 8, body.length & 255]), body])
    })
    const bundle = await readBundle(database.pool, { index, width })
    expect(bundle.equals(Buffer.concat(expected)), `bundle ${index}`).to.equal(true)
  }

  for (const size of [1, 255, 256, 257, 65_535, 65_536, 65_537])
    it(`of ${size} entries gives its root, proofs, tiles and bundles`, async function () {
      this.timeout(120_000)
      await growTo(size)
      const root = await rootOf(database.pool, size)
      expect(root.equals(rootOver(leaves))).to.equal(true)
      expect((await growingFrom(database.pool, size)).root().equals(root)).to.equal(true)
      const tiles = await checkAll(size)
      const at = [...new Set([0, 1, 255, 256, 65_534, 65_535, size - 1])].filter((each) => each < size)
      const proofs = await inclusionProofs(database.pool, at, size)
      for (const [n, each] of at.entries()) verifyInclusion(leaves[each]!, BigInt(each), BigInt(size), proofs[n]!, root)
      expect(hex(await inclusionProof(database.pool, at.at(-1)!, size))).to.deep.equal(hex(proofs.at(-1)!))
      for (const each of at) {
        const older = await rootOf(database.pool, each + 1)
        const proof = await consistencyProof(database.pool, each + 1, size)
        verifyConsistency(BigInt(each + 1), BigInt(size), proof, older, root)
      }
      console.log(`      ${tiles} tiles`)
    })

  it('needs few hashes for a root, and one query for any number of proofs', async () => {
    let queries = 0
    let hashes = 0
    const counting = {
      query: async (query: pg.QueryConfig) => {
        queries += 1
        const answer = await database.pool.query(query)
        for (const row of answer.rows) hashes += row.hashes.length / 32
        return answer
      },
    } as unknown as pg.Pool
    await rootOf(counting, 65_535)
    expect([queries, hashes <= 512]).to.deep.equal([1, true])
    await inclusionProofs(
      counting,
      Array.from({ length: 100 }, (_, n) => n * 600),
      65_537,
    )
    expect(queries).to.equal(2)
  })

  it('begins again where it was broken off, and does nothing twice', async () => {
    await growTo(leaves.length + 300 * 256)
    const count = async () => (await signer.query('SELECT count(*)::int AS n FROM tree')).rows[0].n
    const before = await count()
    await integrate(signer, leaves.length)
    expect(await count()).to.equal(before)
    await addLeaves(database.adminUrl, 100 * 256)
    leaves = Array.from({ length: leaves.length + 100 * 256 }, (_, n) => leafOf(bodyAt(n)))
    let statements = 0
    const breaking = {
      query: (query: pg.QueryConfig) => {
        statements += 1
        if (statements === 3) throw new Error('broken off')
        return signer.query(query)
      },
    } as unknown as pg.Client
    const broken = await integrate(breaking, leaves.length).catch((error) => error.message)
    expect(broken).to.equal('broken off')
    expect(await count()).to.be.greaterThan(before)
    await integrate(signer, leaves.length)
    expect((await rootOf(signer, leaves.length)).equals(rootOver(leaves))).to.equal(true)
  })

  it('is integrated much faster than the ledger is written', async function () {
    this.timeout(120_000)
    const [size, more] = [leaves.length, 200_000]
    await addLeaves(database.adminUrl, more)
    const started = performance.now()
    await integrate(signer, size + more)
    const growing = await growingFrom(signer, size)
    for (let from = size; from < size + more; from += 8_192)
      for (const leaf of await leavesBetween(signer, from, Math.min(from + 8_192, size + more))) growing.append(leaf)
    const seconds = (performance.now() - started) / 1000
    expect(growing.root().equals(await rootOf(signer, size + more))).to.equal(true)
    console.log(`      ${Math.round(more / seconds).toLocaleString('en')} entries/s`)
  })
})
