// The store as screens read it: places in their tree, with what lies in them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Page, PlaceCard } from '../contract/cards.ts'
import type { PlaceQuery } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import { parseCode } from '../custody/codes.ts'
import type { Place } from '../custody/subjects.ts'
import { anywhere, cursorAt, pageOf, readCursor, table, termsOf, upsert } from './table.ts'

type PlaceRow = {
  code: string
  version: number
  state: Place
  audience: string[]
  parent: string | null
  site: string
  kind: string
  inUse: boolean
  sort: string
  words: string
}

export const PlaceTable = table<PlaceRow>('places', {
  code: { type: 'text', key: true },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  parent: { type: 'text', nullable: true },
  site: { type: 'text' },
  kind: { type: 'text' },
  inUse: { type: 'boolean' },
  sort: { type: 'text' },
  words: { type: 'text' },
})

export async function showPlaces(client: pg.PoolClient, places: Place[]): Promise<void> {
  const rows = places.map((place) => ({
    code: place.code,
    version: place.version,
    state: place,
    audience: audienceOf('place', place),
    parent: place.parent ?? null,
    site: place.site,
    kind: place.kind,
    inUse: place.inUse,
    sort: place.pathNames.join(' / '),
    words: `${place.code}\n${place.pathNames.join(' ')}`.toLowerCase(),
  }))
  await upsert(client, PlaceTable, rows)
}

const counted = `state, sort,
  (SELECT count(*)::int FROM items WHERE items.place = places.code) AS items,
  (SELECT count(*)::int FROM places AS child WHERE child.parent = places.code AND child.in_use) AS children`

const cardOf = ({ state, items, children }: { state: Place; items: number; children: number }): PlaceCard => ({
  ...state,
  items,
  children,
})

/** Places of the reader's agency in the order of the tree; each with the number of things lying directly in it. */
export async function readPlaces(
  db: DataSource,
  keys: string[],
  query: PlaceQuery,
): Promise<Page<'places', PlaceCard>> {
  const values: unknown[] = [keys]
  const where = ['audience && $1']
  const add = (condition: (n: string) => string, value: unknown) => where.push(condition(`$${values.push(value)}`))
  for (const term of termsOf(query.q)) add((n) => `words LIKE ${n}`, anywhere(term))
  if (query.parent) add((n) => `parent = ${n}`, query.parent)
  if (query.site) add((n) => `site = ${n}`, query.site)
  if (query.kind) add((n) => `kind = ANY(string_to_array(${n}, ','))`, query.kind)
  if (query.cursor) {
    const [sort, code] = readCursor(query.cursor)
    where.push(`(sort, code) > ($${values.push(sort)}, $${values.push(code)})`)
  }
  const found = await db.query(
    `SELECT ${counted} FROM places WHERE ${where.join(' AND ')} ORDER BY sort, code LIMIT ${query.limit + 1}`,
    values,
  )
  const { rows, next } = pageOf(found as (Parameters<typeof cardOf>[0] & { sort: string })[], query.limit, (row) =>
    cursorAt(row.sort, row.state.code),
  )
  return { places: rows.map(cardOf), next }
}

export async function readPlace(db: DataSource, keys: string[], code: string): Promise<PlaceCard | undefined> {
  const [row] = await db.query(`SELECT ${counted} FROM places WHERE code = $2 AND audience && $1`, [
    keys,
    parseCode(code)?.code ?? code,
  ])
  return row && cardOf(row)
}
