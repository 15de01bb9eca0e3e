// Whose a thing is, as it was approved, and whether who comes for it is one of them.

import { z } from 'zod'
import { type Act, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { sameName } from '../../handling.ts'
import { fitsItsPaper, type IdentityKind, identity, kindOfPaper, misfit } from '../../identity.ts'
import { docketOn, type Item } from '../../item.ts'
import { refuseSince } from '../../rules.ts'

export const grounds = ['unrelated', 'measure-lifted', 'victim', 'judgment', 'other'] as const

export const Owner = z
  .strictObject({
    name: field.text(60),
    idKind: identity.idKind,
    idNumber: identity.idNumber.optional(),
    contact: field.particular().optional(),
    standing: z.enum(['owner', 'co-owner', 'heir', 'company']).optional(),
    share: field.text(40).optional(),
  })
  .refine(fitsItsPaper, misfit)
type Owner = z.infer<typeof Owner>

export const Recipient = z
  .strictObject({
    name: field.text(60),
    ...identity,
    relation: z.enum(['owner', 'agent']),
    /** The owner that an agent acts for; may be left out where there is one. */
    for: field.text(60).optional(),
  })
  .refine(fitsItsPaper, misfit)
export type Recipient = z.infer<typeof Recipient>

/** An owner as the entry keeps them: what identifies them is sealed. */
export type ApprovedOwner = {
  name: string
  idKind: IdentityKind
  standing?: string
  share?: string
  particulars: string
}
export type Proposed = {
  ground: (typeof grounds)[number]
  owner: { name: string }
  /** Since version 2 of the rules. */
  owners?: ApprovedOwner[]
  deciders: string[]
}

export const proposedOn = (item: Item): Proposed => docketOn<Proposed>(item, 'disposition')!.data

type Named = { owner: Owner; others?: Owner[] }

/** By name alone nobody can be told from a namesake. */
export function refuseUnidentified(item: Item, act: Act<Named>): void {
  const { owner, others = [] } = act.input
  const bare = [owner, ...others].find(({ idNumber }) => idNumber === undefined)
  refuseSince(act, 2, bare, 'return.owner-unidentified', { code: item.code, name: bare?.name })
}

/** What identifies a person, for sealing. */
export const particularsOf = ({ idNumber, contact }: Pick<Owner, 'idNumber' | 'contact'>): Record<string, string> => ({
  ...(idNumber === undefined ? {} : { idNumber }),
  ...(contact === undefined ? {} : { contact }),
})

export const ownersIn = ({ owner, others = [] }: Named, act: Act<unknown>): ApprovedOwner[] =>
  [owner, ...others].map((each) => ({
    name: each.name,
    idKind: kindOfPaper(each),
    ...(each.standing ? { standing: each.standing } : {}),
    ...(each.share ? { share: each.share } : {}),
    particulars: act.seal(particularsOf(each)),
  }))

/** The owner who comes, or for whom an agent comes; refuses who is none and comes for none. */
export function ownerFor(item: Item, recipient: Recipient, act: Act<unknown>): ApprovedOwner {
  const { owners = [] } = proposedOn(item)
  const { name, relation, idNumber } = recipient
  if (relation === 'agent') {
    const meant = recipient.for ?? (owners.length === 1 ? owners[0]!.name : undefined)
    const found = owners.find((owner) => meant !== undefined && sameName(act, owner.name, meant))
    refuseIf(!found, 'return.agent-for-nobody', { name, owner: owners.map((owner) => owner.name).join('、') })
    return found!
  }
  const namesakes = owners.filter((owner) => sameName(act, owner.name, name))
  refuseIf(namesakes.length === 0, 'return.not-the-owner', {
    name,
    owner: owners.map((owner) => owner.name).join('、'),
  })
  const found = namesakes.find(
    ({ idKind, particulars }) => idKind === kindOfPaper(recipient) && act.isIdentifiedBy(particulars, idNumber),
  )
  refuseIf(!found, 'return.other-identity', { name })
  return found!
}
