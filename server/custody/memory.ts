// Everything a ledger tells, kept in memory: the states of all subjects, and of them what one command may look at. Pure.

import { everyDeskOf } from './audience.ts'
import type { ItemClass } from './classes.ts'
import { applyFact, type Command } from './decide.ts'
import { type AnyFact, type AnyStep, type NamedEntry, type Recorded, required } from './define.ts'
import { noReferences, referencesIn } from './fields.ts'
import { hasSameKeys, keysOfItem, mostTwins } from './identifiers.ts'
import { handOf, type Item, whereaboutsOf } from './item.ts'
import { rulesIn } from './rules.ts'
import {
  type Case,
  numbersOf,
  type Person,
  type Place,
  type Subject,
  type SubjectKind,
  type Subjects,
  type Unit,
} from './subjects.ts'
import { lineOf, nameKey, remainsIn, type World } from './world.ts'

/** Gives an entry by its position; a correction names one. */
export type EntryAt = (position: number) => NamedEntry | undefined

/** Which items stand under a key, such as the place they are stored at. */
type Index = Map<string, Set<string>>

/** Grows with the number of subjects, not with what happened to them. */
export class Memory {
  readonly units = new Map<string, Unit>()
  /** By login. */
  readonly people = new Map<string, Person>()
  readonly places = new Map<string, Place>()
  readonly cases = new Map<string, Case>()
  readonly items = new Map<string, Item>()

  private readonly codes = new Map<string, string>()
  private readonly logins = new Map<string, string>()
  private readonly ofCase: Index = new Map()
  private readonly atPlace: Index = new Map()
  private readonly ofSite: Index = new Map()
  private readonly onDocket: Index = new Map()
  private readonly ofKey: Index = new Map()
  private readonly inUseBelow: Index = new Map()
  private readonly inHand: Index = new Map()
  private readonly placeNames = new Map<string, string>()
  private readonly waiting = new Map<string, Map<string, number>>()

  constructor(private readonly entryAt: EntryAt = () => undefined) {}

  stateOf<Kind extends SubjectKind>(kind: Kind, id: string): Subjects[Kind] | undefined {
    const held = (): Subjects[SubjectKind] | undefined => {
      if (kind === 'item') return this.items.get(id)
      if (kind === 'case') return this.cases.get(id)
      if (kind === 'place') return this.places.get(id)
      if (kind === 'person') return this.people.get(this.logins.get(id) ?? id)
      return this.units.get(id)
    }
    return held() as Subjects[Kind] | undefined
  }

  /** Puts a fact on its subject. */
  take(definition: AnyFact, { kind, id }: Subject, recorded: Recorded): void {
    this.keep(kind, applyFact(definition, this.stateOf(kind, id), recorded))
  }

  keep(kind: SubjectKind, state: Subjects[SubjectKind]): void {
    if (kind === 'item') this.keepItem(state as Item)
    else if (kind === 'case') for (const no of numbersOf(state as Case)) this.cases.set(no, state as Case)
    else if (kind === 'unit') this.units.set((state as Unit).id, state as Unit)
    else if (kind === 'person') {
      const person = state as Person
      this.people.set(person.login, person)
      this.logins.set(person.id, person.login)
    } else this.keepPlace(state as Place)
  }

  private keepItem(item: Item): void {
    const { code } = item
    const before = this.items.get(code)
    this.items.set(code, item)
    if (!before || before.labels.length !== item.labels.length)
      for (const each of [code, ...item.labels]) this.codes.set(each, code)
    replace(this.ofCase, before?.caseNo, item.caseNo, code)
    if (!before || !hasSameKeys(before, item))
      this.replaceKeys(code, before ? keysOfItem(before) : [], keysOfItem(item))
    replace(this.atPlace, before && placeOf(before), placeOf(item), code)
    replace(this.ofSite, before && siteOf(before), siteOf(item), code)
    replace(this.inHand, before && handOf(before), handOf(item), code)
    for (const axis of axes) {
      const [was, is] = [before?.open[axis], item.open[axis]]
      replace(this.onDocket, was?.docket, is?.docket, code)
      if (axis === 'discrepancy' || was === is) continue
      for (const desk of was?.waitsFor ?? []) this.count(desk, was!.docket, -1)
      for (const desk of is?.waitsFor ?? []) this.count(desk, is!.docket, 1)
    }
  }

  /** How many things of a docket wait for the desk. */
  private count(desk: string, docket: string, more: 1 | -1): void {
    const dockets = this.waiting.get(desk) ?? new Map<string, number>()
    const lines = (dockets.get(docket) ?? 0) + more
    if (lines > 0) dockets.set(docket, lines)
    else dockets.delete(docket)
    if (dockets.size > 0) this.waiting.set(desk, dockets)
    else this.waiting.delete(desk)
  }

  private desksOf(step: AnyStep, subject: string | undefined): World['desks'] {
    const person = subject !== undefined && step.on === 'person' && step.alone && this.stateOf('person', subject)
    if (!person) return new Map()
    const open = [...this.people.values()].filter(({ disabled }) => !disabled)
    return new Map(
      everyDeskOf(person).map((desk) => {
        const people = open.filter((other) => everyDeskOf(other).includes(desk))
        return [desk, { waiting: this.waiting.get(desk)?.size ?? 0, people }]
      }),
    )
  }

  private replaceKeys(code: string, before: string[], after: string[]): void {
    for (const key of before) remove(this.ofKey, key, code)
    for (const key of after) add(this.ofKey, key, code)
  }

