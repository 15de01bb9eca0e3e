// One line of the live movement log, as pages and sockets carry it, and a chain's entries. Pure; shared with the browser.

import type { Signature } from '../custody/define.ts'
import type { SubjectKind } from '../custody/subjects.ts'

/** Where something stands, in words' keys: what kind of standing it is and the names that go with it. */
export type Standing = { state: string; name?: string; code?: string }

export type Movement = {
  /** Unique, ascending, gap-free over the whole log; a reader sees those of its audience. */
  position: number
  /** The database's clock. */
  recordedAt: string
  occurredAt: string
  step: string
  fact: string
  subject: { kind: SubjectKind; id: string }
  /** Name of the item, place, person, unit or case. */
  name: string
  caseNo?: string
  docket?: string
  /** Which of the axes moved; none for a fact that moved nothing. */
  axis?: 'custody' | 'control' | 'disposition'
  from?: Standing
  to?: Standing
  by: Pick<Signature, 'login' | 'name' | 'unitName' | 'agencyName' | 'role' | 'for'>
}

/** An entry of a chain: the movement and what the entry itself says. */
export type ChainEntry = Movement & {
  version: number
  hash: string
  previous: string | null
  data: Record<string, unknown>
  by: Signature
  countersigners: Signature[]
  files: string[]
  /** Sealed particulars by commitment, `null` when erased; only for readers who may. */
  particulars?: Record<string, Record<string, string> | null>
}
