// Whom this folder asks about people: the views know them, and are handed in by the app.

import type { Person } from '../custody/subjects.ts'

export type Directory = {
  byLogin: (login: string) => Promise<Person | undefined>
  byId: (id: string) => Promise<Person | undefined>
  /** The agency itself and all below it. */
  agenciesUnder: (agency: string) => Promise<string[]>
}
