// Decides every command of a ledger once more and says where the ledger tells what the rules would have refused. Pure.

import type { Catalogue } from './catalogue.ts'
import { type Command, type Decision, decide, refusalOf, type Source } from './decide.ts'
import { type Recorded, Refusal, refuseIf, required, type Signature } from './define.ts'
import { type EntryAt, Memory } from './memory.ts'
import type { RefusedAttempt } from './procedures/attempt.ts'
import { toldByTheServer } from './separation.ts'
import { foundingAgency, type Subject } from './subjects.ts'
import { decideForSystem, isSystemStep } from './system.ts'

/** What an entry says, as far as the rules are concerned. */
export type LoggedFact = {
  position: number
  subject: Subject
  version: number
  step: string
  fact: string
  data: Record<string, unknown>
  docket?: string
  actor: Signature
  countersigners: Signature[]
  occurredAt: string
  recordedAt: string
  command: { id: string; ordinal: number; of: number; asked: string }
}

/**
 * `refused`: a rule forbids the command, `refusal` says which. `other-facts`: the rules record something else.
 * `incomplete`: entries of the command are missing or stand in another order. `unreadable`: what it asked for is none.
 * `impossible`: the fact cannot be put on its subject.
 */
export type Problem = {
  position: number
  code: 'refused' | 'other-facts' | 'incomplete' | 'unreadable' | 'impossible'
  step: string
  refusal?: { code: string; params: Record<string, unknown> }
  /** What differs, for people who look into it. */
  about?: string
}

type Asked = { items: string[]; input: unknown; at: string; sealed: string[]; codes: string[] }

/** Entries of one command at a time, in the order of the ledger, from its first entry on. */
export class Replay {
  readonly memory: Memory

  constructor(
    private readonly catalogue: Catalogue,
    entryAt?: EntryAt,
  ) {
    this.memory = new Memory(entryAt)
  }

  /**
   * What is wrong with the command; nothing when the rules decide the same. What it recorded holds from then on either
   * way, so that one wrong entry does not accuse all that follow.
   */
  take(entries: readonly LoggedFact[]): Problem[] {
    const decision = this.judge(entries)
    if ('facts' in decision) {
      // The rules came to the same, so what they made of it is what the entries make of it.
      for (const { subject, after } of decision.facts) this.memory.keep(subject.kind, after)
      return []
    }
    const impossible = entries.flatMap((entry) => this.apply(entry) ?? [])
    return impossible.length > 0 && decision.code !== 'refused' ? [decision, ...impossible] : [decision]
  }

  /** Puts facts on their subjects without asking whether the rules allow them. */
  takeOnTrust(entries: readonly LoggedFact[]): Problem[] {
    return entries.flatMap((entry) => this.apply(entry) ?? [])
  }

  private apply(entry: LoggedFact): Problem | undefined {
    const { position, step, fact, subject } = entry
    try {
      this.memory.take(required(this.catalogue.facts[fact], 'fact.unknown', { fact }), subject, recordedBy(entry))
      return undefined
    } catch (error) {
      return { position, code: 'impossible', step, about: (error as Error).message }
    }
  }

  private judge(entries: readonly LoggedFact[]): Decision | Problem {
    const first = entries[0]!
    const { step, position } = first
    const misplaced = entries.findIndex(
      ({ command }, n) => command.ordinal !== n || command.of !== entries.length || command.id !== first.command.id,
    )
    if (misplaced >= 0) return { position: entries[misplaced]!.position, code: 'incomplete', step }
    const asked = askedIn(entries)
    if (!asked) return { position, code: 'unreadable', step }
    // It was decided before it was recorded, however little.
    if (asked.at > first.recordedAt && step !== 'agency.found')
      return { position, code: 'other-facts', step, about: `decided at ${asked.at}, recorded at ${first.recordedAt}` }
    try {
      const decision = this.decided(first, asked)
      return differing(entries, decision) ?? decision
    } catch (error) {
      if (error instanceof Refusal) {
        return { position, code: 'refused', step, refusal: { code: error.code, params: error.params } }
      }
      return { position, code: 'unreadable', step, about: (error as Error).message }
    }
  }

