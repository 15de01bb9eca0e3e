// The items as screens read them: one row each, found by anything that is written on them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import { type Card, cardOf, type Page } from '../contract/cards.ts'
import type { ItemQuery, itemSorts } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import { parseCode, printCode } from '../custody/codes.ts'
import { type Item, isOffShelf, keptElsewhereAt, whereaboutsOf } from '../custody/item.ts'
import { type Leftover, leftoversOf } from '../custody/leftovers.ts'
import { pageOf, type Sorts } from './list.ts'
import { PlaceTable } from './places.ts'
import { table, upsert } from './table.ts'
import { type Said, showWords, whereFound } from './words.ts'

type ItemRow = {
  code: string
  version: number
  state: Item
  audience: string[]
  caseNo: string
  documentNo: string
  line: string
  parent: string | null
  class: string
  owningUnit: string
  custody: string
  place: string | null
  site: string | null
  holder: string | null
  control: string
  agency: string
  disposition: string
  dockets: string[]
  discrepancy: boolean
  dueAt: string | null
  lastAt: string
  leftovers: Leftover[]
}

export const ItemTable = table<ItemRow>('items', {
  code: { type: 'text', key: true },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  caseNo: { type: 'text' },
  documentNo: { type: 'text' },
  line: { type: 'text' },
  parent: { type: 'text', nullable: true },
  class: { type: 'text' },
  owningUnit: { type: 'text' },
  custody: { type: 'text' },
  place: { type: 'text', nullable: true },
  site: { type: 'text', nullable: true },
  holder: { type: 'text', nullable: true },
  control: { type: 'text' },
  agency: { type: 'text' },
  disposition: { type: 'text' },
  dockets: { type: 'text', array: true },
  discrepancy: { type: 'boolean' },
  dueAt: { type: 'timestamptz', nullable: true },
  lastAt: { type: 'timestamptz' },
  leftovers: { type: 'text', array: true },
})

function rowOf(item: Item): ItemRow {
  const { custody, control } = item
  return {
    code: item.code,
    version: item.version,
    state: item,
    audience: audienceOf('item', item),
    caseNo: item.caseNo,
    documentNo: item.document.no,
    line: item.line,
    parent: item.parent ?? null,
    class: item.class,
    owningUnit: item.owningUnit,
    custody: custody.state,
    place: custody.state === 'stored' ? custody.place : null,
    site: whereaboutsOf(item)?.site ?? null,
    holder: custody.state === 'with-officer' || custody.state === 'out' ? custody.holder : null,
    control: control.state,
    agency: control.agency,
    disposition: item.disposition.state,
    dockets: Object.values(item.open).map((open) => open.docket),
    discrepancy: item.open.discrepancy !== undefined,
    dueAt: item.clocks[0]?.at ?? null,
    lastAt: item.lastAt,
    leftovers: leftoversOf(item),
  }
}

/**
 * What an item is found by besides its place and who has it: those are named as they are now (`whereItems`), so that
 * neither a move nor another name for a rack writes anything here.
 */
export function saidOf(item: Item): Said[] {
  const texts = (by: Said['by'], given: readonly (string | undefined)[], person?: boolean): Said[] =>
    given.flatMap((text) => (text ? [{ by, text, ...(person ? { person } : {}) }] : []))
  return [
    ...texts('name', [item.name]),
    ...texts('code', [item.code, ...item.labels].map(printCode)),
    ...texts('caseNo', [item.caseNo, ...(item.formerCaseNos ?? [])]),
    ...texts('features', [item.features]),
    ...texts('serials', item.serials),
    ...texts('details', textsIn(item.details)),
    ...texts('document', [item.document.no]),
    ...texts('seal', [item.seal]),
    ...texts('externalNo', [item.externalNo]),
    ...texts('takenFrom', [item.takenFrom], true),
    ...texts('witness', [item.witness], true),
    ...texts('owner', ownersOf(item), true),
    ...texts('source', [item.source]),
    ...texts('where', isOffShelf(item.custody) ? [keptElsewhereAt(item.custody)] : []),
  ]
}

/** Small numbers and moments: nobody looks for a thing by them. */
const isNoWord = /^([\d.]{1,4}|\d{4}-\d\d-\d\dT.*)$/

/** Numbers and words that a class asks for, such as VIN, plate and IMEI. */
function textsIn(details: unknown): string[] {
  if (typeof details === 'string') return isNoWord.test(details) ? [] : [details]
  return details && typeof details === 'object' ? Object.values(details).flatMap(textsIn) : []
}

