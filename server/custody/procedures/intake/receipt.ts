// A thing is handed in and received by a keeper; what does not come stays with the officer.

import { z } from 'zod'
import { ended, handInClocks } from '../../clocks.ts'
import { compare, minus, within } from '../../decimal.ts'
import { factAbout, itemFact, itemStep, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { handsOver } from '../../handling.ts'
import { clocksOf, type Part, partOf, type Whereabouts } from '../../item.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'

const Receive = z.strictObject({
  place: field.placeCode(),
  checked: z.strictObject({
    documents: z.boolean(),
    quantity: z.boolean(),
    weight: field.weight().optional(),
    seal: field.text(40).optional(),
    condition: field.text(),
  }),
  photos: field.photos(),
  quantityReceived: field.quantity(),
})

export const receive = itemStep({
  by: ['keeper'],
  physical: true,
  withHolders: true,
  input: Receive,
  signers: (act, item) =>
    item?.custody.state === 'with-officer' ? [handsOver('officer', item.custody.holder, item, act)] : [],
  ready: (item, act) => {
    refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code })
    refuseIf(item.owningAgency !== act.actor.agency, 'intake.not-of-this-agency', { code: item.code })
  },
  requires: (item, act) => {
    const { place, checked, quantityReceived } = act.input
    refuseUnfit(act.place(place), item, act)
    refuseIf(!checked.documents || !checked.quantity, 'intake.check-failed', { code: item.code })
    refuseIf(compare(quantityReceived, item.quantity) > 0, 'intake.more-than-listed', {
      code: item.code,
      received: quantityReceived,
      listed: item.quantity,
    })
    const partial = compare(quantityReceived, item.quantity) < 0
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
    refuseIf(item.seal && checked.seal && item.seal !== checked.seal, 'intake.other-seal', {
      code: item.code,
      seal: item.seal,
    })
    refuseIf(partial && item.class === 'cash', 'intake.cash-in-parts', { code: item.code })
  },
  records: (item, act) => {
    const { place, quantityReceived, checked } = act.input
    const at = whereaboutsIn(act.place(place))
    const received = { fact: 'ItemReceived', data: { ...act.input, at, by: act.actor.login } }
    if (compare(quantityReceived, item.quantity) === 0) return received
    const code = act.newCode('item')
    const { weight } = checked
    const part = partOf(item, act.rules, {
      code,
      line: `${item.line}+`,
      quantity: minus(item.quantity, quantityReceived),
      ...(item.weight && weight ? { weight: minus(item.weight, weight) } : {}),
    })
    return [received, { fact: 'RestLeft', data: { part }, subject: { kind: 'item', id: code } }]
  },
})

export const received = {
  RestLeft: factAbout<'item', { part: Part }>('item', (_none, { data, occurredAt }) => ({
    ...data.part,
    clocks: clocksOf(data.part),
    version: 0,
    lastAt: occurredAt,
  })),
  ItemReceived: itemFact<z.infer<typeof Receive> & { at: Whereabouts; by: string }>(
    (item, { data }) => ({
      ...item,
      quantity: data.quantityReceived,
      ...(data.checked.weight ? { weight: data.checked.weight } : {}),
      ...(data.checked.seal ? { seal: data.checked.seal } : {}),
      custody: { state: 'stored', ...data.at },
      ...ended(item, ...handInClocks),
      keptBy: [...new Set([...item.keptBy, data.by])],
    }),
    { seen: true },
  ),
}
