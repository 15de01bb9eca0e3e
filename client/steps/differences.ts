// What a form says that is not as it was recorded, and what comes of it when it is sent. Pure.

import type { Card } from '../../server/contract/cards.ts'
import { compare, decimalPattern, minus, within } from '../../server/custody/decimal.ts'
import { settingsOf } from '../../server/custody/settings.ts'

/** What follows: the thing comes under discrepancy, the step is refused, or the rest stays with the officer. */
export type Consequence = 'discrepancy' | 'refused' | 'rest'
export type Difference = {
  code: string
  name: string
  field: 'seal' | 'seal-gone' | 'weight' | 'condition' | 'faults' | 'quantity'
  is: string
  was: string
  consequence: Consequence
}

type Read = {
  seal?: string
  weight?: string
  condition?: string
  faults?: string[]
  quantityReceived?: string
  sampled?: { used?: string }
}
type Input = Read & { checked?: Read; lines?: (Read & { code: string })[] }

/** Steps that go on with what differs, under a discrepancy. */
const comparing = ['retrieval.give-back', 'relocation.arrive', 'measure.inspect']
/** Steps that take nothing that is not as recorded. */
const strict = ['retrieval.release', 'retrieval.hand-on', 'relocation.dispatch', 'disposal.execute', 'intake.receive']

export const compares = (step: string): boolean => comparing.includes(step) || strict.includes(step)

/** For every item what differs, in the order of the items. */
export function differencesIn(step: string, items: Card[], value: unknown): Difference[] {
  if (!compares(step)) return []
  const input = (value ?? {}) as Input
  return items.flatMap((item) => {
    const line = input.lines?.find(({ code }) => code === item.code)
    return differencesOf(step, item, { ...input, ...input.checked, ...said(line) })
  })
}

const said = (line: Read | undefined): Read =>
  Object.fromEntries(Object.entries(line ?? {}).filter(([, value]) => value !== undefined && value !== ''))

function differencesOf(step: string, item: Card, read: Read): Difference[] {
  const { code, name } = item
  const found: Difference[] = []
  const add = (field: Difference['field'], is: string, was: string, consequence = consequenceOf(step)) =>
    found.push({ code, name, field, is, was, consequence })
  const { seal = '', weight = '', condition, faults = [], quantityReceived = '' } = read
  if (condition === 'lost') {
    add('condition', condition, 'intact')
    return found
  }
  if (item.seal && seal === '' && condition !== undefined && condition !== 'intact' && comparing.includes(step))
    add('seal-gone', '', item.seal)
  if (item.seal && seal !== '' && seal.trim() !== item.seal)
    add('seal', seal, item.seal, faults.includes('seal-broken') ? 'discrepancy' : undefined)
  const { weight: listed } = item
  const isPart = isLess(quantityReceived, item.quantity)
  if (listed && decimalPattern.test(weight) && !isPart) {
    const due = left(listed, read.sampled?.used)
    if (!within(weight, due, settingsOf(undefined).weightTolerancePerMille)) add('weight', weight, due)
  }
  if (comparing.includes(step) && condition !== undefined && condition !== 'intact')
    add('condition', condition, 'intact')
  for (const fault of faults) add('faults', fault, '', 'discrepancy')
  if (isPart) add('quantity', quantityReceived, item.quantity, 'rest')
  return found
}

const consequenceOf = (step: string): Consequence => (comparing.includes(step) ? 'discrepancy' : 'refused')

const isLess = (one: string, other: string): boolean =>
  decimalPattern.test(one) && decimalPattern.test(other) && compare(one, other) < 0

/** What is left of a weight of which some was lawfully used. */
function left(weight: string, used = ''): string {
  return decimalPattern.test(used) && compare(used, weight) <= 0 ? minus(weight, used) : weight
}
