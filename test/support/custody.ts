/**
 * Rules tested as the manual reads: `given(registered(), received()).when('officer', 'retrieval.request', …)`, then
 * `.gives('RetrievalRequested')` or `.refusedWith('retrieval.not-stored')`. The world is in memory; what is decided is
 * applied to it, so a history is made of steps and nothing is put there by hand.
 */
import { expect } from 'chai'
import { everyDeskOf } from '../../server/custody/audience.ts'
import { type Catalogue, catalogue as everything } from '../../server/custody/catalogue.ts'
import { applyFact, type DecidedFact, type Decision, decide } from '../../server/custody/decide.ts'
import { Refusal } from '../../server/custody/define.ts'
import { noReferences, referencesIn, veiled } from '../../server/custody/fields.ts'
import { keysOfItem } from '../../server/custody/identifiers.ts'
import { handOf, type Item, whereaboutsOf } from '../../server/custody/item.ts'
import { type LoggedFact, type Problem, Replay } from '../../server/custody/replay.ts'
import { rulesIn } from '../../server/custody/rules.ts'
import {
  type Case,
  numbersOf,
  type Person,
  type Place,
  type Role,
  type SubjectKind,
  type Subjects,
  type Unit,
} from '../../server/custody/subjects.ts'
import { lineOf, nameKey, remainsIn, type World } from '../../server/custody/world.ts'
import { piecesOf } from '../../server/ledger/entry.ts'
import { caseNo, codeSource, missingFile, newWorld, sha256, staffIdNumber, start, storedAs } from './custody-world.ts'

export { caseNo, file, fileOfType, missingFile, otherCaseNo, places, staffIdNumber, start } from './custody-world.ts'

/** Every refusal code that some test asked for and got, with what it tells each time. */
export const refusalsShown = new Map<string, Record<string, unknown>[]>()

export type Options = {
  /** Codes of items; by default all items that the story registered. */
  items?: string[]
  signedBy?: string[]
  /** `occurredAt`, when it is not now. */
  at?: string
  expect?: Record<string, number>
}
export type History = (story: Story) => void

/** Puts the subject's new state where the world keeps it. */
export function keep(world: World, kind: SubjectKind, id: string, state: Subjects[SubjectKind]): void {
  if (kind === 'item') {
    const item = state as Item
    for (const code of new Set([id, item.code, ...item.labels])) world.items.set(code, item)
  } else if (kind === 'case') for (const no of numbersOf(state as Case)) world.cases.set(no, state as Case)
  else if (kind === 'place') world.places.set((state as Place).code, state as Place)
  else if (kind === 'person') world.people.set((state as Person).login, state as Person)
  else world.units.set((state as Unit).id, state as Unit)
}

export class Story {
  readonly world = newWorld()
  readonly facts: DecidedFact[] = []
  /** The same as the ledger would keep it. */
  readonly log: LoggedFact[] = []
  /** Codes of the items that the story registered, in order; parts that were split off come behind. */
  readonly codes: string[] = []
  /** Particulars of outsiders, by commitment. */
  readonly sealed = new Map<string, Record<string, string>>()
  now = start
  decision: Decision | undefined
  refusal: Refusal | undefined

  constructor(
    readonly catalogue: Catalogue = everything,
    private readonly newCode = codeSource(),
  ) {}

  get item(): Item {
    return this.world.items.get(this.codes[0]!)!
  }
  itemAt(index: number): Item {
    return this.world.items.get(this.codes[index]!)!
  }
  get case(): Case {
    return this.world.cases.get(caseNo)!
  }

  /** The same story up to here, to go on with apart: what happens to the one does not happen to the other. */
  fork(): Story {
    const fork = new Story(this.catalogue, codeSource(4_000_000))
    const { world } = fork
    for (const kind of ['units', 'people', 'places', 'cases', 'items', 'entries'] as const)
      (world as Record<string, unknown>)[kind] = new Map<string, unknown>(this.world[kind])
    fork.codes.push(...this.codes)
    for (const [commitment, particulars] of this.sealed) fork.sealed.set(commitment, particulars)
    fork.now = this.now
    return fork
  }

  /** A moment so many hours from now (before it, when negative). */
  in(hours: number): string {
    return new Date(Date.parse(this.now) + hours * 3_600_000).toISOString()
  }
  advance(hours: number): this {
    this.now = this.in(hours)
    return this
  }
  and(...history: History[]): this {
    for (const each of history) each(this)
    return this
  }

