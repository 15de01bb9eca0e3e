// The log as others read it over HTTP: a client that knows one public key builds every proof from static files.

import { request } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { expect } from 'chai'
import { covering } from '../../server/ledger/checkpoints.ts'
import { listen } from '../../server/ledger/listen.ts'
import { setPassword } from '../../server/people/passwords.ts'
import { establish } from '../../server/perform.ts'
import {
  consistencyProof,
  entriesPath,
  equal,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseBundle,
  parseVerifierKey,
  rootOf,
  tilePath,
  tilesOf,
  verifyConsistency,
  verifyInclusion,
} from '../../server/proof/index.ts'
import { personByLogin } from '../../server/views/people.ts'
import { addLeaves, bodyAt } from '../support/leaves.ts'
import { Browser, password, signedIn, startServer, type TestServer, taking } from '../support/server.ts'

/** An installation with one administrator, whose ledger grew to `size` by entries about nothing. */
async function serve(size: number, config: Parameters<typeof startServer>[0] = {}): Promise<TestServer> {
  const server = await startServer(config)
  const { pool } = server.database
  await establish(server.parts, {
    agency: { id: 'psb', name: '江城市公安局', type: 'police' },
    admin: { login: 'admin', name: '管理员', number: '000001' },
  })
  await setPassword(pool, (await personByLogin(pool, 'admin'))!.id, password)
  const { rows } = await pool.query('SELECT size::int AS size FROM ledger_head')
  await addLeaves(server.database.adminUrl, size - rows[0].size)
  await covered(server, size - 1)
  return server
}

/** When a checkpoint covers a position: told by a notice, as screens are. */
async function covered({ database, config }: TestServer, position: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const listener = listen(
      database.url,
      () => {},
      50,
      () => {
        covering(database.pool, config.logOrigin, position).then((checkpoint) => {
          if (checkpoint) listener.close().then(resolve)
        }, reject)
      },
    )
  })
}

/** Bytes as they travel, which `fetch` would unpack. */
async function raw(url: string, headers: Record<string, string>) {
  return new Promise<{ status: number; encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
    request(url, { headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          encoding: response.headers['content-encoding'],
          bytes: Buffer.concat(parts),
        }),
      )
    })
      .on('error', reject)
      .end()
  })
}

