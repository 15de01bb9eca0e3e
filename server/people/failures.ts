// Lock-out: after too many failures in fifteen minutes an account, and an address, must wait.

import type pg from 'pg'
import { Denied } from './denied.ts'

const mostForAccount = 5
/** Behind one address there may be a whole station, which one person's forgotten password must not keep out. */
const mostForAddress = 50
const windowMinutes = 15
const longestQueue = 100

/**
 * Makes an attempt for an account from an address, and counts it when it fails; success clears the account's count.
 * Throws Denied `session.locked` with the minutes to wait, without an attempt, when there were too many failures.
 */
export function attempt(
  pool: pg.Pool,
  { login, address }: { login: string; address: string },
  succeeds: () => Promise<boolean>,
): Promise<boolean> {
  // One after the other, or many wrong ones at once would all be made before the first is counted. Others wait and are
  // not refused: a whole shift may sign in from one address in one minute.
  return inTurn(`address ${address}`, () =>
    inTurn(`login ${login}`, async () => {
      await refuseLocked(pool, login, address)
      const success = await succeeds()
      if (success)
        await pool.query(`DELETE FROM sign_in_failures WHERE login = $1 OR failed_at < now() - interval '1 day'`, [
          login,
        ])
      else await pool.query('INSERT INTO sign_in_failures (login, address) VALUES ($1, $2)', [login, address])
      return success
    }),
  )
}

async function refuseLocked(pool: pg.Pool, login: string, address: string): Promise<void> {
  // The last failure but so many of either tells until when it is locked.
  const { rows } = await pool.query(
    `SELECT max(wait)::int AS minutes FROM (
       SELECT ceil(extract(epoch FROM failed_at + $5 * interval '1 minute' - now()) / 60) AS wait, most,
              row_number() OVER (PARTITION BY most ORDER BY failed_at DESC) AS nth
       FROM (SELECT $3::int AS most, failed_at FROM sign_in_failures WHERE login = $1
             UNION ALL SELECT $4::int, failed_at FROM sign_in_failures WHERE address = $2) AS failures
       WHERE failed_at > now() - $5 * interval '1 minute'
     ) AS counted WHERE nth = most`,
    [login, address, mostForAccount, mostForAddress, windowMinutes],
  )
  const minutes: number | null = rows[0].minutes
  if (minutes !== null) throw new Denied('session.locked', { minutes: Math.max(1, minutes) })
}

type Queue = { length: number; last: Promise<unknown> }
const queues = new Map<string, Queue>()

async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const queue: Queue = queues.get(key) ?? { length: 0, last: Promise.resolve() }
  if (queue.length >= longestQueue) throw new Denied('session.busy')
  queues.set(key, queue)
  queue.length += 1
  const mine = queue.last.then(work)
  queue.last = mine.catch(() => {})
  try {
    return await mine
  } finally {
    queue.length -= 1
    if (queue.length === 0) queues.delete(key)
  }
}
