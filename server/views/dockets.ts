// The dockets as screens read them: what waits for whom, and the way each has gone.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { DocketCard, Page } from '../contract/cards.ts'
import type { DocketQuery } from '../contract/queries.ts'
import type { DecidedFact } from '../custody/decide.ts'
import { advanceDocket, type Docket, docketsMovedBy } from '../custody/docket.ts'
import { showCodes } from './codes.ts'
import { cursorAt, pageOf, readCursor, table, upsert } from './table.ts'

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
  for (const facts of commands) {
    for (const code of new Set(facts.flatMap(docketsMovedBy))) {
      const own = facts.filter((fact) => docketsMovedBy(fact).includes(code))
      dockets.set(code, advanceDocket(dockets.get(code), code, own))
    }
  }
  await upsert(client, DocketTable, [...dockets.values()].map(rowOf))
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
  const rows: { code: string; caseNo: string }[] = await db.query(
    'SELECT code, case_no AS "caseNo" FROM items WHERE code = ANY($1) AND audience && $2',
    [codes, keys],
  )
  const readable = new Map(rows.map(({ code, caseNo }) => [code, caseNo]))
  return dockets.map(({ audience: _audience, ...docket }) => {
    const items = docket.items.filter(({ code }) => readable.has(code))
    if (items.length === docket.items.length) return docket
    const caseNos = [...new Set(items.map(({ code }) => readable.get(code)!))]
    return {
      ...docket,
      items,
      caseNos,
      route: docket.route.map((stop) => ({ ...stop, items: items.length, data: {} })),
    }
  })
}

/** Dockets the reader may see, the newest first; `waiting=me` for those that wait for one of the reader's desks. */
export async function readDockets(
  db: DataSource,
  keys: string[],
  reader: { login: string; desks: string[] },
  query: DocketQuery,
): Promise<Page<'dockets', DocketCard>> {
  const dockets = db.getRepository(DocketTable).createQueryBuilder('docket').where('docket.audience && :keys', { keys })
  if (query.waiting === 'me') dockets.andWhere('docket.open AND docket.waitsFor && :desks', { desks: reader.desks })
  if (query.waiting === 'mine') dockets.andWhere('docket.openedBy = :login', { login: reader.login })
  if (query.open !== undefined) dockets.andWhere('docket.open = :open', { open: query.open })
  if (query.procedure) dockets.andWhere('docket.procedure = :procedure', { procedure: query.procedure })
  if (query.item) dockets.andWhere('docket.items && :items', { items: [query.item] })
  if (query.case) dockets.andWhere('docket.caseNos && :cases', { cases: [query.case] })
  if (query.cursor) {
    const [at, code] = readCursor(query.cursor, 'time')
    dockets.andWhere('(docket.openedAt < :at OR (docket.openedAt = :at AND docket.code > :code))', { at, code })
  }
  const found = await dockets
    .select(['docket.code', 'docket.state'])
    .orderBy('docket.openedAt', 'DESC')
    .addOrderBy('docket.code')
    .limit(query.limit + 1)
    .getMany()
  const { rows, next } = pageOf(found, query.limit, ({ state }) => cursorAt(state.openedAt, state.code))
  return {
    dockets: await seenBy(
      db,
      keys,
      rows.map(({ state }) => state),
    ),
    next,
  }
}

export async function readDocket(db: DataSource, keys: string[], code: string): Promise<DocketCard | undefined> {
  const rows: { state: Docket }[] = await db.query('SELECT state FROM dockets WHERE code = $1 AND audience && $2', [
    code,
    keys,
  ])
  return (
    await seenBy(
      db,
      keys,
      rows.map(({ state }) => state),
    )
  )[0]
}
