// The items as screens read them: one row each, found by anything that is written on them.

import type pg from 'pg'
import type { DataSource, SelectQueryBuilder } from 'typeorm'
import { type Card, cardOf, type Page } from '../contract/cards.ts'
import type { ItemQuery } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import { parseCode, printCode } from '../custody/codes.ts'
import { type Item, whereaboutsOf } from '../custody/item.ts'
import { anywhere, cursorAt, pageOf, readCursor, table, termsOf, upsert } from './table.ts'

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
})

export const ItemSearchTable = table<{ code: string; words: string; pairs: string }>('item_search', {
  code: { type: 'text', key: true },
  words: { type: 'text' },
  pairs: { type: 'text' },
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
  }
}

/** Everything an item is found by, in lower case, one thing a line. */
function wordsOf(item: Item): string {
  const { custody } = item
  const holder = custody.state === 'with-officer' || custody.state === 'out' ? [custody.holderName] : []
  const codes = [item.code, printCode(item.code), ...item.labels]
  const said = [item.caseNo, item.name, item.features, item.source, item.takenFrom, item.seal, item.externalNo]
  return [...codes, ...said, ...item.serials, ...holder].filter(Boolean).join('\n').toLowerCase()
}

/** Every two neighbouring letters as a word between blanks. */
export function pairsOf(words: string): string {
  const pairs = new Set<string>()
  for (const word of words.split(/\s+/)) {
    const letters = [...word]
    for (let at = 1; at < letters.length; at++) pairs.add(`${letters[at - 1]}${letters[at]}`)
  }
  return ` ${[...pairs].join(' ')} `
}

/** `changed` gives the items before (none for a new one) and after. Words are looked at again only when they are others. */
export async function showItems(client: pg.PoolClient, changed: { before?: Item; after: Item }[]): Promise<void> {
  await upsert(
    client,
    ItemTable,
    changed.map(({ after }) => rowOf(after)),
  )
  const searched = changed.flatMap(({ before, after }) => {
    const words = wordsOf(after)
    return before && wordsOf(before) === words ? [] : [{ code: after.code, words, pairs: pairsOf(words) }]
  })
  await upsert(client, ItemSearchTable, searched)
}

/** Narrows to rows whose text holds every term; two letters are looked up as a pair. */
function whereFound(items: SelectQueryBuilder<ItemRow>, q: string | undefined): void {
  termsOf(q).forEach((term, n) => {
    const code = parseCode(term)?.code
    if (code) items.andWhere(`item.code IN (SELECT id FROM codes WHERE code = :code${n})`, { [`code${n}`]: code })
    else if ([...term].length === 2)
      items.andWhere(`item.code IN (SELECT code FROM item_search WHERE pairs LIKE :pair${n})`, {
        [`pair${n}`]: anywhere(` ${term} `),
      })
    else
      items.andWhere(`item.code IN (SELECT code FROM item_search WHERE words LIKE :term${n})`, {
        [`term${n}`]: anywhere(term),
      })
  })
}

/** What is kept below a place; of a site also what is out or under way from it. */
async function whereKept(db: DataSource, place: string): Promise<string> {
  const [found] = await db.query('SELECT kind FROM places WHERE code = $1', [place])
  if (found?.kind === 'site') return 'item.site = :place'
  return `item.place IN (SELECT code FROM places WHERE state->'path' ? :place)`
}

/**
 * The keys that an item can carry at all (audience.ts). PostgreSQL takes every other for one that a few hundred items
 * carry; then it walks through all items, the latest first, for somebody who may read none.
 */
const openingItems = (keys: string[]): string[] => keys.filter((key) => !/^(everyone$|staff:|admin:)/.test(key))

/** Items the reader may see, the latest moved first. */
export async function readItems(db: DataSource, keys: string[], query: ItemQuery): Promise<Page<'items', Card>> {
  const items = db
    .getRepository(ItemTable)
    .createQueryBuilder('item')
    .where('item.audience && :opening', { opening: openingItems(keys) })
  const is = (column: string, value: string | boolean | undefined) => {
    if (value !== undefined) items.andWhere(`item.${column} = :${column}`, { [column]: value })
  }
  is('caseNo', query.case)
  is('holder', query.holder)
  is('class', query.class)
  if (query.custody) items.andWhere('item.custody = ANY(:custody)', { custody: query.custody })
  is('control', query.control)
  is('agency', query.agency)
  is('disposition', query.disposition)
  is('discrepancy', query.discrepancy)
  if (query.place) items.andWhere(await whereKept(db, query.place), { place: query.place })
  if (query.docket)
    items.andWhere(
      'item.code IN (SELECT unnest(dockets.items) FROM dockets WHERE dockets.code = :docket AND dockets.audience && :keys)',
      { docket: query.docket, keys },
    )
  if (query.overdue !== undefined) items.andWhere(`(item.dueAt < now()) IS ${query.overdue ? 'TRUE' : 'NOT TRUE'}`)
  whereFound(items, query.q)
  if (query.cursor) {
    const [at, code] = readCursor(query.cursor, 'time')
    items.andWhere('(item.lastAt < :at OR (item.lastAt = :at AND item.code > :code))', { at, code })
  }
  const found = await items
    .select(['item.code', 'item.state'])
    .orderBy('item.lastAt', 'DESC')
    .addOrderBy('item.code')
    .limit(query.limit + 1)
    .getMany()
  const { rows, next } = pageOf(found, query.limit, ({ state }) => cursorAt(state.lastAt, state.code))
  const now = new Date().toISOString()
  return { items: rows.map(({ state }) => cardOf(state, now)), next }
}

/** One item by its code or by any label it ever had. */
export async function readItem(db: DataSource, keys: string[], code: string): Promise<Card | undefined> {
  const [row] = await db.query(
    `SELECT state FROM items WHERE code = (SELECT id FROM codes WHERE code = $1 AND kind = 'item') AND audience && $2`,
    [parseCode(code)?.code ?? code, keys],
  )
  return row && cardOf(row.state, new Date().toISOString())
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
    count(*) FILTER (WHERE custody IN ('in-place', 'frozen', 'entrusted'))::int AS elsewhere,
    count(*) FILTER (WHERE due_at < now())::int AS overdue,
    count(*) FILTER (WHERE control = 'offered')::int AS offered,
    count(*) FILTER (WHERE disposition = 'approved')::int AS approved,
    count(*) FILTER (WHERE discrepancy)::int AS discrepancies
  FROM items WHERE audience && $1 AND ${which}`
const countingSome = counting('true')
// Each half has an index of its own.
const countingMost = `${counting('cardinality(audience) <= 40')} UNION ALL ${counting('cardinality(audience) > 40')}`

/** How many items stand where, of those the reader may see: who reads most of them has all counted from an index. */
export async function countItems(db: DataSource, keys: string[]): Promise<Counts> {
  const opening = openingItems(keys)
  const readsMost = opening.some((key) => /^(agency|store|site):/.test(key))
  const counts: Counts[] = await db.query(readsMost ? countingMost : countingSome, [opening])
  return counts.reduce((sum, part) => {
    const names = Object.keys(part) as (keyof Counts)[]
    return Object.fromEntries(names.map((name) => [name, sum[name] + part[name]])) as Counts
  })
}
