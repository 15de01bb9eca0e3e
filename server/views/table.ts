// How a view table is stated once: its columns as a TypeORM schema, written in one statement however many rows.

import type pg from 'pg'
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm'
import { z } from 'zod'

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

type Column = {
  type: 'text' | 'integer' | 'bigint' | 'boolean' | 'jsonb' | 'timestamptz'
  array?: boolean
  key?: boolean
  nullable?: boolean
}

/** A view table. Properties are camel case, columns snake case; keys are marked. */
export function table<Row extends object>(
  name: string,
  columns: Record<keyof Row & string, Column>,
): EntitySchema<Row> {
  const stated = Object.entries<Column>(columns).map(([property, { type, array, key, nullable }]) => [
    property,
    { name: snake(property), type, array: array ?? false, primary: key ?? false, nullable: nullable ?? false },
  ])
  return new EntitySchema<Row>({ name, tableName: name, columns: Object.fromEntries(stated) })
}

const statements = new Map<string, string>()

function upsertStatement(schema: EntitySchema): string {
  const { tableName, columns } = schema.options
  const stated = Object.entries(columns) as [string, EntitySchemaColumnOptions][]
  const keys = stated.filter(([, column]) => column.primary).map(([, column]) => column.name)
  const rest = stated.filter(([, column]) => !column.primary).map(([, column]) => column.name)
  const record = stated.map(([property, { type, array }]) => `"${property}" ${type}${array ? '[]' : ''}`)
  return `INSERT INTO ${tableName} (${stated.map(([, column]) => column.name).join(', ')})
    SELECT ${stated.map(([property]) => `"${property}"`).join(', ')} FROM jsonb_to_recordset($1::jsonb) AS row(${record.join(', ')})
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE (${rest.map((name) => `${tableName}.${name}`).join(', ')}) IS DISTINCT FROM (${rest.map((name) => `excluded.${name}`).join(', ')})`
}

/** Writes rows as they are now, in one statement. */
export async function upsert<Row extends object>(
  client: pg.PoolClient,
  schema: EntitySchema<Row>,
  rows: Row[],
): Promise<void> {
  if (rows.length === 0) return
  const name = schema.options.tableName!
  if (!statements.has(name)) statements.set(name, upsertStatement(schema as EntitySchema))
  await client.query({ name: `upsert ${name}`, text: statements.get(name)!, values: [JSON.stringify(rows)] })
}

const Cursor = z
  .string()
  .transform((text): unknown => {
    try {
      return JSON.parse(Buffer.from(text, 'base64url').toString())
    } catch {
      return undefined
    }
  })
  .pipe(z.tuple([z.string().max(200), z.string().max(200)]))

/** The end of a page as text: sort key and id of its last row. */
export const cursorAt = (sort: string, id: string): string =>
  Buffer.from(JSON.stringify([sort, id])).toString('base64url')

/** Throws a ZodError for a cursor that is none; `time` for lists that are sorted by one. */
export const readCursor = (text: string, sortedBy: 'text' | 'time' = 'text'): [sort: string, id: string] => {
  const isSort = (sort: string) => sortedBy === 'text' || z.iso.datetime().safeParse(sort).success
  const fits = ([sort, id]: [string, string]) => isSort(sort) && ![sort, id].some((each) => each.includes('\0'))
  return z.object({ cursor: Cursor.refine(fits) }).parse({ cursor: text }).cursor
}

/** One more row than asked for tells whether there is a next page. */
export function pageOf<Row>(rows: Row[], limit: number, end: (row: Row) => string): { rows: Row[]; next?: string } {
  if (rows.length <= limit) return { rows }
  const kept = rows.slice(0, limit)
  return { rows: kept, next: end(kept.at(-1)!) }
}

/** A LIKE pattern that finds `text` anywhere. */
export const anywhere = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** The words people typed, in lower case. */
export const termsOf = (text: string | undefined): string[] => (text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
