// Who is asking: the person of a session as they are now, and what they may read.

import { desksOf, keysOf } from '../custody/audience.ts'
import type { Person } from '../custody/subjects.ts'
import { Denied } from './denied.ts'
import type { Directory } from './directory.ts'
import type { Signed } from './sessions.ts'

export type Reader = {
  person: Person
  /** When they asked: what they may read and where they sit is that of this moment. */
  now: string
  /** Audience keys, see audience.ts. */
  keys: string[]
  desks: string[]
  sid: string
  /** When the password was given. */
  signedInAt: string
}

/** The person's state is read with the session every time, so what was taken away is gone with the next request. */
export async function readerOf(directory: Pick<Directory, 'agenciesUnder'>, signed: Signed): Promise<Reader> {
  const { person } = signed
  if (!person || person.disabled) throw new Denied('session.none')
  const under = await directory.agenciesUnder(person.agency)
  const now = new Date().toISOString()
  const keys = [...keysOf(person, under, now)]
  return { person, now, keys, desks: desksOf(person, now), sid: signed.sid, signedInAt: signed.signedInAt }
}