  private keepPlace(place: Place): void {
    const before = this.places.get(place.code)
    const key = nameKeyOf(place)
    const keyBefore = before && nameKeyOf(before)
    if (keyBefore && this.placeNames.get(keyBefore) === place.code) this.placeNames.delete(keyBefore)
    if (place.inUse) this.placeNames.set(key, place.code)
    if (before?.parent && before.inUse) remove(this.inUseBelow, before.parent, place.code)
    if (place.parent && place.inUse) add(this.inUseBelow, place.parent, place.code)
    this.places.set(place.code, place)
  }

  /**
   * What a command may look at. Files that it names count as stored and of the right sort, and nobody's identity number as that of a member
   * of the staff: neither can be told from a ledger.
   */
  worldOf(step: AnyStep, asked: Pick<Command, 'items' | 'input'>): World {
    const named = asked.input === undefined ? noReferences() : referencesIn(step.input, asked.input)
    const subject = asked.input !== undefined && step.on !== 'item' ? step.subject(asked.input) : undefined
    const items = new Map<string, Item>()
    const look = (code: string) => {
      const item = this.items.get(this.codes.get(code) ?? code)
      if (!item) return
      items.set(item.code, item)
      for (const label of item.labels) items.set(label, item)
    }
    const lookAll = (codes: Iterable<string> | undefined) => {
      for (const code of codes ?? []) look(code)
    }
    lookAll(asked.items)
    lookAll(named.items)
    const places = [...asked.items, ...named.places, ...(step.on === 'place' && subject ? [subject] : [])]
    for (const code of places) {
      const place = this.places.get(code)
      if (place?.kind === 'container') lookAll(this.atPlace.get(code))
    }
    const cases = [...named.cases, ...(step.on === 'case' && subject ? [subject] : [])].map(
      (no) => this.cases.get(no)?.caseNo ?? no,
    )
    if (step.on === 'case' && step.withAll) for (const caseNo of cases) lookAll(this.ofCase.get(caseNo))
    if (step.on === 'item' && step.docket && step.docket !== 'opens' && !step.partial)
      for (const docket of docketsOn(items.values())) lookAll(this.onDocket.get(docket))
    return {
      items,
      cases: this.cases,
      places: this.places,
      people: this.people,
      units: this.units,
      occupied: new Set(places.filter((code) => this.atPlace.has(code) || this.inUseBelow.has(code))),
      lying: new Map(step.on === 'place' && step.withAll && subject ? [[subject, this.classesIn(subject)]] : []),
      keeping: new Set(places.filter((code) => this.ofSite.has(code))),
      desks: this.desksOf(step, subject),
      ...(step.on === 'unit' && step.alone && subject ? { remains: remainsIn(subject, this) } : {}),
      held: new Map(step.on === 'person' && subject ? [[subject, [...(this.inHand.get(subject) ?? [])].sort()]] : []),
      numbers: step.on === 'person' && (step.makes || step.withNumbers) ? [...this.people.values()] : [],
      entries: new Map(
        [...named.entries].map((at) => [at, required(this.entryAt(Number(at)), 'entry.unknown', { at })]),
      ),
      files: new Map([...named.files].map((sha256) => [sha256, undefined])),
      identified: (key) =>
        [...(this.ofKey.get(key) ?? [])]
          .sort()
          .slice(0, mostTwins)
          .map((code) => this.items.get(code)!),
      takenNames: this.placeNames,
      staffIdentities: new Set(),
      takenLines: this.linesOf([
        ...cases,
        ...(step.on === 'item' && step.withLines ? [...items.values()].map(({ caseNo }) => caseNo) : []),
      ]),
    }
  }

  private classesIn(place: string): Set<ItemClass> {
    const within = [...this.places.values()].filter(({ path }) => path.includes(place))
    const codes = within.flatMap(({ code }) => [...(this.atPlace.get(code) ?? [])])
    return new Set(codes.map((code) => this.items.get(code)!.class))
  }

  private linesOf(cases: readonly string[]): Set<string> {
    const items = [...new Set(cases)].flatMap((caseNo) =>
      [...(this.ofCase.get(caseNo) ?? [])].map((code) => this.items.get(code)!),
    )
    const rules = rulesIn(this.units.values())
    return new Set(items.flatMap((item) => lineOf(rules, item) ?? []))
  }
}

const axes = ['custody', 'control', 'disposition', 'discrepancy'] as const

const nameKeyOf = ({ parent, agency, name }: Place) => nameKey(parent ?? agency, name)

const placeOf = ({ custody }: Item) => (custody.state === 'stored' ? custody.place : undefined)

/** Where it is kept, or where it is out or under way from. */
const siteOf = (item: Item) => (item.custody.state === 'left' ? undefined : whereaboutsOf(item)?.site)

function docketsOn(items: Iterable<Item>): Set<string> {
  const dockets = new Set<string>()
  for (const { open } of items) for (const { docket } of Object.values(open)) dockets.add(docket)
  return dockets
}

function replace(index: Index, before: string | undefined, after: string | undefined, id: string): void {
  if (before === after) return
  if (before !== undefined) remove(index, before, id)
  if (after !== undefined) add(index, after, id)
}

function add(index: Index, key: string, id: string): void {
  const ids = index.get(key)
  if (ids) ids.add(id)
  else index.set(key, new Set([id]))
}

function remove(index: Index, key: string, id: string): void {
  const ids = index.get(key)
  ids?.delete(id)
  if (ids?.size === 0) index.delete(key)
}
