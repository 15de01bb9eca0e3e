// What an inspector reads of an attempt that separation of duties refused. Pure; shared with the browser.

import type { Person } from '../custody/subjects.ts'

export type AttemptCard = {
  position: number
  at: string
  who: Pick<Person, 'id' | 'login' | 'name' | 'unitName' | 'agencyName'>
  step: string
  /** Codes. */
  items: string[]
  /** Logins of who had signed for it. */
  countersigners: string[]
  /** Why it was refused. */
  code: string
  params: Record<string, unknown>
}