  /** Takes a step if the rules let it; a minute passes when they do. Throws on input that the schema refuses. */
  attempt(login: string, step: string, input: unknown = {}, options: Options = {}): Decision | Refusal {
    const stated = this.catalogue.steps[step]
    const parsed = stated ? stated.input.parse(input) : input
    const items = options.items ?? (stated?.on === 'item' ? this.codes : [])
    const { at: occurredAt, signedBy: countersigners = [], expect } = options
    const command = { step, items, input: parsed, actor: login, countersigners, now: this.now, occurredAt, expect }
    this.lookUp(stated ? referencesIn(stated.input, parsed) : noReferences())
    const drawn = { sealed: [] as string[], codes: [] as string[] }
    try {
      const decision = decide(this.catalogue, this.world, command, {
        newCode: (kind) => {
          drawn.codes.push(this.newCode(kind))
          return drawn.codes.at(-1)!
        },
        seal: (particulars) => {
          const commitment = sha256(`${this.sealed.size}${JSON.stringify(particulars)}`)
          this.sealed.set(commitment, particulars)
          drawn.sealed.push(commitment)
          return commitment
        },
      })
      if (stated) this.write(decision, { items, input: veiled(stated.input, parsed), at: this.now, ...drawn })
      this.apply(decision)
      return decision
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal
      throw refusal
    }
  }

  /** Takes a step that must be possible. */
  take(login: string, step: string, input?: unknown, options?: Options): Decision {
    const outcome = this.attempt(login, step, input, options)
    if (outcome instanceof Refusal)
      throw new Error(`${login} ${step}: ${outcome.code} ${JSON.stringify(outcome.params)}`)
    return outcome
  }

  when(login: string, step: string, input?: unknown, options?: Options): this {
    if (this.refusal) throw new Error(`nobody asked for ${this.refusal.code} ${JSON.stringify(this.refusal.params)}`)
    const outcome = this.attempt(login, step, input, options)
    this.decision = outcome instanceof Refusal ? undefined : outcome
    this.refusal = outcome instanceof Refusal ? outcome : undefined
    return this
  }

  /** The last step recorded this fact; `data`, when given, is part of what it says. */
  gives(fact: string, data?: Record<string, unknown>): this {
    expect(this.refusal?.code, JSON.stringify(this.refusal?.params)).to.equal(undefined)
    const recorded = this.decision!.facts.map((each) => each.recorded)
    expect(recorded.map((each) => each.fact)).to.include(fact)
    if (data) expect(recorded.filter((each) => each.fact === fact).map((each) => each.data)).to.containSubset([data])
    return this
  }

  /** The last step was refused, and what was refused changed nothing. */
  refusedWith(code: string, params?: Record<string, unknown>): this {
    expect(this.refusal?.code ?? 'it was taken').to.equal(code)
    expect(this.catalogue.refusals).to.include(code)
    if (params) expect(this.refusal!.params).to.containSubset(params)
    refusalsShown.set(code, [...(refusalsShown.get(code) ?? []), this.refusal!.params])
    this.refusal = undefined
    return this
  }

  private lookUp({ files, identities, units }: ReturnType<typeof noReferences>): void {
    const { world } = this
    world.files = new Map([...files].flatMap((hash) => (hash === missingFile ? [] : [[hash, storedAs(hash)]])))
    world.identities = new Map(
      [...this.sealed].flatMap(([commitment, { idNumber }]) => (idNumber ? [[commitment, idNumber] as const] : [])),
    )
    world.staffIdentities = new Set([...identities].filter((id) => id === staffIdNumber))
    const items = [...new Set(world.items.values())]
    world.identified = (key) =>
      items.filter((item) => keysOfItem(item).includes(key)).sort((one, other) => (one.code < other.code ? -1 : 1))
    const used = [...world.places.values()].filter(({ inUse }) => inUse)
    world.takenNames = new Map(used.map(({ code, parent, agency, name }) => [nameKey(parent ?? agency, name), code]))
    const rules = rulesIn(world.units.values())
    world.takenLines = new Set(items.flatMap((item) => lineOf(rules, item) ?? []))
    world.numbers = [...world.people.values()]
    const [unit] = units
    world.remains = unit === undefined ? undefined : remainsIn(unit, world)
    world.held = new Map()
    for (const item of items) {
      const hand = handOf(item)
      if (hand !== undefined) world.held.set(hand, [...(world.held.get(hand) ?? []), item.code].sort())
    }
    world.desks = desksIn(world)
    world.keeping = new Set(
      items.flatMap((item) => (item.custody.state === 'left' ? [] : (whereaboutsOf(item)?.site ?? []))),
    )
    world.lying = new Map(
      [...world.places.keys()].map((place) => {
        const within = items.filter(({ custody }) => custody.state === 'stored' && custody.path.includes(place))
        return [place, new Set(within.map((item) => item.class))]
      }),
    )
    world.occupied = new Set([
      ...items.flatMap(({ custody }) => (custody.state === 'stored' ? [custody.place] : [])),
      ...[...world.places.values()].filter(({ inUse }) => inUse).flatMap(({ parent }) => parent ?? []),
    ])
  }

