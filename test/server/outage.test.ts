// While the database is away: a sentence and when to come again, and everything goes on when it is back.

import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { type Database, openDatabase } from '../../server/database/data-source.ts'
import { isNoDatabase } from '../../server/http/no-database.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import {
  type Answer,
  Browser,
  populate,
  requesting,
  signedIn,
  startServer,
  type TestServer,
  until,
  type World,
} from '../support/server.ts'

/** A way to a database that can be closed, so that connections are lost and new ones refused. */
class Way {
  private readonly sockets = new Set<Socket>()
  private server: Server | undefined
  port = 0
  constructor(readonly to: { hostname: string; port: string }) {}

  async open(): Promise<void> {
    this.server = createServer((here) => {
      const there = connect(Number(this.to.port), this.to.hostname)
      for (const [one, other] of [
        [here, there],
        [there, here],
      ] as const) {
        this.sockets.add(one)
        one.pipe(other)
        one.on('error', () => {}).once('close', () => other.destroy())
      }
    })
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.server.address() as { port: number }).port
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve))
    for (const socket of this.sockets) socket.destroy()
    this.sockets.clear()
    await closed
  }
}

const through = (url: string, way: Way): string => {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(way.port)
  return changed.href
}

describe('without the database', () => {
  let own: TestDatabase
  let way: Way
  let dataDir: string
  let database: Database
  let server: TestServer
  let world: World
  let officer: Browser

  before(async () => {
    own = await freshDatabase()
    way = new Way(new URL(own.adminUrl))
    await way.open()
    dataDir = await mkdtemp(join(tmpdir(), 'stillpoint-outage-'))
    const adminUrl = through(own.adminUrl, way)
    database = await openDatabase({ databaseUrl: adminUrl, dataDir }, { log: () => {} })
    server = await startServer({ database: { ...own, adminUrl, url: database.url, pool: database.pool, database } })
    world = await populate(server)
    officer = await signedIn(server, 'officer')
  })
  after(async () => {
    await server?.close()
    await database?.close()
    await way?.close()
    await own?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('says so, in both languages, with when to come again; and goes on when it is back', async () => {
    const asked = (browser: Browser): Record<string, () => Promise<Answer>> => ({
      list: () => browser.get('/api/items'),
      'look-up': () => browser.get(`/api/codes/${world.item.stored}`),
      step: () => browser.step('retrieval.request', requesting(), [world.item.stored]),
      'sign-in': () => new Browser(server.url).signIn('officer'),
    })
    await way.close()
    // Twice: first connections are lost, then none can be made.
    for (const time of ['first', 'second'])
      for (const [what, ask] of Object.entries(asked(officer))) {
        const { status, body, headers } = await ask()
        expect(status, `${time} ${what}`).to.equal(503)
        expect(body, what).to.include({ code: 'request.no-database', title: 'Service Unavailable' })
        expect(headers.get('content-type'), what).to.match(/^application\/problem\+json/)
        expect(Number(headers.get('retry-after')), what).to.be.greaterThan(0)
      }
    expect((await officer.get('/api/items?lang=zh-CN')).body.detail).to.match(/^数据库.*。$/)
    expect((await officer.get('/api/items?lang=en')).body.detail).to.match(/^The database .*\.$/)
    expect((await officer.get('/health')).status).to.equal(200)
    expect((await officer.get('/ready')).status).to.equal(503)

    await way.open()
    await until(async () => (await officer.get('/api/items')).status === 200, 'the database to be seen again')
    const { list, step, ...rest } = asked(officer)
    expect((await step!()).status).to.equal(201)
    for (const ask of [list!, ...Object.values(rest)]) expect((await ask()).status).to.equal(200)
  })

  it('is told from a mistake of ours', async () => {
    const failing = async (run: (pool: pg.Pool) => Promise<unknown>, options: pg.PoolConfig = {}) => {
      const pool = new pg.Pool({ connectionString: own.url, ...options })
      pool.on('error', () => {})
      const error = await run(pool).then(
        () => undefined,
        (error) => error,
      )
      await pool.end()
      return isNoDatabase(error)
    }
    const silent = createServer((socket) => socket.resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const nobody = new URL(own.url)
    nobody.port = String(port)
    const waiting = { connectionString: nobody.href, connectionTimeoutMillis: 50 }
    expect(await failing((pool) => pool.query('SELECT 1'), waiting), 'no answer to connecting').to.equal(true)
    await new Promise((resolve) => silent.close(resolve))
    expect(await failing((pool) => pool.query('SELECT 1'), { connectionString: nobody.href }), 'refused').to.equal(true)
    const ended = 'SELECT pg_terminate_backend(pg_backend_pid())'
    expect(await failing((pool) => pool.query(ended)), 'ended by an administrator').to.equal(true)
    const slow = { query_timeout: 50 }
    expect(await failing((pool) => pool.query('SELECT pg_sleep(5)'), slow), 'no answer in time').to.equal(true)
    const full = { max: 1, connectionTimeoutMillis: 50 }
    const taken = async (pool: pg.Pool) => {
      const client = await pool.connect()
      await pool.query('SELECT 1').finally(() => client.release())
    }
    expect(await failing(taken, full), 'no connection free in time').to.equal(true)

    for (const wrong of ['SELECT nonsense', 'SELECT 1/0', `SELECT 'a'::int`])
      expect(await failing((pool) => pool.query(wrong)), wrong).to.equal(false)
    for (const other of [
      undefined,
      'text',
      new Error('Something else'),
      Object.assign(new Error(), { code: 'ENOENT' }),
    ])
      expect(isNoDatabase(other)).to.equal(false)
  })
})
