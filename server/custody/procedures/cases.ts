// case 案件 – what every item belongs to: its number, its unit and officers, and what has become of it. Pure.

import { z } from 'zod'
import { type Act, factAbout, itemFact, procedure, refuseIf, subjectStep } from '../define.ts'
import * as field from '../fields.ts'
import { secondPerson } from '../handling.ts'
import { type Case, caseEvents } from '../subjects.ts'
import { type Corrected, correctedOf, correcting, remember } from './correction/subject.ts'

/** As many items as one command can give new officers to. */
const mostItems = 10_000

const officers = z.array(field.login()).min(1).max(20)

const Open = z.strictObject({
  caseNo: field.caseNo(),
  title: field.text(),
  kind: z.enum(['criminal', 'administrative']),
  acceptedAt: field.time(),
  unit: field.unitId(),
  officers,
})
const Assign = z.strictObject({ caseNo: field.caseNo(), officers })
const Record = z.strictObject({
  caseNo: field.caseNo(),
  event: z.enum(caseEvents),
  date: field.date(),
  document: z.strictObject({ kind: field.text(60), no: field.text(80) }),
  note: field.longText().optional(),
})

const Correct = z.strictObject({ caseNo: field.caseNo(), ...correcting })

/** What is said of a case when it is opened; number, unit and officers change by steps of their own. */
export const correctable = { title: Open.shape.title, kind: Open.shape.kind, acceptedAt: Open.shape.acceptedAt }

type Opened = Omit<Case, 'version' | 'lastAt' | 'agencies' | 'events' | 'supplementaryTimes'>
type CaseEvent = Case['events'][number]

/** 办管分离: an officer of a case handles cases in the agency of its unit, and keeps nothing. */
function refuseOfficers(logins: string[], agency: string, act: Act): void {
  for (const login of logins) {
    const { name, disabled, grants, agency: of } = act.person(login)
    refuseIf(disabled, 'person.disabled', { login, name })
    refuseIf(of !== agency || !grants.some(({ role }) => role === 'officer'), 'case.not-an-officer', { login, name })
    const keeps = grants.some(({ role }) => role === 'keeper' || role === 'storehead')
    refuseIf(keeps, 'case.officer-keeps', { login, name })
  }
}

const sameOfficers = (left: string[], right: string[]) => left.join() === right.join()
const eachOnce = (logins: string[]) => [...new Set(logins)].sort()

/** The latest date it can be anywhere on earth at that moment: a date has no time zone. */
const latestDateAt = (at: string) => new Date(Date.parse(at) + 14 * 3_600_000).toISOString().slice(0, 10)

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
        const pattern = act.settings.caseNoPattern
        refuseIf(!new RegExp(pattern).test(caseNo), 'case.number-malformed', { caseNo, pattern })
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

    assign: subjectStep({
      on: 'case',
      by: ['head'],
      input: Assign,
      subject: (input) => input.caseNo,
      withAll: true,
      requires: (it, act) => {
        const { caseNo, unit, unitName, agency, officers } = it!
        refuseIf(act.scope !== unit, 'case.other-unit', { unit, name: unitName })
        refuseOfficers(act.input.officers, agency, act)
        refuseIf(sameOfficers(officers, eachOnce(act.input.officers)), 'case.same-officers', { caseNo })
        const items = act.itemsOf(caseNo).length
        refuseIf(items > mostItems, 'case.too-many-items', { caseNo, items, most: mostItems })
      },
      records: (it, act) => {
        const { caseNo, officers: before } = it!
        const data = { officers: eachOnce(act.input.officers) }
        const items = act.itemsOf(caseNo).map(({ code }) => ({
          fact: 'OfficersChanged',
          data,
          subject: { kind: 'item' as const, id: code },
        }))
        return [{ fact: 'CaseAssigned', data: { ...data, before } }, ...items]
      },
    }),

    record: subjectStep({
      on: 'case',
      by: ['officer', 'legal'],
      input: Record,
      subject: (input) => input.caseNo,
      requires: (it, act) => {
        const { caseNo, officers, agency, events } = it!
        const { event, date, document } = act.input
        const reviews = act.actor.grants.some(({ role, scope }) => role === 'legal' && scope === agency)
        refuseIf(!officers.includes(act.actor.login) && !reviews, 'case.not-yours', { caseNo })
        refuseIf(date > latestDateAt(act.occurredAt), 'case.event-in-the-future', { date })
        const known = events.some((one) => one.event === event && one.document.no === document.no)
        refuseIf(known, 'case.event-recorded', { caseNo, event, no: document.no })
      },
      records: (_it, act) => {
        const { caseNo: _caseNo, ...data } = act.input
        return { fact: 'CaseEventRecorded', data }
      },
    }),

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
    CaseAssigned: factAbout<'case', { officers: string[] }>('case', (it, { data }) => ({
      ...it!,
      officers: data.officers,
    })),
    OfficersChanged: itemFact<{ officers: string[] }>((item, { data }) => ({ ...item, officers: data.officers })),
    CaseEventRecorded: factAbout<'case', CaseEvent>('case', (it, { data: { event, date, document } }) => ({
      ...it!,
      events: [...it!.events, { event, date, document }],
      supplementaryTimes: it!.supplementaryTimes + (event === 'supplementary-investigation' ? 1 : 0),
    })),
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
  ],
})
