// return 发还 / 退还 – a thing goes to whom it belongs.

import { z } from 'zod'
import { ended as clockEnded, type Due, started } from '../clocks.ts'
import {
  desksInControl,
  executingDesks,
  refuseNotKept,
  refuseOtherDesk,
  refuseOutsider,
  refuseUnsettled,
} from '../control.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { isTheirs } from '../handling.ts'
import type { Item } from '../item.ts'
import { monthsAfter } from '../local-time.ts'
import { minuteOf } from '../plausible.ts'
import { refuseSince } from '../rules.ts'
import { handOver, returned } from './return/hand-over.ts'
import { grounds, Owner, ownersIn, type Proposed, particularsOf, refuseUnidentified } from './return/owners.ts'

const Note = z.strictObject({ note: field.longText().optional() })
const Propose = z.strictObject({
  ground: z.enum(grounds),
  owner: Owner,
  /** Further owners or heirs, each with their share. */
  others: z.array(Owner).max(20).optional(),
  /** Papers that show whose it is. */
  titleProof: field.papers(),
  value: field.money().optional(),
  noticeAt: field.time().optional(),
  note: field.longText().optional(),
})
const Notice = z.strictObject({ sentAt: field.time(), how: field.text() })
/** Whoever leads the unit decides what the unit itself found; everything else the leader of the agency in control. */
function decidersOf(item: Item, act: Act<{ ground: string }>): string[] {
  const ofUnit = ['unrelated', 'measure-lifted'].includes(act.input.ground) && item.control.agency === item.owningAgency
  return ofUnit ? [`head@${item.owningUnit}`] : desksInControl(item, act, 'leader')
}

/** D08 (CP 233, AP 197). */
function unclaimedAt(item: Item, act: Act<{ sentAt: string }>): string {
  const { unclaimedMonths, unclaimedExtraMonths, timeZone } = act.settings
  const extra = act.caseOf(item.caseNo).kind === 'administrative' ? unclaimedExtraMonths : 0
  return monthsAfter(act.input.sentAt, unclaimedMonths + extra, act.rules < 2 ? 'UTC' : timeZone)
}

const decision = {
  by: ['leader', 'head', 'casemanager'] as const,
  axis: 'disposition' as const,
  docket: { at: ['proposed'] },
  part: 'decides' as const,
  input: Note,
}
const refuseDecider = (item: Item, act: Act<undefined>) =>
  refuseOtherDesk(item, 'disposition', act, 'return.not-your-decision')

