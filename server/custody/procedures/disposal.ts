// disposal 处置 – a thing is destroyed, sold or handed to whom the law names.

import { z } from 'zod'
import { contraband, weighed } from '../classes.ts'
import { ended as clockEnded, type Due, started } from '../clocks.ts'
import {
  desksInControl,
  executingDesks,
  refuseNotKept,
  refuseOtherDesk,
  refuseOutsider,
  refuseUnsettled,
  refuseWrongHand,
} from '../control.ts'
import { currencyOf } from '../currencies.ts'
import { compare, sum, within } from '../decimal.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf, type Signer } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { sameWriting } from '../folding.ts'
import { isTheirs, secondPerson } from '../handling.ts'
import { docketOn, type Item, type Whereabouts, whereaboutsOf } from '../item.ts'
import { perItem } from '../lines.ts'
import { refuseOutside } from '../plausible.ts'
import { refuseSince } from '../rules.ts'
import { playersOf } from '../separation.ts'
import { refuseUnfit, whereaboutsIn } from '../storing.ts'

const kinds = [
  'destroy',
  'auction',
  'sale',
  'treasury',
  'deposit',
  'hand-to-authority',
  'keep-in-file',
  'early-sale',
] as const
type Kind = (typeof kinds)[number]
const sales: readonly Kind[] = ['auction', 'sale', 'early-sale']

const Note = z.strictObject({ note: field.longText().optional() })
const Propose = z.strictObject({
  kind: z.enum(kinds),
  basis: z.strictObject({
    kind: z.enum(['judgment', 'decision', 'consent']),
    no: field.text(80),
    date: field.date(),
    document: field.paper().optional(),
  }),
  reason: field.longText(),
  value: field.money().optional(),
})
const Approve = Note.extend({
  /** The provincial reference without which no firearm is destroyed. */
  provincialNo: field.text(80).optional(),
})
const Stage = z.strictObject({ place: field.placeCode() })
const Execute = z.strictObject({
  method: field.text(),
  at: field.time(),
  /** Where it was done, or the office that took it. */
  site: field.text(),
  weight: field.weight().optional(),
  photos: field.photos(1),
  video: field.video().optional(),
  vouchers: z
    .array(z.strictObject({ kind: field.text(60), no: field.text(80), amount: field.money().optional() }))
    .max(100),
  report: field.paper(),
})

type Proposed = { kind: Kind; reviewers: string[]; approvers: string[] }
const proposedOn = (item: Item) => docketOn<Proposed>(item, 'disposition')!.data

/** domain.md "Special classes": the ways that a class may not go. */
function refuseKind(item: Item, kind: Kind, act: Act<unknown>): void {
  const params = { code: item.code, class: item.class, kind }
  refuseIf(contraband.includes(item.class) && sales.includes(kind), 'disposal.contraband-sold', params)
  refuseIf(item.class === 'relic' && kind !== 'hand-to-authority', 'disposal.relic-to-authority', params)
  refuseIf(kind === 'deposit' && item.class !== 'cash', 'disposal.deposit-is-cash', params)
  // Money on the account is still to be decided over, so putting it there is no end of it.
  refuseSince(act, 2, kind === 'deposit', 'disposal.deposit-by-finance', params)
  refuseIf(item.custody.state === 'deposited' && kind !== 'treasury', 'disposal.deposited-to-treasury', params)
}

/** CP 236, AP 191: before a judgment only what spoils is sold, and that with the right-holder's consent or a decision. */
function refuseBaseless(item: Item, act: Act<z.infer<typeof Propose>>): void {
  const { kind, basis } = act.input
  const { caseNo } = item
  refuseIf(basis.kind === 'consent' && kind !== 'early-sale', 'disposal.consent-not-enough', { caseNo, kind })
  const judged = act.caseOf(caseNo).events.some(({ event }) => event === 'judgment-effective')
  refuseIf(basis.kind === 'judgment' && !judged, 'disposal.judgment-missing', { caseNo })
  const { no, document } = basis
  const isKnown = act.caseOf(caseNo).events.some(({ document: { no: known } }) => sameWriting(known, no))
  refuseSince(act, 2, basis.kind === 'consent' && !document, 'disposal.consent-unattached', { caseNo })
  refuseSince(act, 2, !document && !isKnown, 'disposal.basis-unproven', { caseNo, no })
}

/** Everything but destruction leaves a paper; money must be on it to the last fen. */
function refuseUnvouched(act: Act<z.infer<typeof Execute>>): void {
  const { items, input } = act
  const { kind } = proposedOn(items[0]!)
  refuseIf(kind !== 'destroy' && input.vouchers.length === 0, 'disposal.voucher-missing', { kind })
  const cash = items.filter((item) => item.class === 'cash')
  if (cash.length === 0 || (kind !== 'deposit' && kind !== 'treasury')) return
  const amount = sum(...cash.map(({ value }) => value ?? '0'))
  const paid = sum(...input.vouchers.flatMap((voucher) => voucher.amount ?? []))
  const [currency, ...others] = [...new Set(cash.map(currencyOf))]
  refuseSince(act, 2, others.length > 0, 'disposal.several-currencies', { currencies: [currency, ...others] })
  refuseIf(compare(amount, paid) !== 0, 'disposal.voucher-does-not-add-up', { amount, paid, currency })
}