describe('the log over HTTP', function () {
  this.timeout(120_000)
  const size = 66_000
  let server: TestServer
  let admin: Browser

  before(async () => {
    server = await serve(size)
    admin = await signedIn(server, 'admin')
  })
  after(() => server?.close())

  const checkpoint = async () => {
    const { body: state } = await admin.get('/api/log')
    const { text, status, headers } = await admin.get('/api/log/checkpoint')
    expect([status, headers.get('content-type'), headers.get('cache-control')]).to.deep.equal([
      200,
      'text/plain; charset=utf-8',
      'no-cache',
    ])
    return openCheckpoint(text, [parseVerifierKey(state.vkey)]).checkpoint
  }
  const read = async (path: string): Promise<Buffer> => {
    const { status, body } = await admin.get<Buffer>(`/api/log/${path}`)
    if (status !== 200) throw new Error(`${path}: ${status}`)
    return body
  }
  const tile = (level: number, n: bigint, width: number) => read(tilePath(level, n, width))

  it('serves every tile and every entry of a checkpoint, which lead to its root', async () => {
    const { origin, size: signed, root } = await checkpoint()
    expect([origin, signed]).to.deep.equal([server.config.logOrigin, BigInt(size)])
    expect(equal(await rootOf(signed, tile), root)).to.equal(true)
    let entries = 0
    let tiles = 0
    for (const { level, n, width } of tilesOf(signed)) {
      const hashes = await tile(level, n, width)
      tiles += 1
      expect(hashes.length).to.equal(width * 32)
      if (level > 0) continue
      const bodies = parseBundle(await read(entriesPath(n, width)))
      expect(bodies).to.have.length(width)
      for (const [at, body] of bodies.entries())
        if (!equal(leafHash(body), hashes.subarray(at * 32, at * 32 + 32))) throw new Error(`entry ${at} of ${n}`)
      entries += width
    }
    expect(entries).to.equal(size)
    console.log(`      ${tiles} tiles, ${entries} entries`)
  })

  it('lets a client prove any entry and any growth from tiles alone', async () => {
    const before = await checkpoint()
    for (const at of [0n, 255n, 256n, 65_535n, 65_536n, before.size - 1n]) {
      const leaf = (
        await tile(0, at / 256n, at / 256n === before.size / 256n ? Number(before.size % 256n) : 256)
      ).subarray(Number(at % 256n) * 32, Number(at % 256n) * 32 + 32)
      verifyInclusion(leaf, at, before.size, await inclusionProof(at, before.size, tile), before.root)
    }
    await addLeaves(server.database.adminUrl, 300)
    await covered(server, size + 299)
    const after = await checkpoint()
    verifyConsistency(
      before.size,
      after.size,
      await consistencyProof(before.size, after.size, tile),
      before.root,
      after.root,
    )
  })

  it('is covered by a checkpoint soon after a step, without anything but the step', async () => {
    const { entries } = await taking(server.parts)('admin', 'unit.add', { id: 'crim', name: '刑侦大队' })
    await covered(server, entries[0]!.position)
    expect(Number((await checkpoint()).size)).to.be.greaterThan(entries[0]!.position)
  })

  it('keeps tiles for long, and asks again for entries, which are sent packed to whoever can unpack', async () => {
    const hashes = await admin.get('/api/log/tile/0/000')
    expect(hashes.headers.get('cache-control')).to.equal('private, max-age=31536000, immutable')
    expect(hashes.headers.get('content-type')).to.equal('application/octet-stream')
    const path = `${server.url}/api/log/tile/entries/001`
    const packed = await raw(path, { cookie: admin.cookie, 'accept-encoding': 'gzip' })
    const plain = await raw(path, { cookie: admin.cookie })
    expect([packed.encoding, plain.encoding]).to.deep.equal(['gzip', undefined])
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).to.equal(true)
    expect(Buffer.from(parseBundle(plain.bytes)[0]!).equals(bodyAt(256))).to.equal(true)
    const first = await admin.get('/api/log/tile/entries/001')
    expect(first.headers.get('cache-control')).to.equal('private, no-cache')
    const again = await raw(path, { cookie: admin.cookie, 'if-none-match': first.headers.get('etag')! })
    expect(again.status).to.equal(304)
  })

  for (const path of [
    'tile/0/259',
    'tile/0/258.p/255',
    'tile/1/001',
    'tile/1/x001/000',
    'tile/2/000.p/2',
    'tile/3/000.p/1',
    'tile/9/000.p/1',
    'tile/63/000',
    'tile/64/000',
    'tile/00/000',
    'tile/0/0',
    'tile/0/x000/001',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000/',
    'tile/entries/259',
    'tile/entries/258.p/255',
    'tile/entries/000.p/000',
    'tile/entries',
    'tile/0/%30%30%30%00',
    'tile/0/..%2f000',
    `tile/0/${'x999/'.repeat(40)}999`,
    'tile',
    'nothing',
  ])
    it(`has nothing under ${path.slice(0, 40)}`, async () => {
      const { status, headers } = await admin.get(`/api/log/${path}`)
      expect(status).to.be.oneOf(path.includes('%00') ? [400] : [404])
      expect(headers.get('cache-control')).to.equal('no-store')
    })

  it('tells how it stands', async () => {
    const { status, body } = await admin.get('/api/log')
    expect(status).to.equal(200)
    const { size: signed, note } = body.checkpoint
    expect(body).to.deep.include({ origin: server.config.logOrigin, size: signed, witnesses: [], evidence: [] })
    expect(body.quorum).to.deep.equal({ met: true, size: signed })
    expect(body.keys.map(({ vkey, fromSize }: { vkey: string; fromSize: number }) => [vkey, fromSize])).to.deep.equal([
      [body.vkey, 0],
    ])
    expect(note).to.equal((await admin.get('/api/log/checkpoint')).text)
  })

  it('is read with a session only', async () => {
    const stranger = new Browser(server.url)
    for (const path of ['', '/checkpoint', '/tile/0/000', '/tile/entries/000'])
      expect((await stranger.get(`/api/log${path}`)).status, path).to.equal(401)
  })
})

describe('a public log', () => {
  it('is read by everybody, but how it stands only by people of the house', async () => {
    const server = await serve(300, { config: { logPublic: true } })
    const stranger = new Browser(server.url)
    for (const [path, cache] of [
      ['/checkpoint', 'no-cache'],
      ['/tile/0/000', 'public, max-age=31536000, immutable'],
      ['/tile/entries/000', 'public, max-age=31536000, immutable'],
    ]) {
      const { status, headers } = await stranger.get(`/api/log${path}`)
      expect([status, headers.get('cache-control')], path).to.deep.equal([200, cache])
    }
    expect((await stranger.get('/api/log')).status).to.equal(401)
    await server.close()
  })

  it('has no checkpoint while nothing is recorded', async () => {
    const server = await startServer({ config: { logPublic: true } })
    const { status, body } = await new Browser(server.url).get('/api/log/checkpoint')
    expect([status, body.code]).to.deep.equal([404, 'log.no-checkpoint'])
    expect(body.detail).not.to.equal('log.no-checkpoint')
    await server.close()
  })
})
