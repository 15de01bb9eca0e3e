// Countersignatures: a second person at the same counter signs one command of somebody else, once, within five minutes.

import type pg from 'pg'
import { Denied } from './denied.ts'
import { newToken, tokenHash } from './tokens.ts'

const minutes = 5

/** A token for `claimCountersignatures`. Throws Denied `countersignature.own` when a person would sign for themselves. */
export async function countersign(
  pool: pg.Pool,
  signing: { personId: string; forPersonId: string; digest: string },
): Promise<string> {
  if (signing.personId === signing.forPersonId) throw new Denied('countersignature.own')
  const token = newToken()
  await pool.query(`DELETE FROM countersignatures WHERE expires_at < now() - interval '1 day'`)
  await pool.query(
    `INSERT INTO countersignatures (token_hash, person_id, for_person_id, digest, expires_at)
     VALUES ($1, $2, $3, $4, now() + $5 * interval '1 minute')`,
    [tokenHash(token), signing.personId, signing.forPersonId, signing.digest, minutes],
  )
  return token
}

/**
 * Uses the tokens up inside the step's transaction and says who signed (ids of people, in the order of the tokens); when
 * the step is refused they are free again. Throws Denied when one is unknown, used, too old, or for another command or
 * another person.
 */
export async function claimCountersignatures(
  client: pg.PoolClient,
  claim: { tokens: string[]; digest: string; forPersonId: string },
): Promise<string[]> {
  if (claim.tokens.length === 0) return []
  const hashes = claim.tokens.map(tokenHash)
  const { rows } = await client.query(
    `SELECT token_hash, person_id, for_person_id, digest, used_at IS NOT NULL AS used, expires_at < now() AS expired
     FROM countersignatures WHERE token_hash = ANY($1) ORDER BY token_hash FOR UPDATE`,
    [hashes],
  )
  const found = new Map(rows.map((row) => [row.token_hash, row]))
  const signers = hashes.map((hash) => {
    const row = found.get(hash)
    if (!row || row.for_person_id !== claim.forPersonId) throw new Denied('countersignature.unknown')
    if (row.used) throw new Denied('countersignature.used')
    if (row.expired) throw new Denied('countersignature.expired', { minutes })
    if (row.digest !== claim.digest) throw new Denied('countersignature.other-command')
    return row.person_id as string
  })
  await client.query('UPDATE countersignatures SET used_at = now() WHERE token_hash = ANY($1)', [hashes])
  return signers
}
