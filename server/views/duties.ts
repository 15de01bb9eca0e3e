// What hangs on one person: what they have in hand, what they asked for, and the desks that nobody else sits at.

import type { DataSource } from 'typeorm'
import type { Duties } from '../contract/duties.ts'
import { desksOf } from '../custody/audience.ts'
import type { Person } from '../custody/subjects.ts'
import { readDesks } from './desks.ts'

const most = 100

/**
 * Things and dockets as far as the reader may read them; who administers the agency learns how many there are in all,
 * and no more of them.
 */
export async function readDuties(db: DataSource, keys: string[], person: Person, now: string): Promise<Duties> {
  const { login, agency } = person
  const countsAll = keys.includes(`admin:${agency}`)
  const of = async (from: string, sort: string): Promise<{ count: number; codes: string[] }> => {
    const [row] = await db.query(
      `SELECT count(*) FILTER (WHERE audience && $2 OR $3)::int AS count,
         (array_agg(code ORDER BY ${sort}) FILTER (WHERE audience && $2))[:${most}] AS codes FROM ${from}`,
      [login, keys, countsAll],
    )
    return { count: row.count, codes: row.codes ?? [] }
  }
  const inHand = `holder = $1 OR (custody = 'in-transit' AND state->'custody'->>'carrier' = $1)`
  const own = desksOf({ ...person, disabled: false }, now)
  const at = await readDesks(db, own)
  const alone = (desk: string) =>
    !at.get(desk)!.people.some((other) => other.login !== login && desksOf(other, now).includes(desk))
  const desks: { desk: string; waiting: number }[] = await db.query(
    `SELECT desk,
       (SELECT count(*)::int FROM dockets WHERE open AND waits_for && ARRAY[desk] AND (audience && $1 OR $2)) AS waiting
     FROM unnest($3::text[]) AS desk`,
    [keys, countsAll, own],
  )
  return {
    holds: await of(`items WHERE ${inHand}`, 'code'),
    asked: await of('dockets WHERE open AND opened_by = $1', 'opened_at'),
    desks: desks.map(({ desk, waiting }) => ({ desk, alone: alone(desk), waiting })),
  }
}
