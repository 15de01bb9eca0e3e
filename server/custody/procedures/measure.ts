// measure 涉案财物措施 – what is never handed in: inspected where it stands, its term renewed, the measure lifted.

import { z } from 'zod'
import { type Due, ended, handInClocks, hoursAfter, started } from '../clocks.ts'
import { conditions, differencesBetween, discrepancyFound, marksOf } from '../comparing.ts'
import { refuseOutsider } from '../control.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf, required, type Signer } from '../define.ts'
import * as field from '../fields.ts'
import { handsOver, secondPerson } from '../handling.ts'
import { type Custody, type Item, isUnderMeasure, storesOf } from '../item.ts'
import { perItem } from '../lines.ts'
import { mostRenewals, termClocks, termOf } from '../measures.ts'
import { elsewhere, keptAt } from './intake/elsewhere.ts'

const Inspect = z.strictObject({
  condition: z.enum(conditions),
  seal: field.text(40).optional(),
  photos: field.photos(1),
  note: field.longText().optional(),
})
const Renew = z.strictObject({ reason: field.longText(1000), document: field.document() })
const Lift = z.strictObject({
  reason: field.longText(1000),
  document: field.document(),
  /** Who has the free use of it again. */
  to: field.text(60),
})
const TakeIn = z.strictObject({ reason: field.longText(1000), photos: field.photos(1) })
const KeepElsewhere = z.strictObject({ ...elsewhere, reason: field.longText(1000), document: field.document() })

/** Its officers look after it while the agency of the case decides over it. */
function refuseNotYours(item: Item, act: Act<undefined>): void {
  refuseIf(!isUnderMeasure(item.custody), 'measure.not-off-shelf', { code: item.code, state: item.custody.state })
  refuseOutsider(item, act, 'measure')
}

