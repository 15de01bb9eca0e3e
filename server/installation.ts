// What all servers of one installation share and the ledger does not tell: a few named values in the database.

import { randomBytes } from 'node:crypto'
import type pg from 'pg'

type Reader = Pick<pg.Pool, 'query'>

/** The value kept under `name`, if any. */
export async function recall(database: Reader, name: string): Promise<string | undefined> {
  const { rows } = await database.query('SELECT value FROM installation WHERE name = $1', [name])
  return rows[0]?.value
}

/** Keeps `value` under `name` unless there is one already, and gives the one that is kept. */
export async function remember(database: Reader, name: string, value: string): Promise<string> {
  await database.query('INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, value])
  return (await recall(database, name))!
}

/** 32 random bytes in hex, made once; for instance to sign session cookies. */
export function secretOf(database: Reader, name: string): Promise<string> {
  return remember(database, name, randomBytes(32).toString('hex'))
}
