// A thing is registered by an officer of its case.

import { z } from 'zod'
import { hoursAfter } from '../../clocks.ts'
import { type Act, factAbout, refuseIf, subjectStep } from '../../define.ts'
import * as field from '../../fields.ts'
import { sameName } from '../../handling.ts'
import type { Item } from '../../item.ts'
import { NewItem, refuseClass, type takenFrom, type witness } from './description.ts'

const measures = ['seize', 'seal-in-place', 'preserve', 'freeze', 'sample', 'obtain', 'received'] as const

const Register = z.strictObject({
  caseNo: field.caseNo(),
  document: field.document(),
  measure: z.enum(measures),
  /** Why a thing was extracted before the case was accepted. */
  exception: z.strictObject({ reason: field.longText(500) }).optional(),
  items: z.array(NewItem).min(1).max(500),
})

type Registered = Omit<
  Item,
  'clocks' | 'version' | 'lastAt' | 'lastSeenAt' | 'agencies' | 'labels' | 'open' | 'heldBy' | 'keptBy' | 'disposition'
>

/** The 24-hour clock (AP 190). */
const handIn = (at: string, hours: number) => ({ deadline: 'D01', at: hoursAfter(at, hours) })

/** The attesting witness stands outside: neither on the staff nor the officer who took the thing. */
function refuseWitness({ line, witness }: NewItem, act: Act<z.infer<typeof Register>>): void {
  if (!('name' in witness)) return
  const { name, idNumber } = witness
  const staff = sameName(act, name, act.actor.name) || (idNumber !== undefined && act.isStaff(idNumber))
  refuseIf(staff, 'intake.witness-is-staff', { line, name })
}

/** Outsiders' particulars are sealed; what stays is the name. */
function sealed(
  person: z.infer<typeof takenFrom> | z.infer<typeof witness>,
  act: Act,
): { said: string; commitment?: string } {
  if (!('name' in person)) return { said: 'note' in person ? person.note : person.absentBecause }
  const { name, ...particulars } = person
  const told = Object.entries(particulars).filter((each): each is [string, string] => each[1] !== undefined)
  return told.length > 0 ? { said: name, commitment: act.seal(Object.fromEntries(told)) } : { said: name }
}

export const register = subjectStep({
  on: 'case',
  by: ['officer'],
  input: Register,
  subject: (input) => input.caseNo,
  requires: (it, act) => {
    const { document, items, exception } = act.input
    refuseIf(!it!.officers.includes(act.actor.login), 'intake.not-the-officer', { caseNo: it!.caseNo })
    refuseIf(
      it!.events.some(({ event }) => event === 'closed'),
      'intake.case-closed',
      { caseNo: it!.caseNo },
    )
    const lines = new Set<string>()
    for (const each of items) {
      const { line, extractedAt } = each
      refuseIf(lines.has(line) || !act.isFreeLine(it!.caseNo, document.no, line), 'intake.line-used', {
        line,
        no: document.no,
      })
      lines.add(line)
      refuseIf(extractedAt > act.occurredAt, 'intake.extracted-in-the-future', { line })
      refuseIf(extractedAt < it!.acceptedAt && !exception, 'intake.before-the-case', {
        line,
        acceptedAt: it!.acceptedAt,
      })
      refuseWitness(each, act)
      refuseClass(each, line)
    }
  },
  records: (it, act) =>
    act.input.items.map((each) => {
      const code = act.newCode('item')
      const from = sealed(each.takenFrom, act)
      const by = sealed(each.witness, act)
      const { actor, settings } = act
      const data = {
        ...each,
        code,
        caseNo: it!.caseNo,
        document: act.input.document,
        measure: act.input.measure,
        ...(act.input.exception ? { exception: act.input.exception } : {}),
        takenFrom: from.said,
        witness: by.said,
        particulars: [from.commitment, by.commitment].filter((each) => each !== undefined),
        serials: each.serials ?? [],
        details: each.details ?? {},
        ...((each.weight ?? each.details?.grossWeight) ? { weight: each.weight ?? each.details?.grossWeight } : {}),
        owningUnit: it!.unit,
        owningAgency: it!.agency,
        officers: it!.officers,
        custody: { state: 'with-officer', holder: actor.login, holderName: actor.name },
        control: { state: 'held', agency: it!.agency, agencyName: actor.agencyName, stage: 'investigation' },
        due: handIn(each.extractedAt, settings.handInHours),
      }
      return { fact: 'ItemRegistered', data, subject: { kind: 'item' as const, id: code } }
    }),
})

export const registered = {
  ItemRegistered: factAbout<'item', Registered>('item', (_none, { data, occurredAt }) => asItem(data, occurredAt)),
}

function asItem(data: Registered, occurredAt: string): Item {
  return {
    ...data,
    clocks: data.due ? [data.due] : [],
    labels: [],
    version: 0,
    agencies: [data.owningAgency],
    disposition: { state: 'none' },
    open: {},
    heldBy: data.custody.state === 'with-officer' ? [data.custody.holder] : [],
    keptBy: [],
    lastAt: occurredAt,
    lastSeenAt: data.extractedAt,
  }
}
