// person 人员 – accounts, and who gave whom which role over what. Pure.

import { z } from 'zod'
import { type Act, factAbout, type NewFact, procedure, refuseIf, subjectStep } from '../define.ts'
import { endingOf, givenBy, heldBy } from '../delegation.ts'
import * as field from '../fields.ts'
import { folded } from '../folding.ts'
import { refuseSince } from '../rules.ts'
import { heldApart, rolesApart, rowsOf } from '../separation.ts'
import { settingsOf } from '../settings.ts'
import { type Delegation, type Grant, type Person, type Role, roles, type Unit } from '../subjects.ts'
import { refuseForeignAgency } from './agencies.ts'
import { leaderFor, refuseEmptyDesk } from './people/desks.ts'

/** Signs for what the server did by itself, see system.ts. */
export const systemLogin = 'system'

const Add = z.strictObject({
  login: field.login(),
  name: field.text(60),
  /** 警号 or staff number. */
  number: field.text(30),
  unit: field.unitId(),
  idNumber: field.idNumber().optional(),
})
const Give = { login: field.login(), role: z.enum(roles), scope: field.scope() }
const GrantRole = z.strictObject(Give)
const Revoke = z.strictObject({
  ...Give,
  /** The record of the joint count of the site that a keeper leaves. */
  stocktake: z.strictObject({ document: field.document() }).optional(),
  /** Whatever waits for them alone: a leader signs that the role is taken from them otherwise. */
  atOnce: z.boolean().optional(),
})
const Disable = z.strictObject({
  login: field.login(),
  reason: field.longText(500).optional(),
  /** Whatever they hold and decide: a leader signs that it is taken from them otherwise. */
  atOnce: z.boolean().optional(),
})
const Enable = z.strictObject({ login: field.login(), reason: field.longText(500) })
const Move = z.strictObject({ login: field.login(), unit: field.unitId() })
const Rename = z.strictObject({ login: field.login(), name: field.text(60), reason: field.longText(500) })
const Renumber = z.strictObject({ login: field.login(), number: field.text(30), reason: field.longText(500) })

type Added = Omit<Person, 'version' | 'lastAt' | 'grants' | 'disabled' | 'addedBy'>
type RoleOver = { role: Role; scope: string }

/** Agencies that have the office; all of them where nothing is said. */
const typesOf: Partial<Record<Role, readonly Unit['type'][]>> = {
  officer: ['police', 'procuratorate'],
  head: ['police', 'procuratorate'],
  legal: ['police'],
  casemanager: ['procuratorate', 'court'],
}

const ofUnits: readonly Role[] = ['officer', 'head']

/** Roles that one person cannot have together (general rule 2), by the table and by what the agency added to it. */
export function refuseTogether(person: Person, role: Role, act: Act<unknown>): void {
  const { login, name } = person
  const held = [...person.grants, ...heldBy(person, act.now)].map((grant) => grant.role)
  const own = rowsOf(settingsOf(act.unit(person.agency)).rolesApart)
  for (const row of [...rolesApart, ...own]) {
    const beside = heldApart(row, role, held)
    refuseSince(act, row.since, beside, row.code, { login, name, role, beside })
  }
}

/** The scope is of the sort that the role reaches over, and of the person's own agency. */
function refuseScope(person: Person, { role, scope }: RoleOver, act: Act<unknown>): void {
  if (role === 'keeper') {
    refuseIf(/^[a-z]/.test(scope), 'person.scope-not-a-site', { role, scope })
    const { kind, name, agency, inUse, code } = act.place(scope)
    refuseIf(kind !== 'site', 'person.scope-not-a-site', { role, scope, name })
    refuseIf(!inUse, 'place.not-in-use', { code, name })
    refuseIf(agency !== person.agency, 'person.scope-elsewhere', { role, scope, name })
    return
  }
  const wanted = ofUnits.includes(role) ? 'unit' : 'agency'
  refuseIf(!/^[a-z]/.test(scope), `person.scope-not-${wanted === 'unit' ? 'a-unit' : 'an-agency'}`, { role, scope })
  const { kind, name, agency, closed } = act.unit(scope)
  refuseIf(closed, 'unit.closed', { name })
  refuseIf(kind !== wanted, `person.scope-not-${wanted === 'unit' ? 'a-unit' : 'an-agency'}`, { role, scope, name })
  refuseIf(agency !== person.agency, 'person.scope-elsewhere', { role, scope, name })
}

