// One page of a list: in the order asked for, from where the page before it ended.

import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import { z } from 'zod'

/** What a list can be sorted by: SQL that is never null. Texts stand in natural order, rack 2 before rack 10. */
export type Sort = { by: string; as: 'text' | 'time' | 'number' }
export type Sorts<Name extends string> = Record<Name, Sort>

type Asked<Name extends string> = { sort?: Name | `-${Name}`; cursor?: string; limit: number }

const Cursor = z
  .string()
  .transform((text): unknown => {
    try {
      return JSON.parse(Buffer.from(text, 'base64url').toString())
    } catch {
      return undefined
    }
  })
  .pipe(z.tuple([z.string().max(40), z.string().max(1000), z.string().max(200)]))

const valueAs = {
  text: z.string(),
  time: z.iso.datetime(),
  number: z.string().regex(/^\d{1,9}$/),
}

/** Throws a ZodError for a cursor that is none of this order. */
function readCursor(text: string, order: string, as: Sort['as']): { value: string; id: string } {
  const fits = ([sort, value, id]: [string, string, string]) =>
    sort === order && valueAs[as].safeParse(value).success && ![value, id].some((each) => each.includes('\0'))
  const [, value, id] = z.object({ cursor: Cursor.refine(fits) }).parse({ cursor: text }).cursor
  return { value, id }
}

const cursorAt = (order: string, value: unknown, id: string): string => {
  const text = value instanceof Date ? value.toISOString() : String(value)
  return Buffer.from(JSON.stringify([order, text, id])).toString('base64url')
}

/**
 * Rows of one page, each with its `id` and what else was selected, and the cursor of the page after it. `sort` is a
 * name or `-name` for the other way round; rows that are alike there stand by their ids.
 */
export async function pageOf<Row extends object, Name extends string>(
  rows: SelectQueryBuilder<ObjectLiteral>,
  list: { id: string; sorts: Sorts<Name>; first: Name | `-${Name}` },
  { sort = list.first, cursor, limit }: Asked<Name>,
): Promise<{ rows: Row[]; next?: string }> {
  const down = sort.startsWith('-')
  const { by, as } = list.sorts[(down ? sort.slice(1) : sort) as Name]
  const sorted = as === 'text' ? `(${by}) COLLATE natural_order` : by
  if (cursor) {
    const type = { text: 'text', time: 'timestamptz', number: 'bigint' }[as]
    const value = `CAST(:sortedFrom AS ${type})`
    const from = readCursor(cursor, sort, as)
    rows.andWhere(
      `${sorted} ${down ? '<=' : '>='} ${value} AND (${sorted} ${down ? '<' : '>'} ${value} OR ${list.id} > :idFrom)`,
      { sortedFrom: from.value, idFrom: from.id },
    )
  }
  // One more than asked for tells whether there is a next page.
  const found = await rows
    .addSelect(list.id, 'id')
    .addSelect(sorted, 'sorted_by')
    .orderBy('sorted_by', down ? 'DESC' : 'ASC')
    .addOrderBy('id', 'ASC')
    .limit(limit + 1)
    .getRawMany<Row & { id: string; sorted_by: unknown }>()
  const last = found[limit - 1]
  return found.length > limit && last
    ? { rows: found.slice(0, limit), next: cursorAt(sort, last.sorted_by, last.id) }
    : { rows: found }
}
