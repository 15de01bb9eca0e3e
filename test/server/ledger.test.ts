// The ledger: exact bytes, positions without gaps under load, chains, and nothing that can be taken back.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import pg from 'pg'
import { append } from '../../server/ledger/append.ts'
import { canonicalBytes, canonicalText, NotCanonical } from '../../server/ledger/canonical.ts'
import {
  bodyOf,
  commitmentOf,
  EntryTooLong,
  hashOfEntry,
  isCommittedTo,
  longestBody,
  type NewEntry,
} from '../../server/ledger/entry.ts'
import { listen } from '../../server/ledger/listen.ts'
import {
  chainOf,
  entriesOfCommand,
  entriesOfDocket,
  headOf,
  lastHashes,
  readEntries,
} from '../../server/ledger/read.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

const origin = 'test.example/log'
const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/ledger/${name}`, import.meta.url), 'utf8'))

function entry(change: Partial<NewEntry> = {}): NewEntry {
  return {
    subject: { kind: 'item', id: randomUUID() },
    version: 1,
    step: 'intake.register',
    fact: 'ItemRegistered',
    data: { name: '红色轿车' },
    actor: { id: 'p1', name: '示例民警' },
    authenticated: { method: 'password' },
    countersigners: [],
    occurredAt: '2026-11-22T01:02:03.004Z',
    command: { id: randomUUID(), digest: 'a'.repeat(64), ordinal: 0, of: 1, asked: '{}' },
    files: [],
    audience: ['unit:1'],
    ...change,
  }
}

describe('canonical JSON', () => {
  for (const { name, input, outhex } of vectors('rfc8785.json')) {
    it(`writes ${name}`, () => {
      expect(canonicalBytes(JSON.parse(input)).toString('hex')).to.equal(outhex)
    })
  }

  const refused: [string, unknown, string][] = [
    ['a fraction', { a: 1.5 }, 'a is not a safe integer'],
    ['an unsafe integer', [2 ** 53], '[0] is not a safe integer'],
    ['NaN', Number.NaN, 'The value is not a safe integer'],
    ['undefined', { a: { b: undefined } }, 'a.b is undefined'],
    ['a hole in an array', { a: new Array(1) }, 'a[0] is undefined'],
    ['a function', { a: () => 1 }, 'a is not plain data'],
    ['a bigint', { a: 1n }, 'a is not plain data'],
    ['a date', { a: new Date(0) }, 'a is not plain data'],
    ['a map', { a: new Map() }, 'a is not plain data'],
    ['NUL', { a: 'x\0y' }, 'a contains NUL'],
    ['a lone high surrogate', { a: '\ud83d' }, 'a contains half a character'],
    ['a lone low surrogate', { a: 'x\ude00' }, 'a contains half a character'],
    ['a lone surrogate in a name', { '\ud83d': 1 }, 'contains half a character'],
    ['text not in NFC', { a: 'A\u030a' }, 'a is not in Unicode normal form C'],
    ['a name not in NFC', { '\ufb33': 1 }, 'is not in Unicode normal form C'],
  ]
  for (const [what, value, reason] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => canonicalText(value)).to.throw(NotCanonical, reason)
    })
  }
})

describe('entries', () => {
  it('keep the bytes and hashes of yesterday', () => {
    const { entries } = vectors('entries.json')
    expect(entries).to.have.length(3)
    for (const { body, bytes, hash } of entries) {
      const { format: _, origin, previous, recordedAt, ...said } = body
      const written = bodyOf({ ...said, audience: ['site:1'] }, origin, previous, recordedAt)
      expect(written.toString('hex')).to.equal(bytes)
      expect(hashOfEntry(written).toString('hex')).to.equal(hash)
    }
  })

  it('commit to particulars that can be erased', () => {
    for (const { salt, data, commitment } of vectors('entries.json').commitments) {
      expect(commitmentOf(Buffer.from(salt, 'hex'), data).toString('hex')).to.equal(commitment)
      expect(isCommittedTo(commitment, Buffer.from(salt, 'hex'), data)).to.equal(true)
      expect(isCommittedTo(commitment, Buffer.from(salt, 'hex'), { ...data, name: '另一人' })).to.equal(false)
    }
    expect(() => commitmentOf(new Uint8Array(31), {})).to.throw('32 bytes')
  })

  it('are at most 65,535 bytes long', () => {
    const empty = bodyOf(entry({ data: { text: '' } }), origin, null, '2026-11-22T01:02:03.004Z').length
    const withText = (bytes: number) => entry({ data: { text: 'x'.repeat(bytes - empty) } })
    expect(bodyOf(withText(longestBody), origin, null, '2026-11-22T01:02:03.004Z').length).to.equal(65_535)
    expect(() => bodyOf(withText(longestBody + 1), origin, null, '2026-11-22T01:02:03.004Z')).to.throw(
      EntryTooLong,
      'would have 65536 bytes; 65535 are allowed',
    )
  })
})

describe('ledger', () => {
  let database: TestDatabase

  beforeEach(async () => {
    database = await freshDatabase()
  })
  afterEach(() => database.close())

  async function commit(entries: NewEntry[], previous = new Map<string, string>()) {
    const client = await database.pool.connect()
    try {
      await client.query('BEGIN')
      const appended = await append(client, origin, entries, previous)
      await client.query('COMMIT')
      return appended
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }

  it('gives back the exact bytes, with positions from 0', async () => {
    const audience = ['unit:1', 'a "quoted" \\ {key}', '单位:二']
    const first = entry({ docket: 'd1', device: 'desk', countersigners: [{ id: 'p2' }], audience })
    const appended = await commit([first, entry()])
    expect(appended.map(({ position }) => position)).to.deep.equal([0, 1])
    const [read] = await readEntries(database.pool, { limit: 10 })
    const { audience: _, ...said } = first
    expect(read!.body).to.deep.equal({
      ...said,
      format: 1,
      origin,
      previous: null,
      recordedAt: appended[0]!.recordedAt,
    })
    expect(read!.bytes.equals(canonicalBytes(read!.body))).to.equal(true)
    expect(read!.hash).to.equal(appended[0]!.hash).and.to.equal(hashOfEntry(read!.bytes).toString('hex'))
    expect(read!.audience).to.deep.equal(audience)
    expect(appended[0]!.recordedAt).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(Math.abs(Date.parse(appended[0]!.recordedAt) - Date.now())).to.be.below(5_000)
    expect(await headOf(database.pool)).to.deep.equal({ size: 2, origin })
  })

  it('chains the entries of a subject within one call and across calls', async () => {
    const subject = { kind: 'item', id: 'x' } as const
    const other = { kind: 'case', id: 'x' } as const
    const command = (ordinal: number) => ({ id: randomUUID(), digest: 'b'.repeat(64), ordinal, of: 2, asked: '' })
    await commit([
      entry({ subject, version: 1, command: command(0) }),
      entry({ subject: other, version: 1, command: command(1) }),
      entry({ subject, version: 2, command: command(2), docket: 'd7' }),
    ])
    const previous = await lastHashes(database.pool, [subject, other, { kind: 'item', id: 'unknown' }, subject])
    expect([...previous.keys()]).to.have.members(['item:x', 'case:x'])
    const last = entry({ subject, version: 3, docket: 'd7' })
    await commit([last], previous)
    const chain = await chainOf(database.pool, subject)
    expect(chain.map(({ body }) => body.version)).to.deep.equal([1, 2, 3])
    expect(chain.map(({ body }) => body.previous)).to.deep.equal([null, chain[0]!.hash, chain[1]!.hash])
    expect((await entriesOfCommand(database.pool, last.command.id)).map(({ position }) => position)).to.deep.equal([3])
    expect((await entriesOfDocket(database.pool, 'd7')).map(({ position }) => position)).to.deep.equal([2, 3])
    expect((await readEntries(database.pool, { after: 0, limit: 2 })).map((read) => read.position)).to.deep.equal([
      1, 2,
    ])
    expect((await readEntries(database.pool, { limit: 9, subject })).map((read) => read.position)).to.deep.equal([
      0, 2, 3,
    ])
  })

  it('refuses an entry that does not follow, before it takes the head', async () => {
    const subject = { kind: 'item', id: 'x' } as const
    for (const [entries, previous] of [
      [[entry({ subject, version: 2 })], new Map()],
      [[entry({ subject, version: 0 })], new Map()],
      [[entry({ subject, version: 1 })], new Map([['item:x', 'f'.repeat(64)]])],
      [[entry({ subject, version: 1 }), entry({ subject, version: 3 })], new Map()],
      [[entry({ subject, version: 1 }), entry({ subject, version: 1 })], new Map()],
    ] as [NewEntry[], Map<string, string>][]) {
      const failure = await commit(entries, previous).then(
        () => 'no error',
        (error: Error) => error.message,
      )
      expect(failure).to.match(/does not follow its previous entry/)
    }
    expect((await headOf(database.pool)).size).to.equal(0)
  })

  it('lets one of two commands win a version, and a command be recorded once', async () => {
    const subject = { kind: 'item', id: 'x' } as const
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => commit([entry({ subject })])))
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.constraint).to.equal('ledger_subject_version')
    }
    const once = entry()
    await commit([once])
    const again = await commit([entry({ command: once.command })]).catch((error) => error.constraint)
    expect(again).to.equal('ledger_command_ordinal')
    expect((await headOf(database.pool)).size).to.equal(2)
  })

  it('numbers without a gap and in commit order: 8 clients, 50 appends each, one in five rolled back', async () => {
    const clients = 8
    const appends = 50
    let seen = -1
    let isWriting = true
    const follow = (async () => {
      while (isWriting) {
        const read = await readEntries(database.pool, { after: seen, limit: 1000 })
        for (const { position } of read) {
          // A reader that goes on from its last position must never find one missing that turns up later.
          expect(position).to.equal(seen + 1)
          seen = position
        }
      }
    })()
    let expected = 0
    const write = async (client: number) => {
      for (let index = 0; index < appends; index += 1) {
        const size = 1 + ((client + index) % 3)
        const entries = Array.from({ length: size }, () => entry())
        if ((client + index) % 5 > 0) {
          await commit(entries)
          expected += size
          continue
        }
        const connection = await database.pool.connect()
        await connection.query('BEGIN')
        await append(connection, origin, entries, new Map())
        await connection.query('ROLLBACK')
        connection.release()
      }
    }
    await Promise.all(Array.from({ length: clients }, (_, client) => write(client)))
    isWriting = false
    await follow
    const all = await readEntries(database.pool, { limit: 10_000 })
    expect(all.map(({ position }) => position)).to.deep.equal(Array.from({ length: expected }, (_, index) => index))
    const times = all.map(({ body }) => body.recordedAt)
    expect(times).to.deep.equal([...times].sort())
    expect((await headOf(database.pool)).size).to.equal(expected)
    console.log(`      ${clients * appends} appends, ${expected} entries, follower at ${seen}`)
  })

  it('never records an earlier time than before, even when the clock is set back', async () => {
    await commit([entry()])
    const admin = new pg.Client({ connectionString: database.adminUrl })
    await admin.connect()
    await admin.query('ALTER TABLE ledger_head DISABLE TRIGGER USER')
    await admin.query(`UPDATE ledger_head SET clock = '2099-01-02T03:04:05.678Z'`)
    await admin.end()
    const [appended] = await commit([entry()])
    expect(appended!.recordedAt).to.equal('2099-01-02T03:04:05.678Z')
  })

  it('keeps its name for life', async () => {
    await commit([entry()])
    const client = await database.pool.connect()
    await client.query('BEGIN')
    const failure = await append(client, 'other/log', [entry()], new Map()).catch((error: Error) => error.message)
    await client.query('ROLLBACK')
    client.release()
    expect(failure).to.contain('This ledger is called test.example/log')
  })

  it('appends 2,000 entries in two statements', async () => {
    const command = randomUUID()
    const entries = Array.from({ length: 2_000 }, (_, ordinal) =>
      entry({ command: { id: command, digest: 'c'.repeat(64), ordinal, of: 2, asked: '' } }),
    )
    const client = await database.pool.connect()
    let statements = 0
    const counting = {
      query: (...args: Parameters<typeof client.query>) => {
        statements += 1
        return client.query(...args)
      },
    }
    await client.query('BEGIN')
    const started = performance.now()
    await append(counting as unknown as pg.PoolClient, origin, entries, new Map())
    await client.query('COMMIT')
    client.release()
    expect(statements).to.equal(2)
    const read = await entriesOfCommand(database.pool, command)
    expect(read.map(({ body }) => body.subject.id)).to.deep.equal(entries.map(({ subject }) => subject.id))
    console.log(`      2,000 entries in ${Math.round(performance.now() - started)} ms`)
  })

  it('wakes who listens after commit, also after a lost connection', async () => {
    const notices: unknown[] = []
    const listener = listen(database.url, (positions) => notices.push(positions), 50)
    await listener.ready
    expect(notices).to.deep.equal([undefined])
    await commit([entry(), entry()])
    await until(() => notices.length === 2)
    expect(notices[1]).to.deep.equal({ first: 0, last: 1 })

    const admin = new pg.Client({ connectionString: database.adminUrl })
    await admin.connect()
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stillpoint listener'
                  AND datname = current_database()`
    expect((await admin.query(kill)).rowCount).to.equal(1)
    await admin.end()
    await until(() => notices.length === 3)
    expect(notices[2]).to.equal(undefined)
    await commit([entry()])
    await until(() => notices.length === 4)
    expect(notices[3]).to.deep.equal({ first: 2, last: 2 })
    await listener.close()
  })

  describe('under attack by the role the server works as', () => {
    const attacks = [
      `UPDATE ledger SET body = 'x' WHERE position = 0`,
      `UPDATE ledger SET audience = '{}'`,
      `UPDATE ledger SET position = position WHERE false`,
      'DELETE FROM ledger',
      'DELETE FROM ledger WHERE false',
      'TRUNCATE ledger',
      'TRUNCATE ledger CASCADE',
      `INSERT INTO ledger SELECT * FROM ledger ON CONFLICT (position) DO UPDATE SET body = 'x'`,
      `MERGE INTO ledger USING (VALUES (0)) AS v (p) ON position = p WHEN MATCHED THEN DELETE`,
      'SELECT * FROM ledger FOR UPDATE',
      'ALTER TABLE ledger DISABLE TRIGGER ALL',
      'ALTER TABLE ledger DISABLE TRIGGER refuse_change',
      'ALTER TABLE ledger_head DISABLE TRIGGER USER',
      'ALTER TABLE ledger DROP CONSTRAINT ledger_hash',
      'ALTER TABLE ledger ALTER COLUMN body DROP NOT NULL',
      'ALTER TABLE ledger RENAME TO old_ledger',
      'ALTER TABLE ledger SET SCHEMA pg_temp',
      'ALTER TABLE ledger OWNER TO CURRENT_USER',
      'DROP TABLE ledger',
      'DROP TABLE ledger CASCADE',
      'DROP TABLE ledger_head CASCADE',
      'DROP TRIGGER refuse_change ON ledger',
      'DROP FUNCTION refuse_change_of_ledger() CASCADE',
      `CREATE OR REPLACE FUNCTION refuse_change_of_ledger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
      'ALTER FUNCTION refuse_change_of_ledger() OWNER TO CURRENT_USER',
      'ALTER FUNCTION check_ledger_insert() SET search_path = pg_temp',
      'CREATE RULE hide AS ON DELETE TO ledger DO INSTEAD NOTHING',
      'CREATE TRIGGER mine BEFORE INSERT ON ledger FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
      'CREATE TABLE public.mine (x int) INHERITS (ledger)',
      'CREATE TABLE public.mine (x int)',
      `SET session_replication_role = 'replica'`,
      `SELECT set_config('session_replication_role', 'replica', false)`,
      'SET ROLE stillpoint_ledger',
      'SET SESSION AUTHORIZATION stillpoint_ledger',
      'GRANT stillpoint_ledger TO CURRENT_USER',
      `GRANT UPDATE ON ledger TO CURRENT_USER; UPDATE ledger SET fact = 'x'`,
      'ALTER ROLE CURRENT_USER SUPERUSER',
      `CREATE ROLE helper LOGIN`,
      'REASSIGN OWNED BY stillpoint_ledger TO CURRENT_USER',
      'DROP OWNED BY stillpoint_ledger',
      `UPDATE pg_trigger SET tgenabled = 'D'`,
      'DROP SCHEMA public CASCADE',
      'UPDATE ledger_head SET size = size - 1',
      'UPDATE ledger_head SET size = size',
      `UPDATE ledger_head SET size = size + 1, clock = '2000-01-01'`,
      `UPDATE ledger_head SET size = size + 1, origin = 'mine'`,
      'UPDATE ledger_head SET size = size + 1',
      'UPDATE ledger_head SET singleton = true',
      'DELETE FROM ledger_head',
      'TRUNCATE ledger_head',
      `INSERT INTO ledger_head (size, clock) VALUES (0, now())`,
      // Entries: without the head, behind a gap, in the wrong order, with a wrong hash.
      ...[
        { position: '1' },
        { position: '7', size: 'size + 1' },
        { position: '7', size: '8' },
        { position: '-1', size: 'size + 1' },
        { position: '1', size: 'size + 2' },
        { position: '1', size: 'size + 1', hash: `sha256('mine')` },
        { position: '1', size: 'size + 1', body: `repeat('x', 65536)::bytea` },
      ].map(
        ({ position, size, hash = `sha256('\\x00'::bytea || b)`, body = `'{}'::bytea` }) =>
          `${size ? `UPDATE ledger_head SET size = ${size};` : ''}
           INSERT INTO ledger SELECT ${position}, b, ${hash}, 'item', 'mine', 1, 's', 'f', null, 'p',
             gen_random_uuid(), 0, now(), now(), '{}' FROM (SELECT ${body} AS b) AS given`,
      ),
    ]

    it(`refuses ${attacks.length} attacks`, async () => {
      await commit([entry()])
      const before = await readEntries(database.pool, { limit: 10 })
      const succeeded: string[] = []
      for (const attack of attacks) {
        const client = new pg.Client({ connectionString: database.url })
        await client.connect()
        const refusal = await client.query(attack).then(
          () => undefined,
          (error: pg.DatabaseError) => error,
        )
        await client.end()
        // A syntax error or an unknown name would be a broken attack, not a refusal.
        const refusals = ['42501', '23001', '23514', '23505', '0A000', '22023']
        if (!refusals.includes(refusal?.code ?? '')) succeeded.push(`${attack}: ${refusal?.code} ${refusal?.message}`)
      }
      expect(succeeded).to.deep.equal([])
      expect(await readEntries(database.pool, { limit: 10 })).to.deep.equal(before)
      expect((await headOf(database.pool)).size).to.equal(1)
      console.log(`      ${attacks.length} attacks refused`)
    })

    it('refuses its own owner as well, through the triggers', async () => {
      await commit([entry()])
      const admin = new pg.Client({ connectionString: database.adminUrl })
      await admin.connect()
      for (const attack of [
        `UPDATE ledger SET fact = 'x'`,
        'DELETE FROM ledger',
        'TRUNCATE ledger',
        'DELETE FROM ledger_head',
        `SET session_replication_role = 'replica'; DELETE FROM ledger`,
      ]) {
        const refusal = await admin.query(attack).then(
          () => 'succeeded',
          (error: Error) => error.message,
        )
        expect(refusal, attack).to.match(
          /^The ledger only grows: (UPDATE|DELETE|TRUNCATE) of ledger(_head)? is refused\.$/,
        )
      }
      await admin.end()
    })
  })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}
