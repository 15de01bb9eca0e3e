// The cases as screens read them.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { CaseCard, Page } from '../contract/cards.ts'
import type { CaseQuery } from '../contract/queries.ts'
import { audienceOf } from '../custody/audience.ts'
import type { Case } from '../custody/subjects.ts'
import { anywhere, cursorAt, pageOf, readCursor, table, termsOf, upsert } from './table.ts'

type CaseRow = {
  caseNo: string
  version: number
  state: Case
  audience: string[]
  unit: string
  open: boolean
  words: string
}

export const CaseTable = table<CaseRow>('cases', {
  caseNo: { type: 'text', key: true },
  version: { type: 'integer' },
  state: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  unit: { type: 'text' },
  open: { type: 'boolean' },
  words: { type: 'text' },
})

export async function showCases(client: pg.PoolClient, cases: Case[]): Promise<void> {
  const rows = cases.map((it) => ({
    caseNo: it.caseNo,
    version: it.version,
    state: it,
    audience: audienceOf('case', it),
    unit: it.unit,
    open: !it.events.some(({ event }) => event === 'closed'),
    words: `${it.caseNo}\n${it.title}\n${it.officers.join(' ')}`.toLowerCase(),
  }))
  await upsert(client, CaseTable, rows)
}

const itemsOf = `(SELECT count(*)::int FROM items WHERE items.case_no = cases.case_no AND items.audience && $1)`

/** Cases the reader may see, the newest number first. */
export async function readCases(db: DataSource, keys: string[], query: CaseQuery): Promise<Page<'cases', CaseCard>> {
  const values: unknown[] = [keys]
  const where = ['audience && $1']
  const add = (condition: (n: string) => string, value: unknown) => where.push(condition(`$${values.push(value)}`))
  for (const term of termsOf(query.q)) add((n) => `words LIKE ${n}`, anywhere(term))
  if (query.open !== undefined) add((n) => `open = ${n}`, query.open)
  if (query.cursor) add((n) => `case_no < ${n}`, readCursor(query.cursor)[1])
  const found: { state: Case; items: number }[] = await db.query(
    `SELECT state, ${itemsOf} AS items FROM cases WHERE ${where.join(' AND ')} ORDER BY case_no DESC LIMIT ${query.limit + 1}`,
    values,
  )
  const { rows, next } = pageOf(found, query.limit, ({ state }) => cursorAt('', state.caseNo))
  return { cases: rows.map(({ state, items }) => ({ ...state, items })), next }
}

export async function readCase(db: DataSource, keys: string[], caseNo: string): Promise<CaseCard | undefined> {
  const [row] = await db.query(`SELECT state, ${itemsOf} AS items FROM cases WHERE case_no = $2 AND audience && $1`, [
    keys,
    caseNo,
  ])
  return row && { ...row.state, items: row.items }
}
