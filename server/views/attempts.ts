// Attempts that separation of duties refused, as inspectors read them: straight from the ledger, where they are few.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { AttemptCard } from '../contract/attempts.ts'
import type { Page } from '../contract/cards.ts'
import type { AttemptQuery } from '../contract/queries.ts'
import type { Attempted } from '../custody/procedures/attempt.ts'
import type { Person } from '../custody/subjects.ts'

/** The same attempt again within so many minutes counts once, and no more than so many of one person count. */
const minutes = 10
const most = 30

/** Whether this attempt, or more than enough of the person's, stand in the ledger already. Their row is held. */
export async function wasCounted(client: pg.PoolClient, person: string, tried: Attempted): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT body FROM ledger WHERE subject_kind = 'person' AND subject_id = $1 AND fact = 'AttemptRefused'
       AND recorded_at > now() - $2 * interval '1 minute'`,
    [person, minutes],
  )
  const said = ({ step, items, code }: Attempted) => [step, code, ...items].join(' ')
  return rows.length >= most || rows.some(({ body }) => said(dataIn(body)) === said(tried))
}

const dataIn = (body: Buffer) => JSON.parse(body.toString('utf8')).data as Attempted

/** Attempts in the agencies that the reader inspects, the newest first. */
export async function readAttempts(
  db: DataSource,
  keys: string[],
  query: AttemptQuery,
): Promise<Page<'attempts', AttemptCard>> {
  const rows: { position: string; at: string; body: Buffer; person: Person }[] = await db.query(
    `SELECT ledger.position, movements.line->>'recordedAt' AS at, ledger.body, people.state AS person
     FROM movements JOIN ledger ON ledger.position = movements.position JOIN people ON people.id = movements.subject_id
     WHERE movements.audience && $1 AND ledger.fact = 'AttemptRefused' AND ($2::bigint IS NULL OR ledger.position < $2)
     ORDER BY ledger.position DESC LIMIT ${query.limit + 1}`,
    [keys.filter((key) => key.startsWith('inspects:')), query.cursor ?? null],
  )
  const shown = rows.slice(0, query.limit)
  const next = rows.length > query.limit ? { next: shown.at(-1)!.position } : {}
  return { attempts: shown.map(attemptOf), ...next }
}

function attemptOf({ position, at, body, person }: { position: string; at: string; body: Buffer; person: Person }) {
  const { id, login, name, unitName, agencyName } = person
  const { step, items, countersigners, code, params } = dataIn(body)
  return {
    position: Number(position),
    at,
    who: { id, login, name, unitName, agencyName },
    step,
    items,
    countersigners,
    code,
    params,
  }
}
