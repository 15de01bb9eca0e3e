// How a view table is stated once: its columns as a TypeORM schema, written in one statement however many rows.

import type pg from 'pg'
import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm'

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

type Column = {
  type: 'text' | 'integer' | 'bigint' | 'boolean' | 'numeric' | 'jsonb' | 'timestamptz'
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

/** A LIKE pattern that finds `text` anywhere. */
export const anywhere = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
