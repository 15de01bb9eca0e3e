// A thing is registered by an officer of its case.

import { z } from 'zod'
import { type Due, hoursAfter, started } from '../../clocks.ts'
import { type Act, factAbout, itemFact, refuseIf, subjectStep } from '../../define.ts'
import * as field from '../../fields.ts'
import { sameName } from '../../handling.ts'
import { type Identifier, identifierKey, identifiersOf } from '../../identifiers.ts'
import { type Custody, clocksOf, type Item } from '../../item.ts'
import { isOffShelfBy, measures, offShelfBy, termOf } from '../../measures.ts'
import { refuseSince, refuseUntil } from '../../rules.ts'
import { type Case, hasEnded } from '../../subjects.ts'
import { lineKey } from '../../world.ts'
import { refuseMerged } from '../cases/officers.ts'
import { NewItem, refuseAmounts, refuseClass, type takenFrom, type witness } from './description.ts'
import { keptAt } from './elsewhere.ts'

const Register = z.strictObject({
  caseNo: field.caseNo(),
  document: field.document(),
  measure: z.enum(measures),
  /** Why a thing was extracted before the case was accepted. */
  exception: z.strictObject({ reason: field.longText(500) }).optional(),
  items: z.array(NewItem).min(1).max(500),
})

type Register = z.infer<typeof Register>
type Registered = { clocks?: Due[]; twins?: Told[] } & Omit<
  Item,
  'clocks' | 'version' | 'lastAt' | 'lastSeenAt' | 'agencies' | 'labels' | 'open' | 'heldBy' | 'keptBy' | 'disposition'
>

/** The 24-hour clock (AP 190). */
const handIn = (at: string, hours: number) => ({ deadline: 'D01', at: hoursAfter(at, hours) })

/** The attesting witness stands outside: neither on the staff nor the officer who took the thing. */
function refuseWitness({ line, witness }: NewItem, act: Act<Register>): void {
  if (!('name' in witness)) return
  const { name, idNumber } = witness
  const staff = sameName(act, name, act.actor.name) || (idNumber !== undefined && act.isStaff(idNumber))
  refuseIf(staff, 'intake.witness-is-staff', { line, name })
}

type Told = Identifier & { code?: string; agency?: string; line?: string }

/** What has been told already: by another open thing, or by an earlier line. Things in one bag have one seal. */
function twinsAmong(items: readonly NewItem[], { agency }: Case, act: Act<unknown>): Map<NewItem, Told[]> {
  const lines = new Map<string, string>()
  return new Map(
    items.map((each) => {
      const told = identifiersOf(each).flatMap((identifier): Told[] => {
        const key = identifierKey(identifier, agency)
        const twins = act.twinsOf(key)
        const line = identifier.kind === 'seal' ? undefined : lines.get(key)
        lines.set(key, each.line)
        const twin = twins.find(({ code }) => code) ?? twins[0]
        return [...(twin ? [{ ...identifier, ...twin }] : []), ...(line ? [{ ...identifier, line }] : [])]
      })
      return [each, told]
    }),
  )
}

/** One thing is not registered twice without knowing it. */
function refuseTwins(it: Case, act: Act<Register>): void {
  for (const [{ line, knownTwins }, [first]] of twinsAmong(act.input.items, it, act)) {
    if (!first || knownTwins) continue
    const { kind: identifier, value: number, code, agency, line: other } = first
    refuseIf(code, 'intake.told-twice', { line, identifier, number, code })
    refuseIf(agency, 'intake.told-elsewhere', { line, identifier, number, agency })
    refuseIf(other, 'intake.told-in-this-list', { line, identifier, number, other })
  }
}

/** What is never handed in says where it is kept instead, in the words of its measure, and nothing else does. */
function refuseElsewhere(it: NewItem, measure: string): void {
  const { line, inPlace, frozen, entrusted } = it
  const stated = [inPlace, frozen, entrusted].filter(Boolean).length
  const isHandedIn = !isOffShelfBy(measure)
  refuseIf(isHandedIn && stated > 0, 'intake.handed-in', { line, measure })
  const fits = isHandedIn || (stated === 1 && keptAt(it)?.state === offShelfBy[measure])
  refuseIf(!fits, 'intake.keeping-unstated', { line, measure })
}

