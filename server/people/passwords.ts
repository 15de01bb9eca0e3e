// Passwords: argon2id hashes, made and checked at most two at a time, since each takes a core for a tenth of a second.

import { hash, verify } from '@node-rs/argon2'
import type pg from 'pg'
import { z } from 'zod'
import { Denied } from './denied.ts'
import { newToken } from './tokens.ts'

/** At least twelve characters; how they are chosen is left to people (NIST SP 800-63B). */
export const NewPassword = z
  .string()
  .max(256)
  .refine((text) => [...text].length >= 12, { params: { reason: 'short-password' } })

type Db = Pick<pg.Pool | pg.PoolClient, 'query'>

// argon2id is the library's default; the cost is OWASP's second recommendation: 19 MiB, two passes.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const atOnce = 2
const longestQueue = 200

let running = 0
const queue: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (queue.length >= longestQueue) throw new Denied('session.busy')
  if (running >= atOnce) await new Promise<void>((go) => queue.push(go))
  else running += 1
  try {
    return await work()
  } finally {
    // The turn is handed over, so that nobody slips in between.
    const next = queue.shift()
    if (next) next()
    else running -= 1
  }
}

/** The same text typed on two keyboards is the same password. */
const normal = (password: string) => password.normalize('NFC')

const hashOf = (password: string): Promise<string> => inTurn(() => hash(normal(password), cost))

/** Gives a person a password; those who were signed in with the old one are signed out by the caller. */
export async function setPassword(db: Db, personId: string, password: string): Promise<void> {
  await db.query(
    `INSERT INTO credentials (person_id, hash) VALUES ($1, $2)
     ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, must_change = false, changed_at = now()`,
    [personId, await hashOf(password)],
  )
}

export async function hasPassword(db: Db, personId: string): Promise<boolean> {
  const { rows } = await db.query('SELECT FROM credentials WHERE person_id = $1', [personId])
  return rows.length > 0
}

let nobodys: Promise<string> | undefined

/** Whether it is the person's password. For nobody, or somebody without one, it takes as long and is not. */
export async function isPasswordOf(db: Db, personId: string | undefined, password: string): Promise<boolean> {
  const { rows } = await db.query('SELECT hash FROM credentials WHERE person_id = $1', [personId ?? ''])
  nobodys ??= hashOf(newToken())
  const stored: string = rows[0]?.hash ?? (await nobodys)
  const matches = await inTurn(() => verify(stored, normal(password)))
  return matches && rows.length > 0
}
