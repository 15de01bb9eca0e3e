// Tiles: their paths, which of them there are, bundles of entries, and proofs made from them alone.

import { expect } from 'chai'
import fc from 'fast-check'
import {
  consistencyProof,
  entriesPath,
  inclusionProof,
  type Piece,
  parseBundle,
  parseTilePath,
  rootOf,
  type Tile,
  tilePath,
  tilesOf,
} from '../../server/proof/index.ts'
import { codeOf, consistencyOf, leavesOf, pathOf, rootOver } from '../support/reference-log.ts'

const leaves = leavesOf(1000)
const plain = (hashes: Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString('hex'))

/** Reads tiles of the first `size` leaves, and keeps count of what was asked for. */
function tilesFrom(size: number) {
  const asked: string[] = []
  const read = async (level: number, n: bigint, width: number) => {
    asked.push(tilePath(level, n, width))
    const span = 256 ** level
    const hashes = Array.from({ length: width }, (_, at) => (Number(n) * 256 + at) * span)
    if (hashes.some((begin) => begin + span > size)) throw new Error('This tile is not that of the tree.')
    return Buffer.concat(hashes.map((begin) => rootOver(leaves.slice(begin, begin + span))))
  }
  return { asked, read }
}

describe('the path of a tile', () => {
  const written: [string, Piece][] = [
    ['tile/0/000', { level: 0, n: 0n, width: 256 }],
    ['tile/1/x001/x234/067', { level: 1, n: 1_234_067n, width: 256 }],
    ['tile/1/x001/x234/067.p/5', { level: 1, n: 1_234_067n, width: 5 }],
    ['tile/63/999.p/255', { level: 63, n: 999n, width: 255 }],
    ['tile/0/x001/000', { level: 0, n: 1000n, width: 256 }],
    ['tile/0/x016/x777/216', { level: 0, n: 2n ** 24n, width: 256 }],
    ['tile/entries/x273/112.p/1', { level: 'entries', n: 273_112n, width: 1 }],
  ]
  for (const [path, piece] of written)
    it(`is ${path}`, () => {
      const { level, n, width } = piece
      expect(level === 'entries' ? entriesPath(n, width) : tilePath(level, n, width)).to.equal(path)
      expect(parseTilePath(path)).to.deep.equal(piece)
    })

  for (const path of [
    '/tile/0/000',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/0/x000/000',
    'tile/0/001/000',
    'tile/0/x001',
    'tile/0/x1/000',
    'tile/0/X001/000',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/-1',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/0/000/',
    'tile/0/000.p/1/2',
    'tile/0/../000',
    'tile/0/00a',
    'tile/0/０００',
    'tile/0/000\n',
    'tile/entries/',
    '',
  ])
    it(`is not ${JSON.stringify(path)}`, () => expect(codeOf(() => parseTilePath(path))).to.equal('wrong-tile-path'))
})

describe('the tiles of a tree', () => {
  it('are those of the examples in the specification', () => {
    const widths = (size: bigint) => {
      const levels = new Map<number, number[]>()
      for (const { level, width } of tilesOf(size)) levels.set(level, [...(levels.get(level) ?? []), width])
      return [...levels.values()].map((all) => [
        all.filter((width) => width === 256).length,
        all.find((width) => width < 256),
      ])
    }
    expect(widths(70_000n)).to.deep.equal([
      [273, 112],
      [1, 17],
      [0, 1],
    ])
    expect(widths(256n)).to.deep.equal([
      [1, undefined],
      [0, 1],
    ])
    expect(widths(1n)).to.deep.equal([[0, 1]])
    expect(widths(0n)).to.deep.equal([])
  })

  it('are counted in order', () => {
    const some: Tile[] = [...tilesOf(600n)]
    expect(some.map(({ level, n, width }) => tilePath(level, n, width))).to.deep.equal([
      'tile/0/000',
      'tile/0/001',
      'tile/0/002.p/88',
      'tile/1/000.p/2',
    ])
  })
})

describe('a bundle of entries', () => {
  const bundleOf = (bodies: Uint8Array[]) =>
    Buffer.concat(bodies.flatMap((body) => [Uint8Array.of(body.length >> 8, body.length & 255), body]))

  it('gives back the bodies', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 20 }), (bodies) => {
        expect(parseBundle(new Uint8Array(bundleOf(bodies)))).to.deep.equal(bodies)
      }),
    )
    const longest = new Uint8Array(65_535).fill(7)
    expect(parseBundle(new Uint8Array(bundleOf([longest, Uint8Array.of(1)])))).to.deep.equal([
      longest,
      Uint8Array.of(1),
    ])
  })

  it('is refused when it ends too early or too late', () => {
    const bundle = bundleOf([Buffer.from('abc'), Buffer.from('de')])
    for (const wrong of [bundle.subarray(0, -1), bundle.subarray(0, 6), Buffer.concat([bundle, Uint8Array.of(0)])])
      expect(codeOf(() => parseBundle(wrong))).to.equal('wrong-entries')
  })
})

describe('proofs from tiles', () => {
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: 1000 }),
    fc.constantFrom(255, 256, 257, 511, 512, 513, 767, 768, 769),
  )

  it('are those of RFC 6962, from tiles that there are, each read once', async () => {
    const cases = sizes.chain((size) =>
      fc.tuple(fc.constant(size), fc.nat(size - 1), fc.integer({ min: 1, max: size })),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ([size, n, before]) => {
        const whole = leaves.slice(0, size)
        const there = new Set([...tilesOf(BigInt(size))].map(({ level, n, width }) => tilePath(level, n, width)))
        for (const [made, expected] of [
          [(read) => inclusionProof(BigInt(n), BigInt(size), read), pathOf(n, whole)],
          [(read) => consistencyProof(BigInt(before), BigInt(size), read), consistencyOf(before, whole)],
          [async (read) => [await rootOf(BigInt(size), read)], [rootOver(whole)]],
        ] as [(read: ReturnType<typeof tilesFrom>['read']) => Promise<Uint8Array[]>, Uint8Array[]][]) {
          const { asked, read } = tilesFrom(size)
          expect(plain(await made(read))).to.deep.equal(plain(expected))
          expect(asked.filter((path) => !there.has(path))).to.deep.equal([])
          expect(new Set(asked).size).to.equal(asked.length)
        }
      }),
      { numRuns: 60 },
    )
  }).timeout(60_000)

  it('are refused from a tile that is too short', async () => {
    const short = async (level: number, n: bigint, width: number) =>
      (await tilesFrom(300).read(level, n, width)).subarray(1)
    const failed = await rootOf(300n, short).catch((error) => error)
    expect(failed.code).to.equal('wrong-tile')
  })

  it('cannot be asked for where there are none', () => {
    const { read } = tilesFrom(10)
    expect(codeOf(() => inclusionProof(10n, 10n, read))).to.equal('beyond-size')
    expect(codeOf(() => consistencyProof(0n, 10n, read))).to.equal('wrong-size')
    expect(codeOf(() => consistencyProof(11n, 10n, read))).to.equal('wrong-size')
  })
})
