// Cash is counted at the counter: what is there is received, and whatever differs from the list opens a discrepancy.

import { z } from 'zod'
import { type Amounts, amountsOf, type Denomination, denomination, sameNotes, worthOf } from '../../amounts.ts'
import { discrepancyFound } from '../../comparing.ts'
import { currencyOf } from '../../currencies.ts'
import { compare } from '../../decimal.ts'
import { type Act, type NewFact, refuseIf } from '../../define.ts'
import type { Item } from '../../item.ts'
import { refuseMixed } from './description.ts'

/** Every note and coin that is there, also those that are worth nothing. */
export const countedNotes = z.array(denomination).min(1).max(120)

/** What is counted is cash, one thing at a time, in the currency that it is in. */
export function refuseMiscounted(item: Item, notes: readonly Denomination[], act: Act<unknown>): void {
  const { code, line } = item
  refuseIf(item.class !== 'cash', 'intake.counted-is-cash', { code })
  refuseIf(act.items.length > 1, 'intake.counted-one-by-one')
  refuseMixed(notes, currencyOf(item), line)
}

const numberOf = (notes: readonly Denomination[], counterfeit: boolean): number =>
  notes.reduce((all, note) => all + (Boolean(note.counterfeit) === counterfeit ? note.count : 0), 0)

/** The thing as it was counted. A quantity that said its value, or how many notes it is, still does. */
export function amountsCounted(item: Item, notes: readonly Denomination[]): Amounts {
  const was = amountsOf(item)
  const value = worthOf(notes)
  const saysValue = was.value !== undefined && compare(was.quantity, was.value) === 0 && compare(value, '0') > 0
  const all = (of: readonly Denomination[]) => String(numberOf(of, false) + numberOf(of, true))
  const saysNotes = was.denominations.length > 0 && compare(was.quantity, all(was.denominations)) === 0
  const quantity = saysValue ? value : saysNotes ? all(notes) : was.quantity
  const denominations = notes.map(({ face, count, counterfeit }) => ({
    face,
    count,
    ...(counterfeit ? { counterfeit } : {}),
  }))
  return { ...was, quantity, value, denominations }
}

/** Why what was counted is not what was listed, as kinds of discrepancy; the first of them names it. */
function differences(was: Amounts, { value = '0', denominations }: Amounts): string[] {
  const more = compare(value, was.value ?? '0')
  const falser = numberOf(denominations, true) > numberOf(was.denominations, true)
  const others = was.denominations.length > 0 && !sameNotes(was.denominations, denominations)
  return [
    ...(more < 0 ? ['short'] : more > 0 ? ['surplus'] : []),
    ...(falser ? ['counterfeit'] : []),
    ...(more === 0 && others && !falser ? ['substituted'] : []),
  ]
}

/** The discrepancy between list and count, which whoever handed the money in explains; none when they agree. */
export function discrepancyCounted(item: Item, act: Act<unknown>, photos: string[], note: string): NewFact[] {
  const { counted } = act.input as { counted: Denomination[] }
  const [was, is] = [amountsOf(item), amountsCounted(item, counted)]
  const kinds = differences(was, is)
  if (kinds.length === 0) return []
  const found = discrepancyFound(act, kinds, {}, { note, photos })
  const said = ({ value, denominations }: Amounts) => ({ ...(value ? { value } : {}), denominations })
  const named = item.custody.state === 'with-officer' ? [item.custody.holder] : []
  const currency = currencyOf(item)
  return [{ ...found, data: { ...found.data, currency, listed: said(was), counted: said(is), named } }]
}
