// What a fact does to the books of money: read off the thing before and after it, so that no fact can be forgotten. Pure.

import { currencyOf } from './currencies.ts'
import { compare, minus } from './decimal.ts'
import type { Item } from './item.ts'

export const bookingKinds = [
  'received',
  'deposited',
  'appropriated',
  'returned',
  'treasury',
  'reversed',
  'other',
] as const
export type BookingKind = (typeof bookingKinds)[number]

/** One line of the books. Notes in the safe are on the account without a number. */
export type Booking = {
  caseNo: string
  currency: string
  account: string
  institution: string
  kind: BookingKind
  /** Decimal string, with a minus where money went. */
  amount: string
}

/** Which account of which case the thing is money on; nothing while it is in nobody's books. */
function accountOf(item: Item | undefined): Omit<Booking, 'kind' | 'amount'> | undefined {
  if (item?.class !== 'cash') return undefined
  const { caseNo, custody } = item
  const of = { caseNo, currency: currencyOf(item) }
  switch (custody.state) {
    case 'stored':
    case 'out':
    case 'in-transit':
      return { ...of, account: '', institution: '' }
    case 'deposited':
      return { ...of, account: custody.account, institution: custody.institution }
    default:
      return undefined
  }
}

const keyOf = (at: ReturnType<typeof accountOf>) => at && JSON.stringify([at.caseNo, at.currency, at.account])
const negative = (amount: string) => (compare(amount, '0') === 0 ? amount : `-${amount}`)

/** The lines that a fact writes: none, one where a sum was put right, or one for each of two accounts. */
export function bookingsOf(fact: string, before: Item | undefined, after: Item): Booking[] {
  const [from, to] = [accountOf(before), accountOf(after)]
  const [was, is] = [before?.value ?? '0', after.value ?? '0']
  const kind = kindOf(fact, before, after)
  if (from && to && keyOf(from) === keyOf(to)) {
    const rest = compare(is, was)
    return rest === 0 ? [] : [{ ...to, kind, amount: rest > 0 ? minus(is, was) : negative(minus(was, is)) }]
  }
  const went = from && { ...from, kind, amount: negative(was) }
  const came = to && { ...to, kind, amount: is }
  return [went, came].filter((line): line is Booking => line !== undefined && line.amount !== '0')
}

const ends: Record<string, BookingKind> = { returned: 'returned', treasury: 'treasury', deposit: 'deposited' }

function kindOf(fact: string, before: Item | undefined, after: Item): BookingKind {
  if (!before) return 'other'
  const [was, is] = [before.custody.state, after.custody.state]
  if (fact === 'MoneyReversed') return 'reversed'
  if (is === 'left' && after.disposition.state === 'done') return ends[after.disposition.kind] ?? 'other'
  if (was === 'with-officer' && is === 'stored') return 'received'
  if (is !== 'deposited') return 'other'
  if (was !== 'deposited') return 'deposited'
  const same = JSON.stringify(before.custody) === JSON.stringify(after.custody)
  return same ? 'other' : 'appropriated'
}
