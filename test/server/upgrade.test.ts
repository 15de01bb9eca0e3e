// A database that version 1 left behind, started by the program of today: nothing of it is lost, and everything goes on.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Item } from '../../server/custody/item.ts'
import { leftoversOf } from '../../server/custody/leftovers.ts'
import { rulesVersion } from '../../server/custody/rules.ts'
import { openDatabase } from '../../server/database/data-source.ts'
import { demoPassword } from '../../server/demo/people.ts'
import { rememberCheckpoint } from '../../server/log/continuity.ts'
import { rebuildViews } from '../../server/views/history.ts'
import { viewTables } from '../../server/views/show.ts'
import type { BareDatabase } from '../support/database.ts'
import { Browser, until } from '../support/server.ts'
import { bodiesOfVersion1, databaseOfVersion1, rowsOfVersion1, version1 } from '../support/version-1.ts'

const root = resolve(import.meta.dirname, '..', '..')

describe('a database of version 1', function () {
  this.timeout(120_000)
  let database: BareDatabase
  let dataDir: string
  let url: string
  let running: ChildProcess | undefined

  before(async () => {
    database = await databaseOfVersion1()
    await asOtherwiseWritten()
    dataDir = await mkdtemp(join(tmpdir(), 'stillpoint-upgrade-'))
    await copyFile(version1.keyFile, join(dataDir, 'log-key'))
    // Kept beside the database by whoever signed last, so that the ledger is compared with it at start.
    await rememberCheckpoint(dataDir, await readFile(join(version1.log, 'checkpoint'), 'utf8'))
    await start()
  })
  after(async () => {
    await stop()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** Views that the older program would have written in another way. */
  async function asOtherwiseWritten(): Promise<void> {
    const admin = new pg.Client({ connectionString: database.adminUrl })
    await admin.connect()
    await admin.query(`UPDATE item_search SET words = 'as it was'`)
    await admin.query(`UPDATE items SET state = state || '{"name": "as it was"}'`)
    await admin.end()
  }

  /** The whole program as the operator starts it, without building the pages. */
  async function start(): Promise<void> {
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    running = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: database.adminUrl,
        DATA_DIR: dataDir,
        DEMO: '',
        LOG_KEY_FILE: join(dataDir, 'log-key'),
        LOG_PUBLIC: '1',
        PORT: String(port),
      },
    })
    let said = ''
    for (const stream of [running.stdout!, running.stderr!]) stream.on('data', (chunk) => (said += chunk))
    await until(() => said.includes(`Stillpoint: ${url}`) || running!.exitCode !== null, 'the program', 60_000)
    expect(running.exitCode, said).to.equal(null)
  }

  async function stop(): Promise<void> {
    if (!running || running.exitCode !== null) return
    const ended = once(running, 'close')
    running.kill('SIGTERM')
    await ended
  }

  /** Works on the database as the program itself does. */
  async function inside<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const opened = await openDatabase({ databaseUrl: database.adminUrl, dataDir: database.dataDir })
    const client = await opened.pool.connect()
    try {
      // In which the rows were written down.
      await client.query(`SET TIME ZONE 'UTC'`)
      return await work(client)
    } finally {
      client.release()
      await opened.close()
    }
  }

  const sizeNow = async () =>
    Number((await inside((client) => client.query('SELECT size FROM ledger_head'))).rows[0].size)

  /** What `stillpoint-verify` says of the log that is served, once it covers all entries. */
  async function verified(): Promise<{ code: number; out: string }> {
    const size = await sizeNow()
    const checkpoint = async () => Number((await (await fetch(`${url}/api/log/checkpoint`)).text()).split('\n')[1])
    await until(async () => (await checkpoint()) >= size, `a checkpoint over ${size} entries`)
    const program = join(root, 'scripts', 'stillpoint-verify.mjs')
    const seen = ['--seen', join(version1.log, 'checkpoint')]
    const words = ['log', `${url}/api/log`, '--key', version1.vkey, ...seen]
    return new Promise((done) =>
      execFile(process.execPath, [program, ...words], (error, out) =>
        done({ code: error ? Number(error.code) : 0, out }),
      ),
    )
  }

  it('has every migration of today', async () => {
    const { rows } = await inside((client) => client.query('SELECT name FROM migrations'))
    const then = rowsOfVersion1('migrations').map(({ name }) => name)
    expect(then).to.have.length(8)
    expect(rows.map(({ name }) => name)).to.include.members(then)
    expect(rows.length).to.equal(
      (await readdir(join(root, 'migrations'))).filter((name) => name.endsWith('.ts')).length,
    )
  })

  it('keeps every entry of its ledger byte for byte, and every column beside it', async () => {
    const { rows } = await inside((client) =>
      client.query(
        `SELECT body, to_jsonb(ledger) - 'body' AS beside FROM ledger WHERE position < $1 ORDER BY position`,
        [version1.size],
      ),
    )
    expect(rows.map(({ body }) => body.toString())).to.deep.equal(bodiesOfVersion1().map(String))
    for (const [position, row] of rowsOfVersion1('ledger').entries())
      expect(rows[position].beside, `entry ${position}`).to.deep.include(row)
  })

  it('lists for the inspector what earlier rules left behind, each with a way on', async () => {
    const inspector = new Browser(url)
    await inspector.signIn('inspector', demoPassword)
    const found = new Map<string, string[]>()
    for (let cursor = ''; ; ) {
      const { body } = await inspector.get(`/api/items?leftover=true&limit=200${cursor && `&cursor=${cursor}`}`)
      for (const item of body.items as Item[]) found.set(item.name, leftoversOf(item))
      if (!body.next) break
      cursor = body.next
    }
    const named = (kind: string) =>
      [...found].filter(([, kinds]) => kinds.includes(kind as never)).map(([name]) => name)
    expect(named('kept-nowhere')).to.include.members([
      '云杉公寓 12 幢 301 室',
      '某银行账户 6222 **** 0199',
      '某科技公司股权 12.5%',
    ])
    expect(named('put-off')).to.include.members(['压片机（委托保管）', '包装机'])
    expect(named('end-in-a-drawer').join()).to.match(/未交物品一.*未交物品六/)
    expect(named('hand-in-hidden').join()).to.match(/未交物品四/)
    expect(named('rounds-differ').join()).to.match(/手枪弹/)
    const { body } = await inspector.get('/api/leftovers')
    expect(body.numbers.map(({ number }: { number: string }) => number)).to.include('990109')
    expect(body.names.map(({ name }: { name: string }) => name)).to.include('江城市公安局')
  })

  it('keeps what stands beside the ledger', async () => {
    for (const table of [
      'particulars',
      'files',
      'credentials',
      'checkpoints',
      'log_keys',
      'tree',
      'log_verifications',
    ]) {
      const { rows } = await inside((client) => client.query(`SELECT to_jsonb(t) AS row FROM ${table} AS t`))
      const now = new Map(rows.map(({ row }) => [keyOf(row), row]))
      for (const row of rowsOfVersion1(table)) expect(now.get(keyOf(row)), table).to.deep.include(row)
    }
  })

  it('shows all that was there', async () => {
    const keys = {
      codes: 'code',
      items: 'code',
      cases: 'case_no',
      places: 'code',
      people: 'id',
      units: 'id',
      dockets: 'code',
    }
    for (const [table, key] of Object.entries(keys)) {
      const { rows } = await inside((client) => client.query(`SELECT ${key} AS key FROM ${table}`))
      const then = rowsOfVersion1(table).map((row) => row[key])
      expect(rows.map((row) => row.key)).to.include.members(then)
    }
  })

  it('says by which rules it goes from here on', async () => {
    const { rows } = await inside((client) =>
      client.query('SELECT position::int, body FROM ledger WHERE position >= $1', [version1.size]),
    )
    const said = rows.map(({ position, body }) => ({ position, ...JSON.parse(body.toString()) }))
    expect(said.map(({ position, fact, data }) => ({ position, fact, data }))).to.deep.equal([
      { position: version1.size, fact: 'RulesAdopted', data: { version: rulesVersion } },
    ])
  })

  it('goes on: whoever was there signs in and takes steps, over what is new and what is old', async () => {
    const before = await sizeNow()
    const officer = new Browser(url)
    expect((await officer.signIn('officer', demoPassword)).status).to.equal(200)
    const caseNo = 'A9901030300002026129999'
    const opened = {
      caseNo,
      title: '升级后的案件',
      kind: 'criminal',
      acceptedAt: new Date(Date.now() - 3_600_000).toISOString(),
    }
    const answer = await officer.step('case.open', { ...opened, unit: 'crim', officers: ['officer'] })
    expect(answer.status, answer.text).to.be.within(200, 201)

    const item = rowsOfVersion1('items')
      .map(({ state }) => state as Record<string, unknown>)
      .find(({ name }) => name === '换钥后登记的物品')!
    const shelf = rowsOfVersion1('places')
      .map(({ state }) => state as Record<string, unknown>)
      .find(({ name }) => name === 'A-02')!
    const keeper = new Browser(url)
    expect((await keeper.signIn('keeper', demoPassword)).status).to.equal(200)
    const moved = await keeper.step('relocation.move', { to: shelf.code, reason: '升级后调整' }, [item.code as string])
    expect(moved.status, moved.text).to.be.within(200, 201)
    expect(moved.body.items[0]).to.deep.include({ code: item.code, version: (item.version as number) + 1 })
    expect(await sizeNow()).to.be.at.least(before + 2)
  })

  it('verifies whole, and continues the log that it was', async () => {
    const { code, out } = await verified()
    expect(code, out).to.equal(0)
    expect(out)
      .to.include(`of ${version1.size} entries`)
      .and.match(/Sound\.\n$/)
  })

  it('records nothing of its own accord when it is started again', async () => {
    const size = await sizeNow()
    await stop()
    await start()
    expect(await sizeNow()).to.equal(size)
    expect((await verified()).code).to.equal(0)
  })

  // Nothing may be recorded meanwhile, so it is the last.
  it('shows what a rebuild of the views shows', async () => {
    await stop()
    await inside(async (client) => {
      const before = await viewsIn(client)
      await client.query('BEGIN')
      await rebuildViews(client, catalogue)
      const after = await viewsIn(client)
      await client.query('ROLLBACK')
      for (const [n, table] of viewTables.entries()) expect(before[n], table).to.deep.equal(after[n])
      expect(before.every((rows) => rows.length > 0)).to.equal(true)
    })
  })
})

async function viewsIn(client: pg.PoolClient): Promise<object[][]> {
  const views: object[][] = []
  for (const table of viewTables)
    views.push((await client.query(`SELECT * FROM ${table} AS row ORDER BY row::text`)).rows)
  return views
}

/** Whatever tells a row of one of these tables from all others. */
function keyOf({
  commitment,
  sha256,
  person_id,
  origin,
  size,
  vkey,
  level,
  index,
  id,
}: Record<string, unknown>): string {
  return JSON.stringify([commitment, sha256, person_id, origin, size, vkey, level, index, id])
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}
