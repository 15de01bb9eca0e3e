// What an attacker does who is superuser of the database, has stolen keys, or writes a log of his own: with plain means,
// none of them the software's.

import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { openLogKey } from '../../server/ledger/sign.ts'
import type { Bundle } from '../../server/proof/bundle.ts'
import { entriesPath, tilePath, tilesOf } from '../../server/proof/index.ts'
import { readKey } from '../../server/witness/key.ts'
import { type Installation, keyFileIn, origin, type WitnessName } from './drill-installation.ts'
import { checkpointOf, consistencyOf, leafOf, nodeOf, pathOf, rootOver, sha256 } from './reference-log.ts'
import { bundleOf } from './served-log.ts'
import { post, requestOf, type Said } from './witness.ts'

const guarded = ['ledger', 'ledger_head', 'tree', 'checkpoints', 'cosignatures', 'log_keys', 'log_evidence']

/** SQL as the superuser, with every trigger of the ledger out of the way while it runs. */
export async function asSuperuser<Result>(
  { database }: Pick<Installation, 'database'>,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  try {
    for (const table of guarded) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    const result = await work(client)
    for (const table of guarded) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
    return result
  } finally {
    await client.end()
  }
}

export async function bodiesOf({ database }: Pick<Installation, 'database'>): Promise<Buffer[]> {
  const { rows } = await database.pool.query('SELECT body FROM ledger ORDER BY position')
  return rows.map(({ body }) => body)
}

/** What the columns say of the entry is left alone, except the hash, which the table checks. */
export async function putBody(client: pg.Client, position: number, body: Buffer): Promise<void> {
  await client.query('UPDATE ledger SET body = $2, hash = $3 WHERE position = $1', [position, body, leafOf(body)])
}

/** Another text in an entry, and from there on the hashes by which entries name earlier ones. */
export function rewritten(bodies: readonly Buffer[], change: (text: string, position: number) => string): Buffer[] {
  const renamed = new Map<string, string>()
  return bodies.map((body, position) => {
    const before = body.toString()
    const followed = change(before, position).replace(/"[0-9a-f]{64}"/g, (hash) => renamed.get(hash) ?? hash)
    if (followed === before) return body
    const after = Buffer.from(followed)
    renamed.set(`"${leafOf(body).toString('hex')}"`, `"${leafOf(after).toString('hex')}"`)
    return after
  })
}

/** Makes the database hold another history: entries, and a checkpoint over them; nobody's cosignatures. */
export async function replaceHistory(client: pg.Client, bodies: readonly Buffer[], note: string): Promise<void> {
  for (const table of ['cosignatures', 'checkpoints', 'tree']) await client.query(`DELETE FROM ${table}`)
  for (const [position, body] of bodies.entries()) await putBody(client, position, body)
  const size = bodies.length
  await client.query('INSERT INTO checkpoints (origin, size, root, note, made_at) VALUES ($1, $2, $3, $4, now())', [
    origin,
    size,
    rootOver(bodies.map(leafOf)),
    Buffer.from(note),
  ])
}

/** Removes everything from position `size` on, and what was signed about it. */
export async function cutTail(client: pg.Client, size: number): Promise<void> {
  await client.query('DELETE FROM cosignatures WHERE size > $1', [size])
  await client.query('DELETE FROM checkpoints WHERE size > $1', [size])
  await client.query('DELETE FROM tree WHERE (index + 1) * power(256, level) > $1', [size])
  await client.query('DELETE FROM ledger WHERE position >= $1', [size])
  await client.query('UPDATE ledger_head SET size = $1', [size])
}

