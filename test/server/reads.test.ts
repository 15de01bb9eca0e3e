// Short reads over one connection: each gets its own answer, and a lost connection is made anew.

import { expect } from 'chai'
import { type Reads, readsOn } from '../../server/database/reads.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'

describe('short reads', () => {
  let database: TestDatabase
  let reads: Reads

  before(async () => {
    database = await freshDatabase()
    reads = readsOn(database.url)
  })
  after(async () => {
    await reads?.close()
    await database?.close()
  })

  const number = async (n: number) =>
    (await reads.query({ name: 'number', text: 'SELECT $1::int AS n', values: [n] })).rows[0].n as number
  const backends = async (): Promise<number[]> =>
    (
      await database.pool.query(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'stillpoint reads' AND datname = current_database()`,
      )
    ).rows.map(({ pid }) => pid)

  it('give everybody their own answer, on one connection', async () => {
    const asked = Array.from({ length: 500 }, (_, n) => n)
    expect(await Promise.all(asked.map(number))).to.deep.equal(asked)
    expect(await backends()).to.have.length(1)
  })

  it('fail alone', async () => {
    const answers = await Promise.allSettled([
      number(1),
      reads.query({ text: 'SELECT 1/0' }),
      number(2),
      reads.query({ text: 'SELECT nonsense' }),
      number(3),
    ])
    expect(answers.map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))).to.deep.equal([1, 2, 3])
  })

  it('go on after a lost connection; who was waiting is told', async () => {
    await number(1)
    const [pid] = await backends()
    const waiting = reads.query({ text: 'SELECT pg_sleep(20)' }).then(
      () => 'answered',
      () => 'told',
    )
    const behind = number(2).then(
      () => 'answered',
      () => 'told',
    )
    // The role the server works as may end connections of its own.
    await database.pool.query('SELECT pg_terminate_backend($1)', [pid])
    expect(await Promise.all([waiting, behind])).to.deep.equal(['told', 'told'])
    expect(await number(3)).to.equal(3)
    expect(await backends()).not.to.include(pid)
  })
})
