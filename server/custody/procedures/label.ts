// label 标签 – a label is damaged or lost and the thing gets a new one; every code it ever had resolves to it. Pure.

import { z } from 'zod'
import { itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import * as field from '../fields.ts'
import { refuseNotInHand } from '../handling.ts'
import { newestLabel } from '../item.ts'

const Replace = z.strictObject({
  /** Of a label that was printed before; minted when absent. */
  newCode: field.itemCode().optional(),
  reason: field.longText(500),
})

export const label = procedure({
  name: 'label',
  steps: {
    replace: itemStep({
      by: ['keeper', 'officer', 'casemanager'],
      physical: true,
      input: Replace,
      ready: (item, act) => refuseNotInHand(item, act, 'label'),
      requires: (_item, act) => {
        const { newCode } = act.input
        refuseIf(newCode && act.items.length > 1, 'label.one-by-one', { newCode })
        refuseIf(newCode && act.isItem(newCode), 'label.code-in-use', { newCode })
      },
      records: (item, act) => ({
        fact: 'LabelReplaced',
        data: {
          old: newestLabel(item),
          new: act.input.newCode ?? act.newCode('item'),
          reason: act.input.reason,
        },
      }),
    }),
  },

  facts: {
    LabelReplaced: itemFact<{ new: string }>((item, { data }) => ({ ...item, labels: [...item.labels, data.new] }), {
      seen: true,
    }),
  },

  refusals: ['not-in-hand', 'one-by-one', 'code-in-use'],
})
