// The thing is handed to its owners, or to who acts for them: never to the staff, and to nobody by the name alone.

import { z } from 'zod'
import { refuseUnsettled, refuseWrongHand } from '../../control.ts'
import { type Act, itemFact, itemStep, refuseIf, type Signer } from '../../define.ts'
import { closeDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import { sameName } from '../../handling.ts'
import { type Item, involvedIn, whereaboutsOf } from '../../item.ts'
import type { Role } from '../../subjects.ts'
import { ownerFor, proposedOn, Recipient } from './owners.ts'

const HandOver = z.strictObject({
  recipient: Recipient,
  /** Power of attorney. */
  authority: field.file().optional(),
  signature: field.signature(),
  photo: field.photo(),
  /** Who else came: every owner comes, is represented, or has agreed in writing. */
  others: z
    .array(z.strictObject({ recipient: Recipient, authority: field.file().optional(), signature: field.signature() }))
    .max(20)
    .optional(),
  /** The written consent of owners who did not come. */
  consent: field.file().optional(),
})
type HandOver = z.infer<typeof HandOver>

type Coming = { recipient: Recipient; authority?: string; signature: string }

/** Everybody who came, the one who takes the thing first. */
const comingIn = ({ recipient, authority, signature, others = [] }: HandOver): Coming[] => [
  { recipient, authority, signature },
  ...others,
]

/** Somebody who works with these items, and did not decide what is to become of them. */
function secondPerson(act: Act<unknown>): Signer[] {
  // Two-person classes bring their second keeper, who is that second person.
  const guarded = act.items.some((item) => act.settings.twoPersonClasses.includes(item.class))
  if (guarded && act.role === 'keeper') return []
  const scopes = act.items.flatMap((item) => [act.scope, item.owningUnit, ...item.agencies])
  const not = act.items.flatMap((item) => item.open.disposition?.decidedBy ?? [])
  const roles: Role[] = ['keeper', 'officer', 'head', 'storehead', 'inspector', 'casemanager']
  return [{ as: 'second-person', roles, scopes: [...new Set(scopes)], not: [...new Set(not)] }]
}

/** The person whom the thing was taken from fetches it for somebody else only when the leader agrees. */
function leaderFor(item: Item, act: Act<HandOver | undefined>): Signer[] {
  if (act.rules < 2 || !act.input) return []
  const agents = comingIn(act.input).filter(({ recipient }) => recipient.relation === 'agent')
  if (!agents.some(({ recipient }) => sameName(act, recipient.name, item.takenFrom))) return []
  return [{ as: 'leader', roles: ['leader', 'principal'], scope: item.control.agency }]
}

/** Never to the staff: neither by identity number nor by the name of anybody who had a hand in it. */
function refuseStaff(item: Item, { name, idNumber }: Recipient, act: Act<HandOver>): void {
  refuseIf(act.isStaff(idNumber), 'return.recipient-is-staff', { name })
  const people = [act.actor, ...act.countersigners, ...involvedIn(item, 'disposition').map(act.person)]
  refuseIf(
    people.some((person) => sameName(act, person.name, name)),
    'return.recipient-took-part',
    { name },
  )
}

/** By version 1 of the rules the name of the owner was enough. */
function refuseOtherName({ recipient }: Coming, item: Item, act: Act<HandOver>): void {
  const { owner } = proposedOn(item)
  const other = recipient.relation === 'owner' && !sameName(act, recipient.name, owner.name)
  refuseIf(other, 'return.not-the-owner', { name: recipient.name, owner: owner.name })
}

/** Authority, signature and photograph are papers of their own, and no two people sign with one signature. */
function refuseSamePapers({ photo, consent, ...input }: HandOver): void {
  const papers = comingIn(input as HandOver).flatMap(({ authority, signature }) => [authority ?? [], signature].flat())
  const all = [...papers, photo, ...(consent ? [consent] : [])]
  refuseIf(new Set(all).size < all.length, 'return.papers-same')
}

/** Who came are owners or act for owners, and no owner is passed over. */
function refuseStrangers(item: Item, act: Act<HandOver>): void {
  const served = comingIn(act.input).map(({ recipient }) => ownerFor(item, recipient, act))
  const left = (proposedOn(item).owners ?? []).filter((owner) => !served.includes(owner))
  const names = left.map(({ name }) => name)
  refuseIf(left.length > 0 && !act.input.consent, 'return.owner-missing', { names: names.join('、') })
}

export const handOver = itemStep({
  by: ['keeper', 'officer'],
  axis: 'disposition',
  docket: { at: ['approved'] },
  part: 'executes',
  physical: true,
  withInvolved: true,
  input: HandOver,
  withIdentities: true,
  signers: (act, item) => [...(item === act.items[0] ? secondPerson(act) : []), ...(item ? leaderFor(item, act) : [])],
  ready: (item, act) => {
    refuseWrongHand(item, act, 'return')
    refuseUnsettled(item, 'return')
  },
  requires: (item, act) => {
    for (const coming of comingIn(act.input)) {
      const { recipient, authority } = coming
      refuseStaff(item, recipient, act)
      refuseIf(recipient.relation === 'agent' && !authority, 'return.authority-missing', { name: recipient.name })
      if (act.rules < 2) refuseOtherName(coming, item, act)
    }
    if (act.rules < 2) return
    // What was approved by the first rules names an owner without a number: the name is all there is to compare.
    if (proposedOn(item).owners) refuseStrangers(item, act)
    else for (const coming of comingIn(act.input)) refuseOtherName(coming, item, act)
    refuseSamePapers(act.input)
  },
  records: (_item, act) => {
    const { recipient, others, ...papers } = act.input
    const { idNumber, ...known } = recipient
    const data = { ...papers, recipient: known, particulars: act.seal({ idNumber }) }
    if (!others) return { fact: 'ItemReturned', data }
    const also = others.map(({ recipient: { idNumber, ...known }, ...signed }) => ({
      ...signed,
      recipient: known,
      particulars: act.seal({ idNumber }),
    }))
    return { fact: 'ItemReturned', data: { ...data, others: also } }
  },
})

export const returned = {
  ItemReturned: itemFact<{ recipient: { name: string } }>(
    (item, { data, occurredAt }) => ({
      ...item,
      custody: { state: 'left', how: 'returned', to: data.recipient.name, from: whereaboutsOf(item) },
      disposition: { state: 'done', kind: 'returned', at: occurredAt },
      clocks: [],
      due: undefined,
      open: closeDocket(item, 'disposition'),
    }),
    { seen: true },
  ),
}
