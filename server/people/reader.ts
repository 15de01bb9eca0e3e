// Who is asking: the person of a session as they are now, and what they may read.

import { desksOf, keysOf } from '../custody/audience.ts'
import type { Person } from '../custody/subjects.ts'
import { Denied } from './denied.ts'
import type { Directory } from './directory.ts'
import type { Signed } from './sessions.ts'

export type Reader = {
  person: Person
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
  const keys = [...keysOf(person, await directory.agenciesUnder(person.agency))]
  return { person, keys, desks: desksOf(person), sid: signed.sid, signedInAt: signed.signedInAt }
}
