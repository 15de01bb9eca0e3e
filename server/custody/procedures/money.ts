// money 涉案款 – cash is an amount on an account: deposited, appropriated, given back or paid to the treasury by finance, with vouchers.

import { procedure } from '../define.ts'
import { appropriate, deposit, deposited } from './money/deposit.ts'
import { giveBack, paidOut, toTreasury } from './money/payment.ts'
import { reverse, reversed } from './money/reversal.ts'

export const money = procedure({
  name: 'money',
  steps: { deposit, appropriate, return: giveBack, 'to-treasury': toTreasury, reverse },
  facts: { ...deposited, ...paidOut, ...reversed },
  refusals: [
    'not-cash',
    'not-stored',
    'other-finance',
    'docket-open',
    'offered',
    'objection-open',
    'notes-are-evidence',
    'counterfeit-notes',
    'other-currency',
    'other-amount',
    'voucher-in-the-future',
    'not-deposited',
    'other-account',
    'same-account',
    'not-to-the-treasury',
    'nothing-booked',
    'one-way',
    'paid-out',
    'other-store',
  ],
})
