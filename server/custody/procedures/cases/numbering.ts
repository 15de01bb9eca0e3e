// A wrong case number is put right everywhere; the old one leads to the case for ever.

import { z } from 'zod'
import { factAbout, itemFact, refuseIf, subjectStep } from '../../define.ts'
import * as field from '../../fields.ts'
import { idOfCase } from '../../subjects.ts'
import { refuseMalformed, refuseStranger, refuseTooMany } from './officers.ts'

const Renumber = z.strictObject({
  caseNo: field.caseNo(),
  newCaseNo: field.caseNo(),
  reason: field.longText(1000),
})

type Renumbered = { caseNo: string; from: string }

/** Today's number, and those before it. */
const renumberedFrom = (former: string[] = [], { caseNo, from }: Renumbered): string[] =>
  [...new Set([...former, from])].filter((no) => no !== caseNo)

export const renumber = subjectStep({
  on: 'case',
  by: ['officer', 'legal'],
  input: Renumber,
  subject: (input) => input.caseNo,
  withAll: true,
  signers: (act) => [
    { as: 'head', roles: ['head'], ...(act.input ? { scope: act.caseOf(act.input.caseNo).unit } : {}) },
  ],
  requires: (it, act) => {
    const { caseNo } = it!
    const { newCaseNo } = act.input
    refuseStranger(it!, act)
    refuseMalformed(newCaseNo, act)
    refuseIf(newCaseNo === caseNo, 'case.same-number', { caseNo })
    // A number that it had before may be the right one after all.
    const other = act.isCase(newCaseNo) && act.caseOf(newCaseNo) !== act.caseOf(caseNo)
    refuseIf(other, 'case.exists', { id: newCaseNo })
    refuseTooMany(caseNo, act.itemsOf(caseNo, true).length)
  },
  records: (it, act) => {
    const data = { caseNo: act.input.newCaseNo, from: it!.caseNo }
    return [
      { fact: 'CaseRenumbered', data: { ...data, reason: act.input.reason } },
      ...act.itemsOf(it!.caseNo, true).map(({ code }) => ({
        fact: 'CaseNumberCorrected',
        data,
        subject: { kind: 'item' as const, id: code },
      })),
    ]
  },
})

export const renumbered = {
  CaseRenumbered: factAbout<'case', Renumbered>('case', (it, { data }) => ({
    ...it!,
    caseNo: data.caseNo,
    openedAs: idOfCase(it!),
    formerNos: renumberedFrom(it!.formerNos, data),
  })),
  CaseNumberCorrected: itemFact<Renumbered>((item, { data }) => ({
    ...item,
    caseNo: data.caseNo,
    formerCaseNos: renumberedFrom(item.formerCaseNos, data),
  })),
}