  private decided(first: LoggedFact, asked: Asked): Decision {
    const source = sourceFrom(asked)
    const { step: name, actor, countersigners, occurredAt } = first
    if (isSystemStep(name)) {
      const founded = foundingAgency(this.memory.units.values())
      const tried = name === 'attempt.refused' ? (asked.input as RefusedAttempt) : undefined
      if (tried) this.refuseInvented(tried, asked.at)
      const about = tried && this.memory.people.get(tried.actor)
      return decideForSystem(name, founded, asked.input as never, asked.at, source.newCode, about)
    }
    const step = Object.hasOwn(this.catalogue.steps, name) ? this.catalogue.steps[name] : undefined
    if (!step) throw new Refusal('step.unknown', { step: name })
    const command: Command = {
      step: name,
      items: asked.items,
      input: asked.input,
      actor: actor.login,
      countersigners: countersigners.map(({ login }) => login),
      now: asked.at,
      occurredAt,
    }
    return decide(this.catalogue, this.memory.worldOf(step, asked), command, source)
  }

  /** Nobody is said to have tried what the rules would not have refused just so. */
  private refuseInvented({ code, params: _params, ...tried }: RefusedAttempt, now: string): void {
    if (toldByTheServer.includes(code)) return
    const step = required(this.catalogue.steps[tried.step], 'step.unknown', { step: tried.step })
    const refusal = refusalOf(this.catalogue, this.memory.worldOf(step, tried), { ...tried, now })
    refuseIf(refusal?.code !== code, 'attempt.not-refused', { code })
  }
}

/** What the entries of a command say together that it asked for. */
function askedIn(entries: readonly LoggedFact[]): Asked | undefined {
  try {
    const asked = JSON.parse(entries.map(({ command }) => command.asked).join(''))
    const lists = [asked.items, asked.sealed, asked.codes]
    return lists.every(Array.isArray) && typeof asked.at === 'string' ? asked : undefined
  } catch {
    return undefined
  }
}

/** The codes and commitments that were drawn then, in their order. */
function sourceFrom({ codes, sealed }: Asked): Source {
  let code = 0
  let seal = 0
  return { newCode: () => codes[code++] ?? 'none', seal: () => sealed[seal++] ?? 'none' }
}

const recordedBy = ({ fact, data, step, docket, actor, countersigners, occurredAt }: LoggedFact): Recorded => ({
  fact,
  data,
  step,
  ...(docket ? { docket } : {}),
  by: actor,
  countersigners,
  occurredAt,
})

/** The first entry that says something else than the rules have decided. */
function differing(entries: readonly LoggedFact[], { facts }: Decision): Problem | undefined {
  for (const [n, entry] of entries.entries()) {
    const { position, step, subject, version } = entry
    const other = (about: string): Problem => ({ position, code: 'other-facts', step, about })
    const expected = facts[n]
    if (!expected) return other('there should be no such entry')
    if (subject.kind !== expected.subject.kind || subject.id !== expected.subject.id) return other('subject')
    if (version !== expected.version) return other('version')
    const { recorded } = expected
    for (const name of compared) if (!isSame(entry[name], recorded[name])) return other(name)
    if (!isSame(entry.actor, recorded.by)) return other('by')
  }
  if (facts.length > entries.length) {
    const { position, step } = entries.at(-1)!
    return { position, code: 'incomplete', step }
  }
  return undefined
}

const compared = ['fact', 'step', 'docket', 'occurredAt', 'data', 'countersigners'] as const

/** Whether two JSON values say the same. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false
    for (let n = 0; n < one.length; n++) if (!isSame(one[n], other[n])) return false
    return true
  }
  if (Array.isArray(other)) return false
  const names = Object.keys(one)
  if (names.length !== Object.keys(other).length) return false
  for (const name of names)
    if (
      !Object.hasOwn(other, name) ||
      !isSame((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name])
    )
      return false
  return true
}
