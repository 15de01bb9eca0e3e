// The cases as screens read them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { CaseCard, Page } from '../contract/cards.ts'
import type { CaseQuery, caseSorts } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import { type Case, isOngoing, numbersOf } from '../custody/subjects.ts'
import { pageOf, type Sorts } from './list.ts'
import { table, upsert } from './table.ts'
import { type Said, showWords, whereFound } from './words.ts'

type CaseRow = {
  caseNo: string
  version: number
  state: Case
  audience: string[]
  unit: string
  open: boolean
  formerNos: string[]
}

export const CaseTable = table<CaseRow>('cases', {
  caseNo: { type: 'text', key: true },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  unit: { type: 'text' },
  open: { type: 'boolean' },
  formerNos: { type: 'text', array: true },
})

export const saidOf = (it: Case): Said[] => [
  { by: 'title', text: it.title },
  ...numbersOf(it).map((text): Said => ({ by: 'caseNo', text })),
  ...it.officers.map((text): Said => ({ by: 'officer', text })),
  { by: 'unit', text: it.unitName },
]

export async function showCases(client: pg.PoolClient, changed: { before?: Case; after: Case }[]): Promise<void> {
  await renumber(
    client,
    changed.map(({ after }) => after),
  )
  const rows = changed.map(({ after: it }) => ({
    caseNo: it.caseNo,
    version: it.version,
    state: it,
    audience: audienceOf('case', it),
    unit: it.unit,
    open: isOngoing(it),
    formerNos: it.formerNos ?? [],
  }))
  await upsert(client, CaseTable, rows)
  await showWords(
    client,
    changed.map(({ before, after }) => ({
      kind: 'case',
      id: after.caseNo,
      ...(before ? { before: saidOf(before) } : {}),
      after: saidOf(after),
    })),
  )
}

/** Whoever waits for the row of a case under a former number finds it under today's; so do the words that find it. */
async function renumber(client: pg.PoolClient, cases: Case[]): Promise<void> {
  const pairs = cases.flatMap((it) => (it.formerNos ?? []).map((former) => [former, it.caseNo] as const))
  if (pairs.length === 0) return
  const values = [pairs.map(([former]) => former), pairs.map(([, now]) => now)]
  const given = 'FROM unnest($1::text[], $2::text[]) AS given (former, now)'
  await client.query(
    `UPDATE cases SET case_no = given.now, former_nos = former_nos || given.former ${given}
     WHERE cases.case_no = given.former`,
    values,
  )
  await client.query(
    `UPDATE found_by SET id = given.now ${given} WHERE found_by.kind = 'case' AND found_by.id = given.former`,
    values,
  )
}

/** The name that the unit of a case has now. */
const unitName = `(SELECT units.state->>'name' FROM units WHERE units.id = found.unit)`
const itemsOf = `(SELECT count(*)::int FROM items WHERE items.case_no = found.caseNo AND items.audience && :keys)`

const sorts: Sorts<(typeof caseSorts)[number]> = {
  case: { by: 'found.caseNo', as: 'text' },
  title: { by: `found.state->>'title'`, as: 'text' },
  kind: { by: `found.state->>'kind'`, as: 'text' },
  unit: { by: unitName, as: 'text' },
  acceptedAt: { by: `found.state->>'acceptedAt'`, as: 'text' },
  items: { by: itemsOf, as: 'number' },
}

/** Cases that somebody with these keys may see, with how many of their things they may see. */
const readable = (db: DataSource, keys: string[]) =>
  db
    .getRepository(CaseTable)
    .createQueryBuilder('found')
    .select('found.state', 'state')
    .addSelect(itemsOf, 'items')
    .addSelect(unitName, 'unitName')
    .where('found.audience && :keys', { keys })

type Shown = { state: Case; items: number; unitName: string }
const cardOf = ({ state, items, unitName }: Shown): CaseCard => ({ ...state, items, unitName })

/** Cases the reader may see, the newest number first unless asked otherwise. */
export async function readCases(db: DataSource, keys: string[], query: CaseQuery): Promise<Page<'cases', CaseCard>> {
  const cases = readable(db, keys)
  if (query.open !== undefined) cases.andWhere('found.open = :open', { open: query.open })
  if (query.unit) cases.andWhere('found.unit = :unit', { unit: query.unit })
  if (query.kind) cases.andWhere(`found.state->>'kind' = :kind`, { kind: query.kind })
  if (query.officer)
    cases.andWhere(`found.state->'officers' @> :officers`, { officers: JSON.stringify([query.officer]) })
  if (query.from) cases.andWhere(`found.state->>'acceptedAt' >= :from`, { from: query.from })
  if (query.to) cases.andWhere(`found.state->>'acceptedAt' < :to`, { to: query.to })
  await whereFound(cases, query.q, { kind: 'case', id: 'found.caseNo' })
  const list = { id: 'found.caseNo', sorts, first: '-case' as const }
  const { rows, next } = await pageOf<Shown, (typeof caseSorts)[number]>(cases, list, query)
  return { cases: rows.map(cardOf), next }
}

/** Things of the case that have not left, whoever may read them: a number, and nothing of what they are. */
const heldOf = `(SELECT count(*)::int FROM items WHERE items.case_no = found.caseNo AND custody <> 'left')`

/** The case that has the number or had it. */
export async function readCase(db: DataSource, keys: string[], caseNo: string): Promise<CaseCard | undefined> {
  const row = await readable(db, keys)
    .addSelect(heldOf, 'held')
    .andWhere('(found.caseNo = :caseNo OR found.formerNos @> ARRAY[:caseNo])', { caseNo })
    .getRawOne<Shown & { held: number }>()
  return row && { ...cardOf(row), held: row.held }
}
