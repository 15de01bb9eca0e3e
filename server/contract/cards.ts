// What the client reads of items, dockets and the rest: the states of custody as they are. Pure; shared with the browser.

import type { Docket } from '../custody/docket.ts'
import type { Item } from '../custody/item.ts'
import type { Case, Person, Place, Unit } from '../custody/subjects.ts'

/** An item as lists and pages show it: its state, and whether its clock has run out. */
export type Card = Item & { overdue: boolean }

export const cardOf = (item: Item, now: string): Card => ({
  ...item,
  overdue: item.clocks.some(({ at }) => at < now),
})

export type DocketCard = Omit<Docket, 'audience'>
/** `held` counts what has not left; a list does not say it. */
export type CaseCard = Case & { items: number; held?: number }
export type PlaceCard = Place & { items: number; children: number }
export type PersonCard = Person
export type UnitCard = Unit

/** One page of a list; `next` is the cursor of the page after it. */
export type Page<Name extends string, Row> = { [name in Name]: Row[] } & { next?: string }

/** What a code stands for. */
export type Resolved =
  | { kind: 'item'; item: Card }
  | { kind: 'place'; place: PlaceCard }
  | { kind: 'docket'; docket: DocketCard }
  | { kind: 'person'; person: PersonCard }

/** Who and what is called the same, from before that was refused. */
export type Namesakes = {
  numbers: { number: string; people: { login: string; name: string; agencyName: string }[] }[]
  names: { name: string; units: { id: string; name: string }[] }[]
}
