// What a command could look at, and how it is found there. Pure.

import type { ItemClass } from './classes.ts'
import { type AtDesk, type NamedEntry, required } from './define.ts'
import { bare } from './folding.ts'
import type { Item } from './item.ts'
import {
  type Case,
  isOngoing,
  named,
  type Person,
  type Place,
  type SubjectKind,
  type Subjects,
  type Unit,
} from './subjects.ts'

/**
 * What a command could look at, loaded and locked before it is taken: what the command and the input name, the cases
 * of its items, contents of scanned containers, parents of named places, and for a step that is `withAll` the items of
 * the case or the places below the place. `units` holds all of them.
 */
export type World = {
  items: Map<string, Item>
  /** By every number that leads to them. */
  cases: Map<string, Case>
  places: Map<string, Place>
  /** By login. */
  people: Map<string, Person>
  units: Map<string, Unit>
  /** Places that hold items or other places that are in use. */
  occupied: Set<string>
  /** Classes of what lies in the place that a step `withAll` is about, at any depth. */
  lying: Map<string, Set<ItemClass>>
  /** Sites that items are kept at, or are out or under way from. */
  keeping: Set<string>
  /** Codes of what the person whom the command is about has in hand or carries, in order, by login. */
  held: Map<string, string[]>
  /** The desks of whom a command `alone` is about. */
  desks: Map<string, AtDesk>
  /** What is still in the unit that a command `alone` is about. */
  remains?: Remains
  /** Everybody of the agency in which the command makes a person. */
  numbers: Pick<Person, 'login' | 'name' | 'number' | 'agency'>[]
  /** Entries that the input names, by position. */
  entries: Map<string, NamedEntry>
  /** Files that are stored, of those the input names; of what sort cannot be told from a ledger. */
  files: Map<string, StoredFile | undefined>
  /** Open items by a key that the step `looksFor`, by their codes, the first `mostTwins` of them. */
  identified: (key: string) => Item[]
  /** The place in use that has a name, by `nameKey`: of the places directly within those that a step on places names. */
  takenNames: ReadonlyMap<string, string>
  /** Identity numbers, of those the input names, that belong to the staff. */
  staffIdentities: Set<string>
  /** Identity numbers by the commitment to them, of a step that compares them; absent where they cannot be told, as from a ledger. */
  identities?: Map<string, string>
  /** `lineKey`s that are taken, of the cases that the command names. */
  takenLines: Set<string>
}

/** Its media type, see file-kinds.ts. */
export type StoredFile = { type: string; bytes: number }

/** `within` is the parent, of a site the agency. The same for every writing of the name. */
export const nameKey = (within: string, name: string) => `${within}\n${bare(name)}`

/** Since version 2 of the rules the same for every writing: 1, 01 and １ are one line, 〔2026〕 and [2026] one year. */
/** Accounts in use, cases under way and things that have not left. */
export type Remains = { people: number; cases: number; items: number }

export function remainsIn(unit: string, { people, cases, items }: Pick<World, 'people' | 'cases' | 'items'>): Remains {
  const count = <State>(states: Map<string, State>, is: (state: State) => boolean) => all(states).filter(is).length
  return {
    people: count(
      people,
      (one) => !one.disabled && (one.unit === unit || one.grants.some(({ scope }) => scope === unit)),
    ),
    cases: count(cases, (it) => it.unit === unit && isOngoing(it)),
    items: count(items, (item) => item.owningUnit === unit && item.custody.state !== 'left'),
  }
}

export const lineKey = (rules: number, caseNo: string, documentNo: string, line: string) =>
  [caseNo, ...(rules < 2 ? [documentNo, line] : [numbered(documentNo), numbered(line)])].join('\n')
const numbered = (text: string) =>
  bare(text)
    .replace(/(?<!\d)0+(?=\d)/g, '')
    .replace(/^\(([^()]*)\)$/, '$1')

/** The line that a thing takes on its document: a part has none of its own, a void registration has it no more. */
export const lineOf = (rules: number, { parent, caseNo, document, line, custody }: Item): string | undefined =>
  parent || (custody.state === 'left' && custody.how === 'void') ? undefined : lineKey(rules, caseNo, document.no, line)

/** With the names that their unit and agency have now. */
export function personIn(world: World, login: string): Person {
  return named(required(world.people.get(login), 'person.unknown', { login }), (id) => world.units.get(id)?.name)
}

export function itemIn(world: World, code: string): Item {
  return required(world.items.get(code), 'item.unknown', { code })
}

export function contentsOf(world: World, place: string): Item[] {
  return byCode(all(world.items).filter(({ custody }) => custody.state === 'stored' && custody.place === place))
}

/** In an order that does not depend on how the world was loaded, so that a command decided once more says the same. */
export const byCode = <State extends { code: string }>(states: State[]): State[] =>
  states.sort((one, other) => (one.code < other.code ? -1 : 1))

/** A subject may be there under several codes. */
export const all = <State>(states: Map<string, State>): State[] => [...new Set(states.values())]

export function stateIn<Kind extends SubjectKind>(world: World, kind: Kind, id: string): Subjects[Kind] | undefined {
  const kinds: { [K in SubjectKind]: Map<string, Subjects[K]> } = {
    item: world.items,
    case: world.cases,
    place: world.places,
    person: world.people,
    unit: world.units,
  }
  if (kind !== 'person') return kinds[kind].get(id)
  const person = world.people.get(id) ?? [...world.people.values()].find((one) => one.id === id)
  return person as Subjects[Kind] | undefined
}
