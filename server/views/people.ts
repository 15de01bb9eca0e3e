// People and units as screens read them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Page, PersonCard } from '../contract/cards.ts'
import type { PersonQuery } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import type { Person, Unit } from '../custody/subjects.ts'
import { anywhere, cursorAt, pageOf, readCursor, table, termsOf, upsert } from './table.ts'

type PersonRow = {
  id: string
  login: string
  version: number
  state: Person
  audience: string[]
  unit: string
  roles: string[]
  disabled: boolean
  words: string
}

export const PersonTable = table<PersonRow>('people', {
  id: { type: 'text', key: true },
  login: { type: 'text' },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  unit: { type: 'text' },
  roles: { type: 'text', array: true },
  disabled: { type: 'boolean' },
  words: { type: 'text' },
})

export const UnitTable = table<{ id: string; version: number; state: Unit }>('units', {
  id: { type: 'text', key: true },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
})

export async function showPeople(client: pg.PoolClient, people: Person[]): Promise<void> {
  const rows = people.map((person) => ({
    id: person.id,
    login: person.login,
    version: person.version,
    state: person,
    audience: audienceOf('person', person),
    unit: person.unit,
    roles: [...new Set(person.grants.map(({ role }) => role))],
    disabled: person.disabled,
    words: [person.id, person.login, person.name, person.number, person.unitName].join('\n').toLowerCase(),
  }))
  await upsert(client, PersonTable, rows)
}

export const showUnits = (client: pg.PoolClient, units: Unit[]): Promise<void> =>
  upsert(
    client,
    UnitTable,
    units.map((unit) => ({ id: unit.id, version: unit.version, state: unit })),
  )

/** People of the reader's agency, by login. */
export async function readPeople(
  db: DataSource,
  keys: string[],
  query: PersonQuery,
): Promise<Page<'people', PersonCard>> {
  const values: unknown[] = [keys]
  const where = ['audience && $1']
  const add = (condition: (n: string) => string, value: unknown) => where.push(condition(`$${values.push(value)}`))
  for (const term of termsOf(query.q)) add((n) => `words LIKE ${n}`, anywhere(term))
  if (query.role) add((n) => `roles && string_to_array(${n}, ',')`, query.role)
  if (query.unit) add((n) => `unit = ${n}`, query.unit)
  if (query.cursor) add((n) => `login > ${n}`, readCursor(query.cursor)[1])
  const found: { state: Person }[] = await db.query(
    `SELECT state FROM people WHERE ${where.join(' AND ')} ORDER BY login LIMIT ${query.limit + 1}`,
    values,
  )
  const { rows, next } = pageOf(found, query.limit, ({ state }) => cursorAt('', state.login))
  return { people: rows.map(({ state }) => state), next }
}

/** One person by login or badge. */
export async function readPerson(db: DataSource, keys: string[], id: string): Promise<PersonCard | undefined> {
  const [row] = await db.query('SELECT state FROM people WHERE (login = $1 OR id = $1) AND audience && $2', [id, keys])
  return row?.state
}

type Db = { query(sql: string, values?: unknown[]): Promise<unknown> }
// A pool gives {rows}, a data source the rows themselves.
const rowsOf = <Row>(result: unknown): Row[] =>
  (Array.isArray(result) ? result : (result as pg.QueryResult).rows) as Row[]

/** Whoever it is, without asking who may read: for signing in and for finding out who signed. */
export async function personByLogin(db: Db, login: string): Promise<Person | undefined> {
  return rowsOf<{ state: Person }>(await db.query('SELECT state FROM people WHERE login = $1', [login]))[0]?.state
}

export async function personById(db: Db, id: string): Promise<Person | undefined> {
  return rowsOf<{ state: Person }>(await db.query('SELECT state FROM people WHERE id = $1', [id]))[0]?.state
}

/** SQL for the state of the person whose id an expression gives: for whoever reads it along with something of theirs. */
export const personOf = (id: string): string => `(SELECT people.state FROM people WHERE people.id = ${id})`

/** The time zone that an agency has set for itself. */
export async function timeZoneOf(db: Db, agency: string): Promise<string | undefined> {
  const rows = await db.query(`SELECT state->'settings'->>'timeZone' AS zone FROM units WHERE id = $1`, [agency])
  return rowsOf<{ zone: string | null }>(rows)[0]?.zone ?? undefined
}

export async function readUnits(db: Db): Promise<Unit[]> {
  return rowsOf<{ state: Unit }>(await db.query('SELECT state FROM units ORDER BY id')).map(({ state }) => state)
}
