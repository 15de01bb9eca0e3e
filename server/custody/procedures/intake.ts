// intake 入库 – a thing is registered by its officer and received by a keeper.

import { z } from 'zod'
import { type ItemClass, itemClasses } from '../classes.ts'
import { type Due, ended, handInClocks, started } from '../clocks.ts'
import { compare, minus, sum, times, within } from '../decimal.ts'
import { type Act, factAbout, itemFact, itemStep, procedure, refuseIf, subjectStep } from '../define.ts'
import * as field from '../fields.ts'
import { handsOver, sameName } from '../handling.ts'
import { clocksOf, type Item, type Part, partOf, type Whereabouts } from '../item.ts'
import { refuseUnfit, whereaboutsIn } from '../storing.ts'

const measures = ['seize', 'seal-in-place', 'preserve', 'freeze', 'sample', 'obtain', 'received'] as const

const takenFrom = z.union([
  z.strictObject({
    name: field.text(60),
    idNumber: field.idNumber().optional(),
    contact: field.particular().optional(),
  }),
  z.strictObject({ note: field.text() }),
])
const witness = z.union([
  z.strictObject({
    name: field.text(60),
    idNumber: field.idNumber().optional(),
    contact: field.particular().optional(),
  }),
  z.strictObject({ absentBecause: field.text() }),
])

/** What single classes ask for; which class asks for what is in `refuseClass`. */
const details = z.strictObject({
  denominations: z
    .array(z.strictObject({ face: field.money(), count: z.number().int().min(1).max(10_000_000) }))
    .max(60)
    .optional(),
  grossWeight: field.weight().optional(),
  netWeight: field.weight().optional(),
  packages: z.array(field.text(60)).max(500).optional(),
  vin: field.text(40).optional(),
  plate: field.text(20).optional(),
  mileage: z.number().int().min(0).max(10_000_000).optional(),
  contents: field.text(1000).optional(),
  hash: field.text(128).optional(),
  safeCleared: z.boolean().optional(),
  calibre: field.text(40).optional(),
  rounds: z.number().int().min(0).max(1_000_000).optional(),
  carriedBy: field.text(60).optional(),
})

const NewItem = z.strictObject({
  line: field.text(20),
  name: field.text(120),
  class: z.enum(itemClasses),
  quantity: field.quantity(),
  unit: field.text(20),
  features: field.text(1000),
  source: field.text(),
  extractedAt: field.time(),
  takenFrom,
  witness,
  serials: z.array(field.text(80)).max(50).optional(),
  weight: field.weight().optional(),
  seal: field.text(40).optional(),
  value: field.money().optional(),
  photos: field.photos(1),
  externalNo: field.text(80).optional(),
  details: details.optional(),
})

const Register = z.strictObject({
  caseNo: field.caseNo(),
  document: field.document(),
  measure: z.enum(measures),
  /** Why a thing was extracted before the case was accepted. */
  exception: z.strictObject({ reason: field.longText(500) }).optional(),
  items: z.array(NewItem).min(1).max(500),
})

const Receive = z.strictObject({
  place: field.placeCode(),
  checked: z.strictObject({
    documents: z.boolean(),
    quantity: z.boolean(),
    weight: field.weight().optional(),
    seal: field.text(40).optional(),
    condition: field.text(),
  }),
  photos: field.photos(),
  quantityReceived: field.quantity(),
})

const Defer = z.strictObject({ reason: z.enum(['urgent-examination', 'remote-place']), until: field.time() })

const Refuse = z.strictObject({
  reason: z.enum(['no-document', 'incomplete-document', 'does-not-match', 'unfit-packaging']),
  note: field.longText(),
  photos: field.photos().optional(),
})

type NewItem = z.infer<typeof NewItem>
type Registered = Omit<
  Item,
  'clocks' | 'version' | 'lastAt' | 'lastSeenAt' | 'agencies' | 'labels' | 'open' | 'heldBy' | 'keptBy' | 'disposition'
>

const hoursAfter = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString()

