// What was signed about the ledger: checkpoints, the cosignatures under them, the keys, and evidence of contradictions.

import type pg from 'pg'
import type { Reader } from './read.ts'

export type Checkpoint = {
  origin: string
  /** Entries it covers: those at positions below. */
  size: number
  root: Buffer
  /** The signed note as the log made it (C2SP tlog-checkpoint). */
  note: string
  madeAt: Date
}
/** One signature line of a witness under the checkpoint of this size. */
export type Cosignature = { origin: string; size: number; keyName: string; keyId: Buffer; line: string; at: Date }
/** Has the rights of the signer. */
export type Writer = Pick<pg.Client, 'query'>

/** The channel that is notified when a checkpoint or a cosignature was added; the payload is `origin size`. */
export const checkpointsChannel = 'checkpoints'

const columns = 'checkpoints.origin, checkpoints.size, root, note, made_at'

/** The newest checkpoint, if there is any. */
export async function newestCheckpoint(reader: Reader, origin: string): Promise<Checkpoint | undefined> {
  const { rows } = await reader.query({
    name: 'checkpoint-newest',
    text: `SELECT ${columns} FROM checkpoints WHERE origin = $1 ORDER BY size DESC LIMIT 1`,
    values: [origin],
  })
  return rows.map(decode)[0]
}

/** How many entries the newest checkpoint covers; 0 before the first. */
export async function coveredSize(reader: Reader, origin: string): Promise<number> {
  const { rows } = await reader.query({
    name: 'checkpoint-size',
    text: 'SELECT max(size) AS size FROM checkpoints WHERE origin = $1',
    values: [origin],
  })
  return Number(rows[0].size ?? 0)
}

/** The checkpoint of exactly this size, if one was made. */
export async function checkpointAt(reader: Reader, origin: string, size: number): Promise<Checkpoint | undefined> {
  const { rows } = await reader.query(
    `SELECT ${columns} FROM checkpoints WHERE checkpoints.origin = $1 AND checkpoints.size = $2`,
    [origin, size],
  )
  return rows.map(decode)[0]
}

/** The newest checkpoint if it covers the entry at `position`. */
export async function covering(reader: Reader, origin: string, position: number): Promise<Checkpoint | undefined> {
  const newest = await newestCheckpoint(reader, origin)
  return newest && newest.size > position ? newest : undefined
}

/** The first checkpoint that covered the entry at `position`. */
export async function firstCovering(reader: Reader, origin: string, position: number): Promise<Checkpoint | undefined> {
  const { rows } = await reader.query(
    `SELECT ${columns} FROM checkpoints WHERE checkpoints.origin = $1 AND checkpoints.size > $2
     ORDER BY checkpoints.size LIMIT 1`,
    [origin, position],
  )
  return rows.map(decode)[0]
}

/**
 * The newest checkpoint covering `position` (-1: any) whose cosigners satisfy `enough`, by the names of their keys.
 * Looks at the newest `among` that anybody has cosigned. Checkpoints without cosignatures are not looked at.
 */
export async function newestCosigned(
  reader: Reader,
  origin: string,
  enough: (keyNames: string[]) => boolean,
  position = -1,
  among = 200,
): Promise<Checkpoint | undefined> {
  const { rows } = await reader.query(
    `SELECT size, array_agg(DISTINCT key_name) AS names FROM cosignatures
     WHERE origin = $1 AND size > $2 GROUP BY size ORDER BY size DESC LIMIT $3`,
    [origin, position, among],
  )
  const size = rows.find(({ names }) => enough(names))?.size
  return size === undefined ? undefined : checkpointAt(reader, origin, Number(size))
}

/** The cosignatures under one checkpoint, in the order of their names. */
export async function cosignaturesOf(
  reader: Reader,
  { origin, size }: Pick<Checkpoint, 'origin' | 'size'>,
): Promise<Cosignature[]> {
  const { rows } = await reader.query(
    `SELECT * FROM cosignatures WHERE origin = $1 AND size = $2 ORDER BY key_name, key_id`,
    [origin, size],
  )
  return rows.map(decodeCosignature)
}

/** For each key that has ever cosigned, its cosignature of the greatest size. */
export async function latestCosignatures(reader: Reader, origin: string): Promise<Cosignature[]> {
  const { rows } = await reader.query(
    // From key to key through the index: there are few keys, and a cosignature of each for every second.
    `WITH RECURSIVE keys AS (
       (SELECT key_name, key_id FROM cosignatures WHERE origin = $1 ORDER BY key_name, key_id LIMIT 1)
       UNION ALL
       SELECT next.* FROM keys CROSS JOIN LATERAL (
         SELECT key_name, key_id FROM cosignatures
         WHERE origin = $1 AND (key_name, key_id) > (keys.key_name, keys.key_id) ORDER BY key_name, key_id LIMIT 1
       ) AS next
     )
     SELECT latest.* FROM keys CROSS JOIN LATERAL (
       SELECT * FROM cosignatures
       WHERE origin = $1 AND key_name = keys.key_name AND key_id = keys.key_id ORDER BY size DESC LIMIT 1
     ) AS latest`,
    [origin],
  )
  return rows.map(decodeCosignature)
}

