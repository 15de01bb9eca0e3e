// retrieval 调用 – a thing leaves its shelf for a purpose and a term, and is given back.

import { z } from 'zod'
import { metered, purposesOf, weighed } from '../classes.ts'
import { ended, started } from '../clocks.ts'
import { conditions, differencesBetween, discrepancyFound, type Marks, marksOf } from '../comparing.ts'
import { compare, minus } from '../decimal.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { handsOver } from '../handling.ts'
import { docketOn, type Item, type Whereabouts, whereaboutsOf } from '../item.ts'
import { refuseUnfit, whereaboutsIn } from '../storing.ts'

const purposes = [
  'interrogation',
  'examination',
  'identification',
  'inspection',
  'court',
  'publicity',
  'other',
] as const

const Request = z.strictObject({
  purpose: z.enum(purposes),
  reason: field.longText(1000),
  usedAt: field.time(),
  dueAt: field.time(),
})
const Note = z.strictObject({ note: field.longText().optional() })

const taken = {
  seal: field.text(40).optional(),
  weight: field.weight().optional(),
  mileage: z.number().int().min(0).optional(),
}
const Release = z.strictObject({ condition: field.text(), photos: field.photos(1), ...taken })
const Extend = z.strictObject({ dueAt: field.time(), reason: field.longText(1000) })
const GiveBack = z.strictObject({
  place: field.placeCode(),
  condition: z.enum(conditions),
  photos: field.photos(1),
  ...taken,
  note: field.longText().optional(),
  /** A lawful loss, such as a sample that the laboratory used up. */
  sampled: z.strictObject({ used: field.weight(), proof: field.file() }).optional(),
})

type Kept = {
  purpose: (typeof purposes)[number]
  usedAt: string
  dueAt: string
  borrower: string
  borrowerName: string
  decidesAt: string
  approvedAt?: string
  /** When the approval was recorded: said to be given earlier, it lapses no later. */
  approvalRecordedAt?: string
  wantedDueAt?: string
  seal?: string
  weight?: string
}

const kept = (item: Item) => docketOn<Kept>(item, 'custody')!.data
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** The desk that decides: the agency in control; in the police the unit's head, or the leader for vehicles and publicity. */
function decidingDesk(item: Item, purpose: string): string {
  if (item.control.agency !== item.owningAgency) return `casemanager@${item.control.agency}`
  return item.class === 'vehicle' || purpose === 'publicity'
    ? `leader@${item.control.agency}`
    : `head@${item.owningUnit}`
}

const keeperDesk = (item: Item) => [`keeper@${whereaboutsOf(item)!.site}`]

/** The requester takes a request back; when their account is closed, whoever could ask instead of them. */
function refuseWithdrawal(item: Item, act: Act<undefined>): void {
  const { borrower } = kept(item)
  const { code, officers, control } = item
  const { login } = act.actor
  const instead = act.role === 'officer' ? officers.includes(login) : control.agency === act.scope
  refuseIf(borrower !== login && !(act.hasLeft(borrower) && instead), 'retrieval.not-the-borrower', { code })
}

function refuseElsewhere(item: Item, act: Act<undefined>): void {
  const desk = kept(item).decidesAt
  refuseIf(!act.actor.grants.some(({ role, scope }) => `${role}@${scope}` === desk), 'retrieval.not-your-decision', {
    desk,
  })
}

/** Who decided, or was to, has no say any more when control went elsewhere meanwhile. */
function refuseControlMoved(item: Item): void {
  const { code, control } = item
  const moved = decidingDesk(item, kept(item).purpose) !== kept(item).decidesAt
  refuseIf(moved, 'retrieval.control-moved', { code, agency: control.agencyName })
}

/** D17. Saying that it went out earlier does not bring an approval back. */
function refuseLapsed(item: Item, act: Act<undefined>): void {
  const { approvedAt, approvalRecordedAt } = kept(item)
  const days = act.settings.approvalLapsesAfterDays
  const lapsed = daysBetween(approvedAt!, act.occurredAt) > days || daysBetween(approvalRecordedAt!, act.now) > days
  refuseIf(lapsed, 'retrieval.approval-lapsed', { approvedAt, days })
}

