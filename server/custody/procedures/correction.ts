// correction 更正 – an entry says something wrong; the correction stands beside it, and nothing is ever changed or deleted. Pure.

import { z } from 'zod'
import { decimalPattern } from '../decimal.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import * as field from '../fields.ts'
import { secondPerson } from '../handling.ts'
import { type Item, whereaboutsOf } from '../item.ts'
import { keeps } from '../storing.ts'

const Note = z.strictObject({
  /** The entry that is wrong, by its position, and by its hash when the paper shows that too. */
  position: field.entryPosition(),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** What is wrong in it, and what is right. */
  field: field.text(60),
  right: field.longText(1000),
  reason: field.longText(1000),
})

/** Descriptions that are read from the item and so are shown corrected; everything else is only noted. */
const described: Record<string, (right: string) => Partial<Item>> = {
  name: (name) => ({ name }),
  features: (features) => ({ features }),
  source: (source) => ({ source }),
  takenFrom: (takenFrom) => ({ takenFrom }),
  witness: (witness) => ({ witness }),
  externalNo: (externalNo) => ({ externalNo }),
  value: (value) => ({ value }),
  serials: (right) => ({ serials: right.split(/[,，、;；\s]+/).filter(Boolean) }),
}

/** Officers correct what belongs to their case, keepers what lies at their site, the others what is their agency's. */
function refuseStranger(item: Item, act: Act<unknown>): void {
  const { code, officers, owningAgency, control } = item
  const { login } = act.actor
  const at = whereaboutsOf(item)
  const own =
    act.role === 'officer'
      ? officers.includes(login)
      : act.role === 'keeper'
        ? at !== undefined && keeps(act, at.site)
        : [owningAgency, control.agency].includes(act.scope)
  refuseIf(!own, 'correction.not-yours', { code })
}

export const correction = procedure({
  name: 'correction',
  steps: {
    note: itemStep({
      by: ['officer', 'keeper', 'storehead', 'legal', 'casemanager'],
      input: Note,
      afterLeft: true,
      signers: (act) => [secondPerson(act)],
      ready: refuseStranger,
      requires: (item, act) => {
        const { position, hash, field: name, right } = act.input
        const { code } = item
        const entry = act.entry(String(position))
        const other = entry.subject.kind !== 'item' || entry.subject.id !== code
        refuseIf(other, 'correction.of-another-item', { code, position })
        refuseIf(hash !== undefined && hash !== entry.hash, 'correction.other-hash', { position })
        refuseIf(name === 'value' && item.class === 'cash', 'correction.amount-of-cash', { code })
        refuseIf(name === 'value' && !decimalPattern.test(right), 'correction.not-an-amount', { right })
      },
      records: (_item, act) => ({ fact: 'CorrectionNoted', data: { ...act.input } }),
    }),
  },

  facts: {
    CorrectionNoted: itemFact<{ field: string; right: string }>((item, { data }) => ({
      ...item,
      ...(Object.hasOwn(described, data.field) ? described[data.field]!(data.right) : {}),
    })),
  },

  refusals: ['not-yours', 'of-another-item', 'other-hash', 'amount-of-cash', 'not-an-amount'],
})
