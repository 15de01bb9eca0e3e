// The first entries of an empty ledger: an agency and its administrator, signed by the system. Pure.

import { audienceOf } from './audience.ts'
import { catalogue } from './catalogue.ts'
import type { CodeKind } from './codes.ts'
import { applyFact, type DecidedFact, type Decision } from './decide.ts'
import type { Signature } from './define.ts'
import { systemLogin } from './people.ts'
import type { Subject, SubjectKind, Subjects, Unit } from './subjects.ts'

export type Foundation = {
  agency: { id: string; name: string; type: Unit['type'] }
  admin: { login: string; name: string; number: string }
}

/**
 * The facts that bring the first agency and its administrator into being, as a decision of the step `agency.found`.
 * Nobody can take that step: `perform` records it once, when the ledger is empty. `now` as in entries.
 */
export function found({ agency, admin }: Foundation, now: string, newCode: (kind: CodeKind) => string): Decision {
  const nobody = { id: systemLogin, login: systemLogin, name: systemLogin, number: '' }
  const home = { unit: agency.id, unitName: agency.name, agency: agency.id, agencyName: agency.name }
  const by: Signature = { ...nobody, ...home }
  const id = newCode('person')
  const states = new Map<string, Subjects[SubjectKind]>()

  const say = (subject: Subject, fact: string, data: Record<string, unknown>): DecidedFact => {
    const recorded = { fact, data, step: 'agency.found', by, countersigners: [], occurredAt: now }
    const before = states.get(subject.id)
    const after = applyFact(catalogue.facts[fact]!, before, recorded)
    states.set(subject.id, after)
    const audience = audienceOf(subject.kind, after)
    return { subject, version: after.version, recorded, ...(before ? { before } : {}), after, audience }
  }

  const unit: Subject = { kind: 'unit', id: agency.id }
  const person: Subject = { kind: 'person', id }
  const facts = [
    say(unit, 'AgencyAdded', { ...agency }),
    say(person, 'PersonAdded', { id, ...admin, ...home, particulars: [] }),
    say(person, 'RoleGranted', { role: 'admin', scope: agency.id }),
    say(unit, 'AdministratorsNamed', { admins: [admin.login] }),
  ]
  return { facts, actor: by, countersigners: [], occurredAt: now }
}
