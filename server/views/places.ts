// The store as screens read it: places in their tree, with what lies in them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Page, PlaceCard } from '../contract/cards.ts'
import type { PlaceQuery, placeSorts } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import { parseCode, printCode } from '../custody/codes.ts'
import type { Place } from '../custody/subjects.ts'
import { pageOf, type Sorts } from './list.ts'
import { table, upsert } from './table.ts'
import { type Said, showWords, whereFound } from './words.ts'

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
})

export const saidOf = ({ code, name, pathNames }: Place): Said[] => [
  { by: 'name', text: name },
  { by: 'code', text: printCode(code) },
  { by: 'path', text: pathNames.join(' / ') },
]

export async function showPlaces(client: pg.PoolClient, changed: { before?: Place; after: Place }[]): Promise<void> {
  const rows = changed.map(({ after: place }) => ({
    code: place.code,
    version: place.version,
    state: place,
    audience: audienceOf('place', place),
    parent: place.parent ?? null,
    site: place.site,
    kind: place.kind,
    inUse: place.inUse,
    sort: place.pathNames.join(' / '),
  }))
  await upsert(client, PlaceTable, rows)
  await showWords(
    client,
    changed.map(({ before, after }) => ({
      kind: 'place',
      id: after.code,
      ...(before ? { before: saidOf(before) } : {}),
      after: saidOf(after),
    })),
  )
}

const itemsIn = '(SELECT count(*)::int FROM items WHERE items.place = place.code)'
const childrenOf = '(SELECT count(*)::int FROM places AS child WHERE child.parent = place.code AND child.in_use)'

const sorts: Sorts<(typeof placeSorts)[number]> = {
  path: { by: 'place.sort', as: 'text' },
  name: { by: `place.state->>'name'`, as: 'text' },
  kind: { by: 'place.kind', as: 'text' },
  items: { by: itemsIn, as: 'number' },
}

const readable = (db: DataSource, keys: string[]) =>
  db
    .getRepository(PlaceTable)
    .createQueryBuilder('place')
    .select('place.state', 'state')
    .addSelect(itemsIn, 'items')
    .addSelect(childrenOf, 'children')
    .where('place.audience && :keys', { keys })

type Shown = { state: Place; items: number; children: number }
const cardOf = ({ state, items, children }: Shown): PlaceCard => ({ ...state, items, children })

/** Places of the reader's agency in the order of the tree; each with the number of things lying directly in it. */
export async function readPlaces(
  db: DataSource,
  keys: string[],
  query: PlaceQuery,
): Promise<Page<'places', PlaceCard>> {
  const places = readable(db, keys)
  if (query.parent) places.andWhere('place.parent = :parent', { parent: query.parent })
  if (query.site) places.andWhere('place.site = :site', { site: query.site })
  if (query.kind) places.andWhere('place.kind = ANY(:kinds)', { kinds: query.kind.split(',') })
  if (query.class) places.andWhere(`place.state->'classes' @> :fit`, { fit: JSON.stringify([query.class]) })
  if (query.inUse !== undefined) places.andWhere('place.inUse = :inUse', { inUse: query.inUse })
  await whereFound(places, query.q, { kind: 'place', id: 'place.code' })
  const list = { id: 'place.code', sorts, first: 'path' as const }
  const { rows, next } = await pageOf<Shown, (typeof placeSorts)[number]>(places, list, query)
  return { places: rows.map(cardOf), next }
}

export async function readPlace(db: DataSource, keys: string[], code: string): Promise<PlaceCard | undefined> {
  const asked = readable(db, keys).andWhere('place.code = :code', { code: parseCode(code)?.code ?? code })
  const row = await asked.getRawOne<Shown>()
  return row && cardOf(row)
}
