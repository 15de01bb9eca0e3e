// A thing is handed in and received by a keeper; what does not come stays with the officer.

import { z } from 'zod'
import {
  type Amounts,
  amountsOf,
  amountsStated,
  type Changed,
  changedBy,
  changes,
  refuseBroken,
  refuseUnshared,
  rest,
  Share,
  withAmounts,
} from '../../amounts.ts'
import { ended, handInClocks } from '../../clocks.ts'
import { discrepancyFound } from '../../comparing.ts'
import { compare, minus, within } from '../../decimal.ts'
import { type Act, factAbout, itemFact, itemStep, type NewFact, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { handsOver } from '../../handling.ts'
import { clocksOf, type Item, type Part, partOf, type Whereabouts } from '../../item.ts'
import { perItem } from '../../lines.ts'
import { refuseSince, refuseUntil } from '../../rules.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'
import { amountsCounted, countedNotes, discrepancyCounted, refuseMiscounted } from './cash-counted.ts'

const faults = ['damaged', 'short', 'substituted', 'seal-broken'] as const
/** Words of damage that are not denied in the same breath. */
const soundsDamaged = /(?<!无|未|未见|没有|no |not )(破损|损坏|损毁|破裂|断裂|damaged|broken)/i

const Receive = z.strictObject({
  place: field.placeCode(),
  checked: z.strictObject({
    documents: z.boolean(),
    quantity: z.boolean(),
    weight: field.weight().optional(),
    seal: field.text(40).optional(),
    condition: field.text(),
    /** What is wrong with it as it comes; an empty list when nothing is that was not registered so. */
    faults: z.array(z.enum(faults)).max(faults.length).optional(),
  }),
  photos: field.photos(),
  quantityReceived: field.quantity(),
  /** Which of what was listed came, when not all of it did. */
  part: Share.optional(),
  /** Cash as both sides counted it at the counter; it is received as counted, whatever was listed. */
  counted: countedNotes.optional(),
})
type Receive = z.infer<typeof Receive>

/** What came, and what is left with the officer; together they are what was listed. */
function sharesOf(
  item: Item,
  { quantityReceived: quantity, checked: { weight }, part = {} }: Receive,
): [Amounts, Amounts] {
  const came = amountsStated(item, { ...part, quantity, ...(item.weight && weight ? { weight } : {}) })
  return [came, rest(item, came)]
}

/** The weight that the keeper read counts from then on. */
const reweighed = (was: Amounts, { input }: Act<Receive>) =>
  changes(was, { ...was, ...(input.checked.weight ? { weight: input.checked.weight } : {}) })

/** By version 1 of the rules only quantity and weight were shared out. */
function sharedByVersion1(item: Item, { quantityReceived, checked: { weight } }: Receive, code: string): Part {
  return partOf(item, 1, {
    code,
    line: `${item.line}+`,
    quantity: minus(item.quantity, quantityReceived),
    ...(item.weight && weight ? { weight: minus(item.weight, weight) } : {}),
  })
}

/** What was counted is all there is of it; a part that is left with the officer was never in question. */
const isPartial = (item: Item, { quantityReceived, counted }: Receive): boolean =>
  !counted && compare(quantityReceived, item.quantity) < 0

/** Received as it was counted, and what that differs by is looked into. */
function receivedAsCounted(item: Item, act: Act<Receive>, received: NewFact): NewFact[] {
  const { counted, checked, photos } = act.input
  const amounts = amountsCounted(item, counted!)
  const weighed = { ...amounts, ...(checked.weight ? { weight: checked.weight } : {}) }
  const data = { ...received.data, quantityReceived: amounts.quantity, ...changes(amountsOf(item), weighed) }
  return [{ ...received, data }, ...discrepancyCounted(item, act, photos, checked.condition)]
}

/** What came is received, and the rest becomes a thing of its own. */
function receivedInPart(item: Item, act: Act<Receive>, received: NewFact): NewFact[] {
  const code = act.newCode('item')
  const subject = { kind: 'item' as const, id: code }
  if (act.rules < 2)
    return [received, { fact: 'RestLeft', data: { part: sharedByVersion1(item, act.input, code) }, subject }]
  const [came, left] = sharesOf(item, act.input)
  const part = withAmounts(partOf(item, act.rules, { code, line: `${item.line}+`, quantity: left.quantity }), left)
  return [
    { ...received, data: { ...received.data, amounts: came, ...reweighed(came, act) } },
    { fact: 'RestLeft', data: { part }, subject },
  ]
}

export const receive = itemStep({
  by: ['keeper'],
  physical: true,
  withHolders: true,
  ...perItem(Receive, ['quantityReceived', 'seal', 'weight', 'condition', 'faults', 'photos', 'part']),
  signers: (act, item) =>
    item?.custody.state === 'with-officer' ? [handsOver('officer', item.custody.holder, item, act)] : [],
  ready: (item, act) => {
    refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code })
    refuseIf(item.owningAgency !== act.actor.agency, 'intake.not-of-this-agency', { code: item.code })
  },
  requires: (item, act) => {
    const { place, checked, quantityReceived, counted } = act.input
    refuseUnfit(act.place(place), item, act)
    refuseIf(!checked.documents || !checked.quantity, 'intake.check-failed', { code: item.code })
    if (counted) refuseMiscounted(item, counted, act)
    refuseIf(!counted && compare(quantityReceived, item.quantity) > 0, 'intake.more-than-listed', {
      code: item.code,
      received: quantityReceived,
      listed: item.quantity,
    })
    const partial = isPartial(item, act.input)
    refuseIf(item.weight && !checked.weight && ['drugs'].includes(item.class), 'intake.drugs-unweighed', {
      line: item.line,
    })
    refuseIf(item.weight && partial && !checked.weight, 'intake.part-unweighed', { code: item.code })
    const { weightTolerancePerMille: perMille } = act.settings
    // Of a part it is known only that something must be left over.
    const astray =
      item.weight !== undefined &&
      checked.weight !== undefined &&
      (partial ? compare(checked.weight, item.weight) >= 0 : !within(checked.weight, item.weight, perMille))
    refuseIf(astray, 'intake.weight-out-of-tolerance', {
      code: item.code,
      weighed: checked.weight,
      listed: item.weight,
    })
    const broken = checked.faults?.includes('seal-broken')
    refuseIf(item.seal && checked.seal && item.seal !== checked.seal && !broken, 'intake.other-seal', {
      code: item.code,
      seal: item.seal,
    })
    refuseSince(act, 2, item.seal && !checked.seal && !broken, 'intake.seal-unread', {
      code: item.code,
      seal: item.seal,
    })
    const { condition } = checked
    refuseSince(act, 2, !checked.faults && soundsDamaged.test(condition), 'intake.damage-unstated', {
      code: item.code,
      condition,
    })
    refuseSince(act, 2, act.input.photos.length === 0, 'intake.unphotographed', { code: item.code })
    refuseUntil(act, 2, partial && item.class === 'cash', 'intake.cash-in-parts', { code: item.code })
    refuseIf(counted && act.input.part, 'intake.counted-or-part', { code: item.code })
    refuseSince(act, 2, !partial && act.input.part, 'intake.all-came', { code: item.code })
    refuseBroken(quantityReceived, item.unit, item.class, act)
    if (partial && act.rules >= 2) refuseUnshared(item, sharesOf(item, act.input), act)
  },
  records: (item, act) => {
    const { place, checked, photos, counted } = act.input
    const at = whereaboutsIn(act.place(place))
    const { faults: kinds = [], condition: note, seal, weight: read } = checked
    const found = kinds.length > 0 ? [discrepancyFound(act, kinds, item, { seal, weight: read, note, photos })] : []
    const received = { fact: 'ItemReceived', data: { ...act.input, at, by: act.actor.login } }
    if (counted) return [...receivedAsCounted(item, act, received), ...found]
    if (isPartial(item, act.input)) return [...receivedInPart(item, act, received), ...found]
    const more = act.rules < 2 ? {} : reweighed(amountsOf(item), act)
    return [{ ...received, data: { ...received.data, ...more } }, ...found]
  },
})

type Received = { at: Whereabouts; by: string; amounts?: Amounts; changed?: Changed }

export const received = {
  RestLeft: factAbout<'item', { part: Part }>('item', (_none, { data, occurredAt }) => ({
    ...data.part,
    clocks: clocksOf(data.part),
    version: 0,
    lastAt: occurredAt,
  })),
  ItemReceived: itemFact<Receive & Received>(
    (item, { data }) => ({
      ...changedBy(data.amounts ? withAmounts(item, data.amounts) : item, data.changed),
      quantity: data.quantityReceived,
      ...(data.checked.weight ? { weight: data.checked.weight } : {}),
      ...(data.checked.seal && !item.seal ? { seal: data.checked.seal } : {}),
      custody: { state: 'stored', ...data.at },
      ...ended(item, ...handInClocks),
      keptBy: [...new Set([...item.keptBy, data.by])],
    }),
    { seen: true },
  ),
}