function refuseUnweighed(item: Item, weight: string | undefined, act: Act<unknown>): void {
  if (!weighed.includes(item.class)) return
  const { code, weight: listed = '0' } = item
  refuseIf(!weight, 'disposal.unweighed', { code })
  const right = within(weight!, listed, act.settings.weightTolerancePerMille)
  refuseIf(!right, 'disposal.weight-out-of-tolerance', { code, weighed: weight, listed })
}

/** When it can have been done: after it was approved and the thing was last in hand, and by now. */
function timesOf(
  { disposition, lastSeenAt }: Item,
  { occurredAt }: Act<unknown>,
): { earliest: string; latest: string } {
  const approvedAt = disposition.state === 'approved' ? disposition.at : lastSeenAt
  return { earliest: approvedAt > lastSeenAt ? approvedAt : lastSeenAt, latest: occurredAt }
}

function refuseNotShelved(item: Item): void {
  refuseUnsettled(item, 'disposal')
  refuseIf(item.custody.state !== 'stored', 'disposal.not-stored', { code: item.code })
}

/** Somebody who stands above those who keep, and had no part in the decision. */
function supervisor({ items }: Act<unknown>): Signer {
  const scopes = items.flatMap((item) => item.agencies)
  const involved = items.flatMap(({ open: { disposition: docket } }) =>
    docket ? playersOf(docket, ['requested', 'decided']) : [],
  )
  return {
    as: 'supervisor',
    roles: ['inspector', 'casemanager'],
    scopes: [...new Set(scopes)],
    not: [...new Set(involved)],
  }
}

const decision = { axis: 'disposition' as const, part: 'decides' as const }
const refuseDecider = (item: Item, act: Act<undefined>) =>
  refuseOtherDesk(item, 'disposition', act, 'disposal.not-your-decision')

