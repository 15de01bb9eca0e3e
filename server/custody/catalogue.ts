// All procedures, and their steps and facts by name. Adding a procedure is one line here. Pure.

import type { AnyFact, AnyStep, Procedure } from './define.ts'
import { agency, unit } from './procedures/agencies.ts'
import { attempt } from './procedures/attempt.ts'
import { cases } from './procedures/cases.ts'
import { correction } from './procedures/correction.ts'
import { delegation } from './procedures/delegation.ts'
import { discrepancy } from './procedures/discrepancy.ts'
import { disposal } from './procedures/disposal.ts'
import { intake } from './procedures/intake.ts'
import { item } from './procedures/item.ts'
import { label } from './procedures/label.ts'
import { ledger } from './procedures/ledger.ts'
import { measure } from './procedures/measure.ts'
import { money } from './procedures/money.ts'
import { objection } from './procedures/objection.ts'
import { person } from './procedures/people.ts'
import { places } from './procedures/places.ts'
import { relocation } from './procedures/relocation.ts'
import { retrieval } from './procedures/retrieval.ts'
import { returning } from './procedures/return.ts'
import { seal } from './procedures/seal.ts'
import { transfer } from './procedures/transfer.ts'

export type Catalogue = {
  procedures: Record<string, Procedure>
  /** By `<procedure>.<step>`. */
  steps: Record<string, AnyStep>
  /** By fact name. */
  facts: Record<string, AnyFact>
  /** Every code a step may be refused with. */
  refusals: string[]
}

/** Refusals of the general rules, see decide.ts and perform.ts. */
export const generalRefusals = [
  'step.unknown',
  'step.no-role',
  'step.takes-no-items',
  'step.needs-items',
  'step.in-the-future',
  'step.before-the-last',
  'step.dated-in-the-future',
  'step.own-request',
  'step.decided-before',
  'step.executor-decided',
  'step.two-hats',
  'step.keeper-of-own-case',
  'step.reviewer-of-own-case',
  'step.other-site',
  'step.signed-twice',
  'step.countersignature-missing',
  'step.countersignature-unasked',
  'step.line-incomplete',
  'step.line-of-another',
  'step.value-for-several',
  'item.unknown',
  'item.changed',
  'item.left',
  'item.discrepancy-open',
  'docket.already-open',
  'docket.none',
  'docket.mixed',
  'docket.wrong-stage',
  'docket.incomplete',
  'case.unknown',
  'case.exists',
  'place.unknown',
  'place.exists',
  'place.not-in-use',
  'place.not-a-leaf',
  'place.elsewhere',
  'place.unfit',
  'person.unknown',
  'person.exists',
  'person.disabled',
  'unit.unknown',
  'unit.exists',
  'entry.unknown',
  'file.unknown',
  'file.not-a-picture',
  'file.not-a-paper',
  'file.not-a-video',
  'file.not-a-signature',
  'agency.founded',
  'command.reused',
] as const

export function catalogueOf(procedures: Procedure[]): Catalogue {
  const catalogue: Catalogue = { procedures: {}, steps: {}, facts: {}, refusals: [...generalRefusals] }
  for (const procedure of procedures) {
    catalogue.procedures[procedure.name] = procedure
    for (const [name, step] of Object.entries(procedure.steps)) catalogue.steps[`${procedure.name}.${name}`] = step
    for (const [name, fact] of Object.entries(procedure.facts)) {
      if (catalogue.facts[name]) throw new Error(`two facts are called ${name}`)
      catalogue.facts[name] = fact
    }
    catalogue.refusals.push(...procedure.refusals.map((reason) => `${procedure.name}.${reason}`))
  }
  return catalogue
}

export const catalogue = catalogueOf([
  cases,
  intake,
  relocation,
  retrieval,
  transfer,
  returning,
  objection,
  disposal,
  discrepancy,
  correction,
  label,
  ledger,
  measure,
  money,
  seal,
  item,
  places,
  agency,
  unit,
  person,
  delegation,
  attempt,
])