/** Who is to have it back, who has it back, and who objects; their particulars are sealed, their names are not. */
function ownersOf({ custody, objection, open }: Item): string[] {
  const proposed = Object.values(open).flatMap(({ data }) => [data.owner, data.owners].flat())
  const names = proposed.map((owner) => (owner as { name?: unknown } | undefined)?.name)
  const named = [...names, objection?.objector, custody.state === 'left' ? custody.to : undefined]
  return [...new Set(named.filter((name) => typeof name === 'string'))]
}

const described = [
  'name',
  'labels',
  'caseNo',
  'formerCaseNos',
  'features',
  'serials',
  'details',
  'document',
  'seal',
  'externalNo',
  'takenFrom',
  'witness',
  'source',
  'objection',
] as const

/** As after most steps: a fact leaves what it does not speak of as it is, and so the very same. */
const saysTheSame = (before: Item, after: Item): boolean =>
  described.every((field) => before[field] === after[field]) &&
  !isOffShelf(before.custody) &&
  !isOffShelf(after.custody) &&
  ownersOf(before).join() === ownersOf(after).join()

/** `changed` gives the items before (none for a new one) and after. Words are looked at again only when they are others. */
export async function showItems(client: pg.PoolClient, changed: { before?: Item; after: Item }[]): Promise<void> {
  await upsert(
    client,
    ItemTable,
    changed.map(({ after }) => rowOf(after)),
  )
  await showWords(
    client,
    changed.flatMap(({ before, after }) => {
      if (before && saysTheSame(before, after)) return []
      return [{ kind: 'item', id: after.code, ...(before ? { before: saidOf(before) } : {}), after: saidOf(after) }]
    }),
  )
}

const sorts: Sorts<(typeof itemSorts)[number]> = {
  item: { by: `item.state->>'name'`, as: 'text' },
  case: { by: `item.caseNo || ' ' || item.line`, as: 'text' },
  class: { by: 'item.class', as: 'text' },
  custody: { by: 'item.custody', as: 'text' },
  where: {
    by: `coalesce(place.sort, item.state #>> '{custody,holderName}',
      item.state #>> '{custody,address}', item.state #>> '{custody,institution}', '')`,
    as: 'text',
  },
  control: { by: `item.state #>> '{control,agencyName}'`, as: 'text' },
  disposition: { by: 'item.disposition', as: 'text' },
  due: { by: `coalesce(item.dueAt, '9999-01-01T00:00:00Z')`, as: 'time' },
  lastAt: { by: 'item.lastAt', as: 'time' },
}

/** What is kept below a place; of a site also what is out or under way from it. */
async function whereKept(db: DataSource, place: string): Promise<string> {
  const found = await db.getRepository(PlaceTable).findOne({ select: { kind: true }, where: { code: place } })
  if (found?.kind === 'site') return 'item.site = :place'
  return `item.place IN (SELECT code FROM places WHERE state->'path' ? :place)`
}

/**
 * The keys that an item can carry at all (audience.ts). PostgreSQL takes every other for one that a few hundred items
 * carry; then it walks through all items, the latest first, for somebody who may read none.
 */
const openingItems = (keys: string[]): string[] => keys.filter((key) => !/^(everyone$|staff:|admin:)/.test(key))

/** Items the reader may see, the latest moved first unless asked otherwise. */
export async function readItems(db: DataSource, keys: string[], query: ItemQuery): Promise<Page<'items', Card>> {
  const items = db
    .getRepository(ItemTable)
    .createQueryBuilder('item')
    .leftJoin('places', 'place', `place.code = ${placeOfItem}`)
    .select('item.state', 'state')
    .addSelect(`place.state->'pathNames'`, 'pathNames')
    .where('item.audience && :opening', { opening: openingItems(keys) })
  const is = (column: string, value: string | boolean | undefined) => {
    if (value !== undefined) items.andWhere(`item.${column} = :${column}`, { [column]: value })
  }
  if (query.case !== undefined)
    items.andWhere('item.caseNo = coalesce((SELECT case_no FROM cases WHERE former_nos @> ARRAY[:case]), :case)', {
      case: query.case,
    })
  is('holder', query.holder)
  is('class', query.class)
  if (query.custody) items.andWhere('item.custody = ANY(:custody)', { custody: query.custody })
  is('control', query.control)
  is('agency', query.agency)
  is('disposition', query.disposition)
  is('discrepancy', query.discrepancy)
  is('owningUnit', query.unit)
  if (query.leftover) items.andWhere(`item.leftovers <> '{}'`)
  if (query.place) items.andWhere(await whereKept(db, query.place), { place: query.place })
  if (query.docket)
    items.andWhere(
      'item.code IN (SELECT unnest(dockets.items) FROM dockets WHERE dockets.code = :docket AND dockets.audience && :keys)',
      { docket: query.docket, keys },
    )
  if (query.overdue !== undefined) items.andWhere(`(item.dueAt < now()) IS ${query.overdue ? 'TRUE' : 'NOT TRUE'}`)
  if (query.dueWithin !== undefined)
    items.andWhere('item.dueAt < now() + make_interval(days => :days)', { days: query.dueWithin })
  // Officers are always among those who may read; the index knows only these.
  if (query.officer !== undefined)
    items.andWhere(`item.audience && :officerKey AND item.state->'officers' @> :officerIn`, {
      officerKey: [`person:${query.officer}`],
      officerIn: JSON.stringify([query.officer]),
    })
  if (query.from) items.andWhere('item.lastAt >= :from', { from: query.from })
  if (query.to) items.andWhere('item.lastAt < :to', { to: query.to })
  await whereFound(items, query.q, foundItems)
  const list = { id: 'item.code', sorts, first: '-lastAt' as const }
  const { rows, next } = await pageOf<Shown, (typeof itemSorts)[number]>(items, list, query)
  const now = new Date().toISOString()
  return { items: rows.map((row) => shownCard(row, now)), next }
}

