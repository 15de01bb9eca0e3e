// The books of money as they are read: a balance per case, currency and account, and the lines that it is made of. Pure.

import type { bookingKinds } from '../custody/bookings.ts'

/** Sums as decimal strings, with a minus where money went. `account` is empty for notes in the safe. */
export type Sums = Record<(typeof bookingKinds)[number] | 'balance', string>
export type Balance = { caseNo: string; currency: string; account: string; institution: string; items: number } & Sums
export type Total = Omit<Balance, 'caseNo' | 'items'>
export type MoneyPage = { balances: Balance[]; totals: Total[]; next?: string }

/** How an address names what is on no account. */
export const inTheSafe = 'safe'

export type MoneyLine = {
  position: number
  at: string
  item: string
  name: string
  caseNo: string
  currency: string
  account: string
  institution: string
  kind: (typeof bookingKinds)[number]
  amount: string
  fact: string
  docket?: string
  voucher?: { kind: string; no: string; date?: string }
}
