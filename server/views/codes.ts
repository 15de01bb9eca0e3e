// Every printed code and what it belongs to.

import type pg from 'pg'
import type { Item } from '../custody/item.ts'
import type { Person, Place } from '../custody/subjects.ts'
import { table } from './table.ts'

export type CodeRow = { code: string; kind: 'item' | 'place' | 'docket' | 'person'; id: string }

export const CodeTable = table<CodeRow>('codes', {
  code: { type: 'text', key: true },
  kind: { type: 'text' },
  id: { type: 'text' },
})

export const codesOfItem = (item: Item): CodeRow[] =>
  [item.code, ...item.labels].map((code) => ({ code, kind: 'item', id: item.code }))
export const codesOfPlace = ({ code }: Place): CodeRow[] => [{ code, kind: 'place', id: code }]
export const codesOfPerson = ({ id }: Person): CodeRow[] => [{ code: id, kind: 'person', id }]

/** Two commands gave the same code to two things at once; tried again, the second is refused by the rules. */
export class CodeTaken extends Error {
  override name = 'CodeTaken'
  /** As when PostgreSQL finds a key there already. */
  readonly code = '23505'
}

/** A code belongs to one thing for life: throws CodeTaken rather than let it go to another. */
export async function showCodes(client: pg.PoolClient, rows: CodeRow[]): Promise<void> {
  if (rows.length === 0) return
  const { rows: others } = await client.query({
    name: 'codes',
    // What is there stays; it comes back when it is of another thing, and so do the new ones.
    text: `INSERT INTO codes AS held (code, kind, id)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
      ON CONFLICT (code) DO UPDATE SET id = held.id WHERE held.id <> excluded.id
      RETURNING code, id`,
    values: [rows.map(({ code }) => code), rows.map(({ kind }) => kind), rows.map(({ id }) => id)],
  })
  const given = new Map(rows.map(({ code, id }) => [code, id]))
  const taken = others.find(({ code, id }) => given.get(code) !== id)
  if (taken) throw new CodeTaken(`${taken.code} is of ${taken.id}`)
}
