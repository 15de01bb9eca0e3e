// The dockets as screens read them: what waits for whom, and the way each has gone.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { DocketCard, Page } from '../contract/cards.ts'
import type { DocketQuery, docketSorts } from '../contract/queries.ts'
import { printCode } from '../custody/codes.ts'
import type { DecidedFact } from '../custody/decide.ts'
import { advanceDocket, type Docket, docketsMovedBy } from '../custody/docket.ts'
import { showCodes } from './codes.ts'
import { ItemTable } from './items.ts'
import { pageOf, type Sorts } from './list.ts'
import { table, upsert } from './table.ts'
import { type Said, showWords, whereFound } from './words.ts'

type DocketRow = {
  code: string
  state: Docket
  audience: string[]
  procedure: string
  open: boolean
  openedBy: string
  openedAt: string
  waitsFor: string[]
  items: string[]
  caseNos: string[]
}

export const DocketTable = table<DocketRow>('dockets', {
  code: { type: 'text', key: true },
  state: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  procedure: { type: 'text' },
  open: { type: 'boolean' },
  openedBy: { type: 'text' },
  openedAt: { type: 'timestamptz' },
  waitsFor: { type: 'text', array: true },
  items: { type: 'text', array: true },
  caseNos: { type: 'text', array: true },
})

const rowOf = (docket: Docket): DocketRow => ({
  code: docket.code,
  state: docket,
  audience: docket.audience,
  procedure: docket.procedure,
  open: docket.open,
  openedBy: docket.openedBy.login,
  openedAt: docket.openedAt,
  waitsFor: docket.waitsFor,
  items: docket.items.map(({ code }) => code),
  caseNos: docket.caseNos,
})

/** Neither its items nor their cases: who sees a docket in part must not find it by the rest. Never changes. */
export const saidOf = ({ code, openedBy }: Pick<Docket, 'code' | 'openedBy'>): Said[] => [
  { by: 'code', text: printCode(code) },
  { by: 'openedBy', text: openedBy.name, person: true },
]

/** Moves the dockets that the commands' facts belong to; each command's facts in one go. Locks them in order. */
export async function showDockets(client: pg.PoolClient, commands: DecidedFact[][]): Promise<void> {
  const codes = [...new Set(commands.flat().flatMap(docketsMovedBy))].sort()
  if (codes.length === 0) return
  const { rows } = await client.query({
    name: 'dockets held',
    text: 'SELECT code, state FROM dockets WHERE code = ANY($1) ORDER BY code FOR UPDATE',
    values: [codes],
  })
  const dockets = new Map<string, Docket>(rows.map(({ code, state }) => [code, state]))
  const held = new Set(dockets.keys())
  for (const facts of commands) {
    for (const code of new Set(facts.flatMap(docketsMovedBy))) {
      const own = facts.filter((fact) => docketsMovedBy(fact).includes(code))
      dockets.set(code, advanceDocket(dockets.get(code), code, own))
    }
  }
  await upsert(client, DocketTable, [...dockets.values()].map(rowOf))
  await showWords(
    client,
    [...dockets.values()].map((docket) => ({
      kind: 'docket',
      id: docket.code,
      ...(held.has(docket.code) ? { before: saidOf(docket) } : {}),
      after: saidOf(docket),
    })),
  )
  await showCodes(
    client,
    codes.map((code) => ({ code, kind: 'docket', id: code })),
  )
}

/**
 * Without its audience, and with those of its items only that the reader may see. What the steps said is left out when
 * it may be about others, and so are the cases of those.
 */
async function seenBy(db: DataSource, keys: string[], dockets: Docket[]): Promise<DocketCard[]> {
  const codes = [...new Set(dockets.flatMap((docket) => docket.items.map(({ code }) => code)))]
  const rows = await db
    .getRepository(ItemTable)
    .createQueryBuilder('item')
    .select(['item.code', 'item.caseNo'])
    .where('item.code = ANY(:codes) AND item.audience && :keys', { codes, keys })
    .getMany()
  const readable = new Map(rows.map(({ code, caseNo }) => [code, caseNo]))
  return dockets.map(({ audience: _audience, ...docket }) => {
    const items = docket.items.filter(({ code }) => readable.has(code))
    // A thing may have gone to another case since the docket was last moved.
    const caseNos = [...new Set(items.map(({ code }) => readable.get(code)!))]
    if (items.length === docket.items.length) return { ...docket, caseNos }
    return {
      ...docket,
      items,
      caseNos,
      route: docket.route.map((stop) => ({ ...stop, items: items.length, data: {} })),
    }
  })
}

const sorts: Sorts<(typeof docketSorts)[number]> = {
  code: { by: 'docket.code', as: 'text' },
  procedure: { by: 'docket.procedure', as: 'text' },
  openedAt: { by: 'docket.openedAt', as: 'time' },
  openedBy: { by: `docket.state #>> '{openedBy,name}'`, as: 'text' },
}

const readable = (db: DataSource, keys: string[]) =>
  db
    .getRepository(DocketTable)
    .createQueryBuilder('docket')
    .select('docket.state', 'state')
    .where('docket.audience && :keys', { keys })

/** Dockets the reader may see, the newest first; `waiting=me` for those that wait for one of the reader's desks. */
export async function readDockets(
  db: DataSource,
  keys: string[],
  reader: { login: string; desks: string[] },
  query: DocketQuery,
): Promise<Page<'dockets', DocketCard>> {
  const dockets = readable(db, keys)
  if (query.waiting === 'me') dockets.andWhere('docket.open AND docket.waitsFor && :desks', { desks: reader.desks })
  if (query.waiting === 'mine') dockets.andWhere('docket.openedBy = :login', { login: reader.login })
  if (query.open !== undefined) dockets.andWhere('docket.open = :open', { open: query.open })
  if (query.procedure) dockets.andWhere('docket.procedure = :procedure', { procedure: query.procedure })
  if (query.item) dockets.andWhere('docket.items && :items', { items: [query.item] })
  if (query.case)
    dockets.andWhere(
      // By the cases that its things belong to now: some may have gone to another since.
      `docket.items && ARRAY(SELECT code FROM items WHERE audience && :keys AND case_no =
         coalesce((SELECT case_no FROM cases WHERE former_nos @> ARRAY[:case]), :case))`,
      { case: query.case, keys },
    )
  if (query.officer) dockets.andWhere('docket.openedBy = :officer', { officer: query.officer })
  if (query.from) dockets.andWhere('docket.openedAt >= :from', { from: query.from })
  if (query.to) dockets.andWhere('docket.openedAt < :to', { to: query.to })
  await whereFound(dockets, query.q, { kind: 'docket', id: 'docket.code' })
  const list = { id: 'docket.code', sorts, first: '-openedAt' as const }
  const { rows, next } = await pageOf<{ state: Docket }, (typeof docketSorts)[number]>(dockets, list, query)
  const states = rows.map(({ state }) => state)
  return { dockets: await seenBy(db, keys, states), next }
}

export async function readDocket(db: DataSource, keys: string[], code: string): Promise<DocketCard | undefined> {
  const row = await readable(db, keys).andWhere('docket.code = :code', { code }).getRawOne<{ state: Docket }>()
  return row && (await seenBy(db, keys, [row.state]))[0]
}
