// An item's custody chain: its entries in order, each with its line, what it says and who signed.

import type pg from 'pg'
import { type DataSource, In } from 'typeorm'
import type { ChainEntry } from '../contract/movements.ts'
import type { Signature } from '../custody/define.ts'
import { chainOf } from '../ledger/read.ts'
import { readItem } from './items.ts'
import { MovementTable } from './movements.ts'

type Db = { dataSource: DataSource; pool: pg.Pool }

const commitment = /^[0-9a-f]{64}$/

/** Commitments to particulars stand under `particulars` or end in `Particulars`, wherever a fact keeps them. */
export function commitmentsIn(value: unknown, inside = false, found: string[] = []): string[] {
  if (typeof value === 'string') {
    if (inside && commitment.test(value)) found.push(value)
  } else if (value && typeof value === 'object')
    for (const [name, each] of Object.entries(value))
      commitmentsIn(each, (inside && Array.isArray(value)) || /particulars$/i.test(name), found)
  return found
}

/** All entries of an item the reader may see, ascending; `undefined` when there is no such item for them. */
export async function readChain(
  { dataSource, pool }: Db,
  keys: string[],
  code: string,
): Promise<ChainEntry[] | undefined> {
  const item = await readItem(dataSource, keys, code)
  if (!item) return undefined
  const entries = await chainOf(pool, { kind: 'item', id: item.code })
  const lines = await dataSource
    .getRepository(MovementTable)
    .findBy({ position: In(entries.map(({ position }) => position)) })
  const byPosition = new Map(lines.map(({ position, line }) => [Number(position), line]))
  const commitments = entries.flatMap(({ body }) => commitmentsIn(body.data))
  const kept: { commitment: string; data: Record<string, string> | null }[] = commitments.length
    ? await dataSource.query('SELECT commitment, data FROM particulars WHERE commitment = ANY($1)', [commitments])
    : []
  const particulars = new Map(kept.map((row) => [row.commitment, row.data]))
  return entries.map(({ position, hash, body }) => {
    const own = commitmentsIn(body.data)
    return {
      ...byPosition.get(position)!,
      version: body.version,
      hash,
      previous: body.previous,
      data: body.data as Record<string, unknown>,
      by: body.actor as Signature,
      countersigners: body.countersigners as Signature[],
      files: body.files,
      ...(own.length > 0
        ? { particulars: Object.fromEntries(own.map((each) => [each, particulars.get(each) ?? null])) }
        : {}),
    }
  })
}
