// Desks that nobody would sit at any more when somebody leaves or loses a role, while dockets wait there.

import { deskOf } from '../../audience.ts'
import type { Act, Signer } from '../../define.ts'
import { lentTo } from '../../delegation.ts'
import { refuseSince } from '../../rules.ts'
import type { Grant, Person } from '../../subjects.ts'

/** Whoever takes the role all the same has a leader sign for it. */
export const leaderFor = ({ actor, rules }: Act<unknown>, atOnce: boolean | undefined): Signer[] =>
  atOnce && rules >= 2 ? [{ as: 'leader', roles: ['leader', 'principal'], agency: actor.agency }] : []

/**
 * Refuses to leave a desk to nobody: neither to another holder nor to whom it is lent. What the role `lost` had lent goes
 * with it; who only leaves has lent it until its end.
 */
export function refuseEmptyDesk(person: Person, act: Act<unknown>, lost?: Pick<Grant, 'role' | 'scope'>): void {
  const { login, name } = person
  const desks = lost ? [deskOf(lost)] : [...person.grants, ...lentTo(person, act.now)].map(deskOf)
  for (const desk of desks) {
    const { waiting, people } = act.atDesk(desk)
    const sits = (other: Person) =>
      other.grants.some((grant) => deskOf(grant) === desk) ||
      lentTo(other, act.now).some((grant) => deskOf(grant) === desk && !(lost && grant.for.login === login))
    const empty = waiting > 0 && !people.some((other) => other.login !== login && sits(other))
    refuseSince(act, 2, empty, 'person.desk-empty', { name, desk, count: waiting })
  }
}
