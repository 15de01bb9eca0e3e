// Writing to the ledger: numbers a command's entries and inserts them, all or nothing with the caller's transaction.

import type pg from 'pg'
import { bodyOf, hashOfEntry, type NewEntry, type Subject, subjectKey } from './entry.ts'

export type Appended = {
  position: number
  /** Hex. */
  hash: string
  subject: Subject
  version: number
  fact: string
  recordedAt: string
}

/** The channel that is notified after commit; the payload is `first-last`. */
export const channel = 'ledger'

// Read in a statement of its own: one that also read max(position) would see the table as it was before the wait.
const takeHead = `
  UPDATE ledger_head
  SET size = size + $1, origin = coalesce(origin, $2),
      clock = greatest(clock, date_trunc('milliseconds', clock_timestamp()))
  RETURNING size - $1 AS first, origin,
            to_char(clock AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt"`

const insert = `
  WITH added AS (
    INSERT INTO ledger (position, body, hash, subject_kind, subject_id, version, step, fact, docket, actor_id,
                        command_id, ordinal, occurred_at, recorded_at, audience)
    SELECT $1::bigint + row - 1, substr($3::bytea, begins, bytes), decode(hash, 'hex'), subject_kind, subject_id,
           version, step, fact, docket, actor_id, command_id, ordinal, occurred_at, $2::timestamptz, audience::text[]
    FROM unnest($4::int[], $5::int[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[], $11::text[],
                $12::text[], $13::text[], $14::uuid[], $15::int[], $16::timestamptz[], $17::text[]) WITH ORDINALITY
      AS entry (begins, bytes, hash, subject_kind, subject_id, version, step, fact, docket, actor_id,
                command_id, ordinal, occurred_at, audience, row)
  )
  SELECT pg_notify($18, $19)`

/**
 * Appends `entries` in their order. `client` is inside a READ COMMITTED transaction that has taken all its other locks:
 * the head's row is held until commit, so positions are free of gaps and in commit order, and time spent after this
 * call is time all others wait.
 *
 * `previous` gives, under `subjectKey`, the hex hash of the last entry of each subject that has one (see lastHashes);
 * within the call the chain goes on by itself. The first entry of a subject has version 1, each further one 1 more.
 * Throws NotCanonical or EntryTooLong, and a unique violation when a version or a command is there already.
 */
export async function append(
  client: pg.PoolClient,
  origin: string,
  entries: readonly NewEntry[],
  previous: ReadonlyMap<string, string>,
): Promise<Appended[]> {
  if (entries.length === 0) return []
  requireChains(entries, previous)
  const head = await client.query({ name: 'ledger-head', text: takeHead, values: [entries.length, origin] })
  if (head.rows.length !== 1) throw new Error('The ledger has no head.')
  const { recordedAt } = head.rows[0]
  const first = Number(head.rows[0].first)
  if (head.rows[0].origin !== origin) {
    throw new Error(`This ledger is called ${head.rows[0].origin}, not ${origin}; a ledger keeps its name for life.`)
  }

  const last = new Map(previous)
  let end = 0
  const written = entries.map((entry) => {
    const key = subjectKey(entry.subject)
    const body = bodyOf(entry, origin, last.get(key) ?? null, recordedAt)
    const hash = hashOfEntry(body).toString('hex')
    last.set(key, hash)
    const begins = end + 1
    end += body.length
    return { body, begins, hash, entry }
  })
  const column = <T>(pick: (entry: NewEntry) => T) => entries.map(pick)
  await client.query({
    name: 'ledger-append',
    text: insert,
    values: [
      first,
      recordedAt,
      // In one piece, which travels as it is; an array of bytes would be written out in hex and read again.
      Buffer.concat(written.map(({ body }) => body)),
      written.map(({ begins }) => begins),
      written.map(({ body }) => body.length),
      written.map(({ hash }) => hash),
      column((entry) => entry.subject.kind),
      column((entry) => entry.subject.id),
      column((entry) => entry.version),
      column((entry) => entry.step),
      column((entry) => entry.fact),
      column((entry) => entry.docket ?? null),
      column((entry) => entry.actor.id),
      column((entry) => entry.command.id),
      column((entry) => entry.command.ordinal),
      column((entry) => entry.occurredAt),
      column((entry) => arrayLiteral(entry.audience)),
      channel,
      `${first}-${first + entries.length - 1}`,
    ],
  })
  return written.map(({ hash, entry: { subject, version, fact } }, index) => ({
    position: first + index,
    hash,
    subject,
    version,
    fact,
    recordedAt,
  }))
}

/** A wrong chain is a mistake of ours; it is found before the head is taken, not when somebody verifies. */
function requireChains(entries: readonly NewEntry[], previous: ReadonlyMap<string, string>): void {
  const versions = new Map<string, number>()
  for (const { subject, version } of entries) {
    const key = subjectKey(subject)
    const before = versions.get(key)
    const follows = before === undefined ? version > 1 === previous.has(key) && version > 0 : version === before + 1
    if (!follows) throw new Error(`Version ${version} of ${key} does not follow its previous entry.`)
    versions.set(key, version)
  }
}

/** unnest flattens arrays of arrays, so each row's array travels as text. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