/** What the class wants taken whenever the thing leaves or comes back. */
function refuseUnmeasured(item: Item, input: { weight?: string; mileage?: number }): void {
  refuseIf(weighed.includes(item.class) && !input.weight, 'retrieval.unweighed', { code: item.code })
  refuseIf(metered.includes(item.class) && input.mileage === undefined, 'retrieval.mileage-unread', { code: item.code })
}

function refuseTerm(act: Act, usedAt: string, dueAt: string): void {
  refuseIf(dueAt <= act.occurredAt || dueAt < usedAt, 'retrieval.due-before-use', { dueAt })
  const days = act.settings.retrievalLongestDays
  refuseIf(daysBetween(act.occurredAt, dueAt) > days, 'retrieval.term-too-long', { days })
}

/** Seal and weight as they were when the thing went out. */
const released = (item: Item): Marks => ({
  seal: kept(item).seal ?? item.seal,
  weight: kept(item).weight ?? item.weight,
})

/**
 * Seal and weight that count from now on. They stay as recorded, whatever was measured – a difference counts only when
 * its discrepancy is resolved – but for a lawful loss and for what was not known before.
 */
function accepted(item: Item, { seal, weight, sampled }: z.infer<typeof GiveBack>): Marks {
  const left =
    item.weight && sampled && compare(sampled.used, item.weight) <= 0 ? minus(item.weight, sampled.used) : undefined
  return marksOf({ seal: item.seal ?? seal, weight: left ?? item.weight ?? weight })
}