/** The 24-hour clock (AP 190). */
const handIn = (at: string, hours: number) => ({ deadline: 'D01', at: hoursAfter(at, hours) })

/** CP 235, domain.md "Special classes": what may not be missing for the class. */
function refuseClass(it: NewItem, line: string): void {
  const given = it.details ?? {}
  const wants: Partial<Record<ItemClass, () => void>> = {
    cash: () => {
      const counted = sum(...(given.denominations ?? []).map(({ face, count }) => times(face, count)))
      refuseIf(!given.denominations?.length || !it.value, 'intake.cash-uncounted', { line })
      refuseIf(compare(counted, it.value!) !== 0, 'intake.cash-does-not-add-up', { line, counted, amount: it.value })
    },
    drugs: () => {
      refuseIf(!given.grossWeight || !given.netWeight, 'intake.drugs-unweighed', { line })
      refuseIf(compare(given.netWeight!, given.grossWeight!) > 0, 'intake.net-over-gross', { line })
      refuseIf(!given.packages?.length || !it.seal, 'intake.drugs-unsealed', { line })
    },
    firearms: () => {
      refuseIf(given.safeCleared !== true, 'intake.firearm-not-cleared', { line })
      refuseIf(!it.serials?.length || !given.calibre || given.rounds === undefined, 'intake.firearm-undescribed', {
        line,
      })
    },
    valuables: () => refuseIf(it.photos.length < 3, 'intake.three-sides', { line }),
    relic: () => refuseIf(it.photos.length < 3, 'intake.three-sides', { line }),
    vehicle: () =>
      refuseIf(!given.vin || !given.plate || given.mileage === undefined, 'intake.vehicle-undescribed', { line }),
    electronic: () => refuseIf(!it.serials?.length && !given.hash, 'intake.medium-unidentified', { line }),
    virtual: () => refuseIf(!it.serials?.length && !given.hash, 'intake.medium-unidentified', { line }),
    biological: () => refuseIf(!given.carriedBy, 'intake.carrier-unnamed', { line }),
    perishable: () => refuseIf(!it.value, 'intake.unvalued', { line }),
  }
  wants[it.class]?.()
}

