// A case is split (另案处理) and cases are merged: things go from one case to another, and each says where they went.

import { z } from 'zod'
import { type Act, factAbout, itemFact, type NewFact, refuseIf, subjectStep } from '../../define.ts'
import * as field from '../../fields.ts'
import type { Item } from '../../item.ts'
import { type Case, hasEnded } from '../../subjects.ts'
import { type Handling, handledBy } from './assignment.ts'
import {
  eachOnce,
  officers,
  refuseDocketOfUnit,
  refuseMalformed,
  refuseMerged,
  refuseOfficers,
  refuseStranger,
  refuseTooMany,
} from './officers.ts'

const Split = z.strictObject({
  /** The number of the new case. */
  caseNo: field.caseNo(),
  title: field.text(),
  items: z.array(field.itemCode()).min(1).max(2000),
  /** Those of the case it comes from when none are named. */
  officers: officers.optional(),
  reason: field.longText(1000),
  document: field.document().optional(),
})
const Merge = z.strictObject({
  caseNo: field.caseNo(),
  into: field.caseNo(),
  reason: field.longText(1000),
  document: field.document().optional(),
})

type SplitOff = Omit<Case, 'version' | 'lastAt' | 'events'>
/** What an item says of the case that it goes to. */
export type Reassigned = Omit<Handling, 'unitName'> & {
  caseNo: string
  from: string
  document: Item['document']
  line: string
}

/** A thing goes to a case; `over` is the line that it takes there, when that is another. */
export function reassigned(
  item: Item,
  to: Pick<Case, 'caseNo' | 'unit' | 'agency' | 'officers'>,
  over: Partial<Pick<Item, 'document' | 'line'>> & { reason?: string } = {},
): NewFact {
  const { caseNo, unit, agency, officers } = to
  const { document, line } = item
  const data = { caseNo, from: item.caseNo, document, line, unit, agency, officers, ...over }
  return { fact: 'ItemReassigned', data, subject: { kind: 'item', id: item.code } }
}

/** What the case that takes things in remembers; the agencies that have to do with the things go on reading. */
export const tookIn = (into: Case, from: string, items: Item[]): NewFact => ({
  fact: 'CaseTookIn',
  data: { from, items: items.length, agencies: eachOnce(items.flatMap(({ agencies }) => agencies)) },
  subject: { kind: 'case', id: into.caseNo },
})

const itemsIn = (act: Act<z.infer<typeof Split>>) => [...new Set(act.input.items.map(act.item))]

export const split = subjectStep({
  on: 'case',
  by: ['officer', 'legal'],
  input: Split,
  subject: (input) => input.caseNo,
  makes: true,
  signers: (act) => [
    { as: 'head', roles: ['head'], ...(act.input ? { scope: act.item(act.input.items[0]!).owningUnit } : {}) },
  ],
  requires: (_none, act) => {
    const { caseNo, officers } = act.input
    refuseMalformed(caseNo, act)
    const items = itemsIn(act)
    const { owningUnit, owningAgency, ...first } = items[0]!
    const source = act.caseOf(first.caseNo)
    refuseMerged(source)
    refuseIf(hasEnded(source), 'case.ended', { caseNo: source.caseNo })
    for (const { code, ...item } of items) {
      refuseIf(item.caseNo !== first.caseNo || item.owningUnit !== owningUnit, 'case.things-of-several', { code })
      refuseIf(item.custody.state === 'left', 'item.left', { code })
      const { agency, state } = item.control
      refuseIf(state === 'offered' || agency !== owningAgency, 'case.not-in-control', { code })
      const reviews = act.actor.grants.some(({ role, scope }) => role === 'legal' && scope === owningAgency)
      refuseIf(!item.officers.includes(act.actor.login) && !reviews, 'case.not-yours', { caseNo: first.caseNo })
    }
    refuseOfficers(officers ?? first.officers, owningAgency, act)
  },
  records: (_none, act) => {
    const { caseNo, title, officers, reason, document } = act.input
    const items = itemsIn(act)
    const { owningUnit: unit, owningAgency: agency, ...first } = items[0]!
    const { caseNo: splitFrom, kind, acceptedAt, supplementaryTimes } = act.caseOf(first.caseNo)
    const made = {
      ...{ caseNo, title, kind, acceptedAt, unit, unitName: act.unit(unit).name, agency, splitFrom },
      officers: eachOnce(officers ?? first.officers),
      agencies: eachOnce(items.flatMap(({ agencies }) => agencies)),
      supplementaryTimes,
    }
    const source = { kind: 'case' as const, id: splitFrom }
    return [
      { fact: 'CaseSplitOff', data: { ...made, reason, document } },
      { fact: 'CaseSplit', data: { into: caseNo, title, items: items.length, reason, document }, subject: source },
      ...items.map((item) => reassigned(item, made)),
    ]
  },
})