/** A thing is found also by its place and by who has it, as they are called now. */
export const foundItems = {
  kind: 'item',
  id: 'item.code',
  or: [
    { kind: 'place', column: 'item.place' },
    { kind: 'holder', column: 'item.holder' },
  ],
} as const

type Shown = { state: Item; pathNames: string[] | null }

/** SQL for the place in which an item is, or from which it came. */
export const placeOfItem = `coalesce(item.place, item.state #>> '{custody,from,place}')`

/**
 * A card says where a thing is in the names that the places have now. Its state keeps those of when it was put there,
 * as its entries do: a place that gets another name touches none of the things in it.
 */
export function shownCard({ state, pathNames }: Shown, now: string): Card {
  const { custody } = state
  const named = { pathNames: pathNames!, placeName: pathNames?.at(-1) ?? '' }
  if (!pathNames) return cardOf(state, now)
  if (custody.state === 'stored') return cardOf({ ...state, custody: { ...custody, ...named } }, now)
  if (!('from' in custody && custody.from)) return cardOf(state, now)
  return cardOf({ ...state, custody: { ...custody, from: { ...custody.from, ...named } } as Item['custody'] }, now)
}

/** One item by its code or by any label it ever had. */
export async function readItem(db: DataSource, keys: string[], code: string): Promise<Card | undefined> {
  const row = await db
    .getRepository(ItemTable)
    .createQueryBuilder('item')
    .leftJoin('places', 'place', `place.code = ${placeOfItem}`)
    .select('item.state', 'state')
    .addSelect(`place.state->'pathNames'`, 'pathNames')
    .where(`item.code = (SELECT id FROM codes WHERE code = :code AND kind = 'item')`, {
      code: parseCode(code)?.code ?? code,
    })
    .andWhere('item.audience && :keys', { keys })
    .getRawOne<Shown>()
  return row && shownCard(row, new Date().toISOString())
}

export type Counts = Record<
  'withOfficer' | 'stored' | 'out' | 'inTransit' | 'elsewhere' | 'overdue' | 'offered' | 'approved' | 'discrepancies',
  number
>

const counting = (which: string) => `
  SELECT count(*) FILTER (WHERE custody = 'with-officer')::int AS "withOfficer",
    count(*) FILTER (WHERE custody = 'stored')::int AS stored,
    count(*) FILTER (WHERE custody = 'out')::int AS out,
    count(*) FILTER (WHERE custody = 'in-transit')::int AS "inTransit",
    count(*) FILTER (WHERE custody IN ('in-place', 'frozen', 'entrusted', 'deposited'))::int AS elsewhere,
    count(*) FILTER (WHERE due_at < now())::int AS overdue,
    count(*) FILTER (WHERE control = 'offered')::int AS offered,
    count(*) FILTER (WHERE disposition = 'approved')::int AS approved,
    count(*) FILTER (WHERE discrepancy)::int AS discrepancies
  FROM items WHERE audience && $1 AND ${which}`
const countingSome = counting('true')
// Each half has an index of its own.
const countingMost = `${counting('cardinality(audience) <= 40')} UNION ALL ${counting('cardinality(audience) > 40')}`

/** Plain SQL, since each half must be counted from its index. How many items stand where, of those the reader may see: who reads most of them has all counted from an index. */
export async function countItems(db: DataSource, keys: string[]): Promise<Counts> {
  const opening = openingItems(keys)
  const readsMost = opening.some((key) => /^(agency|store|site):/.test(key))
  const counts: Counts[] = await db.query(readsMost ? countingMost : countingSome, [opening])
  return counts.reduce((sum, part) => {
    const names = Object.keys(part) as (keyof Counts)[]
    return Object.fromEntries(names.map((name) => [name, sum[name] + part[name]])) as Counts
  })
}
