// The thing is handed to its owners, or to who acts for them: never to the staff, and to nobody by the name alone.

import { z } from 'zod'
import { refuseUnsettled, refuseWrongHand } from '../../control.ts'
import { type Act, itemFact, itemStep, refuseIf, type Signer } from '../../define.ts'
import { closeDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import { type Item, whereaboutsOf } from '../../item.ts'
import type { Role } from '../../subjects.ts'
import { Recipient } from './owners.ts'
import { comingIn, leaderFor, refuseRecipients } from './recipients.ts'

const HandOver = z.strictObject({
  recipient: Recipient,
  /** Power of attorney. */
  authority: field.paper().optional(),
  signature: field.signature(),
  photo: field.photo(),
  /** Who else came: every owner comes, is represented, or has agreed in writing. */
  others: z
    .array(z.strictObject({ recipient: Recipient, authority: field.paper().optional(), signature: field.signature() }))
    .max(20)
    .optional(),
  /** The written consent of owners who did not come. */
  consent: field.paper().optional(),
})
type HandOver = z.infer<typeof HandOver>

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

/** Authority, signature and photograph are papers of their own, and no two people sign with one signature. */
function refuseSamePapers({ photos }: Item, input: HandOver): void {
  const { photo, consent } = input
  const coming = comingIn<Omit<HandOver, 'photo' | 'others' | 'consent'>>(input)
  const papers = coming.flatMap(({ authority, signature }) => [authority ?? [], signature].flat())
  const all = [...papers, photo, ...(consent ? [consent] : [])]
  const isPhotograph = coming.some(({ signature }) => photos.includes(signature))
  refuseIf(isPhotograph || new Set(all).size < all.length, 'return.papers-same')
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
    refuseRecipients(item, act)
    if (act.rules >= 2) refuseSamePapers(item, act.input)
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
