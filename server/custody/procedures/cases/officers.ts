// Who may handle a case, and what its steps have in common.

import { z } from 'zod'
import { type Act, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import type { Item, OpenDocket } from '../../item.ts'
import type { Case, Unit } from '../../subjects.ts'

/** As many items as one command can change with their case. */
export const mostItems = 10_000

export const officers = z.array(field.login()).min(1).max(20)

export const eachOnce = (logins: string[]) => [...new Set(logins)].sort()

/** 办管分离: an officer of a case handles cases in the agency of its unit, and keeps nothing. */
export function refuseOfficers(logins: string[], agency: string, act: Act): void {
  for (const login of logins) {
    const { name, disabled, grants, agency: of } = act.person(login)
    refuseIf(disabled, 'person.disabled', { login, name })
    refuseIf(of !== agency || !grants.some(({ role }) => role === 'officer'), 'case.not-an-officer', { login, name })
    const keeps = grants.some(({ role }) => role === 'keeper' || role === 'storehead')
    refuseIf(keeps, 'case.officer-keeps', { login, name })
  }
}

export function refuseMalformed(caseNo: string, act: Act<unknown>): void {
  const pattern = act.settings.caseNoPattern
  refuseIf(!new RegExp(pattern).test(caseNo), 'case.number-malformed', { caseNo, pattern })
}

/** Its officers, and the legal reviewers of the agency that has jurisdiction. */
export function refuseStranger({ caseNo, officers, agency }: Case, act: Act<unknown>): void {
  const reviews = act.actor.grants.some(({ role, scope }) => role === 'legal' && scope === agency)
  refuseIf(!officers.includes(act.actor.login) && !reviews, 'case.not-yours', { caseNo })
}

/** What was merged into another case leads there, and nothing goes on in it. */
export const refuseMerged = ({ caseNo, mergedInto }: Case): void =>
  refuseIf(mergedInto !== undefined, 'case.merged', { caseNo, into: mergedInto })

export const refuseTooMany = (caseNo: string, items: number): void =>
  refuseIf(items > mostItems, 'case.too-many-items', { caseNo, items, most: mostItems })

/** A docket that the handling unit decides, or whose outcome it asked for: a loan that has not begun, a return, a disposal. */
const docketOfUnit = ({ custody, open }: Item): OpenDocket | undefined =>
  open.disposition ?? (custody.state === 'stored' && open.custody?.procedure === 'retrieval' ? open.custody : undefined)

/** What waits for the head of a unit must have ended before the thing goes to another unit. */
export function refuseDocketOfUnit(items: Item[], unit: string): void {
  for (const item of items) {
    const docket = item.owningUnit === unit ? undefined : docketOfUnit(item)
    refuseIf(docket, 'case.docket-open', { code: item.code, docket: docket?.docket })
  }
}

/** A unit that can handle cases in the agency. */
export function handlingUnit(id: string, agency: string, act: Act<unknown>): Unit {
  const unit = act.unit(id)
  refuseIf(unit.kind !== 'unit' || unit.agency !== agency, 'case.not-a-unit', { unit: id, name: unit.name })
  return unit
}