export const disposal = procedure({
  name: 'disposal',
  steps: {
    propose: itemStep({
      by: ['officer', 'storehead', 'casemanager'],
      axis: 'disposition',
      docket: 'opens',
      part: 'requests',
      input: Propose,
      ready: (item, act) => {
        refuseOutsider(item, act, 'disposal')
        refuseUnsettled(item, 'disposal')
        refuseNotKept(item, act, 'disposal')
      },
      requires: (item, act) => {
        refuseKind(item, act.input.kind, act)
        refuseBaseless(item, act)
      },
      records: (item, act) => {
        const approver = act.input.kind === 'early-sale' ? 'principal' : 'leader'
        const desks = { reviewers: desksInControl(item, act, 'legal'), approvers: desksInControl(item, act, approver) }
        return { fact: 'DisposalProposed', data: { ...act.input, ...desks } }
      },
    }),

    review: itemStep({
      ...decision,
      by: ['legal', 'casemanager'],
      docket: { at: ['proposed'] },
      input: Note,
      ready: refuseDecider,
      records: (_item, act) => ({ fact: 'DisposalReviewed', data: { ...act.input } }),
    }),

    approve: itemStep({
      ...decision,
      by: ['leader', 'principal', 'casemanager'],
      docket: { at: ['reviewed'] },
      input: Approve,
      ready: (item, act) => {
        refuseDecider(item, act)
        refuseUnsettled(item, 'disposal')
      },
      requires: (item, act) =>
        refuseIf(item.class === 'firearms' && !act.input.provincialNo, 'disposal.provincial-number-missing', {
          code: item.code,
        }),
      records: (_item, act) => {
        const at = new Date(Date.parse(act.occurredAt) + act.settings.disposalDays * 86_400_000).toISOString()
        return { fact: 'DisposalApproved', data: { ...act.input, due: { deadline: 'D15', at } } }
      },
    }),

    reject: itemStep({
      ...decision,
      despiteDiscrepancy: 'takes-off',
      by: ['legal', 'leader', 'principal', 'casemanager'],
      docket: { at: ['proposed', 'reviewed'] },
      input: Note,
      ready: refuseDecider,
      records: (_item, act) => ({ fact: 'DisposalRejected', data: { ...act.input } }),
    }),

    stage: itemStep({
      by: ['keeper'],
      axis: 'disposition',
      docket: { at: ['approved'] },
      part: 'executes',
      physical: true,
      twoPerson: true,
      input: Stage,
      ready: refuseNotShelved,
      requires: (item, act) => refuseUnfit(act.place(act.input.place), item, act, ['staging']),
      records: (_item, act) => ({
        fact: 'ItemStaged',
        data: { at: whereaboutsIn(act.place(act.input.place)), by: act.actor.login },
      }),
    }),

    execute: itemStep({
      by: ['keeper', 'officer'],
      axis: 'disposition',
      docket: { at: ['approved', 'staged'] },
      part: 'executes',
      physical: true,
      twoPerson: true,
      ...perItem(Execute, ['weight', 'photos']),
      signers: (act, item) => {
        if (item !== act.items[0]) return []
        return act.role === 'officer' ? [supervisor(act), secondPerson(act)] : [supervisor(act)]
      },
      ready: (item, act) => {
        refuseWrongHand(item, act, 'disposal')
        refuseUnsettled(item, 'disposal')
      },
      requiresOnce: refuseUnvouched,
      requires: (item, act) => {
        refuseUnweighed(item, act.input.weight, act)
        refuseOutside(act, act.input.at, timesOf(item, act), 'disposal.not-then')
      },
      records: (item, act) => ({ fact: 'ItemDisposed', data: { ...act.input, kind: proposedOn(item).kind } }),
    }),

    withdraw: itemStep({
      by: ['officer', 'storehead', 'casemanager'],
      despiteDiscrepancy: 'takes-off',
      axis: 'disposition',
      docket: { at: ['proposed', 'reviewed', 'approved', 'staged'] },
      withHolders: true,
      input: Note,
      ready: (item, act) => {
        const { requestedBy } = item.open.disposition!
        const theirs = act.rules < 2 ? requestedBy === act.actor.login : isTheirs(requestedBy, item, act)
        refuseIf(!theirs, 'disposal.not-the-proposer', { code: item.code })
      },
      records: (_item, act) => ({ fact: 'DisposalWithdrawn', data: { ...act.input } }),
    }),
  },

  facts: {
    DisposalProposed: itemFact<Proposed>((item, recorded) => ({
      ...item,
      disposition: { state: 'proposed', kind: recorded.data.kind, at: recorded.occurredAt },
      open: openDocket(item, 'disposition', recorded, {
        stage: 'proposed',
        waitsFor: recorded.data.reviewers,
        data: { ...recorded.data },
      }),
    })),
    DisposalReviewed: itemFact((item, recorded) => ({
      ...item,
      open: moveDocket(item, 'disposition', recorded, {
        stage: 'reviewed',
        waitsFor: proposedOn(item).approvers,
        decided: true,
      }),
    })),
    DisposalApproved: itemFact<{ due: Due }>((item, recorded) => ({
      ...item,
      disposition: { state: 'approved', kind: proposedOn(item).kind, at: recorded.occurredAt },
      ...started(item, recorded.data.due),
      open: moveDocket(item, 'disposition', recorded, {
        stage: 'approved',
        waitsFor: executingDesks(item),
        decided: true,
      }),
    })),
    DisposalRejected: itemFact((item) => ended(item)),
    DisposalWithdrawn: itemFact((item) => ended(item)),
    ItemStaged: itemFact<{ at: Whereabouts; by: string }>(
      (item, recorded) => ({
        ...item,
        custody: { state: 'stored', ...recorded.data.at },
        keptBy: [...new Set([...item.keptBy, recorded.data.by])],
        open: moveDocket(item, 'disposition', recorded, {
          stage: 'staged',
          waitsFor: executingDesks(item),
          executed: true,
        }),
      }),
      { seen: true },
    ),
    ItemDisposed: itemFact<{ kind: Kind; site: string }>(
      (item, { data, occurredAt }) => ({
        ...item,
        custody: { state: 'left', how: data.kind, to: data.site, from: whereaboutsOf(item) },
        disposition: { state: 'done', kind: data.kind, at: occurredAt },
        clocks: [],
        due: undefined,
        open: closeDocket(item, 'disposition'),
      }),
      { seen: true },
    ),
  },

  refusals: [
    'not-in-control',
    'not-the-officer',
    'offered',
    'objection-open',
    'custody-open',
    'contraband-sold',
    'relic-to-authority',
    'deposit-is-cash',
    'deposit-by-finance',
    'deposited-to-treasury',
    'by-finance',
    'consent-not-enough',
    'judgment-missing',
    'consent-unattached',
    'basis-unproven',
    'not-your-decision',
    'provincial-number-missing',
    'not-stored',
    'not-kept',
    'on-the-shelf',
    'unweighed',
    'weight-out-of-tolerance',
    'voucher-missing',
    'voucher-does-not-add-up',
    'several-currencies',
    'not-then',
    'not-the-proposer',
  ],
})

/** Nothing is to become of it any more; the clock of the approval stops, one of hand-in goes on. */
function ended(item: Item): Item {
  const open = closeDocket(item, 'disposition')
  return { ...item, ...clockEnded(item, 'D15'), disposition: { state: 'none' }, open }
}
