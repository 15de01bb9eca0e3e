// Money that is on an account goes to whom it was decided: to its owners, or to the treasury.

import { z } from 'zod'
import { type Act, itemFact, itemStep, refuseIf } from '../../define.ts'
import { closeDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import { type Account, docketOn, type Item } from '../../item.ts'
import { Coming, leaderFor, refuseRecipients } from '../return/recipients.ts'
import {
  accountOf,
  beside,
  booked,
  bookedOf,
  refuseOtherAccount,
  refuseOtherAmount,
  refuseOtherFinance,
} from './accounts.ts'

/** The number of the account that it is paid from. */
const from = { account: field.text(80) }
const Return = z.strictObject({
  ...Coming.shape,
  /** Number of the owner's account, or how else they were paid. */
  payee: field.particular().optional(),
  others: z.array(Coming).max(20).optional(),
  consent: field.file().optional(),
  ...from,
  ...booked,
  note: field.longText().optional(),
})
const ToTreasury = z.strictObject({
  /** The office that took it. */
  to: field.text(120),
  ...from,
  ...booked,
  note: field.longText().optional(),
})

function refuseUnpayable(item: Item, act: Act<undefined>): void {
  const { code, control, objection } = item
  accountOf(item)
  refuseOtherFinance(item, act)
  refuseIf(control.state === 'offered', 'money.offered', { code })
  refuseIf(objection, 'money.objection-open', { code, objector: objection?.objector })
}

const execution = {
  by: ['finance', 'casemanager'] as const,
  axis: 'disposition' as const,
  part: 'executes' as const,
  requiresOnce: refuseOtherAmount,
}

export const giveBack = itemStep({
  ...execution,
  docket: { at: ['approved'], of: 'return' },
  withInvolved: true,
  withIdentities: true,
  input: Return,
  signers: (act, item) => [...beside(act), ...(item ? leaderFor(item, act) : [])],
  ready: refuseUnpayable,
  requires: (item, act) => {
    refuseOtherAccount(item, act.input.account)
    refuseRecipients(item, act)
  },
  records: (item, act) => {
    const { recipient, authority, payee, others = [], consent, note } = act.input
    const { idNumber, ...known } = recipient
    const also = others.map(({ recipient: { idNumber, ...known }, ...papers }) => ({
      ...papers,
      recipient: known,
      particulars: act.seal({ idNumber }),
    }))
    const data = {
      recipient: known,
      particulars: act.seal({ idNumber, ...(payee ? { payee } : {}) }),
      ...(authority ? { authority } : {}),
      ...(also.length > 0 ? { others: also } : {}),
      ...(consent ? { consent } : {}),
      ...(note ? { note } : {}),
    }
    return { fact: 'MoneyReturned', data: { ...data, ...paidFrom(item), ...bookedOf(item, act) } }
  },
})

export const toTreasury = itemStep({
  ...execution,
  docket: { at: ['approved'], of: 'disposal' },
  input: ToTreasury,
  signers: beside,
  ready: (item, act) => {
    refuseUnpayable(item, act)
    const { kind } = docketOn<{ kind: string }>(item, 'disposition')!.data
    refuseIf(kind !== 'treasury', 'money.not-to-the-treasury', { code: item.code, kind })
  },
  requires: (item, act) => refuseOtherAccount(item, act.input.account),
  records: (item, act) => {
    const { to, note } = act.input
    return {
      fact: 'MoneyPaidToTreasury',
      data: { to, ...paidFrom(item), ...bookedOf(item, act), ...(note ? { note } : {}) },
    }
  },
})

function paidFrom(item: Item): { from: Account } {
  const { institution, account } = accountOf(item)
  return { from: { institution, account } }
}

/** It has left for good, and the docket that said so is executed. */
const paid = (item: Item, at: string, { kind, to, from }: { kind: string; to: string; from: Account }): Item => ({
  ...item,
  custody: { state: 'left', how: kind, to, paidFrom: from },
  disposition: { state: 'done', kind, at },
  clocks: [],
  due: undefined,
  open: closeDocket(item, 'disposition'),
})

export const paidOut = {
  MoneyReturned: itemFact<{ recipient: { name: string }; from: Account }>((item, { data, occurredAt }) =>
    paid(item, occurredAt, { kind: 'returned', to: data.recipient.name, from: data.from }),
  ),
  MoneyPaidToTreasury: itemFact<{ to: string; from: Account }>((item, { data, occurredAt }) =>
    paid(item, occurredAt, { kind: 'treasury', to: data.to, from: data.from }),
  ),
}
