// 移送管辖 – jurisdiction goes to another police agency, and with it the case, its unit and its officers.

import { type Act, type NewFact, refuseIf } from '../../define.ts'
import type { Item } from '../../item.ts'
import { refuseSince } from '../../rules.ts'
import type { Unit } from '../../subjects.ts'
import type { Handling } from '../cases/assignment.ts'
import { handlingUnit } from '../cases/officers.ts'
import { type OfferedStage, offerOn } from './offer.ts'

/**
 * Jurisdiction goes from the police agency that has it to another; what is sent to the police for any other
 * reason goes to the one that has it. Otherwise a thing would be in the hands of nobody.
 */
export function refuseAstray(item: Item, to: Unit, stage: OfferedStage, act: Act<unknown>): void {
  const { code, owningAgency, control } = item
  if (stage !== 'jurisdiction') {
    const astray = to.type === 'police' && to.id !== owningAgency
    refuseSince(act, 2, astray, 'transfer.without-jurisdiction', { code, to: to.name })
    return
  }
  refuseSince(act, 2, to.type !== 'police', 'transfer.wrong-receiver', { to: to.name, stage })
  refuseSince(act, 2, control.agency !== owningAgency, 'transfer.no-jurisdiction', { code, agency: control.agencyName })
  refuseSince(act, 2, isElsewhere(item, to.id, act), 'transfer.case-elsewhere', { code, caseNo: item.caseNo })
}

/** The case went to a third agency, and left the thing behind. */
const isElsewhere = (item: Item, to: string, act: Act<unknown>): boolean =>
  ![to, item.owningAgency].includes(act.caseOf(item.caseNo).agency)

export const takesJurisdiction = (item: Item, act: Act<unknown>): boolean =>
  act.rules >= 2 && offerOn(item).stage === 'jurisdiction' && act.unit(offerOn(item).to).type === 'police'

/** What comes later joins its case, which a unit handles already. */
export function refuseTakingOver(item: Item, to: string, act: Act<{ unit?: string }>): void {
  const { code, caseNo } = item
  refuseIf(isElsewhere(item, to, act), 'transfer.case-elsewhere', { code, caseNo })
  const it = act.caseOf(caseNo)
  const unit = act.input.unit ?? (it.agency === to ? it.unit : undefined)
  refuseIf(unit === undefined, 'transfer.unit-missing', { caseNo })
  handlingUnit(unit!, to, act)
  refuseIf(it.agency === to && it.unit !== unit, 'transfer.handled-by-another', { caseNo, unit: it.unitName })
}

/** Who handles the thing with the receiver: the unit that was named, or who handles its case there. */
export function handlingOf(item: Item, act: Act<{ unit?: string }>): Handling {
  const { unit, unitName, agency, officers } = act.caseOf(item.caseNo)
  const { to } = offerOn(item)
  if (agency === to) return { unit, unitName, agency, officers }
  return { unit: act.input.unit!, unitName: act.unit(act.input.unit!).name, agency: to, officers: [] }
}

/** The case goes with the first of its things that is accepted. */
export function caseTakenOver(
  caseNo: string,
  to: string,
  act: Act<{ unit?: string }>,
): Omit<NewFact, 'subject'> | undefined {
  const { unit, unitName, agency, officers } = act.caseOf(caseNo)
  if (agency === to) return undefined
  const handling = handlingOf(act.items.find((item) => item.caseNo === caseNo)!, act)
  return { fact: 'CaseTakenOver', data: { ...handling, from: { unit, unitName, agency, officers } } }
}