/** The attesting witness stands outside: neither on the staff nor the officer who took the thing. */
function refuseWitness({ line, witness }: NewItem, act: Act<z.infer<typeof Register>>): void {
  if (!('name' in witness)) return
  const { name, idNumber } = witness
  const staff = sameName(name, act.actor.name) || (idNumber !== undefined && act.isStaff(idNumber))
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

export const intake = procedure({
  name: 'intake',
  steps: {
    register: subjectStep({
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
    }),

    defer: itemStep({
      by: ['head'],
      input: Defer,
      ready: (item, act) => {
        refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code })
        refuseIf(item.owningUnit !== act.scope, 'intake.not-of-this-unit', { code: item.code })
      },
      requires: (item, act) =>
        refuseIf(act.input.until < item.extractedAt, 'intake.deferred-into-the-past', { code: item.code }),
      records: (_item, act) => ({
        fact: 'HandInDeferred',
        data: { ...act.input, due: { deadline: 'D02', at: hoursAfter(act.input.until, act.settings.handInHours) } },
      }),
    }),

    receive: itemStep({
      by: ['keeper'],
      physical: true,
      withHolders: true,
      input: Receive,
      signers: (act, item) =>
        item?.custody.state === 'with-officer' ? [handsOver('officer', item.custody.holder, item, act)] : [],
      ready: (item, act) => {
        refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code })
        refuseIf(item.owningAgency !== act.actor.agency, 'intake.not-of-this-agency', { code: item.code })
      },
      requires: (item, act) => {
        const { place, checked, quantityReceived } = act.input
        refuseUnfit(act.place(place), item, act)
        refuseIf(!checked.documents || !checked.quantity, 'intake.check-failed', { code: item.code })
        refuseIf(compare(quantityReceived, item.quantity) > 0, 'intake.more-than-listed', {
          code: item.code,
          received: quantityReceived,
          listed: item.quantity,
        })
        const partial = compare(quantityReceived, item.quantity) < 0
        refuseIf(item.weight && !checked.weight && ['drugs'].includes(item.class), 'intake.drugs-unweighed', {
          line: item.line,
        })
        refuseIf(item.weight && partial && !checked.weight, 'intake.part-unweighed', { code: item.code })
        const { weightTolerancePerMille: perMille } = act.settings
        // Of a part it is known only that something must be left over.
        const astray =
          item.weight !== undefined &&
          checked.weight !== undefined &&
          (partial ? compare(checked.weight, item.weight) >= 0 : !within(checked.weight, item.weight, perMille))
        refuseIf(astray, 'intake.weight-out-of-tolerance', {
          code: item.code,
          weighed: checked.weight,
          listed: item.weight,
        })
        refuseIf(item.seal && checked.seal && item.seal !== checked.seal, 'intake.other-seal', {
          code: item.code,
          seal: item.seal,
        })
        refuseIf(partial && item.class === 'cash', 'intake.cash-in-parts', { code: item.code })
      },
      records: (item, act) => {
        const { place, quantityReceived, checked } = act.input
        const at = whereaboutsIn(act.place(place))
        const received = { fact: 'ItemReceived', data: { ...act.input, at, by: act.actor.login } }
        if (compare(quantityReceived, item.quantity) === 0) return received
        const code = act.newCode('item')
        const { weight } = checked
        const part = partOf(item, act.rules, {
          code,
          line: `${item.line}+`,
          quantity: minus(item.quantity, quantityReceived),
          ...(item.weight && weight ? { weight: minus(item.weight, weight) } : {}),
        })
        return [received, { fact: 'RestLeft', data: { part }, subject: { kind: 'item', id: code } }]
      },
    }),

    refuse: itemStep({
      by: ['keeper'],
      input: Refuse,
      ready: (item) => refuseIf(item.custody.state !== 'with-officer', 'intake.not-with-officer', { code: item.code }),
      records: (_item, act) => ({ fact: 'IntakeRefused', data: { ...act.input } }),
    }),
  },

  facts: {
    ItemRegistered: factAbout<'item', Registered>('item', (_none, { data, occurredAt }) => asItem(data, occurredAt)),
    RestLeft: factAbout<'item', { part: Part }>('item', (_none, { data, occurredAt }) => ({
      ...data.part,
      clocks: clocksOf(data.part),
      version: 0,
      lastAt: occurredAt,
    })),
    HandInDeferred: itemFact<{ due: Due }>((item, { data }) => ({
      ...item,
      ...started({ clocks: ended(item, ...handInClocks).clocks }, data.due),
    })),
    ItemReceived: itemFact<z.infer<typeof Receive> & { at: Whereabouts; by: string }>(
      (item, { data }) => ({
        ...item,
        quantity: data.quantityReceived,
        ...(data.checked.weight ? { weight: data.checked.weight } : {}),
        ...(data.checked.seal ? { seal: data.checked.seal } : {}),
        custody: { state: 'stored', ...data.at },
        ...ended(item, ...handInClocks),
        keptBy: [...new Set([...item.keptBy, data.by])],
      }),
      { seen: true },
    ),
    IntakeRefused: itemFact((item) => item, { seen: true }),
  },

  refusals: [
    'not-the-officer',
    'case-closed',
    'line-used',
    'extracted-in-the-future',
    'before-the-case',
    'cash-uncounted',
    'cash-does-not-add-up',
    'witness-is-staff',
    'drugs-unweighed',
    'net-over-gross',
    'drugs-unsealed',
    'firearm-not-cleared',
    'firearm-undescribed',
    'three-sides',
    'vehicle-undescribed',
    'medium-unidentified',
    'carrier-unnamed',
    'unvalued',
    'not-with-officer',
    'not-of-this-unit',
    'deferred-into-the-past',
    'not-of-this-agency',
    'check-failed',
    'more-than-listed',
    'weight-out-of-tolerance',
    'part-unweighed',
    'other-seal',
    'cash-in-parts',
  ],
})

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
