// agency 机关, unit 部门 – who takes part, and the terms that an agency sets for itself. Pure.

import { z } from 'zod'
import { type Act, factAbout, procedure, refuseIf, type Signer, subjectStep } from '../define.ts'
import * as field from '../fields.ts'
import { sameWriting } from '../folding.ts'
import { refuseSince } from '../rules.ts'
import { isSafePattern, SettingsChange } from '../settings.ts'
import type { Unit } from '../subjects.ts'

export const agencyTypes = ['police', 'procuratorate', 'court'] as const

const AddAgency = z.strictObject({
  id: field.agencyId(),
  name: field.text(60),
  type: z.enum(agencyTypes),
  /** The agency above, of the same type; none for an agency that stands by itself. */
  parent: field.agencyId().optional(),
})
const Configure = z.strictObject({ agency: field.agencyId(), settings: SettingsChange })
const AddUnit = z.strictObject({
  id: field.unitId(),
  name: field.text(60),
  /** The administrator's own when absent. */
  agency: field.agencyId().optional(),
})

const Rename = { name: field.text(60), reason: field.longText(500) }
const RenameAgency = z.strictObject({ agency: field.agencyId(), ...Rename })
const CloseUnit = z.strictObject({ unit: field.unitId(), reason: field.longText(500) })
const RenameUnit = z.strictObject({ unit: field.unitId(), ...Rename })

/** What keeps one person from acting alone is no one administrator's to take away. */
const safeguards = ['twoPersonClasses', 'weightTolerancePerMille', 'stagesNeedingLeader', 'rolesApart'] as const

type AgencyAdded = Pick<Unit, 'id' | 'name' | 'type' | 'parent'>
type UnitAdded = Pick<Unit, 'id' | 'name' | 'type' | 'agency'>

/** Whether the actor looks after an agency's accounts: its own, or one they added that has no administrator yet. */
function administers(act: Act<unknown>, agency: Unit): boolean {
  const held = act.actor.grants.filter(({ role }) => role === 'admin').map(({ scope }) => scope)
  return held.includes(agency.id) || (agency.admins.length === 0 && held.includes(agency.addedBy))
}

export function refuseForeignAgency(act: Act<unknown>, id: string): Unit {
  const agency = act.unit(id)
  refuseIf(agency.kind !== 'agency', 'agency.not-an-agency', { id, name: agency.name })
  refuseIf(!administers(act, agency), 'agency.not-yours', { id, name: agency.name })
  return agency
}

/** No two of them are called alike, as a reader sees it. */
function refuseTakenName(act: Act<unknown>, name: string, among: (unit: Unit) => boolean, code: string): void {
  const other = act.units().find((unit) => among(unit) && sameWriting(unit.name, name))
  refuseSince(act, 2, other, code, { name: other?.name })
}

const renamed = (unit: Unit, act: Act<{ name: string; reason: string }>) => ({
  fact: 'UnitRenamed',
  data: { name: act.input.name, before: unit.name, reason: act.input.reason },
})

export const agency = procedure({
  name: 'agency',
  steps: {
    add: subjectStep({
      on: 'unit',
      by: ['admin'],
      input: AddAgency,
      subject: (input) => input.id,
      makes: true,
      requires: (_none, act) => {
        const own = act.unit(act.scope)
        refuseIf(own.parent, 'agency.not-the-top', { name: own.name })
        refuseTakenName(act, act.input.name, ({ kind }) => kind === 'agency', 'agency.name-taken')
        if (act.input.parent === undefined) return
        const parent = act.unit(act.input.parent)
        refuseIf(parent.kind !== 'agency', 'agency.not-an-agency', { id: parent.id, name: parent.name })
        refuseIf(parent.type !== act.input.type, 'agency.parent-of-another-type', { name: parent.name })
      },
      records: (_none, act) => ({ fact: 'AgencyAdded', data: { ...act.input } }),
    }),

    configure: subjectStep({
      on: 'unit',
      by: ['admin'],
      input: Configure,
      subject: (input) => input.agency,
      signers: ({ input }) =>
        input && safeguards.some((name) => input.settings[name] !== undefined)
          ? [{ as: 'leader', roles: ['leader', 'principal'], agency: input.agency }]
          : [],
      requires: (_unit, act) => {
        refuseForeignAgency(act, act.input.agency)
        const { settings } = act.input
        refuseIf(Object.keys(settings).length === 0, 'agency.nothing-to-configure')
        const pattern = settings.caseNoPattern
        refuseIf(pattern !== undefined && !isSafePattern(pattern), 'agency.unsafe-pattern', { pattern })
      },
      records: (unit, act) => {
        const { settings } = act.input
        const names = Object.keys(settings) as (keyof typeof settings)[]
        const before = Object.fromEntries(names.map((name) => [name, unit!.settings[name] ?? null]))
        return { fact: 'SettingsChanged', data: { settings, before } }
      },
    }),

    rename: subjectStep({
      on: 'unit',
      by: ['admin'],
      input: RenameAgency,
      subject: (input) => input.agency,
      requires: (unit, act) => {
        refuseForeignAgency(act, unit!.id)
        const { name } = act.input
        refuseIf(name === unit!.name, 'unit.same-name', { name })
        const others = ({ id, kind }: Unit) => kind === 'agency' && id !== unit!.id
        refuseTakenName(act, name, others, 'agency.name-taken')
      },
      records: (unit, act) => renamed(unit!, act),
    }),
  },

  facts: {
    AgencyAdded: factAbout<'unit', AgencyAdded>('unit', (_none, { data, by, occurredAt }) => ({
      ...data,
      kind: 'agency',
      agency: data.id,
      settings: {},
      admins: [],
      addedBy: by.agency,
      version: 0,
      lastAt: occurredAt,
    })),
    SettingsChanged: factAbout<'unit', { settings: Unit['settings'] }>('unit', (unit, { data }) => ({
      ...unit!,
      settings: { ...unit!.settings, ...data.settings },
    })),
    AdministratorsNamed: factAbout<'unit', { admins: string[] }>('unit', (unit, { data }) => ({
      ...unit!,
      admins: data.admins,
    })),
  },

  refusals: [
    'not-the-top',
    'not-an-agency',
    'not-yours',
    'name-taken',
    'parent-of-another-type',
    'nothing-to-configure',
    'unsafe-pattern',
  ],
})

