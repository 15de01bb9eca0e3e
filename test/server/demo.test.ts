// The demonstration: everything in it was done by steps, something waits for everybody, and a crash does not spoil it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type pg from 'pg'
import { agenciesUnder, desksOf, keysOf } from '../../server/custody/audience.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { itemClasses } from '../../server/custody/classes.ts'
import { type Item, unsoundness } from '../../server/custody/item.ts'
import type { LoggedFact } from '../../server/custody/replay.ts'
import type { Place } from '../../server/custody/subjects.ts'
import { loadDemo } from '../../server/demo/load.ts'
import { demoPassword } from '../../server/demo/people.ts'
import { idOf } from '../../server/demo/taking.ts'
import { timesBefore } from '../../server/demo/times.ts'
import { demoLogins } from '../../server/http/demo.ts'
import { readEntries } from '../../server/ledger/read.ts'
import { isPasswordOf } from '../../server/people/passwords.ts'
import type { Parts } from '../../server/perform.ts'
import { personByLogin, readUnits } from '../../server/views/people.ts'
import { commandsIn, replayOver } from '../support/custody.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

describe('demonstration data', function () {
  this.timeout(180_000)
  let database: TestDatabase
  let dataDir: string
  let items: Item[]

  const partsOf = (pool: pg.Pool): Parts & { dataDir: string } => ({
    pool,
    catalogue,
    origin: 'test.example/demonstration',
    secret: 'a secret',
    dataDir,
  })
  const itemsIn = async (pool: pg.Pool): Promise<Item[]> =>
    (await pool.query('SELECT state FROM items ORDER BY code')).rows.map(({ state }) => state)
  const count = async (text: string): Promise<number> =>
    Number((await database.pool.query(`SELECT count(*) FROM ${text}`)).rows[0].count)
  const on = (axis: keyof Item['open'], procedure: string, stage: string) =>
    items.filter(({ open }) => open[axis]?.procedure === procedure && open[axis]?.stage === stage).length
  const overdue = (deadline: string) =>
    items.filter(({ clocks }) => clocks.some((due) => due.deadline === deadline && due.at < new Date().toISOString()))
      .length

  before(async () => {
    database = await freshDatabase()
    dataDir = await mkdtemp(join(tmpdir(), 'stillpoint-demo-'))
    await loadDemo(partsOf(database.pool), { say: (sentence) => console.log(`      ${sentence}`) })
    items = await itemsIn(database.pool)
  })
  after(async () => {
    await database?.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('is what the rules decide when they are asked once more, with what the log alone tells', async () => {
    const entries = await readEntries(database.pool, { limit: 10_000 })
    const logged = entries.map(({ position, body }) => ({ position, ...body }) as unknown as LoggedFact)
    const replay = replayOver(logged)
    const commands = commandsIn(logged)
    expect(commands.flatMap((command) => replay.take(command))).to.deep.equal([])
    expect(commands.length).to.be.greaterThan(350)
    const shown = Object.fromEntries(items.map((item) => [item.code, item]))
    expect(JSON.parse(JSON.stringify(Object.fromEntries(replay.memory.items)))).to.deep.equal(shown)
  })

  it('says nothing that could be erased in the clear', async () => {
    const { rows } = await database.pool.query('SELECT data FROM particulars')
    const said = new Set(rows.flatMap(({ data }) => Object.values<string>(data)))
    expect(said.size).to.be.greaterThan(10)
    const log = (await readEntries(database.pool, { limit: 10_000 })).map(({ bytes }) => bytes.toString()).join('\n')
    expect([...said].filter((particular) => log.includes(particular))).to.deep.equal([])
  })

  it('has agencies, people, places, cases and items in the promised numbers', async () => {
    expect(await count(`units WHERE state->>'kind' = 'agency'`)).to.equal(3)
    expect(await count(`units WHERE state->>'kind' = 'unit' AND state->>'agency' = 'psb'`)).to.equal(2)
    expect(await count(`places WHERE kind = 'site'`)).to.equal(2)
    expect(await count('places')).to.be.within(60, 90)
    expect(await count('cases')).to.equal(12)
    expect(await count(`cases WHERE case_no ~ '^A\\d{22}$'`)).to.equal(12)
    expect(items).to.have.length(200)
  })

  it('lets everybody on the sign-in page in', async () => {
    for (const login of demoLogins) {
      const person = await personByLogin(database.pool, login)
      expect(person, login).not.to.equal(undefined)
      expect(await isPasswordOf(database.pool, person!.id, demoPassword), login).to.equal(true)
    }
  })

  it('shows every class and every state on every axis', () => {
    const seen = (tell: (item: Item) => string) => [...new Set(items.map(tell))]
    expect(seen((item) => item.class)).to.have.members([...itemClasses])
    const custodies = ['with-officer', 'stored', 'out', 'in-transit', 'deposited', 'left']
    expect(seen((item) => item.custody.state)).to.have.members(custodies)
    expect(seen(({ control }) => `${control.state} ${control.agency}`)).to.include.members([
      'held psb',
      'held proc',
      'held court',
      'offered psb',
      'offered proc',
    ])
    expect(seen((item) => item.disposition.state)).to.have.members(['none', 'proposed', 'approved', 'done'])
    expect(seen(({ custody }) => (custody.state === 'left' ? custody.how : ''))).to.include.members([
      'returned',
      'destroy',
      'treasury',
      'hand-to-authority',
      'early-sale',
    ])
  })

  it('has something at every stage that a desk looks after', () => {
    const waiting = {
      retrievalForHead: on('custody', 'retrieval', 'requested'),
      retrievalToRelease: on('custody', 'retrieval', 'approved'),
      extension: on('custody', 'retrieval', 'extension-requested'),
      transferForLegal: on('control', 'transfer', 'offered'),
      transferForReceiver: on('control', 'transfer', 'endorsed'),
      returnProposed: on('disposition', 'return', 'proposed'),
      returnToHandOver: on('disposition', 'return', 'approved'),
      disposalForLegal: on('disposition', 'disposal', 'proposed'),
      disposalForLeader: on('disposition', 'disposal', 'reviewed'),
      disposalApproved: on('disposition', 'disposal', 'approved'),
      disposalStaged: on('disposition', 'disposal', 'staged'),
      discrepancy: on('discrepancy', 'discrepancy', 'open'),
      objection: items.filter(({ objection }) => objection).length,
    }
    for (const [what, number] of Object.entries(waiting)) expect(number, what).to.be.greaterThan(0)
    expect(overdue('D03'), 'overdue loans').to.be.greaterThan(5)
    expect(overdue('D01'), 'overdue hand-ins').to.be.greaterThan(1)
    expect(
      items.filter(({ clocks }) => clocks.some(({ deadline }) => deadline === 'D02')).length,
      'deferred hand-ins',
    ).to.be.greaterThan(0)
  })

  it('leaves something to do for everybody who decides', async () => {
    const units = await readUnits(database.pool)
    for (const login of demoLogins.filter((one) => !['finance', 'admin'].includes(one))) {
      const person = (await personByLogin(database.pool, login))!
      const now = new Date().toISOString()
      const keys = [...keysOf(person, agenciesUnder(person.agency, units), now)]
      const { rows } = await database.pool.query(
        'SELECT procedure FROM dockets WHERE open AND waits_for && $1 AND audience && $2',
        [desksOf(person, now), keys],
      )
      expect(rows.length, login).to.be.greaterThan(0)
    }
  })

  it('is sound: no item contradicts itself or lies where it may not', async () => {
    const { rows } = await database.pool.query('SELECT state FROM places')
    const places = new Map<string, Place>(rows.map(({ state }) => [state.code, state]))
    for (const item of items) {
      expect(unsoundness(item), item.name).to.deep.equal([])
      if (item.custody.state !== 'stored') continue
      expect(places.get(item.custody.place)!.classes, item.name).to.include(item.class)
    }
  })

  it('tells histories of weeks in the order they happened, none of them in the future', async () => {
    const { rows } = await database.pool.query(
      `SELECT count(*) FILTER (WHERE occurred_at > recorded_at) AS ahead,
              count(*) FILTER (WHERE occurred_at < before) AS back,
              extract(day FROM max(occurred_at) - min(occurred_at)) AS days
       FROM (SELECT occurred_at, recorded_at, lag(occurred_at) OVER (ORDER BY position) AS before
             FROM ledger WHERE subject_kind = 'item') AS entries`,
    )
    expect(rows[0]).to.include({ ahead: '0', back: '0' })
    expect(Number(rows[0].days)).to.be.within(50, 62)
  })

  it('has a photograph of every item, small files in all', async () => {
    expect(items.every(({ photos }) => photos.length >= 1)).to.equal(true)
    const { rows } = await database.pool.query('SELECT sum(bytes)::float8 AS bytes, count(*)::int AS files FROM files')
    expect(rows[0].bytes).to.be.lessThan(6_000_000)
    expect(rows[0].files).to.be.greaterThan(150)
  })

  it('does nothing when it is loaded already', async () => {
    const size = await count('ledger')
    const taken: number[] = []
    await loadDemo(partsOf(database.pool), { onTaken: (number) => taken.push(number) })
    expect([taken, await count('ledger')]).to.deep.equal([[], size])
  })

  it('goes on where it was interrupted, and ends the same', async () => {
    const other = await freshDatabase()
    try {
      for (const stopAt of [40, 250]) {
        const stop = (taken: number) => {
          if (taken === stopAt) throw new Error('power cut')
        }
        const failure = await loadDemo(partsOf(other.pool), { onTaken: stop }).catch((error: Error) => error.message)
        expect(failure).to.equal('power cut')
      }
      await loadDemo(partsOf(other.pool))
      const standing = ({ name, line, custody, control, disposition, open }: Item) =>
        [
          name,
          line,
          custody.state,
          control.state,
          control.agency,
          disposition.state,
          ...Object.keys(open).sort(),
        ].join()
      const [first, second] = [items, await itemsIn(other.pool)].map((all) => all.map(standing).sort())
      expect(second).to.deep.equal(first)
      const { rows } = await other.pool.query('SELECT count(*) FROM ledger')
      expect(Number(rows[0].count)).to.equal(await count('ledger'))
    } finally {
      await other.close()
    }
  })

  it('fails in one piece when pictures cannot be stored', async () => {
    const other = await freshDatabase()
    const unheard: unknown[] = []
    const hear = (error: unknown) => unheard.push(error)
    process.on('unhandledRejection', hear)
    try {
      const nowhere = { ...partsOf(other.pool), dataDir: import.meta.filename }
      const failure = await loadDemo(nowhere).catch((error: NodeJS.ErrnoException) => error.code)
      expect(failure).to.equal('ENOTDIR')
      expect(unheard).to.deep.equal([])
    } finally {
      process.off('unhandledRejection', hear)
      await other.close()
    }
  })

  it('names its commands by UUIDs that stay', () => {
    expect(idOf('place A-01')).to.equal(idOf('place A-01')).and.not.to.equal(idOf('place A-02'))
    expect(idOf('place A-01')).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('counts its days back in Shanghai, whatever the hour', () => {
    for (const hour of ['00', '07', '15', '16', '23']) {
      const now = `2026-03-10T${hour}:59:00.000Z`
      const { day, ago } = timesBefore(now)
      expect(day(2, '23:59') < ago(23.9)).to.equal(true)
      expect(ago(0.1) < now).to.equal(true)
    }
    expect(timesBefore('2026-03-10T16:30:00.000Z').day(2, '08:00')).to.equal('2026-03-09T00:00:00.000Z')
    expect(() => timesBefore('2026-03-10T16:30:00.000Z').day(1, '08:00')).to.throw(RangeError)
  })
})
