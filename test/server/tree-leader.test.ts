// The leader of the tree: one among several processes, killed and paused while entries flow; and what nobody may change.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import {
  Contradiction,
  type Leading,
  leadTree,
  OtherKey,
  OtherName,
  type TreeLeader,
} from '../../server/followers/tree.ts'
import { type Checkpoint, checkpointAt, keepCheckpoint, readEvidence } from '../../server/ledger/checkpoints.ts'
import { headOf } from '../../server/ledger/read.ts'
import { checkpointText, type LogKey, noteOf, openLogKey } from '../../server/ledger/sign.ts'
import { Frontier, openCheckpoint, parseVerifierKey, toHex } from '../../server/proof/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { addLeaves, bodyAt } from '../support/leaves.ts'
import { leafOf } from '../support/reference-log.ts'
import { until } from '../support/server.ts'

const origin = 'test.example/ledger'
const folder = mkdtempSync(join(tmpdir(), 'stillpoint-tree-'))
const keyFile = join(folder, 'keys', 'log-key')
after(() => rmSync(folder, { recursive: true, force: true }))

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Which process leads, by what its connection tells the database. */
async function leaderOf(database: TestDatabase): Promise<number | undefined> {
  const client = await connected(database.adminUrl)
  const { rows } = await client.query(
    `SELECT substring(application_name FROM '^stillpoint tree (\\d+)$')::int AS pid
     FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND objid = 7305003
       AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  await client.end()
  expect(rows.length).to.be.lessThan(2)
  return rows[0]?.pid
}

/** Every checkpoint there is, against the tree built from the entries by the checking side. Gives how many. */
async function checkAll({ pool }: TestDatabase, vkey: string): Promise<number> {
  const { rows } = await pool.query('SELECT size::int, root, note FROM checkpoints ORDER BY made_at, size')
  const frontier = new Frontier()
  let before = 0
  for (const { size, root, note } of rows) {
    expect(size, 'each checkpoint is larger than the one made before').to.be.greaterThan(before)
    for (let at = before; at < size; at += 1) frontier.append(leafOf(bodyAt(at)))
    expect(root.toString('hex'), `the root of ${size}`).to.equal(toHex(frontier.root()))
    const { checkpoint } = openCheckpoint(note, [parseVerifierKey(vkey)])
    expect([checkpoint.size, toHex(checkpoint.root)]).to.deep.equal([BigInt(size), root.toString('hex')])
    before = size
  }
  return rows.length
}

const newest = async ({ pool }: TestDatabase): Promise<number> =>
  (await pool.query('SELECT coalesce(max(size), 0)::int AS size FROM checkpoints')).rows[0].size
const allCovered = (database: TestDatabase) =>
  until(async () => (await newest(database)) === (await headOf(database.pool)).size, 'a checkpoint over everything')

/** Small commands one after the other until told to stop. */
function flowing(database: TestDatabase) {
  let flows = true
  const done = (async () => {
    for (let n = 0; flows; n += 1) {
      await addLeaves(database.adminUrl, 1 + (n % 90))
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
  })()
  return async () => {
    flows = false
    await done
  }
}

describe('the leader of the tree', function () {
  this.timeout(120_000)
  let database: TestDatabase
  let children: ChildProcess[] = []
  let key: LogKey

  beforeEach(async () => {
    database = await freshDatabase()
    key = await openLogKey(keyFile, origin)
  })
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL')
    children = []
    await database.close()
  })

  /** Starts a process of which we hear when it is ready. */
  async function start(script: string, ...args: string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--import=tsx', `test/support/${script}`, ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    await once(child.stdout!, 'data')
    child.stdout!.resume()
    return child
  }
  const candidate = (silentMs = 1_500) =>
    start('tree-process.ts', database.database.signerUrl!, keyFile, String(silentMs))
  const someoneElseThan = async (pid: number | undefined) => {
    let now: number | undefined
    await until(async () => {
      now = await leaderOf(database)
      return now !== undefined && now !== pid
    }, 'another leader')
    return now!
  }

  it('is one of three servers, and another one when it is killed while entries flow', async () => {
    const data = join(folder, 'servers')
    const servers = [
      await start('server-process.ts', database.adminUrl, '0', data),
      await start('server-process.ts', database.adminUrl, '0', data),
      await start('server-process.ts', database.adminUrl, '0', data),
    ]
    const stop = flowing(database)
    const led = new Set<number>()
    for (let round = 0; round < 2; round += 1) {
      const leader = await someoneElseThan([...led].at(-1))
      led.add(leader)
      const size = await newest(database)
      await until(async () => (await newest(database)) > size, 'a checkpoint')
      const child = servers.find(({ pid }) => pid === leader)!
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    led.add(await someoneElseThan([...led].at(-1)))
    await stop()
    await allCovered(database)
    expect([...led].sort()).to.deep.equal(servers.map(({ pid }) => pid).sort())
    const { vkey } = await openLogKey(join(data, 'keys', 'log-key'), origin)
    console.log(`      ${await checkAll(database, vkey)} checkpoints, ${await newest(database)} entries`)
  })

  it('writes nothing wrong when it was paused for longer than its connection is kept', async () => {
    const one = await candidate()
    const stop = flowing(database)
    expect(await someoneElseThan(undefined)).to.equal(one.pid)
    const two = await candidate()
    for (const [paused, other] of [
      [one, two],
      [two, one],
    ] as const) {
      const size = await newest(database)
      await until(async () => (await newest(database)) > size, 'a checkpoint')
      paused.kill('SIGSTOP')
      expect(await someoneElseThan(paused.pid)).to.equal(other.pid)
      const before = await newest(database)
      await until(async () => (await newest(database)) > before, 'a checkpoint of the other')
      paused.kill('SIGCONT')
      // Awake again, it stands in line once more, on a connection of its own.
      await until(async () => {
        const { rows } = await database.pool.query(
          `SELECT count(*)::int AS n FROM pg_stat_activity
           WHERE application_name LIKE 'stillpoint tree %' AND datname = current_database()`,
        )
        return rows[0].n === 2
      }, 'both in line')
      expect(await leaderOf(database)).to.equal(other.pid)
    }
    await stop()
    await allCovered(database)
    console.log(`      ${await checkAll(database, key.vkey)} checkpoints, ${await newest(database)} entries`)
  })

  it('cannot write any more once its connection is given up, whatever it holds in its hands', async () => {
    await addLeaves(database.adminUrl, 3)
    const paused = await connected(database.database.signerUrl!)
    const other = await connected(database.database.signerUrl!)
    const lock = async (client: pg.Client) =>
      (await client.query('SELECT pg_try_advisory_lock(7305003) AS taken')).rows[0].taken
    await paused.query('SET idle_session_timeout = 300')
    expect([await lock(paused), await lock(other)]).to.deep.equal([true, false])
    await new Promise((ended) => paused.once('end', ended))
    await until(() => lock(other), 'the lock')
    const text = checkpointText(origin, 3, leafOf(bodyAt(0)))
    const failed = await keepCheckpoint(paused, {
      origin,
      size: 3,
      root: leafOf(bodyAt(0)),
      note: noteOf(text, [key.signatureOver(text)]),
    }).catch((error) => error)
    expect(failed).to.be.instanceOf(Error)
    expect(await newest(database)).to.equal(0)
    await other.end()
  })

  describe('in this process', () => {
    const leaders: TreeLeader[] = []
    afterEach(async () => {
      for (const leader of leaders.splice(0)) await leader.close()
    })

    const lead = (given: Partial<Parameters<typeof leadTree>[0]> = {}) => {
      const told: Checkpoint[] = []
      const leads: Leading[] = []
      const failures: unknown[] = []
      const leader = leadTree({
        url: database.database.signerUrl!,
        origin,
        key,
        onCheckpoint: (checkpoint, leading) => {
          told.push(checkpoint)
          leads.push(leading)
        },
        failed: (error) => failures.push(error),
        ...given,
      })
      leaders.push(leader)
      return { leader, told, leads, failures }
    }

    it('tells of each checkpoint after it is kept, and of the newest when it begins to lead', async () => {
      await addLeaves(database.adminUrl, 5)
      const first = lead()
      await until(() => first.told.length === 1, 'the first checkpoint')
      expect(await checkpointAt(database.pool, origin, 5)).to.deep.equal(first.told[0])
      await addLeaves(database.adminUrl, 5)
      first.leader.wake()
      await until(() => first.told.length === 2, 'the second checkpoint')
      expect(first.told.map(({ size }) => size)).to.deep.equal([5, 10])
      expect(first.leads[1]!.lost.aborted).to.equal(false)
      await first.leader.close()
      expect(first.leads[1]!.lost.aborted).to.equal(true)

      const second = lead()
      await until(() => second.told.length === 1, 'the newest checkpoint')
      expect(second.told[0]!.size).to.equal(10)
      expect(second.leader.isLeading()).to.equal(true)
    })

    it('signs nothing with a key that the log does not know', async () => {
      await addLeaves(database.adminUrl, 5)
      const first = lead()
      await until(() => first.told.length === 1, 'the first checkpoint')
      await first.leader.close()
      await addLeaves(database.adminUrl, 5)
      const stranger = lead({ key: await openLogKey(join(folder, 'other-key'), origin) })
      await until(() => stranger.failures.length > 0, 'a refusal')
      expect(stranger.failures[0]).to.be.instanceOf(OtherKey)
      expect(await newest(database)).to.equal(5)
    })

    it('signs nothing under another name than the ledger got after the lead was taken, and lets others lead', async () => {
      const stranger = lead({ origin: 'test.example/other', key: await openLogKey(keyFile, 'test.example/other') })
      await until(async () => (await leaderOf(database)) !== undefined, 'a leader')
      await addLeaves(database.adminUrl, 5)
      await until(() => stranger.failures.length > 0, 'a refusal')
      expect(stranger.failures[0]).to.be.instanceOf(OtherName)
      expect(await newest(database)).to.equal(0)
      const right = lead()
      await until(() => right.told.length > 0, 'a checkpoint under the right name')
      expect(right.told[0]).to.include({ origin, size: 5 })
    })

    const tamper = async (sql: string) => {
      const owner = await connected(database.adminUrl)
      await owner.query('ALTER TABLE ledger DISABLE TRIGGER ALL; ALTER TABLE tree DISABLE TRIGGER ALL')
      await owner.query(sql)
      await owner.query(
        'ALTER TABLE ledger ENABLE ALWAYS TRIGGER refuse_change; ALTER TABLE ledger ENABLE TRIGGER USER',
      )
      await owner.query('ALTER TABLE tree ENABLE TRIGGER USER')
      await owner.end()
    }
    const otherEntry = (position: number) =>
      `UPDATE ledger SET body = '{"x":1}', hash = sha256('\\x00'::bytea || '{"x":1}'::bytea) WHERE position = ${position}`

    it('signs nothing more when an entry that was signed has been changed by the owner of the database', async () => {
      await addLeaves(database.adminUrl, 300)
      const running = lead()
      await until(() => running.told.length === 1, 'a checkpoint')
      await tamper(otherEntry(260))
      await addLeaves(database.adminUrl, 1)
      running.leader.wake()
      await until(() => running.failures.length > 0, 'an alarm')
      expect(running.failures[0]).to.be.instanceOf(Contradiction)
      await running.leader.close()

      const later = lead()
      await until(() => later.failures.length > 0, 'an alarm at the start')
      expect(later.failures[0]).to.be.instanceOf(Contradiction)
      expect(await newest(database)).to.equal(300)
      const evidence = await readEvidence(database.pool)
      expect(evidence.map(({ kind }) => kind)).to.deep.equal(Array(2).fill('tree-contradicts-checkpoint'))
      expect(evidence[1]!.notes).to.deep.equal([running.told[0]!.note])
      await later.leader.close()
    })

    it('signs nothing more when a stored hash has been changed, or the end of the ledger is gone', async () => {
      await addLeaves(database.adminUrl, 600)
      const first = lead()
      await until(() => first.told.length === 1, 'a checkpoint')
      await first.leader.close()
      await tamper(`UPDATE tree SET hash = sha256('x') WHERE index = 1`)
      const second = lead()
      await until(() => second.failures.length > 0, 'an alarm')
      expect(second.failures[0]).to.be.instanceOf(Contradiction)
      await second.leader.close()
      await tamper(
        `ALTER TABLE ledger_head DISABLE TRIGGER ALL; DELETE FROM ledger WHERE position > 500;
         UPDATE ledger_head SET size = 501; DELETE FROM tree`,
      )
      const third = lead()
      await until(() => third.failures.length > 0, 'an alarm')
      expect(String(third.failures[0])).to.contain('"size":600').and.to.contain('"here":{"size":501}')
    })
  })
})

describe('what was said about the ledger', () => {
  let database: TestDatabase
  let size = 0

  before(async () => {
    database = await freshDatabase()
    const key = await openLogKey(keyFile, origin)
    await addLeaves(database.adminUrl, 600)
    const leader = leadTree({ url: database.database.signerUrl!, origin, key, failed: () => {} })
    await allCovered(database)
    await leader.close()
    size = await newest(database)
    await addLeaves(database.adminUrl, 300)
    const signer = await connected(database.database.signerUrl!)
    await signer.query(
      `INSERT INTO cosignatures VALUES ($1, $2, 'witness.example', '\\x01020304', '— witness.example AQIDBA==', now())`,
      [origin, size],
    )
    await signer.query(`INSERT INTO log_evidence (kind, about) VALUES ('test', '{}')`)
    await signer.end()
  })
  after(() => database.close())

  const state = async () =>
    (
      await database.pool.query(
        `SELECT (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM tree t) AS tree,
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM checkpoints t) AS checkpoints,
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM cosignatures t) AS cosignatures,
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM log_keys t) AS keys,
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM log_evidence t) AS evidence,
                (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM ledger t) AS ledger`,
      )
    ).rows[0]

  /** Tries each attack on a connection of its own; none may succeed, and none may fail for being broken. */
  async function attack(url: string, attacks: readonly string[]): Promise<void> {
    const before = await state()
    const succeeded: string[] = []
    for (const sql of attacks) {
      const client = await connected(url)
      const refusal = await client.query(sql).then(
        () => undefined,
        (error: pg.DatabaseError) => error,
      )
      await client.end()
      const refusals = ['42501', '23001', '23514', '23505', '23503', '428C9', '0A000']
      if (!refusals.includes(refusal?.code ?? '')) succeeded.push(`${sql}: ${refusal?.code} ${refusal?.message}`)
    }
    expect(succeeded).to.deep.equal([])
    expect(await state()).to.deep.equal(before)
    console.log(`      ${attacks.length} attacks refused`)
  }

  const tables = ['ledger', 'tree', 'checkpoints', 'cosignatures', 'log_keys', 'log_evidence']
  const changes = tables.flatMap((table) => [
    `UPDATE ${table} SET ${{ ledger: 'audience', tree: 'hash', checkpoints: 'root', cosignatures: 'line', log_keys: 'vkey', log_evidence: 'kind' }[table]} = NULL`,
    `DELETE FROM ${table}`,
    `DELETE FROM ${table} WHERE false`,
    `TRUNCATE ${table} CASCADE`,
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    `ALTER TABLE ${table} DISABLE TRIGGER USER`,
    `ALTER TABLE ${table} DISABLE TRIGGER refuse_change`,
    `DROP TRIGGER refuse_change ON ${table}`,
    `ALTER TABLE ${table} OWNER TO CURRENT_USER`,
    `ALTER TABLE ${table} RENAME TO old`,
    `DROP TABLE ${table} CASCADE`,
    `SELECT * FROM ${table} FOR UPDATE`,
    `CREATE RULE hide AS ON DELETE TO ${table} DO INSTEAD NOTHING`,
  ])
  const anybody = [
    ...changes,
    `SET session_replication_role = 'replica'`,
    'SET ROLE stillpoint_ledger',
    'GRANT stillpoint_ledger TO CURRENT_USER',
    'DROP FUNCTION compute_tree_hash() CASCADE',
    'DROP FUNCTION check_checkpoint() CASCADE',
    'ALTER FUNCTION check_checkpoint() SET search_path = pg_temp',
    `CREATE OR REPLACE FUNCTION check_checkpoint() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
    'CREATE TABLE public.mine (x int)',
  ]
  const checkpoint = (at: string, from = origin) =>
    `INSERT INTO checkpoints (origin, size, root, note) VALUES ('${from}', ${at}, sha256('mine'), 'mine')`

  it('cannot be bent by the role the server works as, which cannot add to it either', () =>
    attack(database.url, [
      ...anybody,
      'INSERT INTO tree (level, index) VALUES (1, 2)',
      checkpoint('800'),
      checkpoint('1', 'other/log'),
      `INSERT INTO cosignatures SELECT origin, size, 'mine', key_id, '— mine AQIDBA==', at FROM cosignatures`,
      `INSERT INTO log_keys (origin, from_size, vkey) VALUES ('${origin}', 601, 'mine+00000000+AQID')`,
      `INSERT INTO log_evidence (kind, about) VALUES ('mine', '{}')`,
      'SET ROLE stillpoint_signer',
    ]))

  it('cannot be bent by the signer, who can only add, and only what goes on from what is there', () =>
    attack(database.database.signerUrl!, [
      ...anybody,
      // One size never twice, never a smaller one, never more than there is.
      checkpoint(String(size)),
      checkpoint(String(size - 1)),
      checkpoint('1'),
      checkpoint('0'),
      checkpoint('-1'),
      checkpoint('901'),
      `${checkpoint(String(size))} ON CONFLICT DO UPDATE SET root = sha256('mine')`.replace(
        'ON CONFLICT',
        'ON CONFLICT (origin, size)',
      ),
      `INSERT INTO checkpoints (origin, size, root, note) VALUES
         ('${origin}', 700, sha256('a'), 'a'), ('${origin}', 650, sha256('b'), 'b')`,
      `WITH a AS (INSERT INTO checkpoints (origin, size, root, note) VALUES ('${origin}', 700, sha256('a'), 'a')),
            b AS (INSERT INTO checkpoints (origin, size, root, note) VALUES ('${origin}', 650, sha256('b'), 'b'))
       SELECT 1`,
      `BEGIN ISOLATION LEVEL REPEATABLE READ; ${checkpoint('700')}; COMMIT`,
      `BEGIN ISOLATION LEVEL SERIALIZABLE; ${checkpoint('700')}; COMMIT`,
      // Hashes of one's own, twice, before they are due, or behind a gap.
      `INSERT INTO tree (level, index, hash) VALUES (1, 2, sha256('mine'))`,
      'INSERT INTO tree (level, index) VALUES (1, 0)',
      'INSERT INTO tree (level, index) VALUES (1, 3)',
      'INSERT INTO tree (level, index) VALUES (2, 0)',
      'INSERT INTO tree (level, index) VALUES (0, 0)',
      'INSERT INTO tree (level, index) VALUES (7, 0)',
      'INSERT INTO tree (level, index) VALUES (1, -1)',
      // What no checkpoint carries, or was there before.
      `INSERT INTO cosignatures VALUES ('${origin}', 700, 'w', '\\x01020304', '— w AQIDBA==', now())`,
      `INSERT INTO cosignatures VALUES ('${origin}', ${size}, 'w', '\\x0102030405', '— w AQIDBA==', now())`,
      `INSERT INTO cosignatures VALUES ('${origin}', ${size}, 'w', '\\x01020304', E'— w AQIDBA==\\n— x y', now())`,
      'INSERT INTO cosignatures SELECT * FROM cosignatures',
      'INSERT INTO log_keys SELECT * FROM log_keys',
      'INSERT INTO log_evidence (id, kind, about) VALUES (1, $$mine$$, $${}$$)',
      // The ledger and everything else.
      'UPDATE ledger_head SET size = size + 1',
      `INSERT INTO ledger SELECT 900, body, hash, 'item', 'mine', 1, step, fact, null, 'p', gen_random_uuid(), 0,
         now(), now(), '{}' FROM ledger WHERE position = 0`,
      'SELECT * FROM people',
      'SELECT * FROM credentials',
      'SELECT * FROM sessions',
      'SELECT * FROM installation',
      'SELECT * FROM particulars',
      'DELETE FROM items',
      'SET ROLE stillpoint_app',
    ]))

  it('is refused even to its owner, through the triggers', async () => {
    const admin = await connected(database.adminUrl)
    for (const table of tables)
      for (const change of [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
        const refusal = await admin.query(change).catch((error) => error.message)
        expect(refusal, change).to.match(/^The ledger only grows: (DELETE|TRUNCATE) of \w+ is refused\.$/)
      }
    const wrong = await admin
      .query(
        `INSERT INTO tree (level, index, hash) VALUES (1, 2, sha256('mine')) RETURNING hash = sha256('mine') AS mine`,
      )
      .then(({ rows }) => rows[0])
    expect(wrong, 'the hash that was given does not count').to.deep.equal({ mine: false })
    await admin.end()
  })

  it('lets one of two win a size when both make a checkpoint at once', async () => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => connected(database.database.signerUrl!)))
    const made = await Promise.allSettled(clients.map((client) => client.query(checkpoint('900'))))
    expect(made.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    for (const client of clients) await client.end()
  })
})
