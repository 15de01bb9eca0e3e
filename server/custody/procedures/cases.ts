// case 案件 – what every item belongs to: its number, its unit and officers, what has become of it and what went where. Pure.

import { z } from 'zod'
import { factAbout, procedure, refuseIf, subjectStep } from '../define.ts'
import * as field from '../fields.ts'
import { secondPerson } from '../handling.ts'
import type { Case } from '../subjects.ts'
import { assign, assigned } from './cases/assignment.ts'
import { divided, merge, split } from './cases/division.ts'
import { ended, record, reopen } from './cases/ending.ts'
import { renumber, renumbered } from './cases/numbering.ts'
import { eachOnce, officers, refuseMalformed, refuseOfficers } from './cases/officers.ts'
import { type Corrected, correctedOf, correcting, remember } from './correction/subject.ts'

const Open = z.strictObject({
  caseNo: field.caseNo(),
  title: field.text(),
  kind: z.enum(['criminal', 'administrative']),
  acceptedAt: field.time(),
  unit: field.unitId(),
  officers,
})
const Correct = z.strictObject({ caseNo: field.caseNo(), ...correcting })

/** What is said of a case when it is opened; number, unit and officers change by steps of their own. */
export const correctable = { title: Open.shape.title, kind: Open.shape.kind, acceptedAt: Open.shape.acceptedAt }

type Opened = Omit<Case, 'version' | 'lastAt' | 'agencies' | 'events' | 'supplementaryTimes'>
export const cases = procedure({
  name: 'case',
  steps: {
    open: subjectStep({
      on: 'case',
      by: ['officer', 'legal', 'casemanager'],
      input: Open,
      subject: (input) => input.caseNo,
      makes: true,
      requires: (_none, act) => {
        const { caseNo, acceptedAt, officers } = act.input
        refuseMalformed(caseNo, act)
        const unit = act.unit(act.input.unit)
        refuseIf(unit.kind !== 'unit', 'case.not-a-unit', { unit: unit.id, name: unit.name })
        const reach = act.actor.grants.map(({ role, scope }) => `${role}@${scope}`)
        const desks = [`officer@${unit.id}`, `legal@${unit.agency}`, `casemanager@${unit.agency}`]
        refuseIf(!desks.some((desk) => reach.includes(desk)), 'case.other-unit', { unit: unit.id, name: unit.name })
        refuseIf(acceptedAt > act.occurredAt, 'case.accepted-in-the-future', { acceptedAt })
        refuseOfficers(officers, unit.agency, act)
      },
      records: (_none, act) => {
        const { name: unitName, agency } = act.unit(act.input.unit)
        const officers = eachOnce(act.input.officers)
        return { fact: 'CaseOpened', data: { ...act.input, officers, unitName, agency } }
      },
    }),

    assign,
    record,
    reopen,
    split,
    merge,
    renumber,

    correct: subjectStep({
      on: 'case',
      by: ['officer', 'head', 'legal', 'casemanager'],
      input: Correct,
      subject: (input) => input.caseNo,
      withAll: true,
      // The kind and the day of acceptance move terms, so the head answers for them.
      signers: (act) =>
        act.input && act.input.field !== 'title' && act.role !== 'head'
          ? [{ as: 'second-person', roles: ['head'], scope: act.caseOf(act.input.caseNo).unit }]
          : [secondPerson(act)],
      requires: (it, act) => {
        const { caseNo, officers, agency, unit } = it!
        const { login, grants } = act.actor
        const desks = grants.map(({ role, scope }) => `${role}@${scope}`)
        const own = [`head@${unit}`, `legal@${agency}`, `casemanager@${agency}`].some((desk) => desks.includes(desk))
        refuseIf(!own && !officers.includes(login), 'case.not-yours', { caseNo })
        const { field: name, right } = correctedOf(it!, correctable, act)
        if (name !== 'acceptedAt') return
        const acceptedAt = String(right)
        refuseIf(acceptedAt > act.occurredAt, 'case.accepted-in-the-future', { acceptedAt })
        const earlier = act.itemsOf(caseNo).find((item) => item.extractedAt < acceptedAt && !('exception' in item))
        refuseIf(earlier, 'case.accepted-after-extraction', { code: earlier?.code, extractedAt: earlier?.extractedAt })
      },
      records: (it, act) => ({ fact: 'CaseCorrected', data: correctedOf(it!, correctable, act) }),
    }),
  },

  facts: {
    CaseCorrected: factAbout<'case', Corrected>('case', (it, recorded) => ({
      ...it!,
      [recorded.data.field]: recorded.data.right,
      corrections: remember(it!.corrections, recorded),
    })),
    CaseOpened: factAbout<'case', Opened>('case', (_none, { data, occurredAt }) => ({
      ...data,
      agencies: [data.agency],
      events: [],
      supplementaryTimes: 0,
      version: 0,
      lastAt: occurredAt,
    })),
    ...assigned,
    ...ended,
    ...divided,
    ...renumbered,
  },

  refusals: [
    'number-malformed',
    'not-a-unit',
    'other-unit',
    'accepted-in-the-future',
    'not-an-officer',
    'officer-keeps',
    'same-officers',
    'too-many-items',
    'not-yours',
    'event-in-the-future',
    'event-recorded',
    'accepted-after-extraction',
    'held-differs',
    'held-unexplained',
    'not-ended',
    'ended',
    'merged',
    'docket-open',
    'things-of-several',
    'not-in-control',
    'into-itself',
    'other-agency',
    'line-used',
    'same-number',
  ],
})