const holds = (person: Person, { role, scope }: RoleOver) =>
  person.grants.some((grant) => grant.role === role && grant.scope === scope)

/** A change of a person's role or account; administrators are counted on the agency, so its row is held meanwhile. */
function changing(person: Person, fact: NewFact, agency: Unit, admins: string[]): NewFact[] {
  const change: NewFact = { ...fact, subject: { kind: 'person', id: person.id } }
  if (admins.join() === agency.admins.join()) return [change]
  return [change, { fact: 'AdministratorsNamed', data: { admins }, subject: { kind: 'unit', id: agency.id } }]
}

const without = (admins: string[], login: string) => admins.filter((one) => one !== login)

function refuseLastAdmin(person: Person, agency: Unit): void {
  const last = agency.admins.includes(person.login) && agency.admins.length === 1
  refuseIf(last, 'person.last-admin', { login: person.login, name: person.name, agency: agency.name })
}

/** As many codes as a refusal names. */
const named = 5

/** Whoever leaves, or loses the role by which they have a thing, hands on what they hold first. */
function refuseHolding({ login, name }: Person, act: Act<unknown>): void {
  const held = act.heldBy(login)
  refuseSince(act, 2, held.length > 0, 'person.still-holds', { name, count: held.length, codes: held.slice(0, named) })
}

/** Two people never share a number, however it is written. */
function refuseTakenNumber(number: string, agency: string, act: Act<unknown>, own?: string): void {
  const others = act.numbersOf(agency).filter(({ login }) => login !== own)
  const other = others.find((one) => folded(one.number) === folded(number))
  refuseSince(act, 2, other, 'person.number-taken', { number, name: other?.name })
}

const ending = (delegations: Delegation[], act: Act<unknown>) => endingOf(delegations, (login) => act.person(login).id)

/** What a keeper leaves behind must have been counted together with who takes it over. */
const leavesThings = ({ role, scope }: RoleOver, act: Act<unknown>) => role === 'keeper' && act.keepsItems(scope)

