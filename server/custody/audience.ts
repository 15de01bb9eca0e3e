// Who may read what, stated once: a subject carries audience keys, a person has keys, readable means they overlap. Pure.
// The same keys are the SQL filter, the socket rooms and the check on every single read.

import { lentTo } from './delegation.ts'
import { type Item, isVoid, storesOf, whereaboutsOf } from './item.ts'
import type { Case, Grant, Person, Place, SubjectKind, Subjects, Unit } from './subjects.ts'

export const mayRead = (keys: Iterable<string>, audience: Iterable<string>): boolean => {
  const held = keys instanceof Set ? keys : new Set(keys)
  for (const key of audience) if (held.has(key)) return true
  return false
}

/** The agency itself and every agency below it. */
export function agenciesUnder(agency: string, units: Iterable<Pick<Unit, 'id' | 'kind' | 'parent'>>): string[] {
  const below: Pick<Unit, 'id' | 'parent'>[] = []
  for (const unit of units) if (unit.kind === 'agency' && unit.parent !== undefined) below.push(unit)
  const under = [agency]
  for (const id of under)
    for (const unit of below) if (unit.parent === id && !under.includes(unit.id)) under.push(unit.id)
  return under
}

function keysOfGrant({ role, scope }: Grant, agency: string, under: readonly string[]): string[] {
  switch (role) {
    case 'officer':
    case 'head':
      return [`unit:${scope}`]
    case 'keeper':
      return [`site:${scope}`, `intake:${agency}`]
    case 'storehead':
      return [`store:${scope}`]
    case 'legal':
    case 'leader':
    case 'principal':
      return under.map((id) => `agency:${id}`)
    case 'inspector':
      return under.flatMap((id) => [`agency:${id}`, `inspects:${id}`])
    case 'casemanager':
      return [`agency:${scope}`]
    case 'finance':
      return [`finance:${scope}`]
    case 'admin':
      return [`admin:${scope}`]
  }
}

/**
 * The keys a person holds. `under` are the agencies at and below the person's own, see `agenciesUnder`.
 * A disabled person holds none. Those of a desk that somebody else lent are held while that runs.
 */
export function keysOf(person: Person, under: readonly string[], now: string): Set<string> {
  if (person.disabled) return new Set()
  // An administrator reads no case content: neither what they did before nor what somebody names them in.
  const administers = person.grants.some(({ role }) => role === 'admin')
  return new Set([
    'everyone',
    ...(administers ? [] : [`person:${person.login}`]),
    `staff:${person.agency}`,
    ...[...person.grants, ...lentTo(person, now)].flatMap((grant) => keysOfGrant(grant, person.agency, under)),
  ])
}

export const deskOf = ({ role, scope }: Pick<Grant, 'role' | 'scope'>): string => `${role}@${scope}`

/** The desks of a person's own and every one that was lent to them, whether or not that runs now. */
export const everyDeskOf = ({ login, grants, delegations = [] }: Person): string[] =>
  [...grants, ...delegations.filter(({ to }) => to.login === login)].map(deskOf)

/** The desks a person sits at, their own and those lent to them: what a docket's `waitsFor` is matched against. */
export const desksOf = (person: Person, now: string): string[] =>
  person.disabled ? [] : [`person:${person.login}`, ...[...person.grants, ...lentTo(person, now)].map(deskOf)]

/** Key by key, the likeliest first: who asks whether somebody may read it mostly needs but one or two. */
function* audienceOfItem(item: Item): Generator<string> {
  const at = whereaboutsOf(item)
  const { custody, open } = item
  yield `unit:${item.owningUnit}`
  if (at) yield `site:${at.site}`
  for (const agency of item.agencies) yield `agency:${agency}`
  const stores = storesOf(item)
  for (const agency of stores) yield `store:${agency}`
  for (const login of item.officers) yield `person:${login}`
  for (const { requestedBy, waitsFor } of Object.values(open)) {
    yield `person:${requestedBy}`
    for (const desk of waitsFor) if (desk.startsWith('person:')) yield desk
  }
  // A label whose registration turned out void still comes to the counter.
  if (custody.state === 'with-officer' || (isVoid(item) && !at)) yield `intake:${item.owningAgency}`
  if (custody.state === 'with-officer' || custody.state === 'out') yield `person:${custody.holder}`
  if (custody.state === 'in-transit') {
    yield `site:${custody.toSite}`
    yield `person:${custody.carrier}`
  }
  if (item.class === 'cash' || concernsFinance(item)) for (const agency of stores) yield `finance:${agency}`
}

/** What was put to another part, or used up, was neither given back to anybody nor disposed of. */
const concernsFinance = ({ disposition }: Item): boolean =>
  disposition.state !== 'none' && disposition.kind !== 'joined' && disposition.kind !== 'used-up'

const audienceOfCase = (it: Case): string[] => [
  `unit:${it.unit}`,
  ...it.agencies.map((agency) => `agency:${agency}`),
  ...it.officers.map((login) => `person:${login}`),
]

const audiences: { [Kind in SubjectKind]: (state: Subjects[Kind]) => Iterable<string> } = {
  item: audienceOfItem,
  case: audienceOfCase,
  place: ({ agency }: Place) => [`staff:${agency}`],
  person: ({ agency, addedBy }: Person) => [`staff:${agency}`, `admin:${addedBy}`],
  unit: () => ['everyone'],
}

/** Audience keys of a subject as it is now; sorted, without repeats. */
export function audienceOf<Kind extends SubjectKind>(kind: Kind, state: Subjects[Kind]): string[] {
  return [...new Set(audiences[kind](state))].sort()
}

/** Whether somebody with these keys may read the subject as it is now. */
export function isReadable<Kind extends SubjectKind>(keys: Set<string>, kind: Kind, state: Subjects[Kind]): boolean {
  return mayRead(keys, audiences[kind](state))
}
