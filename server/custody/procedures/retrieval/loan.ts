// A retrieval as its thing remembers it from request to give-back, who decides it, and what its steps have in common.

import { z } from 'zod'
import { metered, weighed } from '../../classes.ts'
import { type Act, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { docketOn, type Item, whereaboutsOf } from '../../item.ts'
import { refuseSince } from '../../rules.ts'

export const purposes = [
  'interrogation',
  'examination',
  'identification',
  'inspection',
  'court',
  'publicity',
  'other',
] as const

export const Note = z.strictObject({ note: field.longText().optional() })

/** What is read on the thing whenever it leaves or comes back. */
export const taken = {
  seal: field.text(40).optional(),
  weight: field.weight().optional(),
  mileage: z.number().int().min(0).optional(),
}

export type Kept = {
  purpose: (typeof purposes)[number]
  usedAt: string
  dueAt: string
  borrower: string
  borrowerName: string
  decidesAt: string
  approvedAt?: string
  /** When the approval was recorded: said to be given earlier, it lapses no later. */
  approvalRecordedAt?: string
  wantedDueAt?: string
  seal?: string
  weight?: string
}

export const kept = (item: Item) => docketOn<Kept>(item, 'custody')!.data
export const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** The desk that decides: the agency in control; in the police the unit's head, or the leader for vehicles and publicity. */
export function decidingDesk(item: Item, purpose: string): string {
  if (item.control.agency !== item.owningAgency) return `casemanager@${item.control.agency}`
  return item.class === 'vehicle' || purpose === 'publicity'
    ? `leader@${item.control.agency}`
    : `head@${item.owningUnit}`
}

export const keeperDesk = (item: Item) => [`keeper@${whereaboutsOf(item)!.site}`]

export function refuseElsewhere(item: Item, act: Act<undefined>): void {
  const desk = kept(item).decidesAt
  refuseIf(!act.actor.grants.some(({ role, scope }) => `${role}@${scope}` === desk), 'retrieval.not-your-decision', {
    desk,
  })
}

/** Who decided, or was to, has no say any more when control went elsewhere meanwhile. */
export function refuseControlMoved(item: Item): void {
  const { code, control } = item
  const moved = decidingDesk(item, kept(item).purpose) !== kept(item).decidesAt
  refuseIf(moved, 'retrieval.control-moved', { code, agency: control.agencyName })
}

/** What the class wants taken whenever the thing leaves or comes back. */
export function refuseUnmeasured(item: Item, input: { weight?: string; mileage?: number }): void {
  refuseIf(weighed.includes(item.class) && !input.weight, 'retrieval.unweighed', { code: item.code })
  refuseIf(metered.includes(item.class) && input.mileage === undefined, 'retrieval.mileage-unread', { code: item.code })
}

/** A seal that nobody read says nothing; only of a thing that is not intact may it be gone. */
export function refuseSealUnread({ code, seal }: Item, act: Act<{ seal?: string }>): void {
  refuseSince(act, 2, seal && !act.input.seal, 'retrieval.seal-unread', { code, seal })
}

export function refuseTerm(act: Act, usedAt: string, dueAt: string): void {
  refuseIf(dueAt <= act.occurredAt || dueAt < usedAt, 'retrieval.due-before-use', { dueAt })
  const days = act.settings.retrievalLongestDays
  refuseIf(daysBetween(act.occurredAt, dueAt) > days, 'retrieval.term-too-long', { days })
}