  private write({ facts, actor, countersigners, occurredAt }: Decision, asked: object): void {
    const pieces = piecesOf(asJson(asked), facts.length)
    const id = String(this.log.length)
    facts.forEach(({ subject, version, recorded }, ordinal) => {
      const { fact, data, step, docket } = recorded
      this.log.push({
        position: this.log.length,
        subject,
        version,
        step,
        fact,
        data,
        ...(docket ? { docket } : {}),
        actor,
        countersigners,
        occurredAt,
        recordedAt: this.now,
        command: { id, ordinal, of: facts.length, asked: pieces[ordinal]! },
      })
    })
  }

  private apply(decision: Decision): void {
    for (const fact of decision.facts) {
      const { subject, recorded, after } = fact
      expect(asJson(recorded.data), `${recorded.fact} says only what JSON can say`).to.deep.equal(recorded.data)
      keep(this.world, subject.kind, subject.id, after)
      if (subject.kind === 'item' && !fact.before) this.codes.push(subject.id)
      this.world.entries.set(String(this.facts.length), {
        subject,
        step: recorded.step,
        fact: recorded.fact,
        hash: sha256(`${this.facts.length}`),
        occurredAt: recorded.occurredAt,
      })
      this.facts.push(fact)
    }
    this.advance(1 / 60)
  }
}

/** Every desk with the dockets that wait there and whose it is or may be. */
function desksIn({ items, people }: World): World['desks'] {
  const dockets = [...new Set(items.values())].flatMap(({ open: { discrepancy: _, ...open } }) => Object.values(open))
  const there = [...people.values()].filter(({ disabled }) => !disabled)
  return new Map(
    [...people.values()].flatMap(everyDeskOf).map((desk) => {
      const waiting = new Set(dockets.filter(({ waitsFor }) => waitsFor.includes(desk)).map(({ docket }) => docket))
      return [desk, { waiting: waiting.size, people: there.filter((one) => everyDeskOf(one).includes(desk)) }]
    }),
  )
}

export const asJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value

/** A new story in which all this has happened. */
export const given = (...history: History[]): Story => new Story().and(...history)

/** A story over a catalogue of its own. */
export const givenIn = (catalogue: Catalogue, ...history: History[]): Story => new Story(catalogue).and(...history)

/** The world made again from nothing but what was recorded, over a fresh start. */
export function replayed(facts: readonly DecidedFact[], catalogue = everything, world = newWorld()): World {
  for (const { subject, recorded } of asJson(facts)) {
    const held: { [Kind in SubjectKind]: () => Subjects[Kind] | undefined } = {
      item: () => world.items.get(subject.id),
      case: () => world.cases.get(subject.id),
      place: () => world.places.get(subject.id),
      person: () => [...world.people.values()].find((one) => one.id === subject.id || one.login === subject.id),
      unit: () => world.units.get(subject.id),
    }
    keep(world, subject.kind, subject.id, applyFact(catalogue.facts[recorded.fact]!, held[subject.kind](), recorded))
  }
  return world
}

/** A replay that finds the entries which others name. */
export const replayOver = (log: readonly LoggedFact[], catalogue = everything): Replay =>
  new Replay(catalogue, (position) => ({ ...log[position]!, hash: sha256(String(position)) }))

/** Entries by command, in the order of the log. */
export function commandsIn(log: readonly LoggedFact[]): LoggedFact[][] {
  const commands = new Map<string, LoggedFact[]>()
  for (const entry of log) commands.set(entry.command.id, [...(commands.get(entry.command.id) ?? []), entry])
  return [...commands.values()]
}

/** What is wrong with a log when its commands are decided once more, over a fresh start. */
export function decidedAgain(log: readonly LoggedFact[], world = newWorld(), catalogue = everything): Problem[] {
  const replay = replayOver(log, catalogue)
  for (const kind of ['unit', 'person', 'place', 'case'] as const) {
    const states = { unit: world.units, person: world.people, place: world.places, case: world.cases }[kind]
    for (const state of states.values()) replay.memory.keep(kind, state)
  }
  return commandsIn(asJson(log)).flatMap((entries) => replay.take(entries))
}

/** What follows is decided by that version of the rules. */
export const ofRules =
  (version: number): History =>
  ({ world }) => {
    world.units.set('psb', { ...world.units.get('psb')!, rules: version })
  }

/** A step as part of a history. */
export const taken =
  (login: string, step: string, input?: unknown, options?: Options): History =>
  (story) => {
    story.take(login, step, input, options)
  }
export const later =
  (hours: number): History =>
  (story) => {
    story.advance(hours)
  }

/** Somebody holds a role besides their own. */
export const alsoHolds =
  (login: string, role: Role, scope: string): History =>
  ({ world }) => {
    const person = world.people.get(login)!
    const grants = [...person.grants, { role, scope, grantedAt: start, grantedBy: 'admin' }]
    world.people.set(login, { ...person, grants })
  }

export * from './custody-decisions.ts'
export * from './custody-histories.ts'
