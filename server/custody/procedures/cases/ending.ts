// What becomes of a case: an event is recorded, it is closed with a look at what is still held, and it goes on again.

import { z } from 'zod'
import { type Act, factAbout, refuseIf, subjectStep } from '../../define.ts'
import * as field from '../../fields.ts'
import { latestDateAt } from '../../plausible.ts'
import { refuseSince } from '../../rules.ts'
import { type Case, type CaseEvent, caseEndings, caseEvents, hasEnded } from '../../subjects.ts'
import { refuseMerged, refuseStranger } from './officers.ts'

const Record = z.strictObject({
  caseNo: field.caseNo(),
  event: z.enum(caseEvents),
  date: field.date(),
  document: z.strictObject({ kind: field.text(60), no: field.text(80) }),
  note: field.longText().optional(),
  /** How many things of the case were shown as still in custody to who ends it, and why it is ended all the same. */
  held: z.number().int().min(0).optional(),
  heldBecause: field.longText(1000).optional(),
})
const Reopen = z.strictObject({ caseNo: field.caseNo(), reason: field.longText(1000), document: field.document() })

/** Nobody ends a case without having seen what is still held for it. */
function refuseUnseen({ caseNo }: Case, act: Act<z.infer<typeof Record>>): void {
  const { held: seen, heldBecause } = act.input
  const held = act.itemsOf(caseNo).length
  refuseSince(act, 2, (seen ?? 0) !== held, 'case.held-differs', { caseNo, held, seen: seen ?? 0 })
  refuseSince(act, 2, held > 0 && !heldBecause, 'case.held-unexplained', { caseNo, held })
}

export const record = subjectStep({
  on: 'case',
  by: ['officer', 'legal'],
  input: Record,
  subject: (input) => input.caseNo,
  withAll: true,
  requires: (it, act) => {
    const { caseNo, events } = it!
    const { event, date, document } = act.input
    refuseStranger(it!, act)
    refuseMerged(it!)
    refuseIf(date > latestDateAt(act.occurredAt), 'case.event-in-the-future', { date })
    const known = events.some((one) => one.event === event && one.document.no === document.no)
    refuseIf(known, 'case.event-recorded', { caseNo, event, no: document.no })
    if (caseEndings.includes(event)) refuseUnseen(it!, act)
  },
  records: (_it, act) => {
    const { caseNo: _caseNo, held, heldBecause, ...said } = act.input
    const seen = caseEndings.includes(said.event) ? { held, heldBecause } : {}
    return { fact: 'CaseEventRecorded', data: { ...said, ...seen } }
  },
})

export const reopen = subjectStep({
  on: 'case',
  by: ['legal'],
  input: Reopen,
  subject: (input) => input.caseNo,
  signers: (act) => {
    const it = act.input && act.caseOf(act.input.caseNo)
    const roles = ['head' as const, 'leader' as const]
    return [{ as: 'head-or-leader', roles, ...(it ? { scopes: [it.unit, it.agency] } : {}) }]
  },
  requires: (it, act) => {
    const { caseNo } = it!
    refuseStranger(it!, act)
    refuseMerged(it!)
    refuseIf(!hasEnded(it!), 'case.not-ended', { caseNo })
    const { date } = act.input.document
    refuseIf(date > latestDateAt(act.occurredAt), 'case.event-in-the-future', { date })
  },
  records: (_it, act) => {
    const { caseNo: _caseNo, ...said } = act.input
    return { fact: 'CaseReopened', data: said }
  },
})

export const ended = {
  CaseEventRecorded: factAbout<'case', CaseEvent>('case', (it, { data: { event, date, document } }) => ({
    ...it!,
    events: [...it!.events, { event, date, document }],
    supplementaryTimes: it!.supplementaryTimes + (event === 'supplementary-investigation' ? 1 : 0),
  })),
  CaseReopened: factAbout<'case', { document: z.infer<typeof Reopen>['document'] }>('case', (it, { data }) => {
    const { date, kind, no } = data.document
    return { ...it!, events: [...it!.events, { event: 'reopened', date, document: { kind, no } }] }
  }),
}
