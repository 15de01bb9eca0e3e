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
  refuseWrongHand,
} from '../control.ts'
import { type Act, itemFact, itemStep, procedure, refuseIf, type Signer } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { sameName } from '../handling.ts'
import { docketOn, type Item, involvedIn, whereaboutsOf } from '../item.ts'
import { monthsAfter } from '../local-time.ts'
import type { Role } from '../subjects.ts'

const grounds = ['unrelated', 'measure-lifted', 'victim', 'judgment', 'other'] as const

const Note = z.strictObject({ note: field.longText().optional() })
const Propose = z.strictObject({
  ground: z.enum(grounds),
  owner: z.strictObject({
    name: field.text(60),
    idNumber: field.idNumber().optional(),
    contact: field.particular().optional(),
  }),
  /** Papers that show whose it is. */
  titleProof: field.photos(),
  value: field.money().optional(),
  noticeAt: field.time().optional(),
  note: field.longText().optional(),
})
const Notice = z.strictObject({ sentAt: field.time(), how: field.text() })
const HandOver = z.strictObject({
  recipient: z.strictObject({
    name: field.text(60),
    idNumber: field.idNumber(),
    relation: z.enum(['owner', 'agent']),
  }),
  /** Power of attorney. */
  authority: field.file().optional(),
  signature: field.signature(),
  photo: field.photo(),
})

type Proposed = { ground: (typeof grounds)[number]; owner: { name: string }; deciders: string[] }
const proposedOn = (item: Item) => docketOn<Proposed>(item, 'disposition')!.data

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

/** Somebody who works with these items, and did not decide what is to become of them. */
function secondPerson(act: Act<unknown>): Signer[] {
  // Two-person classes bring their second keeper, who is that second person.
  const guarded = act.items.some((item) => act.settings.twoPersonClasses.includes(item.class))
  if (guarded && act.role === 'keeper') return []
  const scopes = act.items.flatMap((item) => [act.scope, item.owningUnit, ...item.agencies])
  const not = act.items.flatMap((item) => item.open.disposition?.decidedBy ?? [])
  const roles: Role[] = ['keeper', 'officer', 'head', 'storehead', 'inspector', 'casemanager']
  return [{ as: 'second-person', roles, scopes: [...new Set(scopes)], not: [...new Set(not)] }]
}

/** Never to the staff: neither by identity number nor by the name of anybody who had a hand in it. */
function refuseStaff(item: Item, act: Act<z.infer<typeof HandOver>>): void {
  const { name, idNumber } = act.input.recipient
  refuseIf(act.isStaff(idNumber), 'return.recipient-is-staff', { name })
  const people = [act.actor, ...act.countersigners, ...involvedIn(item, 'disposition').map(act.person)]
  refuseIf(
    people.some((person) => sameName(act, person.name, name)),
    'return.recipient-took-part',
    { name },
  )
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
        const { ground, titleProof } = act.input
        refuseIf(ground === 'victim' && titleProof.length === 0, 'return.title-unproven', { code: item.code })
      },
      records: (item, act) => {
        const { owner, ...said } = act.input
        const { name, ...rest } = owner
        const told = Object.entries(rest).filter((each): each is [string, string] => each[1] !== undefined)
        const particulars = told.length > 0 ? { particulars: act.seal(Object.fromEntries(told)) } : {}
        return {
          fact: 'ReturnProposed',
          data: { ...said, owner: { name }, ...particulars, deciders: decidersOf(item, act) },
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
      requires: (item, act) =>
        refuseIf(act.input.sentAt > act.occurredAt, 'return.notice-in-the-future', { code: item.code }),
      records: (item, act) => ({
        fact: 'OwnerNotified',
        data: { ...act.input, due: { deadline: 'D08', at: unclaimedAt(item, act) } },
      }),
    }),

    'hand-over': itemStep({
      by: ['keeper', 'officer'],
      axis: 'disposition',
      docket: { at: ['approved'] },
      part: 'executes',
      physical: true,
      withInvolved: true,
      input: HandOver,
      signers: (act, item) => (item === act.items[0] ? secondPerson(act) : []),
      ready: (item, act) => {
        refuseWrongHand(item, act, 'return')
        refuseUnsettled(item, 'return')
      },
      requires: (item, act) => {
        const { recipient, authority } = act.input
        const { owner } = proposedOn(item)
        refuseStaff(item, act)
        refuseIf(recipient.relation === 'agent' && !authority, 'return.authority-missing', { name: recipient.name })
        const other = recipient.relation === 'owner' && !sameName(act, recipient.name, owner.name)
        refuseIf(other, 'return.not-the-owner', { name: recipient.name, owner: owner.name })
      },
      records: (_item, act) => {
        const { recipient, ...papers } = act.input
        const { idNumber, ...known } = recipient
        return { fact: 'ItemReturned', data: { ...papers, recipient: known, particulars: act.seal({ idNumber }) } }
      },
    }),

    withdraw: itemStep({
      by: ['officer', 'casemanager'],
      despiteDiscrepancy: 'takes-off',
      axis: 'disposition',
      docket: { at: ['proposed', 'approved'] },
      input: Note,
      ready: (item, act) =>
        refuseIf(item.open.disposition!.requestedBy !== act.actor.login, 'return.not-the-proposer', {
          code: item.code,
        }),
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
    ItemReturned: itemFact<{ recipient: { name: string } }>(
      (item, { data, occurredAt }) => ({
        ...item,
        custody: { state: 'left', how: 'returned', to: data.recipient.name, from: whereaboutsOf(item) },
        disposition: { state: 'done', kind: 'returned', at: occurredAt },
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
    'title-unproven',
    'not-your-decision',
    'notice-in-the-future',
    'not-stored',
    'not-kept',
    'on-the-shelf',
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
