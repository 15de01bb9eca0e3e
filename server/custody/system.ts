// What the system records by itself, with nobody's role: its founding, rules that hold from here on, a new epoch of the
// ledger, a new key, what somebody tried and must not. Pure.

import { audienceOf } from './audience.ts'
import { catalogue } from './catalogue.ts'
import type { CodeKind } from './codes.ts'
import { applyFact, type DecidedFact, type Decision } from './decide.ts'
import { refuseIf, required, type Signature } from './define.ts'
import type { RefusedAttempt } from './procedures/attempt.ts'
import { type NewEpoch, type NewKey, type NewRules, statementOfKey } from './procedures/ledger.ts'
import { systemLogin } from './procedures/people.ts'
import { rulesVersion } from './rules.ts'
import { watchedRefusals } from './separation.ts'
import type { Person, Subject, SubjectKind, Subjects, Unit } from './subjects.ts'

export type Foundation = {
  agency: { id: string; name: string; type: Unit['type'] }
  admin: { login: string; name: string; number: string }
}

/** Steps that nobody can take, and what each asks for. */
export type SystemSteps = {
  'agency.found': Foundation
  'ledger.open-epoch': NewEpoch
  'ledger.announce-key': NewKey
  'ledger.adopt-rules': NewRules
  'attempt.refused': RefusedAttempt
}
export type SystemStep = keyof SystemSteps

export const isSystemStep = (step: string): step is SystemStep => Object.hasOwn(sayings, step)

/**
 * The facts of a step that the system takes, signed by the system. `founded` is the founding agency, if there is one:
 * an installation is founded once, and everything else comes after. `now` as in entries. `about` is who tried something.
 */
export function decideForSystem<Step extends SystemStep>(
  step: Step,
  founded: Unit | undefined,
  input: SystemSteps[Step],
  now: string,
  newCode: (kind: CodeKind) => string,
  about?: Person,
): Decision {
  refuseIf(step === 'agency.found' && founded, 'agency.founded')
  const { id, name } = step === 'agency.found' ? (input as Foundation).agency : required(founded, 'unit.unknown')
  const nobody = { id: systemLogin, login: systemLogin, name: systemLogin, number: '' }
  const by: Signature = { ...nobody, unit: id, unitName: name, agency: id, agencyName: name }
  const states = new Map<string, Subjects[SubjectKind]>(founded ? [[founded.id, founded]] : [])
  if (about) states.set(about.id, about)

  const facts = sayings[step](input, founded ?? { id }, newCode, about).map(([subject, fact, data]): DecidedFact => {
    const recorded = { fact, data, step, by, countersigners: [], occurredAt: now }
    const before = states.get(subject.id)
    const definition = catalogue.facts[fact]!
    const after = applyFact(definition, before, recorded)
    states.set(subject.id, after)
    const audience = definition.audience?.(after) ?? audienceOf(subject.kind, after)
    return { subject, version: after.version, recorded, ...(before ? { before } : {}), after, audience }
  })
  return { facts, actor: by, countersigners: [], occurredAt: now }
}

type Saying = [Subject, fact: string, data: Record<string, unknown>]

const sayings: {
  [Step in SystemStep]: (
    input: SystemSteps[Step],
    founding: Pick<Unit, 'id' | 'rules'>,
    newCode: (kind: CodeKind) => string,
    about?: Person,
  ) => Saying[]
} = {
  'agency.found': ({ agency, admin }, { id: agencyId }, newCode) => {
    const home = { unit: agency.id, unitName: agency.name, agency: agency.id, agencyName: agency.name }
    const id = newCode('person')
    const unit: Subject = { kind: 'unit', id: agencyId }
    const person: Subject = { kind: 'person', id }
    return [
      [unit, 'AgencyAdded', { ...agency }],
      [person, 'PersonAdded', { id, ...admin, ...home, particulars: [] }],
      [person, 'RoleGranted', { role: 'admin', scope: agency.id }],
      [unit, 'AdministratorsNamed', { admins: [admin.login] }],
    ]
  },
  'ledger.open-epoch': (epoch, { id }) => [[{ kind: 'unit', id }, 'EpochOpened', { ...epoch }]],
  'ledger.announce-key': (announced, { id }) => {
    const [origin] = announced.statement.split('\n')
    refuseIf(announced.statement !== statementOfKey(origin!, announced.key), 'ledger.other-statement')
    return [[{ kind: 'unit', id }, 'LogKeyAnnounced', { ...announced }]]
  },
  'ledger.adopt-rules': ({ version }, { id, rules = 1 }) => {
    refuseIf(version <= rules, 'ledger.rules-go-back', { version, rules })
    refuseIf(version > rulesVersion, 'ledger.newer-rules', { version, known: rulesVersion })
    return [[{ kind: 'unit', id }, 'RulesAdopted', { version }]]
  },
  'attempt.refused': ({ actor, step, items, code, params, countersigners }, _founding, _newCode, about) => {
    const { id } = required(about, 'person.unknown', { login: actor })
    refuseIf(!watchedRefusals.includes(code), 'attempt.not-refused', { code })
    return [[{ kind: 'person', id }, 'AttemptRefused', { step, items, code, params, countersigners }]]
  },
}
