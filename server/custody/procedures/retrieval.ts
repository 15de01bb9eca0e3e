// retrieval 调用 – a thing leaves its shelf for a purpose and a term, and is given back.

import { z } from 'zod'
import { purposesOf } from '../classes.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { isTheirs } from '../handling.ts'
import type { Item } from '../item.ts'
import { dayIn } from '../local-time.ts'
import { refuseSince } from '../rules.ts'
import { approveExtension, extend, extended, rejectExtension } from './retrieval/extension.ts'
import { giveBack, givenBack } from './retrieval/give-back.ts'
import { handedOn, handOn } from './retrieval/hand-on.ts'
import {
  decidingDesk,
  type Kept,
  keeperDesk,
  kept,
  Note,
  purposes,
  refuseControlMoved,
  refuseElsewhere,
  refuseTerm,
} from './retrieval/loan.ts'
import { release, released } from './retrieval/release.ts'

const Request = z.strictObject({
  purpose: z.enum(purposes),
  reason: field.longText(1000),
  usedAt: field.time(),
  dueAt: field.time(),
})

/** The requester takes a request back; when they have left, whoever could ask instead of them. */
function refuseWithdrawal(item: Item, act: Act<undefined>): void {
  refuseIf(!isTheirs(kept(item).borrower, item, act), 'retrieval.not-the-borrower', { code: item.code })
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
        const today = dayIn(act.settings.timeZone, act.occurredAt)
        const past = dayIn(act.settings.timeZone, usedAt) < today
        refuseSince(act, 2, past, 'retrieval.use-in-the-past', { usedAt, earliest: today })
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

    release,
    extend,
    'approve-extension': approveExtension,
    'reject-extension': rejectExtension,
    'hand-on': handOn,
    'give-back': giveBack,

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
    ...released,
    ...extended,
    ...handedOn,
    ...givenBack,
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
    'use-in-the-past',
    'term-too-long',
    'total-too-long',
    'not-your-decision',
    'control-moved',
    'approval-lapsed',
    'unweighed',
    'mileage-unread',
    'seal-unread',
    'not-as-recorded',
    'not-the-borrower',
    'not-longer',
    'condition-unexplained',
    'place-missing',
    'used-up-elsewhere',
    'not-consumable',
    'used-up-unreported',
    'all-sampled',
    'not-a-colleague',
    'not-as-lent',
  ],
})
