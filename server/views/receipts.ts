// What a receipt says: one step's fact about the items it was recorded for, as they were right after it.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import { hasReceipt, type ReceiptFact, type StandingOfThing, standingOf } from '../contract/receipts.ts'
import type { Catalogue } from '../custody/catalogue.ts'
import type { Signature } from '../custody/define.ts'
import { type Item, newestLabel } from '../custody/item.ts'
import { chainOf, type Entry, entriesOfCommand, type Reader, readEntries } from '../ledger/read.ts'
import { itemsAfter } from './history.ts'
import { ItemTable } from './items.ts'

type Db = { dataSource: DataSource; pool: pg.Pool; catalogue: Catalogue }

export type Receipt = {
  fact: ReceiptFact
  /** Of the first item's entry, which the paper's code names. */
  position: number
  /** Of the last item's. */
  lastPosition: number
  /** Hex. */
  leafHash: string
  occurredAt: string
  recordedAt: string
  docket?: string
  step: string
  data: Record<string, unknown>
  /** What was said of each of `items`, in their order. */
  saidOf: Record<string, unknown>[]
  by: Signature
  countersigners: Signature[]
  /** The first item right before the fact. */
  before: Item
  /** Every item of the same command and fact that the reader may see, right after it. */
  items: [Item, ...Item[]]
  /** The code on each of them today, which is the one to be scanned. */
  labels: ReadonlyMap<string, string>
}

/** The receipt to which the entry at `position` belongs; `undefined` when there is none for this reader. */
export async function readReceipt(
  { dataSource, pool, catalogue }: Db,
  keys: string[],
  position: number,
): Promise<Receipt | undefined> {
  const asked = await entryAt(pool, position)
  if (!asked) return undefined
  const together = (await entriesOfCommand(pool, asked.body.command.id)).filter(
    ({ body }) => body.fact === asked.body.fact,
  )
  const readable = await readableOf(dataSource, keys, together.map(codeOf))
  if (!readable.has(codeOf(asked))) return undefined
  const entries = together.filter((entry) => readable.has(codeOf(entry)))
  const [first] = entries as [Entry]
  const { fact, occurredAt, recordedAt, docket, step, data, actor, countersigners } = first.body
  const items = await itemsAfter(pool, catalogue, entries.map(codeOf), together.at(-1)!.position)
  const [before] = await itemsAfter(pool, catalogue, [codeOf(first)], first.position - 1)
  return {
    fact: fact as ReceiptFact,
    position: first.position,
    lastPosition: entries.at(-1)!.position,
    leafHash: first.hash,
    occurredAt,
    recordedAt,
    ...(docket ? { docket } : {}),
    step,
    data: data as Record<string, unknown>,
    saidOf: entries.map(({ body }) => body.data as Record<string, unknown>),
    by: actor as unknown as Signature,
    countersigners: countersigners as Signature[],
    before: before!,
    items: items as [Item, ...Item[]],
    labels: readable,
  }
}

export type StandingReceipt = {
  fact: ReceiptFact
  recordedAt: string
  item: string
  leafHash: string
  thing: StandingOfThing
  corrected: boolean
}

/** What whoever holds the paper may know of it: nothing of people. */
export async function readStandingReceipt(pool: pg.Pool, position: number): Promise<StandingReceipt | undefined> {
  const entry = await entryAt(pool, position)
  if (!entry) return undefined
  const { fact, recordedAt, subject } = entry.body
  const { rows } = await pool.query('SELECT state FROM items WHERE code = $1', [subject.id])
  const chain = await chainOf(pool, subject)
  const corrected = chain.some(
    ({ body }) =>
      ['CorrectionNoted', 'FieldCorrected', 'CorrectionAsked'].includes(body.fact) &&
      (body.data as { position: number }).position === position,
  )
  return {
    fact: fact as ReceiptFact,
    recordedAt,
    item: newestLabel(rows[0].state),
    leafHash: entry.hash,
    thing: standingOf(rows[0].state),
    corrected,
  }
}

/** The entry at a position if a receipt is given for it. */
async function entryAt(reader: Reader, position: number): Promise<Entry | undefined> {
  const [entry] = await readEntries(reader, { after: position - 1, limit: 1 })
  return entry?.position === position && hasReceipt(entry.body.fact) ? entry : undefined
}

const codeOf = ({ body }: Entry): string => body.subject.id

/** Of the items that the reader may see, the codes on them today. */
async function readableOf(db: DataSource, keys: string[], codes: string[]): Promise<Map<string, string>> {
  const rows = await db
    .getRepository(ItemTable)
    .createQueryBuilder('item')
    .select(['item.code', 'item.state'])
    .where('item.code = ANY(:codes) AND item.audience && :keys', { codes, keys })
    .getMany()
  return new Map(rows.map(({ state }) => [state.code, newestLabel(state)]))
}
