// Who comes for a thing, or is paid for it: the owners that were approved, or who acts for them, and never the staff.

import { z } from 'zod'
import { type Act, refuseIf, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import { sameName } from '../../handling.ts'
import { type Item, involvedIn } from '../../item.ts'
import { ownerFor, proposedOn, Recipient } from './owners.ts'

export const Coming = z.strictObject({
  recipient: Recipient,
  /** Power of attorney. */
  authority: field.file().optional(),
})
export type Coming = z.infer<typeof Coming>

/** `others` are further owners; `consent` is that of owners who did not come, in writing. */
export type Served<Each extends Coming = Coming> = Each & { others?: Each[]; consent?: string }

/** Everybody who came, the one who takes the thing first. */
export const comingIn = <Each extends Coming>(input: Served<Each>): Each[] => [input, ...(input.others ?? [])]

/** The person whom the thing was taken from fetches it for somebody else only when the leader agrees. */
export function leaderFor(item: Item, act: Act<Served | undefined>): Signer[] {
  if (act.rules < 2 || !act.input) return []
  const agents = comingIn(act.input).filter(({ recipient }) => recipient.relation === 'agent')
  if (!agents.some(({ recipient }) => sameName(act, recipient.name, item.takenFrom))) return []
  return [{ as: 'leader', roles: ['leader', 'principal'], scope: item.control.agency }]
}

/** Never to the staff: neither by identity number nor by the name of anybody who had a hand in it. */
function refuseStaff(item: Item, { name, idNumber }: Recipient, act: Act<unknown>): void {
  refuseIf(act.isStaff(idNumber), 'return.recipient-is-staff', { name })
  const people = [act.actor, ...act.countersigners, ...involvedIn(item, 'disposition').map(act.person)]
  refuseIf(
    people.some((person) => sameName(act, person.name, name)),
    'return.recipient-took-part',
    { name },
  )
}

/** By version 1 of the rules the name of the owner was enough. */
function refuseOtherName({ recipient }: Coming, item: Item, act: Act<unknown>): void {
  const { owner } = proposedOn(item)
  const other = recipient.relation === 'owner' && !sameName(act, recipient.name, owner.name)
  refuseIf(other, 'return.not-the-owner', { name: recipient.name, owner: owner.name })
}

/** Who came are owners or act for owners, and no owner is passed over. */
function refuseStrangers(item: Item, act: Act<Served>): void {
  const served = comingIn(act.input).map(({ recipient }) => ownerFor(item, recipient, act))
  const left = (proposedOn(item).owners ?? []).filter((owner) => !served.includes(owner))
  const names = left.map(({ name }) => name)
  refuseIf(left.length > 0 && !act.input.consent, 'return.owner-missing', { names: names.join('、') })
}

/** Refuses everybody who is not served by what was approved. */
export function refuseRecipients(item: Item, act: Act<Served>): void {
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
}
