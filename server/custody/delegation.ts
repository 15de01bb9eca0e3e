// A delegation 委托代行: somebody sits at another's desk for a time, decides in their name and reads what the desk reads.
// Whether it runs is a question of the moment it is asked at. Pure.

import type { NewFact } from './define.ts'
import type { Delegation, Grant, Person } from './subjects.ts'

type Named = Delegation['of']

/** A role that somebody acts in: their own, or in whose place. */
export type Standing = Grant & { for?: Named }

export const isRunning = ({ from, until }: Delegation, now: string): boolean => from <= now && now < until

/** Those that somebody holds and that have not run out, begun or not. */
export const heldBy = ({ login, delegations = [] }: Person, now: string): Delegation[] =>
  delegations.filter(({ to, until }) => to.login === login && now < until)

/** Those that somebody gave and that have not run out, begun or not. */
export const givenBy = ({ login, delegations = [] }: Person, now: string): Delegation[] =>
  delegations.filter(({ of, until }) => of.login === login && now < until)

/** The roles that somebody has in the place of others at this moment. */
export const lentTo = (person: Person, now: string): (Grant & { for: Named })[] =>
  heldBy(person, now)
    .filter((each) => isRunning(each, now))
    .map(({ role, scope, from, of }) => ({ role, scope, grantedAt: from, grantedBy: of.login, for: of }))

/** When next a delegation that somebody holds begins or runs out; nothing when none will. */
export const nextChange = (person: Person, now: string): string | undefined =>
  heldBy(person, now)
    .flatMap(({ from, until }) => [from, until])
    .filter((at) => at > now)
    .sort()[0]

/** The end of delegations, told of both sides: whoever gave them and whoever holds them. */
export const endingOf = (
  delegations: readonly Delegation[],
  idOf: (login: string) => string,
  said: { reason?: string } = {},
): NewFact[] =>
  delegations.flatMap(({ id, of, to, role, scope }) =>
    [to, of].map(({ login }) => ({
      fact: 'DelegationEnded',
      data: { id, of, to, role, scope, ...said },
      subject: { kind: 'person', id: idOf(login) } as const,
    })),
  )