export const returning = procedure({
  name: 'return',
  steps: {
    propose: itemStep({
      by: ['officer', 'casemanager'],
      axis: 'disposition',
      docket: 'opens',
      part: 'requests',
      input: Propose,
      ready: (item, act) => {
        refuseOutsider(item, act, 'return')
        refuseUnsettled(item, 'return')
        refuseNotKept(item, act, 'return')
      },
      requires: (item, act) => {
        const { ground, titleProof, noticeAt = '' } = act.input
        refuseSince(act, 2, noticeAt > act.occurredAt, 'return.notice-in-the-future', { code: item.code })
        refuseUnidentified(item, act)
        refuseIf(ground === 'victim' && titleProof.length === 0, 'return.title-unproven', { code: item.code })
      },
      records: (item, act) => {
        const { owner, others: _others, ...said } = act.input
        const { name } = owner
        const told = particularsOf(owner)
        const sealed =
          act.rules >= 2
            ? { owners: ownersIn(act.input, act) }
            : Object.keys(told).length > 0
              ? { particulars: act.seal(told) }
              : {}
        return {
          fact: 'ReturnProposed',
          data: { ...said, owner: { name }, ...sealed, deciders: decidersOf(item, act) },
        }
      },
    }),

    approve: itemStep({
      ...decision,
      ready: (item, act) => {
        refuseDecider(item, act)
        refuseIf(item.objection, 'return.objection-open', { code: item.code, objector: item.objection?.objector })
      },
      records: (_item, act) => ({ fact: 'ReturnApproved', data: { ...act.input } }),
    }),

    reject: itemStep({
      ...decision,
      despiteDiscrepancy: 'takes-off',
      ready: refuseDecider,
      records: (_item, act) => ({ fact: 'ReturnRejected', data: { ...act.input } }),
    }),

    notice: itemStep({
      by: ['keeper', 'officer'],
      axis: 'disposition',
      docket: { at: ['approved'] },
      input: Notice,
      ready: (item, act) => {
        const outside = act.role === 'officer' && !item.officers.includes(act.actor.login)
        refuseIf(outside, 'return.not-the-officer', { code: item.code })
      },
      requires: (item, act) => {
        const { code, disposition, clocks } = item
        const { sentAt } = act.input
        refuseIf(sentAt > act.occurredAt, 'return.notice-in-the-future', { code })
        const approvedAt = disposition.state === 'approved' ? disposition.at : item.extractedAt
        refuseSince(act, 2, sentAt < minuteOf(approvedAt), 'return.notice-before-approval', {
          code,
          sentAt,
          approvedAt,
        })
        const runs = clocks.find(({ deadline }) => deadline === 'D08')
        const shorter = runs !== undefined && unclaimedAt(item, act) < runs.at
        refuseSince(act, 2, shorter, 'return.notice-shortens', { code, at: runs?.at })
      },
      records: (item, act) => ({
        fact: 'OwnerNotified',
        data: { ...act.input, due: { deadline: 'D08', at: unclaimedAt(item, act) } },
      }),
    }),

    'hand-over': handOver,

    withdraw: itemStep({
      by: ['officer', 'casemanager'],
      despiteDiscrepancy: 'takes-off',
      axis: 'disposition',
      docket: { at: ['proposed', 'approved'] },
      withHolders: true,
      input: Note,
      ready: (item, act) => {
        const { requestedBy } = item.open.disposition!
        const theirs = act.rules < 2 ? requestedBy === act.actor.login : isTheirs(requestedBy, item, act)
        refuseIf(!theirs, 'return.not-the-proposer', { code: item.code })
      },
      records: (_item, act) => ({ fact: 'ReturnWithdrawn', data: { ...act.input } }),
    }),
  },

  facts: {
    ReturnProposed: itemFact<Proposed>((item, recorded) => ({
      ...item,
      disposition: { state: 'proposed', kind: 'return', at: recorded.occurredAt },
      open: openDocket(item, 'disposition', recorded, {
        stage: 'proposed',
        waitsFor: recorded.data.deciders,
        data: { ...recorded.data },
      }),
    })),
    ReturnApproved: itemFact((item, recorded) => {
      const waitsFor = executingDesks(item)
      return {
        ...item,
        disposition: { state: 'approved', kind: 'return', at: recorded.occurredAt },
        open: moveDocket(item, 'disposition', recorded, { stage: 'approved', waitsFor, decided: true }),
      }
    }),
    ReturnRejected: itemFact((item) => ended(item)),
    ReturnWithdrawn: itemFact((item) => ended(item)),
    OwnerNotified: itemFact<{ due: Due }>((item, { data }) => ({ ...item, ...started(item, data.due) })),
    ...returned,
  },

  refusals: [
    'not-in-control',
    'not-the-officer',
    'offered',
    'objection-open',
    'custody-open',
    'title-unproven',
    'not-your-decision',
    'notice-in-the-future',
    'notice-before-approval',
    'notice-shortens',
    'owner-unidentified',
    'other-identity',
    'agent-for-nobody',
    'owner-missing',
    'papers-same',
    'not-stored',
    'not-kept',
    'on-the-shelf',
    'by-finance',
    'recipient-is-staff',
    'recipient-took-part',
    'authority-missing',
    'not-the-owner',
    'not-the-proposer',
  ],
})

/** Nothing is to become of it any more; the clock of the notice stops, one of hand-in or loan goes on. */
function ended(item: Item): Item {
  const open = closeDocket(item, 'disposition')
  return { ...item, ...clockEnded(item, 'D08'), disposition: { state: 'none' }, open }
}