export const retrieval = procedure({
  name: 'retrieval',
  steps: {
    request: itemStep({
      by: ['officer', 'casemanager'],
      axis: 'custody',
      docket: 'opens',
      part: 'requests',
      input: Request,
      ready: (item, act) => {
        refuseIf(item.custody.state !== 'stored', 'retrieval.not-stored', { code: item.code })
        refuseIf(item.control.state === 'offered', 'retrieval.offered', { code: item.code })
        refuseIf(item.disposition.state !== 'none', 'retrieval.disposition-under-way', { code: item.code })
        refuseIf(act.role === 'officer' && !item.officers.includes(act.actor.login), 'retrieval.not-the-officer', {
          code: item.code,
        })
        refuseIf(act.role === 'casemanager' && item.control.agency !== act.scope, 'retrieval.not-in-control', {
          code: item.code,
        })
        refuseIf(purposesOf[item.class]?.length === 0, 'retrieval.class-not-lent', {
          code: item.code,
          class: item.class,
        })
      },
      requires: (item, act) => {
        const { purpose, usedAt, dueAt } = act.input
        refuseTerm(act, usedAt, dueAt)
        refuseIf(purposesOf[item.class]?.includes(purpose) === false, 'retrieval.purpose-not-allowed', {
          code: item.code,
          class: item.class,
          purpose,
        })
      },
      records: (item, act) => ({
        fact: 'RetrievalRequested',
        data: {
          ...act.input,
          borrower: act.actor.login,
          borrowerName: act.actor.name,
          decidesAt: decidingDesk(item, act.input.purpose),
        },
      }),
    }),

    approve: itemStep({
      by: ['head', 'leader', 'casemanager'],
      axis: 'custody',
      docket: { at: ['requested'] },
      part: 'decides',
      input: Note,
      ready: (item, act) => {
        refuseElsewhere(item, act)
        refuseControlMoved(item)
      },
      records: (_item, act) => ({ fact: 'RetrievalApproved', data: { ...act.input, recordedAt: act.now } }),
    }),

    reject: itemStep({
      by: ['head', 'leader', 'casemanager'],
      despiteDiscrepancy: 'takes-off',
      axis: 'custody',
      docket: { at: ['requested'] },
      part: 'decides',
      input: Note,
      ready: refuseElsewhere,
      records: (_item, act) => ({ fact: 'RetrievalRejected', data: { ...act.input } }),
    }),

    release: itemStep({
      by: ['keeper'],
      axis: 'custody',
      docket: { at: ['approved'] },
      part: 'executes',
      physical: true,
      input: Release,
      // Nobody takes a thing along for somebody else.
      signers: (_act, item) => (item?.open.custody ? [{ as: 'borrower', logins: [kept(item).borrower] }] : []),
      ready: (item, act) => {
        refuseIf(item.custody.state !== 'stored', 'retrieval.not-stored', { code: item.code })
        refuseControlMoved(item)
        refuseLapsed(item, act)
      },
      requires: (item, act) => {
        refuseUnmeasured(item, act.input)
        // Otherwise a little could be taken at every loan, each time within the tolerance of the last weighing.
        const { seal = item.seal, weight } = act.input
        const differs = differencesBetween(
          item,
          { condition: 'intact', seal, weight },
          act.settings.weightTolerancePerMille,
        )
        refuseIf(differs.length > 0, 'retrieval.not-as-recorded', { code: item.code, kinds: differs })
      },
      records: (item, act) => ({
        fact: 'ItemReleased',
        data: { ...act.input, holder: kept(item).borrower, holderName: kept(item).borrowerName },
      }),
    }),

    extend: itemStep({
      by: ['officer', 'casemanager'],
      axis: 'custody',
      docket: { at: ['released'] },
      part: 'requests',
      input: Extend,
      ready: (item, act) =>
        refuseIf(kept(item).borrower !== act.actor.login, 'retrieval.not-the-borrower', { code: item.code }),
      requires: (item, act) => {
        refuseIf(act.input.dueAt <= kept(item).dueAt, 'retrieval.not-longer', { dueAt: kept(item).dueAt })
        refuseTerm(act, act.occurredAt, act.input.dueAt)
      },
      records: (item, act) => ({
        fact: 'ExtensionRequested',
        data: { ...act.input, decidesAt: decidingDesk(item, kept(item).purpose) },
      }),
    }),

    'approve-extension': itemStep({
      by: ['head', 'leader', 'casemanager'],
      axis: 'custody',
      docket: { at: ['extension-requested'] },
      input: Note,
      ready: (item, act) => {
        refuseElsewhere(item, act)
        refuseControlMoved(item)
        refuseIf(kept(item).borrower === act.actor.login, 'step.own-request', { code: item.code })
      },
      records: (_item, act) => ({ fact: 'ExtensionApproved', data: { ...act.input } }),
    }),

    'reject-extension': itemStep({
      by: ['head', 'leader', 'casemanager'],
      axis: 'custody',
      docket: { at: ['extension-requested'] },
      input: Note,
      ready: (item, act) => {
        refuseElsewhere(item, act)
        refuseIf(kept(item).borrower === act.actor.login, 'step.own-request', { code: item.code })
      },
      records: (_item, act) => ({ fact: 'ExtensionRejected', data: { ...act.input } }),
    }),

    'give-back': itemStep({
      by: ['keeper'],
      axis: 'custody',
      docket: { at: ['released', 'extension-requested'] },
      part: 'executes',
      partial: true,
      physical: true,
      withHolders: true,
      input: GiveBack,
      signers: (act, item) => (item?.open.custody ? [handsOver('borrower', kept(item).borrower, item, act)] : []),
      requires: (item, act) => {
        refuseUnfit(act.place(act.input.place), item, act)
        refuseIf(act.input.condition !== 'intact' && !act.input.note, 'retrieval.condition-unexplained', {
          code: item.code,
        })
        if (act.input.condition !== 'lost') refuseUnmeasured(item, act.input)
      },
      records: (item, act) => {
        const { condition, seal, weight, sampled } = act.input
        const perMille = act.settings.weightTolerancePerMille
        const found = differencesBetween(released(item), { condition, seal, weight }, perMille, sampled?.used)
        const at = whereaboutsIn(act.place(act.input.place))
        const data = { ...act.input, at, by: act.actor.login }
        const lost = act.input.condition === 'lost'
        const back = lost ? { fact: 'ItemNotGivenBack', data: { ...act.input } } : { fact: 'ItemGivenBack', data }
        if (found.length === 0) return back
        return [back, discrepancyFound(act, found, released(item), act.input)]
      },
    }),

    withdraw: itemStep({
      by: ['officer', 'casemanager'],
      despiteDiscrepancy: 'takes-off',
      axis: 'custody',
      docket: { at: ['requested', 'approved'] },
      withHolders: true,
      input: Note,
      ready: refuseWithdrawal,
      records: (_item, act) => ({ fact: 'RetrievalWithdrawn', data: { ...act.input } }),
    }),
  },

  facts: {
    RetrievalRequested: itemFact<Kept>((item, recorded) => ({
      ...item,
      open: openDocket(item, 'custody', recorded, {
        stage: 'requested',
        waitsFor: [recorded.data.decidesAt],
        data: recorded.data,
      }),
    })),
    RetrievalApproved: itemFact<{ recordedAt: string }>((item, recorded) => ({
      ...item,
      open: moveDocket(item, 'custody', recorded, {
        stage: 'approved',
        waitsFor: keeperDesk(item),
        decided: true,
        data: { approvedAt: recorded.occurredAt, approvalRecordedAt: recorded.data.recordedAt },
      }),
    })),
    RetrievalRejected: itemFact((item) => ({ ...item, open: closeDocket(item, 'custody') })),
    RetrievalWithdrawn: itemFact((item) => ({ ...item, open: closeDocket(item, 'custody') })),
    ItemReleased: itemFact<z.infer<typeof Release> & { holder: string; holderName: string }>(
      (item, recorded) => ({
        ...item,
        custody: {
          state: 'out',
          holder: recorded.data.holder,
          holderName: recorded.data.holderName,
          from: whereaboutsOf(item)!,
        },
        ...started(item, { deadline: 'D03', at: kept(item).dueAt }),
        heldBy: [...new Set([...item.heldBy, recorded.data.holder])],
        open: moveDocket(item, 'custody', recorded, {
          stage: 'released',
          waitsFor: [`person:${recorded.data.holder}`, ...keeperDesk(item)],
          data: {
            ...(recorded.data.seal ? { seal: recorded.data.seal } : {}),
            ...(recorded.data.weight ? { weight: recorded.data.weight } : {}),
          },
        }),
      }),
      { seen: true },
    ),
    ExtensionRequested: itemFact<z.infer<typeof Extend> & { decidesAt: string }>((item, recorded) => ({
      ...item,
      open: moveDocket(item, 'custody', recorded, {
        stage: 'extension-requested',
        waitsFor: [recorded.data.decidesAt],
        data: { wantedDueAt: recorded.data.dueAt, decidesAt: recorded.data.decidesAt },
      }),
    })),
    ExtensionApproved: itemFact((item, recorded) => ({
      ...item,
      ...started(item, { deadline: 'D03', at: kept(item).wantedDueAt! }),
      open: moveDocket(item, 'custody', recorded, {
        stage: 'released',
        waitsFor: [`person:${kept(item).borrower}`, ...keeperDesk(item)],
        data: { dueAt: kept(item).wantedDueAt },
      }),
    })),
    ExtensionRejected: itemFact((item, recorded) => ({
      ...item,
      open: moveDocket(item, 'custody', recorded, {
        stage: 'released',
        waitsFor: [`person:${kept(item).borrower}`, ...keeperDesk(item)],
      }),
    })),
    ItemGivenBack: itemFact<z.infer<typeof GiveBack> & { at: Whereabouts; by: string }>(
      (item, { data }) => ({
        ...item,
        custody: { state: 'stored', ...data.at },
        ...ended(item, 'D03'),
        ...accepted(item, data),
        keptBy: [...new Set([...item.keptBy, data.by])],
        open: closeDocket(item, 'custody'),
      }),
      { seen: true },
    ),
    ItemNotGivenBack: itemFact((item) => item),
  },

  refusals: [
    'not-stored',
    'offered',
    'disposition-under-way',
    'not-the-officer',
    'not-in-control',
    'class-not-lent',
    'purpose-not-allowed',
    'due-before-use',
    'term-too-long',
    'not-your-decision',
    'control-moved',
    'approval-lapsed',
    'unweighed',
    'mileage-unread',
    'not-as-recorded',
    'not-the-borrower',
    'not-longer',
    'condition-unexplained',
  ],
})
