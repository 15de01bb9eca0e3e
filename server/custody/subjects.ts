// What a fact can be about besides an item: a case, a place, a person, a unit. Pure.

import type { ItemClass } from './classes.ts'
import type { Item } from './item.ts'
import type { Settings } from './settings.ts'

export const roles = [
  'officer',
  'head',
  'keeper',
  'storehead',
  'legal',
  'leader',
  'principal',
  'finance',
  'inspector',
  'casemanager',
  'admin',
] as const
export type Role = (typeof roles)[number]

/** `scope` is a unit for officer and head, a site for keeper, an agency for all others. */
export type Grant = { role: Role; scope: string; grantedAt: string; grantedBy: string }

/** Somebody sits at the desk `role@scope` of another from a moment until another; see delegation.ts. */
export type Delegation = {
  id: string
  of: { login: string; name: string }
  to: { login: string; name: string }
  role: Role
  scope: string
  from: string
  until: string
  reason: string
}

export type Person = {
  /** The code on the badge; the person's id for life. */
  id: string
  login: string
  name: string
  number: string
  /** Commitment to the identity number, when it was given. */
  identity?: string
  unit: string
  unitName: string
  agency: string
  agencyName: string
  grants: Grant[]
  /** What they gave and what they hold; none that was ended. */
  delegations?: Delegation[]
  /** The agency whose administrator made the account. */
  addedBy: string
  disabled: boolean
  version: number
  lastAt: string
}

/** A person with the names that their unit and agency have now; what they did keeps the names of then. */
export function named(person: Person, nameOf: (unit: string) => string | undefined): Person {
  const { unit, agency, unitName, agencyName } = person
  const names = { unitName: nameOf(unit) ?? unitName, agencyName: nameOf(agency) ?? agencyName }
  const same = names.unitName === unitName && names.agencyName === agencyName
  return same ? person : { ...person, ...names }
}

/** An agency is a unit that belongs to none (`agency` is its own id). */
export type Unit = {
  id: string
  kind: 'agency' | 'unit'
  type: 'police' | 'procuratorate' | 'court'
  agency: string
  /** The agency above; its inspectors and leaders read what is below. */
  parent?: string
  name: string
  settings: Partial<Settings>
  /** Logins of an agency's administrators. While there is none, those of `addedBy` stand in. */
  admins: string[]
  addedBy: string
  /** It takes nothing and nobody any more. */
  closed?: boolean
  /** On the founding agency: the version of the rules that the ledger has adopted, see rules.ts. */
  rules?: number
  version: number
  lastAt: string
}

/** The agency that the installation was founded with: nobody added it. */
export function foundingAgency(units: Iterable<Unit>): Unit | undefined {
  for (const unit of units) if (unit.kind === 'agency' && unit.addedBy === unit.id) return unit
}

/** What was said wrong of a case or a place, and what is right. `by` is a name. */
export type Correction = { field: string; was: unknown; right: unknown; reason: string; by: string; at: string }

export const placeKinds = ['site', 'room', 'rack', 'slot', 'container', 'staging'] as const
export type PlaceKind = (typeof placeKinds)[number]

export type Place = {
  code: string
  kind: PlaceKind
  name: string
  parent?: string
  /** Codes and names from the site down to and with this place. */
  path: string[]
  pathNames: string[]
  site: string
  agency: string
  /** Classes it is fit for. */
  classes: ItemClass[]
  inUse: boolean
  corrections?: Correction[]
  version: number
  lastAt: string
}

export const caseEvents = [
  'closed',
  'withdrawn',
  'not-prosecuted',
  'judgment-effective',
  'supplementary-investigation',
] as const

/** Events that end a case until it is reopened. */
export const caseEndings: readonly string[] = ['closed', 'withdrawn', 'not-prosecuted']

export type CaseEvent = {
  event: (typeof caseEvents)[number] | 'reopened'
  date: string
  document: { kind: string; no: string }
}

export type Case = {
  caseNo: string
  /** The number it was opened under, by which the ledger knows it for life; absent while it never had another. */
  openedAs?: string
  /** Numbers that it had before, and that still lead to it. */
  formerNos?: string[]
  /** The case that took over its things, and the one that it was split off from. */
  mergedInto?: string
  splitFrom?: string
  title: string
  kind: 'criminal' | 'administrative'
  acceptedAt: string
  /** The unit that handles it, and that unit's agency: who has jurisdiction. */
  unit: string
  unitName: string
  agency: string
  officers: string[]
  /** Agencies that were ever offered or controlled an item of it. */
  agencies: string[]
  events: CaseEvent[]
  supplementaryTimes: number
  corrections?: Correction[]
  version: number
  lastAt: string
}

/** Every number that leads to the case, today's first. */
export const numbersOf = ({ caseNo, formerNos = [] }: Case): string[] => [caseNo, ...formerNos]

/** Under which number the ledger keeps what happens to it. */
export const idOfCase = ({ openedAs, caseNo }: Case): string => openedAs ?? caseNo

/** Whether it was closed, withdrawn or not prosecuted, and not reopened since. */
export const hasEnded = ({ events }: Pick<Case, 'events'>): boolean => {
  const last = events.findLast(({ event }) => event === 'reopened' || caseEndings.includes(event))
  return last !== undefined && last.event !== 'reopened'
}

/** Whether things may still come to it. */
export const isOngoing = (it: Case): boolean => !hasEnded(it) && it.mergedInto === undefined

export type Subjects = { item: Item; case: Case; place: Place; person: Person; unit: Unit }
export type SubjectKind = keyof Subjects
export type Subject = { kind: SubjectKind; id: string }
