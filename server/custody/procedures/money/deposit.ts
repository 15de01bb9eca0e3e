// Notes leave the safe for the one account that the law allows, and go from there to another agency's.

import { z } from 'zod'
import { amountsOf, type Changed, changedBy, changes } from '../../amounts.ts'
import { type Act, itemFact, itemStep, refuseIf, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import { type Account, type Item, whereaboutsOf } from '../../item.ts'
import {
  AnAccount,
  accountOf,
  beside,
  booked,
  bookedOf,
  hasCounterfeit,
  refuseOtherAccount,
  refuseOtherAmount,
  refuseOtherFinance,
} from './accounts.ts'

const Deposit = z.strictObject({ ...AnAccount.shape, ...booked, note: field.longText().optional() })
const Appropriate = z.strictObject({
  /** The number of the account that it is on. */
  account: field.text(80),
  to: AnAccount,
  ...booked,
  note: field.longText().optional(),
})

/** Two keepers of the site count the notes out of the safe. */
export function keepersAt(sites: readonly string[], act: Act<unknown>): Signer[] {
  const not = [...new Set(act.items.flatMap(({ officers }) => officers))].sort()
  return sites.flatMap((scope) =>
    ['keeper', 'second-keeper'].map((as): Signer => ({ as, roles: ['keeper'], scope, not })),
  )
}

/** Who decides over it from elsewhere agrees that notes become a sum. */
function inControl({ control: { agency: scope } }: Item, act: Act<unknown>): Signer[] {
  if (scope === act.scope) return []
  return act.unit(scope).type === 'police'
    ? [{ as: 'leader', roles: ['leader', 'principal'], scope }]
    : [{ as: 'casemanager', roles: ['casemanager'], scope }]
}

/** Nothing else is under way over the notes, and nobody needs them as they are. */
function refuseNeeded({ code, open, control, objection, details }: Item): void {
  const [docket] = Object.values(open)
  refuseIf(docket, 'money.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
  refuseIf(control.state === 'offered', 'money.offered', { code })
  refuseIf(objection, 'money.objection-open', { code, objector: objection?.objector })
  refuseIf(details.notesAreEvidence, 'money.notes-are-evidence', { code })
}

export const deposit = itemStep({
  by: ['finance'],
  input: Deposit,
  signers: (act, item) =>
    item ? [...keepersAt([whereaboutsOf(item)?.site ?? []].flat(), act), ...inControl(item, act)] : [],
  ready: (item, act) => {
    const { code, class: kind, custody } = item
    refuseIf(kind !== 'cash', 'money.not-cash', { code })
    refuseIf(custody.state !== 'stored', 'money.not-stored', { code })
    refuseOtherFinance(item, act)
    refuseNeeded(item)
    refuseIf(hasCounterfeit(item), 'money.counterfeit-notes', { code })
  },
  requiresOnce: refuseOtherAmount,
  records: (item, act) => {
    const { institution, account, note } = act.input
    const was = amountsOf(item)
    const data = { institution, account, ...bookedOf(item, act), ...changes(was, { ...was, denominations: [] }) }
    return { fact: 'MoneyDeposited', data: { ...data, ...(note ? { note } : {}) } }
  },
})

export const appropriate = itemStep({
  by: ['finance', 'casemanager'],
  input: Appropriate,
  signers: beside,
  ready: (item, act) => {
    accountOf(item)
    refuseOtherFinance(item, act)
  },
  requiresOnce: refuseOtherAmount,
  requires: (item, act) => {
    const { account, to } = act.input
    refuseOtherAccount(item, account)
    refuseIf(to.account === account, 'money.same-account', { code: item.code, account })
  },
  records: (item, act) => {
    const { to, note } = act.input
    const { institution, account } = accountOf(item)
    const data = { from: { institution, account }, to, ...bookedOf(item, act), ...(note ? { note } : {}) }
    return { fact: 'MoneyAppropriated', data }
  },
})

export const deposited = {
  MoneyDeposited: itemFact<Account & { changed?: Changed }>(
    (item, { data: { institution, account, changed } }) => ({
      ...changedBy(item, changed),
      custody: { state: 'deposited', institution, account },
    }),
    { seen: true },
  ),
  MoneyAppropriated: itemFact<{ to: Account }>((item, { data: { to } }) => ({
    ...item,
    custody: { state: 'deposited', ...to },
  })),
}
