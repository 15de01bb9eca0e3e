// Outsiders' particulars beside the ledger: an entry holds a commitment, data and salt lie here and can be erased.

import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { commitmentOf } from './entry.ts'

export type Sealed = { commitment: string; salt: Buffer; data: Record<string, string> }

/** Commits to particulars under a fresh salt. */
export function seal(data: Record<string, string>): Sealed {
  const salt = randomBytes(32)
  return { commitment: commitmentOf(salt, data).toString('hex'), salt, data }
}

/** Stores what was sealed, in one statement. */
export async function keepParticulars(client: pg.PoolClient, sealed: Sealed[]): Promise<void> {
  if (sealed.length === 0) return
  await client.query(
    `INSERT INTO particulars (commitment, salt, data)
     SELECT commitment, decode(salt, 'hex'), data FROM jsonb_to_recordset($1) AS row(commitment text, salt text, data jsonb)`,
    [JSON.stringify(sealed.map(({ commitment, salt, data }) => ({ commitment, salt: salt.toString('hex'), data })))],
  )
}

/** Erases data and salt for good; the entries stay as they are, their commitments say nothing any more. Gives how many. */
export async function eraseParticulars(db: Pick<pg.Pool, 'query'>, commitments: readonly string[]): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE particulars SET salt = NULL, data = NULL, erased_at = now() WHERE commitment = ANY($1) AND erased_at IS NULL`,
    [commitments],
  )
  return rowCount ?? 0
}
