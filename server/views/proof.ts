// What a proof of one item is made of: its entries as they were hashed, each one's way to the root of a checkpoint, and
// the files they name. Enough for whoever has the log's public key and nothing else.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import { cosignaturesOf, logKeys, withCosignatures } from '../ledger/checkpoints.ts'
import { mostCosigned } from '../ledger/most-cosigned.ts'
import { inclusionProofs } from '../ledger/proofs.ts'
import { chainOf } from '../ledger/read.ts'
import { readItem } from './items.ts'

type Db = { dataSource: DataSource; pool: pg.Pool }

/** The shape that `server/proof/bundle.ts` checks. Bodies and hashes in base64, files in hex. */
export type ProofBundle = {
  format: 'stillpoint-proof@1'
  item: string
  origin: string
  entries: { position: number; body: string; inclusion: string[] }[]
  /** A signed note with its cosignatures. */
  checkpoint: string
  keys: string[]
  policy: string
  files: { sha256: string; bytes: number; type: string }[]
}

/**
 * The proof of an item the reader may see: `undefined` when there is no such item for them, `not-covered` while no
 * checkpoint covers its last entry, which takes about a second. Of the checkpoints that do, the one that most of the
 * witnesses have cosigned.
 */
export async function readProof(
  { dataSource, pool }: Db,
  keys: string[],
  code: string,
  log: { origin: string; policy: string; witnesses: readonly { keyName: string }[] },
): Promise<ProofBundle | 'not-covered' | undefined> {
  const item = await readItem(dataSource, keys, code)
  if (!item) return undefined
  const entries = await chainOf(pool, { kind: 'item', id: item.code })
  const checkpoint = await mostCosigned(pool, log.origin, log.witnesses, entries.at(-1)!.position)
  if (!checkpoint) return 'not-covered'
  const positions = entries.map(({ position }) => position)
  const [paths, cosignatures, signing, files] = await Promise.all([
    inclusionProofs(pool, positions, checkpoint.size),
    cosignaturesOf(pool, checkpoint),
    logKeys(pool, log.origin),
    filesOf(pool, [...new Set(entries.flatMap(({ body }) => body.files))]),
  ])
  return {
    format: 'stillpoint-proof@1',
    item: item.code,
    origin: log.origin,
    entries: entries.map(({ position, bytes }, n) => ({
      position,
      body: bytes.toString('base64'),
      inclusion: paths[n]!.map((hash) => hash.toString('base64')),
    })),
    checkpoint: withCosignatures(checkpoint, cosignatures),
    keys: signing.map(({ vkey }) => vkey),
    policy: log.policy,
    files,
  }
}

async function filesOf(pool: pg.Pool, hashes: string[]): Promise<ProofBundle['files']> {
  const { rows } = await pool.query('SELECT sha256, bytes, type FROM files WHERE sha256 = ANY($1) ORDER BY sha256', [
    hashes,
  ])
  return rows.map(({ sha256, bytes, type }) => ({ sha256, bytes: Number(bytes), type }))
}
