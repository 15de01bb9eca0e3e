// intake 入库 – a thing is registered by its officer and received by a keeper.

import { z } from 'zod'
import { type Due, ended, handInClocks, hoursAfter, started } from '../clocks.ts'
import { itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import * as field from '../fields.ts'
import { refuseSince, refuseUntil } from '../rules.ts'
import { receive, received } from './intake/receipt.ts'
import { register, registered } from './intake/registration.ts'
import { voided, voiding } from './intake/voiding.ts'

const Defer = z.strictObject({ reason: z.enum(['urgent-examination', 'remote-place']), until: field.time() })

const Refuse = z.strictObject({
  reason: z.enum(['no-document', 'incomplete-document', 'does-not-match', 'unfit-packaging']),
  note: field.longText(),
  photos: field.photos().optional(),
})

export const intake = procedure({
  name: 'intake',
  steps: {
    register,

    defer: itemStep({
      by: ['head', 'leader', 'principal'],
      input: Defer,
      ready: (item, act) => {
        refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code })
        refuseUntil(act, 2, act.role !== 'head', 'step.no-role', { roles: ['head'] })
        const own = act.role === 'head' ? item.owningUnit : item.owningAgency
        refuseIf(own !== act.scope, 'intake.not-of-this-unit', { code: item.code })
      },
      requires: (item, act) => {
        const { code, extractedAt } = item
        const { until } = act.input
        const earliest = act.rules < 2 ? extractedAt : act.occurredAt
        refuseIf(until < earliest, 'intake.deferred-into-the-past', { code, until, earliest })
        const { deferDays, deferLeaderDays } = act.settings
        const days = act.role === 'head' ? deferDays : deferLeaderDays
        const latest = hoursAfter(extractedAt, days * 24)
        const params = { code, days, latest, leaderDays: deferLeaderDays }
        refuseSince(
          act,
          2,
          until > latest,
          act.role === 'head' ? 'intake.leader-defers' : 'intake.deferred-too-long',
          params,
        )
      },
      records: (_item, act) => ({
        fact: 'HandInDeferred',
        data: { ...act.input, due: { deadline: 'D02', at: hoursAfter(act.input.until, act.settings.handInHours) } },
      }),
    }),

    receive,

    refuse: itemStep({
      by: ['keeper'],
      input: Refuse,
      ready: (item) => refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code }),
      records: (_item, act) => ({ fact: 'IntakeRefused', data: { ...act.input } }),
    }),

    void: voiding,
  },

  facts: {
    ...registered,
    ...received,
    ...voided,
    HandInDeferred: itemFact<{ due: Due }>((item, { data }) => ({
      ...item,
      ...started({ clocks: ended(item, ...handInClocks).clocks }, data.due),
    })),
    IntakeRefused: itemFact((item) => item, { seen: true }),
  },

  refusals: [
    'not-the-officer',
    'case-closed',
    'line-used',
    'told-twice',
    'told-elsewhere',
    'told-in-this-list',
    'extracted-in-the-future',
    'before-the-case',
    'cash-uncounted',
    'cash-does-not-add-up',
    'witness-is-staff',
    'drugs-unweighed',
    'net-over-gross',
    'drugs-unsealed',
    'firearm-not-cleared',
    'firearm-undescribed',
    'three-sides',
    'vehicle-undescribed',
    'medium-unidentified',
    'carrier-unnamed',
    'unvalued',
    'not-with-officer',
    'not-of-this-unit',
    'deferred-into-the-past',
    'leader-defers',
    'deferred-too-long',
    'handed-in',
    'keeping-unstated',
    'not-of-this-agency',
    'check-failed',
    'more-than-listed',
    'weight-out-of-tolerance',
    'part-unweighed',
    'other-seal',
    'seal-unread',
    'damage-unstated',
    'unphotographed',
    'cash-in-parts',
    'all-came',
    'two-currencies',
    'counted-is-cash',
    'counted-one-by-one',
    'counted-or-part',
    'quantity-is-not-net',
    'not-seized-again',
    'not-of-your-case',
    'not-here',
    'controlled-elsewhere',
    'docket-open',
  ],
})