export const merge = subjectStep({
  on: 'case',
  by: ['officer', 'legal'],
  input: Merge,
  subject: (input) => input.caseNo,
  withAll: true,
  signers: (act) => [{ as: 'head', roles: ['head'], ...(act.input ? { scope: act.caseOf(act.input.into).unit } : {}) }],
  requires: (it, act) => {
    const { caseNo, agency } = it!
    const into = act.caseOf(act.input.into)
    refuseStranger(it!, act)
    refuseMerged(it!)
    refuseIf(into.caseNo === caseNo, 'case.into-itself', { caseNo })
    refuseMerged(into)
    refuseIf(hasEnded(into), 'case.ended', { caseNo: into.caseNo })
    refuseIf(into.agency !== agency, 'case.other-agency', { caseNo: into.caseNo })
    const items = itemsOf(it!, act)
    refuseTooMany(caseNo, items.length)
    refuseDocketOfUnit(items, into.unit)
    for (const { parent, document, line } of items) {
      const taken = parent === undefined && !act.isFreeLine(into.caseNo, document.no, line)
      refuseIf(taken, 'case.line-used', { caseNo: into.caseNo, no: document.no, line })
    }
  },
  records: (it, act) => {
    const { reason, document } = act.input
    const into = act.caseOf(act.input.into)
    const items = itemsOf(it!, act)
    return [
      { fact: 'CaseMerged', data: { into: into.caseNo, items: items.length, reason, document } },
      tookIn(into, it!.caseNo, items),
      ...items.map((item) => reassigned(item, into)),
    ]
  },
})

/** What a sender kept when jurisdiction went is not the receiver's to merge: it has a way of its own (`item.reassign`). */
const itemsOf = ({ caseNo, agency }: Case, act: Act<unknown>): Item[] =>
  act.itemsOf(caseNo).filter(({ owningAgency }) => owningAgency === agency)

export const divided = {
  CaseSplitOff: factAbout<'case', SplitOff & { reason: string; document?: unknown }>(
    'case',
    (_none, { data: { reason: _reason, document: _document, ...made }, occurredAt }) => ({
      ...made,
      events: [],
      version: 0,
      lastAt: occurredAt,
    }),
  ),
  CaseSplit: factAbout<'case', unknown>('case', (it) => it!),
  CaseMerged: factAbout<'case', { into: string }>('case', (it, { data }) => ({ ...it!, mergedInto: data.into })),
  CaseTookIn: factAbout<'case', { agencies: string[] }>('case', (it, { data }) => ({
    ...it!,
    agencies: [...new Set([...it!.agencies, ...data.agencies])],
  })),
  ItemReassigned: itemFact<Reassigned>((item, { data }) => {
    const { caseNo, from, document, line } = data
    const formerCaseNos = [...new Set([...(item.formerCaseNos ?? []), from])].filter((no) => no !== caseNo)
    return { ...handledBy(item, data), caseNo, document, line, formerCaseNos }
  }),
}
