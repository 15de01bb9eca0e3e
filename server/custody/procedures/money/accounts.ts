// What every booking of money says, and whose accounts it is on: the sum to the last fen, in its currency, with a voucher.

import { z } from 'zod'
import { amountsOf } from '../../amounts.ts'
import { currencyOf } from '../../currencies.ts'
import { compare, sum } from '../../decimal.ts'
import { type Act, refuseIf, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import { secondPerson } from '../../handling.ts'
import { type Account, type Item, storesOf } from '../../item.ts'
import { dayIn } from '../../local-time.ts'

export const voucher = z.strictObject({ kind: field.text(60), no: field.text(80), date: field.date() })
/** The sum of all things of the command, one voucher for them. */
export const booked = { voucher, amount: field.money(), currency: field.currency() }
export const AnAccount = z.strictObject({ institution: field.text(120), account: field.text(80) })

type Booked = { voucher: z.infer<typeof voucher>; amount: string; currency: string }

export const worth = ({ value }: Pick<Item, 'value'>): string => value ?? '0'

/** What the entry of one thing says of a booking: its own sum, and that of the voucher where that is of several things. */
export const bookedOf = (item: Item, { items, input }: Act<Booked>) => ({
  voucher: input.voucher,
  currency: input.currency,
  amount: worth(item),
  ...(items.length > 1 ? { total: input.amount } : {}),
})

/** The voucher is of these things: neither a fen more nor less, in their currency, and not of a day to come. */
export function refuseOtherAmount(act: Act<Booked>): void {
  const { items, input, settings, occurredAt } = act
  const { amount, currency, voucher } = input
  const other = items.find((item) => currencyOf(item) !== currency)
  const params = other && { code: other.code, currency: currencyOf(other), stated: currency }
  refuseIf(other, 'money.other-currency', params)
  const all = sum(...items.map(worth))
  refuseIf(compare(all, amount) !== 0, 'money.other-amount', { amount, worth: all, currency })
  refuseIf(voucher.date > dayIn(settings.timeZone, occurredAt), 'money.voucher-in-the-future', { date: voucher.date })
}

/** The finance of an agency that answers for it; or, where another decides over it by now, its case managers. */
export function refuseOtherFinance(item: Item, act: Act<unknown>): void {
  const { code, control } = item
  const stores = storesOf(item)
  const fits =
    act.role === 'finance'
      ? stores.includes(act.scope)
      : control.agency === act.scope && !stores.includes(control.agency)
  refuseIf(!fits, 'money.other-finance', { code })
}

/** The account that money is on. */
export function accountOf(item: Item): Account {
  const { code, custody } = item
  refuseIf(custody.state !== 'deposited', 'money.not-deposited', { code })
  return custody as Account
}

export function refuseOtherAccount(item: Item, account: string): void {
  const { code } = item
  const held = accountOf(item).account
  refuseIf(held !== account, 'money.other-account', { code, account, held })
}

export const hasCounterfeit = (item: Item): boolean =>
  amountsOf(item).denominations.some(({ counterfeit }) => counterfeit)

/** A colleague who took no part in what was decided. */
export function beside(act: Act<unknown>): Signer[] {
  const dockets = act.items.flatMap(({ open }) => open.disposition ?? [])
  const involved = dockets.flatMap(({ requestedBy, decidedBy }) => [requestedBy, ...decidedBy])
  return [{ ...secondPerson(act), not: [...new Set(involved)].sort() }]
}
