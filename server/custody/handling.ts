// Who has a thing in hand and may open, label or divide it – its keeper on the shelf, or the officer who holds it – and who stands beside. Pure.

import { type Act, refuseIf, type Signer } from './define.ts'
import { sameWriting } from './folding.ts'
import { type Item, isOffShelf } from './item.ts'
import type { Role } from './subjects.ts'

/** Roles that stand beside a colleague as a second person. `admin` is none of them: it does no business. */
export const witnessing: readonly Role[] = [
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
]

/** A second person of the actor's agency. */
export const secondPerson = (act: Act<unknown>): Signer => ({
  as: 'second-person',
  roles: [...witnessing],
  agency: act.actor.agency,
})

/** Who hands a thing over signs for it; for somebody whose account is closed, the head of the unit does. */
export const handsOver = (as: string, login: string, item: Item, act: Act<unknown>): Signer =>
  act.hasLeft(login) ? { as: 'head', roles: ['head'], scope: item.owningUnit } : { as, logins: [login] }

/** Whether a request is the actor's to take back: their own or, when who asked has left, one they could have made. */
export function isTheirs(requestedBy: string, item: Item, act: Act<unknown>): boolean {
  if (requestedBy === act.actor.login) return true
  const instead = act.role === 'officer' ? item.officers.includes(act.actor.login) : item.control.agency === act.scope
  return act.hasLeft(requestedBy) && instead
}

/** Refuses whoever has not got the thing: `<procedure>.not-in-hand`. */
export function refuseNotInHand(item: Item, act: Act<unknown>, procedure: string): void {
  const { code, custody } = item
  const kept = custody.state === 'stored' && act.role === 'keeper'
  const held = (custody.state === 'with-officer' || custody.state === 'out') && custody.holder === act.actor.login
  const beside = isOffShelf(custody) && item.officers.includes(act.actor.login)
  refuseIf(!kept && !held && !beside, `${procedure}.not-in-hand`, { code, state: custody.state })
}

/**
 * Whether two names are the same but for what tells nobody apart. Before version 2 of the rules nothing but blanks, case
 * and width was seen through.
 */
export const sameName = (act: { rules: number }, one: string, other: string): boolean =>
  act.rules >= 2 ? sameWriting(one, other) : bare(one) === bare(other)
const bare = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase()
