// Links with which a person sets their own password, once, within three days. An administrator hands them out.

import type pg from 'pg'
import type { Person } from '../custody/subjects.ts'
import { Denied } from './denied.ts'
import { hasPassword, setPassword } from './passwords.ts'
import { newToken, tokenHash } from './tokens.ts'

const hours = 72

/**
 * A token for `redeemLink`; it replaces an earlier one. Administrators reach the people of their agency, and people of
 * another agency whose account they made until these have a password – the first administrator there, as a rule.
 * Throws Denied `password.not-your-people`.
 */
export async function issueLink(
  pool: pg.Pool,
  admin: Person,
  person: Person,
): Promise<{ token: string; expiresAt: string }> {
  const administers = (agency: string) => admin.grants.some(({ role, scope }) => role === 'admin' && scope === agency)
  const reaches = administers(person.agency) || (administers(person.addedBy) && !(await hasPassword(pool, person.id)))
  if (!reaches || person.disabled) throw new Denied('password.not-your-people', { login: person.login })
  const token = newToken()
  const { rows } = await pool.query(
    `INSERT INTO password_links (person_id, token_hash, issued_by, expires_at)
     VALUES ($1, $2, $3, now() + $4 * interval '1 hour')
     ON CONFLICT (person_id) DO UPDATE
       SET token_hash = excluded.token_hash, issued_by = excluded.issued_by, expires_at = excluded.expires_at
     RETURNING expires_at`,
    [person.id, tokenHash(token), admin.id, hours],
  )
  return { token, expiresAt: rows[0].expires_at.toISOString() }
}

/** Sets the password of the person the link was made for and gives their id. Throws Denied `password.link-unknown`. */
export async function redeemLink(pool: pg.Pool, token: string, password: string): Promise<string> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query(
      'DELETE FROM password_links WHERE token_hash = $1 AND expires_at > now() RETURNING person_id',
      [tokenHash(token)],
    )
    if (rows.length === 0) throw new Denied('password.link-unknown')
    await setPassword(client, rows[0].person_id, password)
    await client.query('COMMIT')
    return rows[0].person_id
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
