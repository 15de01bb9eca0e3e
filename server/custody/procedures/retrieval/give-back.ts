// The thing comes back and is compared with what went out.

import { z } from 'zod'
import { ended } from '../../clocks.ts'
import { conditions, differencesBetween, discrepancyFound, type Marks, marksOf } from '../../comparing.ts'
import { compare, minus } from '../../decimal.ts'
import { itemFact, itemStep, refuseIf } from '../../define.ts'
import { closeDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import { handsOver } from '../../handling.ts'
import type { Item, Whereabouts } from '../../item.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'
import { kept, refuseUnmeasured, taken } from './loan.ts'

const GiveBack = z.strictObject({
  place: field.placeCode(),
  condition: z.enum(conditions),
  photos: field.photos(1),
  ...taken,
  note: field.longText().optional(),
  /** A lawful loss, such as a sample that the laboratory used up. */
  sampled: z.strictObject({ used: field.weight(), proof: field.file() }).optional(),
})

/** Seal and weight as they were when the thing went out. */
const released = (item: Item): Marks => ({
  seal: kept(item).seal ?? item.seal,
  weight: kept(item).weight ?? item.weight,
})

/**
 * Seal and weight that count from now on. They stay as recorded, whatever was measured – a difference counts only when
 * its discrepancy is resolved – but for a lawful loss and for what was not known before.
 */
function accepted(item: Item, { seal, weight, sampled }: z.infer<typeof GiveBack>): Marks {
  const left =
    item.weight && sampled && compare(sampled.used, item.weight) <= 0 ? minus(item.weight, sampled.used) : undefined
  return marksOf({ seal: item.seal ?? seal, weight: left ?? item.weight ?? weight })
}

export const giveBack = itemStep({
  by: ['keeper'],
  axis: 'custody',
  docket: { at: ['released', 'extension-requested'] },
  part: 'executes',
  partial: true,
  physical: true,
  withHolders: true,
  input: GiveBack,
  signers: (act, item) => (item?.open.custody ? [handsOver('borrower', kept(item).borrower, item, act)] : []),
  requires: (item, act) => {
    refuseUnfit(act.place(act.input.place), item, act)
    refuseIf(act.input.condition !== 'intact' && !act.input.note, 'retrieval.condition-unexplained', {
      code: item.code,
    })
    if (act.input.condition !== 'lost') refuseUnmeasured(item, act.input)
  },
  records: (item, act) => {
    const { condition, seal, weight, sampled } = act.input
    const perMille = act.settings.weightTolerancePerMille
    const found = differencesBetween(released(item), { condition, seal, weight }, perMille, sampled?.used)
    const at = whereaboutsIn(act.place(act.input.place))
    const data = { ...act.input, at, by: act.actor.login }
    const lost = act.input.condition === 'lost'
    const back = lost ? { fact: 'ItemNotGivenBack', data: { ...act.input } } : { fact: 'ItemGivenBack', data }
    if (found.length === 0) return back
    return [back, discrepancyFound(act, found, released(item), act.input)]
  },
})

export const givenBack = {
  ItemGivenBack: itemFact<z.infer<typeof GiveBack> & { at: Whereabouts; by: string }>(
    (item, { data }) => ({
      ...item,
      custody: { state: 'stored', ...data.at },
      ...ended(item, 'D03'),
      ...accepted(item, data),
      keptBy: [...new Set([...item.keptBy, data.by])],
      open: closeDocket(item, 'custody'),
    }),
    { seen: true },
  ),
  ItemNotGivenBack: itemFact((item) => item),
}