export const person = procedure({
  name: 'person',
  steps: {
    add: subjectStep({
      on: 'person',
      by: ['admin'],
      input: Add,
      subject: (input) => input.login,
      makes: true,
      requires: (_none, act) => {
        const { login, idNumber } = act.input
        refuseIf(login === systemLogin, 'person.reserved', { login })
        const { id } = refuseForeignAgency(act, act.unit(act.input.unit).agency)
        refuseIf(idNumber !== undefined && act.isStaff(idNumber), 'person.second-account')
        refuseTakenNumber(act.input.number, id, act)
      },
      records: (_none, act) => {
        const { login, name, number, idNumber } = act.input
        const unit = act.unit(act.input.unit)
        const agency = act.unit(unit.agency)
        const at = { unit: unit.id, unitName: unit.name, agency: agency.id, agencyName: agency.name }
        const id = act.newCode('person')
        const particulars = idNumber === undefined ? [] : [act.seal({ idNumber })]
        const data = { id, login, name, number, ...at, particulars }
        return { fact: 'PersonAdded', data, subject: { kind: 'person', id } }
      },
    }),

    grant: subjectStep({
      on: 'person',
      by: ['admin'],
      input: GrantRole,
      subject: (input) => input.login,
      requires: (state, act) => {
        const { login, name, agency, disabled } = state!
        const { role, scope } = act.input
        const { type } = refuseForeignAgency(act, agency)
        refuseIf(login === act.actor.login, 'person.own-role', { role })
        refuseIf(disabled, 'person.disabled', { login, name })
        refuseIf(holds(state!, act.input), 'person.already-granted', { login, name, role, scope })
        refuseIf(typesOf[role]?.includes(type) === false, 'person.role-of-another-agency', { role, type })
        refuseScope(state!, act.input, act)
        refuseTogether(state!, role, act)
      },
      records: (state, act) => {
        const { role, scope } = act.input
        const agency = act.unit(state!.agency)
        const admins = role === 'admin' ? [...agency.admins, state!.login].sort() : agency.admins
        return changing(state!, { fact: 'RoleGranted', data: { role, scope } }, agency, admins)
      },
    }),

    revoke: subjectStep({
      on: 'person',
      by: ['admin'],
      alone: true,
      input: Revoke,
      subject: (input) => input.login,
      signers: (act) => {
        const given = act.input
        if (!given) return []
        const leader = leaderFor(act, given.atOnce)
        if (!leavesThings(given, act)) return leader
        return [...leader, { as: 'successor', roles: ['keeper'], scope: given.scope, not: [given.login] }]
      },
      requires: (state, act) => {
        const { login, name, agency } = state!
        const { role, scope, stocktake } = act.input
        refuseForeignAgency(act, agency)
        refuseIf(login === act.actor.login, 'person.own-role', { role })
        refuseIf(!holds(state!, act.input), 'person.not-granted', { login, name, role, scope })
        if (role === 'admin') refuseLastAdmin(state!, act.unit(agency))
        refuseIf(leavesThings(act.input, act) && !stocktake, 'person.joint-stocktake-missing', { login, name, scope })
        if (role === 'officer' || role === 'casemanager') refuseHolding(state!, act)
        if (!act.input.atOnce) refuseEmptyDesk(state!, act, act.input)
      },
      records: (state, act) => {
        const { role, scope, stocktake } = act.input
        const agency = act.unit(state!.agency)
        const admins = role === 'admin' ? without(agency.admins, state!.login) : agency.admins
        const data = { role, scope, ...(stocktake ? { stocktake } : {}) }
        const lent = givenBy(state!, act.now).filter((each) => each.role === role && each.scope === scope)
        return [...changing(state!, { fact: 'RoleRevoked', data }, agency, admins), ...ending(lent, act)]
      },
    }),

    disable: subjectStep({
      on: 'person',
      by: ['admin'],
      alone: true,
      input: Disable,
      subject: (input) => input.login,
      signers: (act) => leaderFor(act, act.input?.atOnce),
      requires: (state, act) => {
        const { login, name, agency, disabled } = state!
        refuseForeignAgency(act, agency)
        refuseIf(login === act.actor.login, 'person.own-account')
        refuseIf(disabled, 'person.disabled', { login, name })
        refuseLastAdmin(state!, act.unit(agency))
        if (act.input.atOnce) return
        refuseHolding(state!, act)
        refuseEmptyDesk(state!, act)
      },
      records: (state, act) => {
        const agency = act.unit(state!.agency)
        const data = act.input.reason === undefined ? {} : { reason: act.input.reason }
        const disabled = { fact: 'PersonDisabled', data }
        // Who is sent away at once lends nothing to anybody any more.
        const lent = act.input.atOnce ? givenBy(state!, act.now) : []
        return [...changing(state!, disabled, agency, without(agency.admins, state!.login)), ...ending(lent, act)]
      },
    }),

    enable: subjectStep({
      on: 'person',
      by: ['admin'],
      input: Enable,
      subject: (input) => input.login,
      requires: (state, act) => {
        const { login, name, agency, disabled } = state!
        refuseForeignAgency(act, agency)
        refuseIf(!disabled, 'person.not-disabled', { login, name })
      },
      records: (state, act) => {
        const agency = act.unit(state!.agency)
        const administers = state!.grants.some(({ role }) => role === 'admin')
        const admins = administers ? [...agency.admins, state!.login].sort() : agency.admins
        return changing(state!, { fact: 'PersonEnabled', data: { reason: act.input.reason } }, agency, admins)
      },
    }),

    move: subjectStep({
      on: 'person',
      by: ['admin'],
      input: Move,
      subject: (input) => input.login,
      requires: (state, act) => {
        const { login, name, agency, unit, unitName, disabled, grants } = state!
        refuseForeignAgency(act, agency)
        refuseIf(disabled, 'person.disabled', { login, name })
        const to = act.unit(act.input.unit)
        refuseIf(to.agency !== agency, 'person.unit-elsewhere', { name, unit: to.name })
        refuseIf(to.id === unit, 'person.same-unit', { name, unit: to.name })
        const { role } = grants.find(({ scope }) => scope === unit && scope !== agency) ?? {}
        refuseIf(role, 'person.unit-role-open', { name, role, unit: unitName })
        refuseHolding(state!, act)
      },
      records: (state, act) => {
        const { id: unit, name: unitName } = act.unit(act.input.unit)
        const before = { unit: state!.unit, unitName: state!.unitName }
        return { fact: 'PersonMoved', data: { unit, unitName, before }, subject: { kind: 'person', id: state!.id } }
      },
    }),

    rename: subjectStep({
      on: 'person',
      by: ['admin'],
      input: Rename,
      subject: (input) => input.login,
      requires: (state, act) => {
        const { login, name, agency } = state!
        refuseForeignAgency(act, agency)
        refuseIf(login === act.actor.login, 'person.own-name')
        refuseIf(act.input.name === name, 'person.same-name', { name })
      },
      records: (state, act) => {
        const { name, reason } = act.input
        const data = { name, before: state!.name, reason }
        return { fact: 'PersonRenamed', data, subject: { kind: 'person', id: state!.id } }
      },
    }),

    renumber: subjectStep({
      on: 'person',
      by: ['admin'],
      input: Renumber,
      subject: (input) => input.login,
      withNumbers: true,
      requires: (state, act) => {
        const { login, number, agency } = state!
        refuseForeignAgency(act, agency)
        refuseIf(login === act.actor.login, 'person.own-name')
        refuseIf(act.input.number === number, 'person.same-number', { number })
        refuseTakenNumber(act.input.number, agency, act, login)
      },
      records: (state, act) => {
        const { number, reason } = act.input
        const data = { number, before: state!.number, reason }
        return { fact: 'PersonRenumbered', data, subject: { kind: 'person', id: state!.id } }
      },
    }),
  },

  facts: {
    PersonAdded: factAbout<'person', Added & { particulars: string[] }>('person', (_none, { data, by, occurredAt }) => {
      const { particulars, ...added } = data
      const identity = particulars[0] === undefined ? {} : { identity: particulars[0] }
      return { ...added, ...identity, grants: [], addedBy: by.agency, disabled: false, version: 0, lastAt: occurredAt }
    }),
    RoleGranted: factAbout<'person', RoleOver>('person', (state, { data: { role, scope }, by, occurredAt }) => {
      const grant: Grant = { role, scope, grantedAt: occurredAt, grantedBy: by.login }
      return { ...state!, grants: [...state!.grants, grant] }
    }),
    RoleRevoked: factAbout<'person', RoleOver>('person', (state, { data }) => ({
      ...state!,
      grants: state!.grants.filter(({ role, scope }) => role !== data.role || scope !== data.scope),
    })),
    PersonDisabled: factAbout<'person', Record<string, unknown>>('person', (state) => ({ ...state!, disabled: true })),
    PersonEnabled: factAbout<'person', Record<string, unknown>>('person', (state) => ({ ...state!, disabled: false })),
    PersonMoved: factAbout<'person', Pick<Person, 'unit' | 'unitName'>>('person', (state, { data }) => ({
      ...state!,
      unit: data.unit,
      unitName: data.unitName,
    })),
    PersonRenamed: factAbout<'person', { name: string }>('person', (state, { data }) => ({
      ...state!,
      name: data.name,
    })),
    PersonRenumbered: factAbout<'person', { number: string }>('person', (state, { data }) => ({
      ...state!,
      number: data.number,
    })),
  },

  refusals: [
    'reserved',
    'second-account',
    'own-role',
    'already-granted',
    'not-granted',
    'role-of-another-agency',
    'scope-not-a-site',
    'scope-not-a-unit',
    'scope-not-an-agency',
    'scope-elsewhere',
    'handling-and-keeping',
    'admin-apart',
    'inspector-apart',
    'finance-apart',
    'roles-apart',
    'last-admin',
    'joint-stocktake-missing',
    'own-account',
    'number-taken',
    'same-number',
    'still-holds',
    'desk-empty',
    'not-disabled',
    'unit-elsewhere',
    'same-unit',
    'unit-role-open',
    'own-name',
    'same-name',
  ],
})
