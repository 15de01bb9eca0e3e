// Reports of people who checked the whole log by themselves; a claim of theirs, kept beside the ledger.

import type { Reader } from './read.ts'

/** `root` in hex; `by` is the login of who handed it in. */
export type Verification = { size: number; root: string; sound: boolean; by: string; at: Date }

export async function keepVerification(
  reader: Reader,
  origin: string,
  { size, root, sound, by }: Omit<Verification, 'at'>,
): Promise<void> {
  await reader.query(
    `INSERT INTO log_verifications (origin, size, root, sound, handed_in_by) VALUES ($1, $2, decode($3, 'hex'), $4, $5)`,
    [origin, size, root, sound, by],
  )
}

/** The newest report, if there is any. */
export async function lastVerification(reader: Reader, origin: string): Promise<Verification | undefined> {
  const { rows } = await reader.query(
    `SELECT size, encode(root, 'hex') AS root, sound, handed_in_by AS by, at FROM log_verifications
     WHERE origin = $1 ORDER BY id DESC LIMIT 1`,
    [origin],
  )
  return rows.map((row) => ({ ...row, size: Number(row.size) }))[0]
}
