// What a scanned code stands for: an exact look-up, never a filtered list.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import { cardOf, type Resolved } from '../contract/cards.ts'
import { parseCode } from '../custody/codes.ts'
import type { Item } from '../custody/item.ts'
import type { CodeRow } from './codes.ts'
import { readDocket } from './dockets.ts'
import { readPerson } from './people.ts'
import { readPlace } from './places.ts'

type Db = { dataSource: DataSource; reads: Pick<pg.Pool, 'query'> }

const look = `
  SELECT codes.kind, codes.id, items.state AS item FROM codes
  LEFT JOIN items ON codes.kind = 'item' AND items.code = codes.id AND items.audience && $2
  WHERE codes.code = $1`

/** What a scanned code stands for, if the reader may see it. Things, of which there are most, take one short read. */
export async function resolveCode(
  { dataSource: db, reads }: Db,
  keys: string[],
  text: string,
): Promise<Resolved | undefined> {
  const code = parseCode(text)?.code
  if (!code) return undefined
  const { rows } = await reads.query<CodeRow & { item: Item | null }>({
    name: 'resolve code',
    text: look,
    values: [code, keys],
  })
  const [row] = rows
  switch (row?.kind) {
    case 'item':
      return row.item ? { kind: 'item', item: cardOf(row.item, new Date().toISOString()) } : undefined
    case 'place': {
      const place = await readPlace(db, keys, row.id)
      return place && { kind: 'place', place }
    }
    case 'docket': {
      const docket = await readDocket(db, keys, row.id)
      return docket && { kind: 'docket', docket }
    }
    case 'person': {
      const person = await readPerson(db, keys, row.id)
      return person && { kind: 'person', person }
    }
  }
}