/** Writes a log into a folder as it would be served (C2SP tlog-tiles). */
export async function publish(folder: string, bodies: readonly Buffer[], note: string): Promise<string> {
  const levels = [bodies.map((body): Uint8Array => leafOf(body))]
  const put = async (path: string, bytes: Uint8Array | string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  for (const { level, n, width } of tilesOf(BigInt(bodies.length))) {
    levels[level] ??= fullSubtrees(levels[level - 1]!)
    const at = Number(n) * 256
    await put(tilePath(level, n, width), Buffer.concat(levels[level]!.slice(at, at + width)))
    if (level === 0) await put(entriesPath(n, width), bundleOf(bodies.slice(at, at + width)))
  }
  await put('checkpoint', note)
  return folder
}

/** A checkpoint over these entries with the key of the log, which was stolen. */
export async function signWithStolenKey({ home }: Pick<Installation, 'home'>, bodies: readonly Buffer[]) {
  return signText(home, checkpointOf(origin, bodies.length, rootOver(bodies.map(leafOf))))
}

export async function signText(home: string, text: string): Promise<string> {
  const key = await openLogKey(keyFileIn(home), origin)
  return `${text}\n${key.signatureOver(text)}\n`
}

/** A cosignature by a witness whose key the attacker holds: it asks no questions. */
export async function cosignBlindly({ home }: Pick<Installation, 'home'>, name: WitnessName, note: string) {
  const key = await readKey(join(home, `witness-${name}`, 'key'), `witness.${name}.example`)
  const text = note.slice(0, note.indexOf('\n\n') + 1)
  return note + key!.cosign(text, BigInt(Math.floor(Date.now() / 1000)))
}

/** Brings a checkpoint over these entries to a witness as an honest log would, from a size the witness knows. */
export async function bring(
  { witnesses }: Pick<Installation, 'witnesses'>,
  name: WitnessName,
  from: number,
  bodies: readonly Buffer[],
  note: string,
): Promise<Said> {
  const proof = from < bodies.length ? consistencyOf(from, bodies.map(leafOf)) : []
  const signed = note.split('\n').slice(0, 5).join('\n')
  return post(witnesses[name].url, requestOf(from, proof, `${signed}\n`))
}

/** What a witness shows of the log to everybody. */
export async function shownBy({ witnesses }: Pick<Installation, 'witnesses'>, name: WitnessName): Promise<string> {
  const path = sha256(Buffer.from(origin)).toString('hex')
  return (await fetch(`${witnesses[name].url}/${path}/checkpoint`)).text()
}

function fullSubtrees(hashes: Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.floor(hashes.length / 256) }, (_, n) => {
    let row = hashes.slice(n * 256, (n + 1) * 256)
    while (row.length > 1) row = row.flatMap((hash, at) => (at % 2 === 0 ? [nodeOf(hash, row[at + 1]!)] : []))
    return row[0]!
  })
}

/** The entry of a command again, as the next of its subject and by another command. */
export function toldOtherwise(bodies: readonly Buffer[], position: number): Buffer {
  const entry = JSON.parse(bodies[position]!.toString())
  const before = bodies.findLast((body) => JSON.parse(body.toString()).subject.id === entry.subject.id)!
  const { version } = JSON.parse(before.toString())
  const { recordedAt } = JSON.parse(bodies.at(-1)!.toString())
  const again = { ...entry, version: version + 1, previous: leafOf(before).toString('hex'), recordedAt }
  again.command = { ...entry.command, id: randomUUID() }
  return Buffer.from(JSON.stringify(again))
}

/** One more entry, written into the table by hand. */
export async function appendedBySql(client: pg.Client, body: Buffer): Promise<void> {
  const entry = JSON.parse(body.toString())
  await client.query('UPDATE ledger_head SET size = size + 1')
  await client.query(
    `INSERT INTO ledger (position, body, hash, subject_kind, subject_id, version, step, fact, actor_id, command_id,
                         ordinal, occurred_at, recorded_at, audience)
     SELECT size - 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11, '{}' FROM ledger_head`,
    [
      body,
      leafOf(body),
      entry.subject.kind,
      entry.subject.id,
      entry.version,
      entry.step,
      entry.fact,
      entry.actor.id,
      entry.command.id,
      entry.occurredAt,
      entry.recordedAt,
    ],
  )
}

/** The proof of an item with another text in its entries: a log that holds nothing else, signed with the stolen key. */
export async function falseBundle(
  installation: Pick<Installation, 'home'>,
  bundle: Bundle,
  text: string,
  instead: string,
): Promise<Bundle> {
  const bodies = rewritten(
    bundle.entries.map(({ body }) => Buffer.from(body, 'base64')),
    (body) => body.replaceAll(text, instead),
  )
  const leaves = bodies.map(leafOf)
  const entries = bodies.map((body, position) => ({
    position,
    body: body.toString('base64'),
    inclusion: pathOf(position, leaves).map((hash) => Buffer.from(hash).toString('base64')),
  }))
  return { ...bundle, entries, checkpoint: await signWithStolenKey(installation, bodies) }
}
