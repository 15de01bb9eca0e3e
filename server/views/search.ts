// The one search box: what the words find among items, cases, dockets, people and places, and where in each they stand.

import type { DataSource } from 'typeorm'
import type { Card } from '../contract/cards.ts'
import type { SearchQuery } from '../contract/queries.ts'
import type { Found, Hit } from '../contract/search.ts'
import { readCases, saidOf as saidOfCase } from './cases.ts'
import { readDockets, saidOf as saidOfDocket } from './dockets.ts'
import { readItems, saidOf as saidOfItem } from './items.ts'
import { readPeople, saidOf as saidOfPerson } from './people.ts'
import { readPlaces, saidOf as saidOfPlace } from './places.ts'
import { matchedIn, type Said, termsOf } from './words.ts'

/** An item is found by its place and by who has it, too. */
function saidOfCard(card: Card): Said[] {
  const { custody } = card
  const said = saidOfItem(card)
  if (custody.state === 'stored') said.push({ by: 'where', text: custody.pathNames.join(' › ') })
  if ('holderName' in custody) said.push({ by: 'holder', text: custody.holderName, person: true })
  return said
}

/** Each group is its list narrowed by the words, and so holds what the reader may see there and nothing else. */
export async function search(
  db: DataSource,
  reader: { keys: string[]; login: string; desks: string[] },
  { q, limit }: SearchQuery,
): Promise<Found> {
  if (termsOf(q).length === 0) return { items: [], cases: [], dockets: [], people: [], places: [] }
  const { keys } = reader
  const hits = <Row extends object>(rows: Row[], saidOf: (row: Row) => Said[]): Hit<Row>[] =>
    rows.map((row) => ({ ...row, matched: matchedIn(saidOf(row), q) }))
  // One after the other: many type at the same time, and none of them is to hold five connections.
  const { items } = await readItems(db, keys, { q, limit })
  const { cases } = await readCases(db, keys, { q, limit })
  const { dockets } = await readDockets(db, keys, reader, { q, limit })
  const { people } = await readPeople(db, keys, { q, limit })
  const { places } = await readPlaces(db, keys, { q, limit })
  return {
    items: hits(items, saidOfCard),
    cases: hits(cases, saidOfCase),
    dockets: hits(dockets, saidOfDocket),
    people: hits(people, saidOfPerson),
    places: hits(places, saidOfPlace),
  }
}
