// separation 职责分离 – which roles nobody holds together and which parts nobody plays together: one table, which an
// agency may make stricter and never laxer. Pure.

import { z } from 'zod'
import type { OpenDocket } from './item.ts'
import { type Role, roles } from './subjects.ts'

const handling: readonly Role[] = ['officer', 'head']
const keeping: readonly Role[] = ['keeper', 'storehead']
const all = (...but: Role[]): Role[] => roles.filter((role) => !but.includes(role))

/** Roles of `one` and of `other` are never held by the same person; `since` is the version of the rules that brought it. */
export type RolesApart = { one: readonly Role[]; other: readonly Role[]; since: number; code: string }

export const rolesApart: readonly RolesApart[] = [
  { one: handling, other: keeping, since: 1, code: 'person.handling-and-keeping' },
  { one: ['admin'], other: all('admin'), since: 1, code: 'person.admin-apart' },
  { one: ['inspector'], other: all('inspector', 'admin'), since: 2, code: 'person.inspector-apart' },
  { one: ['finance'], other: keeping, since: 2, code: 'person.finance-apart' },
]

/** A row that an agency adds for itself. */
export const OwnRow = z.strictObject({ role: z.enum(roles), apartFrom: z.enum(roles) })
export type OwnRow = z.infer<typeof OwnRow>

export const rowsOf = (own: readonly OwnRow[]): RolesApart[] =>
  own.map(({ role, apartFrom }) => ({ one: [role], other: [apartFrom], since: 2, code: 'person.roles-apart' }))

/** The role among `held` that nobody has beside `role`, by this row. */
export function heldApart({ one, other }: RolesApart, role: Role, held: readonly Role[]): Role | undefined {
  const apart = [...(one.includes(role) ? other : []), ...(other.includes(role) ? one : [])]
  return held.find((each) => apart.includes(each))
}

/** What a person did in a docket so far. */
export type Played = 'requested' | 'decided' | 'executed' | 'signed'

/** What part a step plays in a docket; `redecides` answers what was asked for later, by whoever decided before. */
export type Part = 'requests' | 'decides' | 'redecides' | 'executes'

/** Who played one of `after` does not take a step of the part `part` (general rule 1). */
export const partsApart: readonly { part: Part; after: readonly Played[]; since: number; code: string }[] = [
  { part: 'decides', after: ['requested'], since: 1, code: 'step.own-request' },
  { part: 'decides', after: ['decided'], since: 1, code: 'step.decided-before' },
  { part: 'executes', after: ['requested', 'decided'], since: 1, code: 'step.executor-decided' },
  { part: 'decides', after: ['executed', 'signed'], since: 2, code: 'step.two-hats' },
  { part: 'redecides', after: ['requested'], since: 2, code: 'step.own-request' },
  { part: 'redecides', after: ['executed', 'signed'], since: 2, code: 'step.two-hats' },
]

/** Who played one of `after` does not countersign as this. Who signs for their own part, as a borrower does, is named. */
export const hatsApart: Readonly<Record<string, readonly Played[]>> = {
  'second-keeper': ['requested', 'decided'],
  'second-person': ['requested', 'decided', 'executed'],
  supervisor: ['requested', 'decided', 'executed', 'signed'],
  inspector: ['requested', 'decided', 'executed', 'signed'],
  storehead: ['requested', 'decided', 'executed', 'signed'],
  'outside-supervisor': ['requested', 'decided', 'executed', 'signed'],
}

/** Roles that decide nothing about a thing whose case their holder is an officer of. */
export const apartFromOwnCase: readonly Role[] = ['legal']

/** Logins of who played one of these parts in the docket. */
export function playersOf(docket: OpenDocket, parts: readonly Played[]): string[] {
  const { requestedBy, requestedFor, decidedBy, executedBy = [], signedBy = [] } = docket
  const by: Record<Played, string[]> = {
    requested: requestedFor ? [requestedBy, requestedFor] : [requestedBy],
    decided: decidedBy,
    executed: executedBy,
    signed: signedBy,
  }
  return parts.flatMap((part) => by[part])
}

/** Refusals that tell of somebody who tried to be two: whoever gets one is written down, see system.ts. */
export const watchedRefusals: readonly string[] = [
  ...new Set([...rolesApart, ...partsApart].map(({ code }) => code)),
  'person.roles-apart',
  'person.own-role',
  'step.keeper-of-own-case',
  'step.reviewer-of-own-case',
  'step.signed-twice',
  'discrepancy.involved',
  'return.recipient-is-staff',
  'return.recipient-took-part',
]

/** Of these, what no log tells of: whose identity number somebody's is. */
export const toldByTheServer: readonly string[] = ['return.recipient-is-staff']
