// The thing comes back and is compared with what went out; or it does not, because the laboratory used it up.

import { z } from 'zod'
import { type Amounts, amountsOf, type Changed, changedBy, changes, firstWeighed, lessened } from '../../amounts.ts'
import { consumable } from '../../classes.ts'
import { ended } from '../../clocks.ts'
import { conditions, differencesBetween, discrepancyFound, type Marks, marksOf } from '../../comparing.ts'
import { compare, minus } from '../../decimal.ts'
import { type Act, itemFact, itemStep, refuseIf } from '../../define.ts'
import { closeDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import { handsOver } from '../../handling.ts'
import { goneFor, type Item, type Whereabouts } from '../../item.ts'
import { perItem } from '../../lines.ts'
import { refuseSince } from '../../rules.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'
import { kept, refuseSealUnread, refuseUnmeasured, taken } from './loan.ts'

const GiveBack = z.strictObject({
  /** Where it is put; of what is lost or used up nothing is. */
  place: field.placeCode().optional(),
  condition: z.enum([...conditions, 'used-up']),
  photos: field.photos(1),
  ...taken,
  note: field.longText().optional(),
  /** A lawful loss, such as a sample that the laboratory used up. */
  sampled: z.strictObject({ used: field.weight(), proof: field.paper() }).optional(),
  /** The laboratory's report, of a thing that was used up. */
  report: field.paper().optional(),
})
type GiveBack = z.infer<typeof GiveBack>

/** Seal and weight as they were when the thing went out. */
const released = (item: Item): Marks => ({
  seal: kept(item).seal ?? item.seal,
  weight: kept(item).weight ?? item.weight,
})

/**
 * Seal and weight that count from now on. They stay as recorded, whatever was measured – a difference counts only when
 * its discrepancy is resolved – but for a lawful loss and for what was not known before.
 */
function accepted(item: Item, { seal, weight, sampled }: GiveBack): Marks {
  const left =
    item.weight && sampled && compare(sampled.used, item.weight) <= 0 ? minus(item.weight, sampled.used) : undefined
  return marksOf({ seal: item.seal ?? seal, weight: left ?? item.weight ?? weight })
}

/** Used up is what the laboratory examined, nothing else, and the report says so. */
function refuseUsedUp(item: Item, { input }: Act<GiveBack>): void {
  const { code, class: kind } = item
  const { condition, report, sampled } = input
  if (condition !== 'used-up') return
  refuseIf(kept(item).purpose !== 'examination', 'retrieval.used-up-elsewhere', { code, purpose: kept(item).purpose })
  refuseIf(!consumable.includes(kind), 'retrieval.not-consumable', { code, class: kind })
  refuseIf(!report || sampled, 'retrieval.used-up-unreported', { code })
}

/** A sample is less than all there is: otherwise the thing is used up. */
function refuseOversampled(item: Item, act: Act<GiveBack>): void {
  const { sampled } = act.input
  if (sampled) refuseSince(act, 2, !lessened(item, sampled.used), 'retrieval.all-sampled', { code: item.code })
}

/** What a sample or a first weighing made of its amounts. */
function changed(item: Item, { input, rules }: Act<GiveBack>): { changed?: Changed } {
  if (rules < 2) return {}
  const was = amountsOf(item)
  const left = input.sampled ? lessened(item, input.sampled.used)! : was
  return changes(was, firstWeighed(left, input.weight))
}

export const giveBack = itemStep({
  by: ['keeper'],
  axis: 'custody',
  docket: { at: ['released', 'extension-requested'] },
  part: 'executes',
  partial: true,
  physical: true,
  withHolders: true,
  ...perItem(GiveBack, ['seal', 'weight', 'mileage', 'condition', 'note', 'photos', 'sampled', 'report']),
  signers: (act, item) => (item?.open.custody ? [handsOver('borrower', kept(item).borrower, item, act)] : []),
  requires: (item, act) => {
    const { condition, place, note } = act.input
    const gone = condition === 'lost' || condition === 'used-up'
    refuseIf(!gone && !place, 'retrieval.place-missing', { code: item.code })
    if (place && condition !== 'used-up') refuseUnfit(act.place(place), item, act)
    const explained = condition === 'intact' || condition === 'used-up' || note
    refuseIf(!explained, 'retrieval.condition-unexplained', { code: item.code })
    refuseUsedUp(item, act)
    if (gone) return
    refuseUnmeasured(item, act.input)
    if (condition === 'intact') refuseSealUnread(item, act)
    refuseOversampled(item, act)
  },
  records: (item, act) => {
    const { condition, place, seal, weight, sampled } = act.input
    if (condition === 'used-up') return { fact: 'ItemUsedUp', data: { ...act.input, used: amountsOf(item) } }
    const perMille = act.settings.weightTolerancePerMille
    const found = differencesBetween(released(item), { condition, seal, weight }, perMille, sampled?.used)
    if (condition === 'lost') {
      const notBack = { fact: 'ItemNotGivenBack', data: { ...act.input } }
      return [notBack, discrepancyFound(act, found, released(item), act.input)]
    }
    const at = whereaboutsIn(act.place(place!))
    const back = { fact: 'ItemGivenBack', data: { ...act.input, at, by: act.actor.login, ...changed(item, act) } }
    return found.length === 0 ? back : [back, discrepancyFound(act, found, released(item), act.input)]
  },
})

export const givenBack = {
  ItemGivenBack: itemFact<GiveBack & { at: Whereabouts; by: string; changed?: Changed }>(
    (item, { data }) => ({
      ...changedBy(item, data.changed),
      custody: { state: 'stored', ...data.at },
      ...ended(item, 'D03'),
      ...accepted(item, data),
      keptBy: [...new Set([...item.keptBy, data.by])],
      open: closeDocket(item, 'custody'),
    }),
    { seen: true },
  ),
  ItemNotGivenBack: itemFact((item) => item),
  ItemUsedUp: itemFact<{ used: Amounts }>((item, { occurredAt: at }) =>
    goneFor(item, { how: 'used-up', kind: 'used-up', at }),
  ),
}
