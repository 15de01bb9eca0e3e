// A booking that was wrong is reversed in the open, with a voucher of its own: nothing is erased.

import { z } from 'zod'
import { amountsOf, type Changed, changedBy, changes, worthOf } from '../../amounts.ts'
import { compare } from '../../decimal.ts'
import { type Act, itemFact, itemStep, refuseIf, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import { type Account, type Custody, type Item, storesOf } from '../../item.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'
import { amountsCounted, countedNotes, refuseMiscounted } from '../intake/cash-counted.ts'
import { AnAccount, booked, bookedOf, refuseOtherAmount, refuseOtherFinance, worth } from './accounts.ts'
import { keepersAt } from './deposit.ts'

/** One of two ways: it is on another account, or it never left the safe. */
const Reverse = z.strictObject({
  to: AnAccount.optional(),
  back: z.strictObject({ place: field.placeCode(), counted: countedNotes }).optional(),
  reason: field.longText(1000),
  ...booked,
})
type Reverse = z.infer<typeof Reverse>

/** The account from which it was paid, when a bank may send it back; by the first rules nobody wrote down which. */
const sentBackFrom = ({ custody, class: kind }: Item): Partial<Account> | undefined =>
  custody.state !== 'left' || kind !== 'cash' ? undefined : custody.how === 'deposit' ? {} : custody.paidFrom

const wasOn = (item: Item): Partial<Account> =>
  item.custody.state === 'deposited'
    ? { institution: item.custody.institution, account: item.custody.account }
    : (sentBackFrom(item) ?? {})

/** The head of the property department stands for it; and two keepers where notes are in the safe again. */
function signersOf(act: Act<Reverse | undefined>, item: Item | undefined): Signer[] {
  const storehead: Signer[] = item ? [{ as: 'storehead', roles: ['storehead'], scopes: storesOf(item) }] : []
  const { back } = act.input ?? {}
  return back ? [...storehead, ...keepersAt([act.place(back.place).site], act)] : storehead
}

function refuseBack(item: Item, { back }: Reverse, act: Act<Reverse>): void {
  const { code, open, custody } = item
  refuseIf(custody.state === 'left', 'money.paid-out', { code })
  const [docket] = Object.values(open)
  refuseIf(docket, 'money.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
  const place = act.place(back!.place)
  refuseUnfit(place, item, act)
  refuseIf(!storesOf(item).includes(place.agency), 'money.other-store', { code })
  refuseMiscounted(item, back!.counted, act)
  const counted = worthOf(back!.counted)
  const params = { amount: counted, worth: worth(item), currency: act.input.currency }
  refuseIf(compare(counted, worth(item)) !== 0, 'money.other-amount', params)
}

export const reverse = itemStep({
  by: ['finance', 'casemanager'],
  afterLeft: true,
  input: Reverse,
  signers: signersOf,
  ready: (item, act) => {
    refuseOtherFinance(item, act)
    const isBooked = item.custody.state === 'deposited' || sentBackFrom(item) !== undefined
    refuseIf(!isBooked, 'money.nothing-booked', { code: item.code })
  },
  requiresOnce: refuseOtherAmount,
  requires: (item, act) => {
    const { code, custody } = item
    const { to, back } = act.input
    refuseIf((to === undefined) === (back === undefined), 'money.one-way', { code })
    const same =
      custody.state === 'deposited' && to?.account === custody.account && to.institution === custody.institution
    refuseIf(same, 'money.same-account', { code, account: to?.account })
    if (back) refuseBack(item, act.input, act)
  },
  records: (item, act) => {
    const { to, back, reason } = act.input
    const custody: Custody = to
      ? { state: 'deposited', ...to }
      : { state: 'stored', ...whereaboutsIn(act.place(back!.place)) }
    const recounted = back ? changes(amountsOf(item), amountsCounted(item, back.counted)) : {}
    const from = wasOn(item)
    const data = { reason, ...(from.account ? { from } : {}), ...(to ? { to } : {}), custody, ...bookedOf(item, act) }
    return { fact: 'MoneyReversed', data: { ...data, ...recounted } }
  },
})

export const reversed = {
  MoneyReversed: itemFact<{ custody: Custody; changed?: Changed }>((item, { data: { custody, changed } }) => ({
    ...changedBy(item, changed),
    custody,
    ...(item.custody.state === 'left' ? { disposition: { state: 'none' as const } } : {}),
  })),
}
