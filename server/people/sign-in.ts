// Proving who one is: login and password, at the sign-in page and when countersigning at a counter.

import type pg from 'pg'
import type { Person } from '../custody/subjects.ts'
import { Denied } from './denied.ts'
import type { Directory } from './directory.ts'
import { attempt } from './failures.ts'
import { isPasswordOf } from './passwords.ts'

export type Claim = { login: string; password: string; address: string }

/**
 * The person, when the password is right. Throws Denied: `session.wrong` alike for an unknown login and a wrong
 * password, `session.locked` after too many failures, `session.disabled`.
 */
export async function prove(pool: pg.Pool, directory: Pick<Directory, 'byLogin'>, claim: Claim): Promise<Person> {
  const login = claim.login.trim().toLowerCase()
  const person = await directory.byLogin(login)
  const right = await attempt(pool, { login, address: claim.address }, () =>
    isPasswordOf(pool, person?.id, claim.password),
  )
  if (!right || !person) throw new Denied('session.wrong')
  if (person.disabled) throw new Denied('session.disabled')
  return person
}
