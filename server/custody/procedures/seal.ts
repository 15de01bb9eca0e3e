// seal 封条 – a package is opened and sealed again by two persons, and from then on the new number counts. Pure.

import { z } from 'zod'
import { itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import * as field from '../fields.ts'
import { refuseNotInHand, secondPerson } from '../handling.ts'
import type { Item } from '../item.ts'

const Replace = z.strictObject({
  /** The number that is on the thing; absent when it was not sealed. */
  old: field.text(40).optional(),
  new: field.text(40),
  reason: field.longText(500),
})

/** A thing on loan comes back with the new number, so the loan must know it. */
function reseal(item: Item, seal: string): Item {
  const { custody } = item.open
  if (!custody || !('seal' in custody.data)) return { ...item, seal }
  return { ...item, seal, open: { ...item.open, custody: { ...custody, data: { ...custody.data, seal } } } }
}

export const seal = procedure({
  name: 'seal',
  steps: {
    replace: itemStep({
      by: ['keeper', 'officer', 'casemanager'],
      physical: true,
      twoPerson: true,
      input: Replace,
      signers: (act) => (act.role === 'keeper' ? [] : [secondPerson(act)]),
      ready: (item, act) => refuseNotInHand(item, act, 'seal'),
      requires: (item, act) => {
        const { old, new: fresh } = act.input
        const { code, seal } = item
        refuseIf(act.items.length > 1, 'seal.one-by-one')
        refuseIf(old !== seal, 'seal.other-seal', { code, seal: seal ?? '', old: old ?? '' })
        refuseIf(fresh === seal, 'seal.same-seal', { code, seal: fresh })
      },
      records: (_item, act) => ({ fact: 'SealReplaced', data: { ...act.input } }),
    }),
  },

  facts: {
    SealReplaced: itemFact<{ new: string }>((item, { data }) => reseal(item, data.new), { seen: true }),
  },

  refusals: ['not-in-hand', 'one-by-one', 'other-seal', 'same-seal'],
})