/** Seized again is what had lawfully gone to somebody: what is still here is not, and what was lost is found. */
function refuseAgain({ line, again }: NewItem, act: Act<z.infer<typeof Register>>): void {
  if (again === undefined) return
  const before = act.item(again)
  const { custody, disposition } = before
  const kind = disposition.state === 'done' ? disposition.kind : ''
  const twice = act.input.items.filter((each) => each.again && act.item(each.again) === before).length > 1
  const stays = custody.state !== 'left' || ['lost', 'destroy', 'used-up', 'void'].includes(kind)
  refuseIf(stays || twice, 'intake.not-seized-again', { line, code: before.code })
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
  looksFor: ({ agency }, { items }) =>
    items.flatMap((each) => identifiersOf(each).map((identifier) => identifierKey(identifier, agency))),
  requires: (it, act) => {
    const { document, items, exception } = act.input
    refuseIf(!it!.officers.includes(act.actor.login), 'intake.not-the-officer', { caseNo: it!.caseNo })
    const { caseNo } = it!
    refuseMerged(it!)
    refuseUntil(
      act,
      2,
      it!.events.some(({ event }) => event === 'closed'),
      'intake.case-closed',
      { caseNo },
    )
    refuseSince(act, 2, hasEnded(it!), 'intake.case-closed', { caseNo })
    const lines = new Set<string>()
    for (const each of items) {
      const { line, extractedAt } = each
      const key = lineKey(act.rules, it!.caseNo, document.no, line)
      refuseIf(lines.has(key) || !act.isFreeLine(it!.caseNo, document.no, line), 'intake.line-used', {
        line,
        no: document.no,
      })
      lines.add(key)
      refuseIf(extractedAt > act.occurredAt, 'intake.extracted-in-the-future', { line })
      refuseIf(extractedAt < it!.acceptedAt && !exception, 'intake.before-the-case', {
        line,
        acceptedAt: it!.acceptedAt,
      })
      refuseWitness(each, act)
      refuseAgain(each, act)
      if (act.rules >= 2) refuseElsewhere(each, act.input.measure)
      // What is frozen is a right, not a thing that could be counted or weighed.
      if (each.frozen) continue
      refuseClass(each, line)
      refuseAmounts(each, line, act)
    }
    if (act.rules >= 2) refuseTwins(it!, act)
  },
  records: (it, act) => {
    const twins = act.rules >= 2 ? twinsAmong(act.input.items, it!, act) : undefined
    return act.input.items.flatMap((item) => {
      const { again, ...each } = item
      const code = act.newCode('item')
      const from = sealed(each.takenFrom, act)
      const by = sealed(each.witness, act)
      const { actor, settings } = act
      const { inPlace: _inPlace, frozen: _frozen, entrusted: _entrusted, knownTwins: _known, ...described } = each
      const told = twins?.get(item) ?? []
      const withOfficer: Custody = { state: 'with-officer', holder: actor.login, holderName: actor.name }
      const custody = (act.rules >= 2 && keptAt(each)) || withOfficer
      const earlier = again === undefined ? undefined : act.item(again).code
      const data = {
        ...described,
        code,
        caseNo: it!.caseNo,
        document: act.input.document,
        measure: act.input.measure,
        ...(earlier ? { earlier } : {}),
        ...(act.input.exception ? { exception: act.input.exception } : {}),
        takenFrom: from.said,
        witness: by.said,
        ...(told.length > 0 ? { twins: told } : {}),
        particulars: [from.commitment, by.commitment].filter((each) => each !== undefined),
        serials: each.serials ?? [],
        details: each.details ?? {},
        ...((each.weight ?? each.details?.grossWeight) ? { weight: each.weight ?? each.details?.grossWeight } : {}),
        owningUnit: it!.unit,
        owningAgency: it!.agency,
        officers: it!.officers,
        custody,
        control: { state: 'held', agency: it!.agency, agencyName: actor.agencyName, stage: 'investigation' },
        ...(act.rules < 2
          ? { due: handIn(each.extractedAt, settings.handInHours) }
          : { clocks: clocksFrom(each, custody, it!, act) }),
      }
      const here = { fact: 'ItemRegistered', data, subject: { kind: 'item' as const, id: code } }
      if (earlier === undefined) return here
      return [here, { fact: 'SeizedAgain', data: { as: code }, subject: { kind: 'item' as const, id: earlier } }]
    })
  },
})

/** What runs from the extraction: the hand-in of what is handed in, and the term of the measure. */
function clocksFrom({ extractedAt }: NewItem, custody: Custody, { kind }: Case, act: Act<Register>): Due[] {
  const { settings, input } = act
  const term = termOf({ measure: input.measure, kind, custody }, extractedAt, settings)
  const all = [
    ...(custody.state === 'with-officer' ? [handIn(extractedAt, settings.handInHours)] : []),
    ...(term ? [term] : []),
  ]
  return all.reduce<{ clocks: Due[] }>(started, { clocks: [] }).clocks
}

export const registered = {
  SeizedAgain: itemFact<{ as: string }>((item, { data }) => ({ ...item, later: [...(item.later ?? []), data.as] })),
  ItemRegistered: factAbout<'item', Registered>('item', (_none, { data, occurredAt }) => asItem(data, occurredAt)),
}

function asItem({ twins: _twins, ...data }: Registered, occurredAt: string): Item {
  return {
    ...data,
    clocks: clocksOf(data),
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