/** Nothing else may be under way when a measure ends or the thing changes hands. */
function refuseUnderWay({ code, open, control, objection }: Item): void {
  const [docket] = Object.values(open)
  refuseIf(docket, 'measure.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
  refuseIf(control.state === 'offered', 'measure.offered', { code })
  refuseIf(objection, 'measure.objection-open', { code, objector: objection?.objector })
}

const leader = ({ control }: Item): Signer => ({ as: 'leader', roles: ['leader', 'principal'], scope: control.agency })
const head = ({ owningUnit }: Item): Signer => ({ as: 'head', roles: ['head'], scope: owningUnit })
const storehead = (item: Item): Signer => ({ as: 'storehead', roles: ['storehead'], scopes: storesOf(item) })

/** The term that runs, of those that a measure has. */
const termOn = ({ clocks }: Item): Due | undefined => clocks.find(({ deadline }) => termClocks.includes(deadline))

export const measure = procedure({
  name: 'measure',
  steps: {
    inspect: itemStep({
      by: ['officer', 'inspector'],
      ...perItem(Inspect, ['seal', 'condition', 'note', 'photos']),
      signers: (act) => [secondPerson(act)],
      ready: (item, act) => {
        refuseIf(!isUnderMeasure(item.custody), 'measure.not-off-shelf', { code: item.code, state: item.custody.state })
        const outside = act.role === 'officer' && !item.officers.includes(act.actor.login)
        refuseIf(outside, 'measure.not-the-officer', { code: item.code })
      },
      requires: (item, act) => {
        const { condition, note } = act.input
        refuseIf(condition !== 'intact' && !note, 'measure.condition-unexplained', { code: item.code })
      },
      records: (item, act) => {
        const { condition, seal, photos, note } = act.input
        const was = marksOf({ seal: item.seal })
        const kinds = differencesBetween(was, { condition, seal }, act.settings.weightTolerancePerMille)
        const inspected = { fact: 'MeasureInspected', data: { ...act.input } }
        return kinds.length === 0 ? inspected : [inspected, discrepancyFound(act, kinds, was, { seal, photos, note })]
      },
    }),

    renew: itemStep({
      by: ['officer'],
      input: Renew,
      signers: (_act, item) => (item ? [leader(item)] : []),
      ready: (item, act) => {
        refuseOutsider(item, act, 'measure')
        const { deadline } = required(termOn(item), 'measure.no-term', { code: item.code })
        const most = mostRenewals[deadline] ?? Number.POSITIVE_INFINITY
        refuseIf((item.renewals ?? 0) >= most, 'measure.not-renewable', { code: item.code, deadline, most })
      },
      requires: (item, act) => {
        const term = termOn(item)!
        refuseIf(act.occurredAt > term.at, 'measure.term-over', { code: item.code, at: term.at })
      },
      records: (item, act) => {
        const { kind } = act.caseOf(item.caseNo)
        const due = termOf({ measure: item.measure, kind, custody: item.custody }, termOn(item)!.at, act.settings)
        return { fact: 'MeasureRenewed', data: { ...act.input, due: due! } }
      },
    }),

    lift: itemStep({
      by: ['officer'],
      input: Lift,
      signers: (_act, item) => (item ? [leader(item)] : []),
      ready: (item, act) => {
        refuseNotYours(item, act)
        refuseUnderWay(item)
      },
      records: (_item, act) => ({ fact: 'MeasureLifted', data: { ...act.input } }),
    }),

    'take-in': itemStep({
      by: ['officer'],
      input: TakeIn,
      signers: (act) => [secondPerson(act)],
      ready: (item, act) => {
        refuseNotYours(item, act)
        refuseUnderWay(item)
        refuseIf(item.custody.state === 'frozen', 'measure.nothing-to-take', { code: item.code })
      },
      records: (_item, act) => {
        const due = { deadline: 'D01', at: hoursAfter(act.occurredAt, act.settings.handInHours) }
        const { login: holder, name: holderName } = act.actor
        return {
          fact: 'ItemTakenIn',
          data: { ...act.input, custody: { state: 'with-officer', holder, holderName }, due },
        }
      },
    }),

    // For what cannot be handed in or kept on a shelf any longer, and for what the first rules left with an officer.
    'keep-elsewhere': itemStep({
      by: ['officer', 'keeper'],
      physical: true,
      input: KeepElsewhere,
      withHolders: true,
      signers: (act, item) => {
        if (!item) return []
        if (act.role === 'keeper') return [storehead(item)]
        const { custody } = item
        const holder =
          custody.state === 'with-officer' && custody.holder !== act.actor.login ? custody.holder : undefined
        return [head(item), ...(holder ? [handsOver('officer', holder, item, act)] : [])]
      },
      ready: (item, act) => {
        const { code, custody, officers } = item
        refuseUnderWay(item)
        const fits =
          act.role === 'keeper'
            ? custody.state === 'stored'
            : custody.state === 'with-officer' || isUnderMeasure(custody)
        refuseIf(!fits, 'measure.not-in-hand', { code, state: custody.state })
        refuseIf(act.role === 'officer' && !officers.includes(act.actor.login), 'measure.not-the-officer', { code })
      },
      requires: (item, act) => {
        refuseIf(!keptAt(act.input), 'measure.nowhere', { code: item.code })
      },
      records: (item, act) => {
        const custody: Custody = keptAt(act.input)!
        const { kind } = act.caseOf(item.caseNo)
        const runs = termOn(item)
        const due = runs ? undefined : termOf({ measure: item.measure, kind, custody }, act.occurredAt, act.settings)
        return { fact: 'ItemKeptElsewhere', data: { ...act.input, custody, ...(due ? { due } : {}) } }
      },
    }),
  },

  facts: {
    MeasureInspected: itemFact((item) => item, { seen: true }),
    MeasureRenewed: itemFact<{ due: Due }>((item, { data }) => ({
      ...item,
      ...started(item, data.due),
      renewals: (item.renewals ?? 0) + 1,
    })),
    MeasureLifted: itemFact<{ to: string }>((item, { data, occurredAt }) => ({
      ...item,
      custody: { state: 'left', how: 'lifted', to: data.to },
      disposition: { state: 'done', kind: 'lifted', at: occurredAt },
      clocks: [],
      due: undefined,
    })),
    ItemTakenIn: itemFact<{ custody: Custody & { state: 'with-officer' }; due: Due }>(
      (item, { data: { custody, due } }) => ({
        ...item,
        custody,
        ...started(item, due),
        heldBy: [...new Set([...item.heldBy, custody.holder])],
      }),
      { seen: true },
    ),
    ItemKeptElsewhere: itemFact<{ custody: Custody; due?: Due }>(
      (item, { data: { custody, due } }) => {
        const clocks = ended(item, ...handInClocks)
        return { ...item, custody, ...(due ? started(clocks, due) : clocks) }
      },
      { seen: true },
    ),
  },

  refusals: [
    'not-off-shelf',
    'not-in-control',
    'not-the-officer',
    'docket-open',
    'offered',
    'objection-open',
    'condition-unexplained',
    'no-term',
    'not-renewable',
    'term-over',
    'nothing-to-take',
    'not-in-hand',
    'nowhere',
  ],
})
