// Reading the ledger: in order of position, by subject, by command.

import type pg from 'pg'
import { type EntryBody, type Subject, subjectKey } from './entry.ts'

/** A pool, or a client inside a transaction. */
export type Reader = Pick<pg.Pool | pg.PoolClient, 'query'>

export type Entry = {
  position: number
  /** Hex. */
  hash: string
  body: EntryBody
  /** The exact bytes of the body, as they were hashed. */
  bytes: Buffer
  audience: string[]
}

/**
 * Up to `limit` entries after position `after` (-1: from the start), ascending. On the primary a reader may remember
 * the last position and miss nothing, because positions are given in commit order.
 */
export async function readEntries(
  reader: Reader,
  { after = -1, limit, subject, command }: { after?: number; limit: number; subject?: Subject; command?: string },
): Promise<Entry[]> {
  const { rows } = await reader.query(
    `SELECT position, hash, body, audience FROM ledger
     WHERE position > $1
       AND ($3::text IS NULL OR (subject_kind = $3 AND subject_id = $4))
       AND ($5::uuid IS NULL OR command_id = $5)
     ORDER BY position LIMIT $2`,
    [after, limit, subject?.kind ?? null, subject?.id ?? null, command ?? null],
  )
  return rows.map(decode)
}

/** All entries about one subject, by version: its chain of custody. */
export async function chainOf(reader: Reader, subject: Subject): Promise<Entry[]> {
  const { rows } = await reader.query(
    `SELECT position, hash, body, audience FROM ledger
     WHERE subject_kind = $1 AND subject_id = $2 ORDER BY version`,
    [subject.kind, subject.id],
  )
  return rows.map(decode)
}

/** All entries about several subjects of one kind up to a position, ascending. One query. */
export async function chainsUpTo(
  reader: Reader,
  kind: Subject['kind'],
  ids: string[],
  position: number,
): Promise<Entry[]> {
  const { rows } = await reader.query(
    `SELECT position, hash, body, audience FROM ledger
     WHERE subject_kind = $1 AND subject_id = ANY($2) AND position <= $3 ORDER BY position`,
    [kind, ids, position],
  )
  return rows.map(decode)
}

/** What a command recorded, in its order; empty when it was never carried out. */
export async function entriesOfCommand(reader: Reader, commandId: string): Promise<Entry[]> {
  const { rows } = await reader.query({
    name: 'ledger-command',
    text: 'SELECT position, hash, body, audience FROM ledger WHERE command_id = $1 ORDER BY ordinal',
    values: [commandId],
  })
  return rows.map(decode)
}

/** All entries of one docket, ascending. */
export async function entriesOfDocket(reader: Reader, docket: string): Promise<Entry[]> {
  const { rows } = await reader.query(
    'SELECT position, hash, body, audience FROM ledger WHERE docket = $1 ORDER BY position',
    [docket],
  )
  return rows.map(decode)
}

/** How many entries there are, and the name of the ledger once there is one. */
export async function headOf(reader: Reader): Promise<{ size: number; origin: string | null }> {
  const { rows } = await reader.query('SELECT size, origin FROM ledger_head')
  return { size: Number(rows[0].size), origin: rows[0].origin }
}

/** The hex hash of each subject's last entry under `subjectKey`; subjects without entries are left out. One query. */
export async function lastHashes(reader: Reader, subjects: readonly Subject[]): Promise<Map<string, string>> {
  if (subjects.length === 0) return new Map()
  const { rows } = await reader.query({
    name: 'ledger-last-hashes',
    text: `SELECT asked.kind, asked.id, encode(last.hash, 'hex') AS hash
     FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[])) AS asked (kind, id)
     CROSS JOIN LATERAL (
       SELECT hash FROM ledger WHERE subject_kind = asked.kind AND subject_id = asked.id ORDER BY version DESC LIMIT 1
     ) AS last`,
    values: [subjects.map((subject) => subject.kind), subjects.map((subject) => subject.id)],
  })
  return new Map(rows.map((row) => [subjectKey(row), row.hash]))
}

function decode(row: { position: string; hash: Buffer; body: Buffer; audience: string[] }): Entry {
  return {
    position: Number(row.position),
    hash: row.hash.toString('hex'),
    body: JSON.parse(row.body.toString('utf8')),
    bytes: row.body,
    audience: row.audience,
  }
}