/** A checkpoint with everything that was put under it, as one note. */
export const withCosignatures = ({ note }: Checkpoint, cosignatures: readonly Cosignature[]): string =>
  note + cosignatures.map(({ line }) => `${line}\n`).join('')

/** The keys that signed or sign the log, from which size on, the oldest first. */
export async function logKeys(
  reader: Reader,
  origin: string,
): Promise<{ vkey: string; fromSize: number; addedAt: Date }[]> {
  const { rows } = await reader.query(
    'SELECT vkey, from_size, added_at FROM log_keys WHERE origin = $1 ORDER BY from_size',
    [origin],
  )
  return rows.map((row) => ({ vkey: row.vkey, fromSize: Number(row.from_size), addedAt: row.added_at }))
}

/** Adds a checkpoint and tells all servers. The database refuses a size that is not greater than the one before. */
export async function keepCheckpoint(
  writer: Writer,
  { origin, size, root, note }: Pick<Checkpoint, 'origin' | 'size' | 'root' | 'note'>,
): Promise<Checkpoint> {
  const { rows } = await writer.query({
    name: 'checkpoint-keep',
    text: `
      WITH added AS (
        INSERT INTO checkpoints (origin, size, root, note) VALUES ($1, $2, $3, $4) RETURNING made_at
      )
      SELECT made_at, pg_notify('${checkpointsChannel}', $1 || ' ' || $2::bigint) FROM added`,
    values: [origin, size, root, Buffer.from(note)],
  })
  return { origin, size, root, note, madeAt: rows[0].made_at }
}

/** Adds a cosignature that was verified, once, and tells all servers. */
export async function keepCosignature(writer: Writer, cosignature: Cosignature): Promise<void> {
  const { origin, size, keyName, keyId, line, at } = cosignature
  await writer.query(
    `WITH added AS (
       INSERT INTO cosignatures (origin, size, key_name, key_id, line, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING size
     )
     SELECT pg_notify('${checkpointsChannel}', $1 || ' ' || size) FROM added`,
    [origin, size, keyName, keyId, line, at],
  )
}

/** Writes down a key that may sign the log from a size on. */
export async function addLogKey(
  writer: Writer,
  { origin, vkey, fromSize }: { origin: string; vkey: string; fromSize: number },
): Promise<void> {
  await writer.query('INSERT INTO log_keys (origin, vkey, from_size) VALUES ($1, $2, $3)', [origin, vkey, fromSize])
}

/** Keeps what contradicts the log, with the signed notes that say so; once, however often it is found. */
export async function keepEvidence(
  writer: Writer,
  { kind, about, notes }: { kind: string; about: object; notes: string[] },
): Promise<void> {
  await writer.query(
    `INSERT INTO log_evidence (kind, about, notes) SELECT $1::text, $2::jsonb, $3::bytea[]
     WHERE NOT EXISTS (SELECT FROM log_evidence WHERE kind = $1 AND about = $2::jsonb AND notes = $3::bytea[])`,
    [kind, JSON.stringify(about), notes.map((note) => Buffer.from(note))],
  )
}

export type Evidence = { id: number; kind: string; foundAt: Date; about: Record<string, unknown>; notes: string[] }

/** Evidence, the newest first. */
export async function readEvidence(reader: Reader, limit = 50): Promise<Evidence[]> {
  const { rows } = await reader.query('SELECT * FROM log_evidence ORDER BY id DESC LIMIT $1', [limit])
  return rows.map(({ id, kind, found_at, about, notes }) => ({
    id: Number(id),
    kind,
    foundAt: found_at,
    about,
    notes: notes.map((note: Buffer) => note.toString()),
  }))
}

type Row = { origin: string; size: string; root: Buffer; note: Buffer; made_at: Date }
const decode = ({ origin, size, root, note, made_at }: Row): Checkpoint => ({
  origin,
  size: Number(size),
  root,
  note: note.toString(),
  madeAt: made_at,
})

type CosignatureRow = { origin: string; size: string; key_name: string; key_id: Buffer; line: string; at: Date }
const decodeCosignature = ({ origin, size, key_name, key_id, line, at }: CosignatureRow): Cosignature => ({
  origin,
  size: Number(size),
  keyName: key_name,
  keyId: key_id,
  line,
  at,
})
