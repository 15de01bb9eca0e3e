// objection 异议 – somebody says that a thing is theirs, or must not go; until that is settled it is neither returned nor disposed of.

import { z } from 'zod'
import { refuseOutsider } from '../control.ts'
import { actingIn, itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import * as field from '../fields.ts'
import { refuseUntil } from '../rules.ts'

const outcomes = ['withdrawn', 'upheld', 'dismissed'] as const

const Raise = z.strictObject({
  objector: field.text(60),
  contact: field.particular().optional(),
  reason: field.longText(),
  documents: field.papers().optional(),
})
const Settle = z.strictObject({
  outcome: z.enum(outcomes),
  note: field.longText(),
  documents: field.papers().optional(),
})

export const objection = procedure({
  name: 'objection',
  steps: {
    raise: itemStep({
      by: ['officer', 'legal', 'casemanager'],
      input: Raise,
      ready: (item, act) => {
        const outside = act.role === 'officer' && !item.officers.includes(act.actor.login)
        refuseIf(outside, 'objection.not-the-officer', { code: item.code })
        refuseIf(item.objection, 'objection.already-open', { code: item.code, objector: item.objection?.objector })
      },
      records: (_item, act) => {
        const { contact, ...said } = act.input
        return { fact: 'ObjectionRaised', data: contact ? { ...said, particulars: act.seal({ contact }) } : said }
      },
    }),

    settle: itemStep({
      // Where the only reviewer has raised it, the leader settles it.
      by: ['legal', 'casemanager', 'leader'],
      input: Settle,
      ready: (item, act) => {
        refuseUntil(act, 2, act.role === 'leader', 'step.no-role', { roles: ['legal', 'casemanager'] })
        refuseIf(!item.objection, 'objection.none', { code: item.code })
        refuseOutsider(item, act, 'objection')
        const { raisedBy, raisedFor } = item.objection!
        const own = actingIn(act).some(({ login }) => login === raisedBy || login === raisedFor)
        refuseIf(own, 'step.own-request', { code: item.code })
      },
      records: (_item, act) => ({ fact: 'ObjectionSettled', data: { ...act.input } }),
    }),
  },

  facts: {
    ObjectionRaised: itemFact<{ objector: string }>((item, { data, by, occurredAt }) => ({
      ...item,
      objection: {
        objector: data.objector,
        raisedBy: by.login,
        ...(by.for ? { raisedFor: by.for.login } : {}),
        raisedAt: occurredAt,
      },
    })),
    ObjectionSettled: itemFact(({ objection: _settled, ...item }) => item),
  },

  refusals: ['not-the-officer', 'already-open', 'none', 'not-in-control'],
})
