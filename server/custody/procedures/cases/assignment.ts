// A case is given to officers, to another unit, and – with jurisdiction – to another agency.

import { z } from 'zod'
import { type Act, factAbout, itemFact, refuseIf, subjectStep } from '../../define.ts'
import * as field from '../../fields.ts'
import type { Item } from '../../item.ts'
import { refuseUntil } from '../../rules.ts'
import type { Case } from '../../subjects.ts'
import {
  eachOnce,
  handlingUnit,
  officers,
  refuseDocketOfUnit,
  refuseMerged,
  refuseOfficers,
  refuseTooMany,
} from './officers.ts'

const Assign = z.strictObject({
  caseNo: field.caseNo(),
  officers,
  /** Another unit of the agency: the leader's to decide. */
  unit: field.unitId().optional(),
})
type Assign = z.infer<typeof Assign>

/** Who handles a case from now on. */
export type Handling = Pick<Case, 'unit' | 'unitName' | 'agency' | 'officers'>

const sameOfficers = (left: string[], right: string[]) => left.join() === right.join()

/**
 * Things of the case that came under the control of the leader's agency while nobody there was given the case, as
 * could happen before version 2 of the rules: the leader takes it up.
 */
const strandedWith = (it: Case, act: Act<Assign>): Item[] =>
  it.agency === act.scope || act.role !== 'leader' || act.unit(act.scope).type !== 'police'
    ? []
    : act.itemsOf(it.caseNo).filter(({ control, owningAgency }) => {
        const here = control.state === 'held' && control.agency === act.scope
        return here && owningAgency === it.agency
      })

/** The things that go with the case: those of its agency, or those that were stranded with another. */
function itemsWith(it: Case, act: Act<Assign>): Item[] {
  const stranded = strandedWith(it, act)
  return stranded.length > 0
    ? stranded
    : act.itemsOf(it.caseNo).filter(({ owningAgency }) => act.rules < 2 || owningAgency === it.agency)
}

const agencyOf = (it: Case, act: Act<Assign>) => (strandedWith(it, act).length > 0 ? act.scope : it.agency)

export const assign = subjectStep({
  on: 'case',
  by: ['head', 'leader'],
  input: Assign,
  subject: (input) => input.caseNo,
  withAll: true,
  requires: (state, act) => {
    refuseUntil(act, 2, act.role === 'leader', 'step.no-role', { roles: ['head'] })
    const it = state!
    const { caseNo, unit, unitName, officers } = it
    refuseMerged(it)
    const agency = agencyOf(it, act)
    const to = act.input.unit ?? unit
    const own = act.role === 'leader' ? act.scope === agency : act.scope === unit && to === unit
    refuseIf(!own, 'case.other-unit', { unit, name: unitName })
    if (act.input.unit !== undefined || agency !== it.agency) handlingUnit(to, agency, act)
    refuseOfficers(act.input.officers, agency, act)
    const same = to === unit && sameOfficers(officers, eachOnce(act.input.officers))
    refuseIf(same, 'case.same-officers', { caseNo })
    const items = itemsWith(it, act)
    refuseTooMany(caseNo, items.length)
    refuseDocketOfUnit(items, to)
  },
  records: (state, act) => {
    const it = state!
    const officers = eachOnce(act.input.officers)
    const about = ({ code }: Item) => ({ kind: 'item' as const, id: code })
    const items = itemsWith(it, act)
    const to = act.input.unit ?? it.unit
    if (to === it.unit)
      return [
        { fact: 'CaseAssigned', data: { officers, before: it.officers } },
        ...items.map((item) => ({ fact: 'OfficersChanged', data: { officers }, subject: about(item) })),
      ]
    const { name: unitName, agency } = act.unit(to)
    const handling: Handling = { unit: to, unitName, agency, officers }
    const { unit, officers: by } = it
    return [
      {
        fact: 'CaseTakenOver',
        data: { ...handling, from: { unit, unitName: it.unitName, agency: it.agency, officers: by } },
      },
      ...items.map((item) => ({ fact: 'ItemTakenOver', data: handling, subject: about(item) })),
    ]
  },
})

/** A thing with its new handling; who had jurisdiction before goes on reading. */
export function handledBy(
  item: Item,
  { unit, agency, officers }: Pick<Handling, 'unit' | 'agency' | 'officers'>,
): Item {
  const before = item.formerAgencies ?? []
  const left = agency === item.owningAgency ? before : [...before, item.owningAgency]
  const formerAgencies = [...new Set(left)].filter((each) => each !== agency)
  const { formerAgencies: _before, ...rest } = item
  return {
    ...rest,
    owningUnit: unit,
    owningAgency: agency,
    officers,
    agencies: [...new Set([...item.agencies, agency])],
    ...(formerAgencies.length > 0 ? { formerAgencies } : {}),
  }
}

export const assigned = {
  CaseAssigned: factAbout<'case', { officers: string[] }>('case', (it, { data }) => ({
    ...it!,
    officers: data.officers,
  })),
  OfficersChanged: itemFact<{ officers: string[] }>((item, { data }) => ({ ...item, officers: data.officers })),
  CaseTakenOver: factAbout<'case', Handling>('case', (it, { data: { unit, unitName, agency, officers } }) => ({
    ...it!,
    unit,
    unitName,
    agency,
    officers,
    agencies: [...new Set([...it!.agencies, agency])],
  })),
  ItemTakenOver: itemFact<Handling>((item, { data }) => handledBy(item, data)),
}
