// What a scanned code stands for: an exact look-up, never a filtered list. Plain SQL, since it is read with the session in
// one query for every scan.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Resolved } from '../contract/cards.ts'
import { mayRead } from '../custody/audience.ts'
import { parseCode } from '../custody/codes.ts'
import type { Item } from '../custody/item.ts'
import type { CodeRow } from './codes.ts'
import { readDocket } from './dockets.ts'
import { shownCard } from './items.ts'
import { readPerson } from './people.ts'
import { readPlace } from './places.ts'

type Db = { dataSource: DataSource; reads: Pick<pg.Pool, 'query'> }

/** What a code belongs to, whoever asks; of a thing, of which there are most, also its state and who may read it. */
export type Belonging = Pick<CodeRow, 'kind' | 'id'> & {
  item: Item | null
  audience: string[] | null
  pathNames: string[] | null
}

const rowOf = (code: string) => `
  SELECT codes.kind, codes.id, items.state AS item, items.audience,
    (SELECT places.state->'pathNames' FROM places
     WHERE places.code = coalesce(items.place, items.state #>> '{custody,from,place}')) AS "pathNames"
  FROM codes
  LEFT JOIN items ON codes.kind = 'item' AND items.code = codes.id
  WHERE codes.code = ${code}`

/** How to read what a scanned text belongs to; nothing for what is no code. */
export function belongingOf(
  text: string,
): { name: string; rowOf: (code: string) => string; value: string } | undefined {
  const code = parseCode(text)?.code
  return code ? { name: 'code', rowOf, value: code } : undefined
}

/** What a scanned code stands for, if the reader may see it. */
export async function resolveCode(
  { dataSource, reads }: Db,
  keys: string[],
  text: string,
): Promise<Resolved | undefined> {
  const asked = belongingOf(text)
  if (!asked) return undefined
  const { rows } = await reads.query<Belonging>({ name: asked.name, text: rowOf('$1'), values: [asked.value] })
  return resolved({ dataSource }, keys, rows[0])
}

/** The same for a code whose belonging has been read. */
export async function resolved(
  { dataSource: db }: Pick<Db, 'dataSource'>,
  keys: string[],
  found: Partial<Belonging> | undefined,
): Promise<Resolved | undefined> {
  switch (found?.kind) {
    case 'item':
      return found.item && mayRead(keys, found.audience!)
        ? {
            kind: 'item',
            item: shownCard({ state: found.item, pathNames: found.pathNames ?? null }, new Date().toISOString()),
          }
        : undefined
    case 'place': {
      const place = await readPlace(db, keys, found.id!)
      return place && { kind: 'place', place }
    }
    case 'docket': {
      const docket = await readDocket(db, keys, found.id!)
      return docket && { kind: 'docket', docket }
    }
    case 'person': {
      const person = await readPerson(db, keys, found.id!)
      return person && { kind: 'person', person }
    }
  }
}