/** No administrator opens or closes a unit alone. */
const leaderOf = ({ input, actor }: Act<{ unit: string } | undefined>): Signer[] =>
  input ? [{ as: 'leader', roles: ['leader', 'principal'], agency: actor.agency }] : []

export const unit = procedure({
  name: 'unit',
  steps: {
    add: subjectStep({
      on: 'unit',
      by: ['admin'],
      input: AddUnit,
      subject: (input) => input.id,
      makes: true,
      requires: (_none, act) => {
        const { id } = refuseForeignAgency(act, act.input.agency ?? act.scope)
        const ofIt = ({ kind, agency }: Unit) => kind === 'unit' && agency === id
        refuseTakenName(act, act.input.name, ofIt, 'unit.name-taken')
      },
      records: (_none, act) => {
        const { id: agency, type } = act.unit(act.input.agency ?? act.scope)
        return { fact: 'UnitAdded', data: { id: act.input.id, name: act.input.name, type, agency } }
      },
    }),

    rename: subjectStep({
      on: 'unit',
      by: ['admin'],
      input: RenameUnit,
      subject: (input) => input.unit,
      requires: (unit, act) => {
        refuseForeignAgency(act, unit!.agency)
        refuseIf(unit!.kind !== 'unit', 'unit.not-a-unit', { name: unit!.name })
        const { name } = act.input
        refuseIf(name === unit!.name, 'unit.same-name', { name })
        const others = ({ id, kind, agency }: Unit) => kind === 'unit' && agency === unit!.agency && id !== unit!.id
        refuseTakenName(act, name, others, 'unit.name-taken')
      },
      records: (unit, act) => renamed(unit!, act),
    }),

    // What is there goes elsewhere first: people by person.move, cases with their things by case.assign.
    close: subjectStep({
      on: 'unit',
      by: ['admin'],
      alone: true,
      input: CloseUnit,
      subject: (input) => input.unit,
      signers: leaderOf,
      requires: (unit, act) => {
        const { name, agency, kind, closed } = unit!
        refuseForeignAgency(act, agency)
        refuseIf(kind !== 'unit', 'unit.not-a-unit', { name })
        refuseIf(closed, 'unit.closed', { name })
        const { people, cases, items } = act.remains
        refuseIf(people + cases + items > 0, 'unit.not-empty', { name, people, cases, items })
      },
      records: (_unit, act) => ({ fact: 'UnitClosed', data: { reason: act.input.reason } }),
    }),

    reopen: subjectStep({
      on: 'unit',
      by: ['admin'],
      input: CloseUnit,
      subject: (input) => input.unit,
      signers: leaderOf,
      requires: (unit, act) => {
        refuseForeignAgency(act, unit!.agency)
        refuseIf(!unit!.closed, 'unit.not-closed', { name: unit!.name })
      },
      records: (_unit, act) => ({ fact: 'UnitReopened', data: { reason: act.input.reason } }),
    }),
  },

  facts: {
    UnitClosed: factAbout<'unit', { reason: string }>('unit', (unit) => ({ ...unit!, closed: true })),
    UnitReopened: factAbout<'unit', { reason: string }>('unit', (unit) => ({ ...unit!, closed: undefined })),
    UnitRenamed: factAbout<'unit', { name: string }>('unit', (unit, { data }) => ({ ...unit!, name: data.name })),
    UnitAdded: factAbout<'unit', UnitAdded>('unit', (_none, { data, by, occurredAt }) => ({
      ...data,
      kind: 'unit',
      settings: {},
      admins: [],
      addedBy: by.agency,
      version: 0,
      lastAt: occurredAt,
    })),
  },

  refusals: ['not-empty', 'closed', 'not-closed', 'not-a-unit', 'same-name', 'name-taken'],
})
