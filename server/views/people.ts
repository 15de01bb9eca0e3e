// People and units as screens read them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Page, PersonCard } from '../contract/cards.ts'
import type { PersonQuery, personSorts } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import { printCode } from '../custody/codes.ts'
import { named, type Person, type Unit } from '../custody/subjects.ts'
import { pageOf, type Sorts } from './list.ts'
import { table, upsert } from './table.ts'
import { type Said, showWords, whereFound } from './words.ts'

type PersonRow = {
  id: string
  login: string
  version: number
  state: Person
  audience: string[]
  unit: string
  roles: string[]
  disabled: boolean
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
})

export const UnitTable = table<{ id: string; version: number; state: Unit }>('units', {
  id: { type: 'text', key: true },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
})

export const saidOf = (person: Person): Said[] => [
  ...namesOf(person),
  { by: 'number', text: person.number },
  { by: 'unit', text: person.unitName },
  { by: 'code', text: printCode(person.id) },
]

/** What a thing in somebody's hands shows of them. */
const namesOf = ({ name, login }: Person): Said[] => [
  { by: 'name', text: name, person: true },
  { by: 'login', text: login },
]

export async function showPeople(client: pg.PoolClient, changed: { before?: Person; after: Person }[]): Promise<void> {
  const rows = changed.map(({ after: person }) => ({
    id: person.id,
    login: person.login,
    version: person.version,
    state: person,
    audience: audienceOf('person', person),
    unit: person.unit,
    roles: [...new Set(person.grants.map(({ role }) => role))],
    disabled: person.disabled,
  }))
  await upsert(client, PersonTable, rows)
  await showWords(
    client,
    changed.flatMap(({ before, after }) => [
      { kind: 'person', id: after.id, ...(before ? { before: saidOf(before) } : {}), after: saidOf(after) },
      { kind: 'holder', id: after.login, ...(before ? { before: namesOf(before) } : {}), after: namesOf(after) },
    ]),
  )
}

export const showUnits = (client: pg.PoolClient, units: Unit[]): Promise<void> =>
  upsert(
    client,
    UnitTable,
    units.map((unit) => ({ id: unit.id, version: unit.version, state: unit })),
  )

const sorts: Sorts<(typeof personSorts)[number]> = {
  login: { by: 'person.login', as: 'text' },
  name: { by: `person.state->>'name'`, as: 'text' },
  number: { by: `person.state->>'number'`, as: 'text' },
  unit: { by: `person.state->>'unitName'`, as: 'text' },
}

const readable = (db: DataSource, keys: string[]) =>
  db
    .getRepository(PersonTable)
    .createQueryBuilder('person')
    .select('person.state', 'state')
    .where('person.audience && :keys', { keys })

/** People of the reader's agency, by login unless asked otherwise. */
export async function readPeople(
  db: DataSource,
  keys: string[],
  query: PersonQuery,
): Promise<Page<'people', PersonCard>> {
  const people = readable(db, keys)
  if (query.role)
    people.andWhere(
      `(person.roles && :roles OR EXISTS (
         SELECT FROM jsonb_array_elements(coalesce(person.state->'delegations', '[]')) AS held
         WHERE held #>> '{to,login}' = person.login AND held->>'role' = ANY(:roles)
           AND (held->>'from')::timestamptz <= now() AND now() < (held->>'until')::timestamptz))`,
      { roles: query.role.split(',') },
    )
  if (query.unit) people.andWhere('person.unit = :unit', { unit: query.unit })
  if (query.disabled !== undefined) people.andWhere('person.disabled = :disabled', { disabled: query.disabled })
  await whereFound(people, query.q, { kind: 'person', id: 'person.id' })
  const list = { id: 'person.id', sorts, first: 'login' as const }
  const { rows, next } = await pageOf<{ state: Person }, (typeof personSorts)[number]>(people, list, query)
  const present = await presentNames(db)
  return { people: rows.map(({ state }) => present(state)), next }
}

/** One person by login or badge. */
export async function readPerson(db: DataSource, keys: string[], id: string): Promise<PersonCard | undefined> {
  const person = readable(db, keys).andWhere('(person.login = :id OR person.id = :id)', { id })
  const row = await person.getRawOne<{ state: Person }>()
  return row && (await presentNames(db))(row.state)
}

/** People with the names that their units and agencies have now. */
async function presentNames(db: DataSource): Promise<(person: Person) => Person> {
  const names = new Map((await readUnits(db)).map(({ id, name }) => [id, name]))
  return (person) => named(person, (id) => names.get(id))
}

export type Db = { query(sql: string, values?: unknown[]): Promise<unknown> }
// Plain SQL for what the write path and every request read, with whatever connection they have.
// A pool gives {rows}, a data source the rows themselves.
export const rowsOf = <Row>(result: unknown): Row[] =>
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
