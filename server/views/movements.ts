// The movement log: one readable line for every entry, as boards and chains show it.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Movement, Standing } from '../contract/movements.ts'
import type { MovementQuery } from '../contract/queries.ts'
import type { DecidedFact } from '../custody/decide.ts'
import { type Item, keptElsewhereAt } from '../custody/item.ts'
import type { Case, Person, Place, SubjectKind, Subjects, Unit } from '../custody/subjects.ts'
import { table, upsert } from './table.ts'

type MovementRow = { position: number; line: Movement; audience: string[]; subjectId: string }

export const MovementTable = table<MovementRow>('movements', {
  position: { type: 'bigint', key: true },
  line: { type: 'jsonb' },
  audience: { type: 'text', array: true },
  subjectId: { type: 'text' },
})

const axes = ['custody', 'control', 'disposition'] as const

const standings = {
  custody: ({ custody }: Item): Standing => {
    switch (custody.state) {
      case 'stored':
        return { state: 'stored', name: custody.pathNames.join(' › '), code: custody.place }
      case 'with-officer':
      case 'out':
        return { state: custody.state, name: custody.holderName }
      case 'in-transit':
        return { state: 'in-transit', name: custody.toSiteName, code: custody.toSite }
      case 'left':
        return { state: 'left', name: custody.to }
      case 'in-place':
      case 'frozen':
      case 'entrusted':
      case 'deposited':
        return { state: custody.state, name: keptElsewhereAt(custody) }
    }
  },
  control: ({ control }: Item): Standing =>
    control.state === 'held'
      ? { state: 'held', name: control.agencyName, code: control.agency }
      : { state: 'offered', name: control.toName, code: control.to },
  disposition: ({ disposition }: Item): Standing =>
    disposition.state === 'none' ? { state: 'none' } : { state: disposition.state, code: disposition.kind },
}

function nameOf(kind: SubjectKind, state: Subjects[SubjectKind]): string {
  return kind === 'case' ? (state as Case).title : (state as Item | Place | Person | Unit).name
}

/** The line of one entry. `before` and `after` are the subject around the fact. */
export function movementOf(decided: DecidedFact, at: { position: number; recordedAt: string }): Movement {
  const { subject, recorded, before, after } = decided
  const { login, name, unitName, agencyName, role, for: instead } = recorded.by
  const moved =
    subject.kind === 'item'
      ? axes.find((axis) => !before || JSON.stringify((before as Item)[axis]) !== JSON.stringify((after as Item)[axis]))
      : undefined
  return {
    position: at.position,
    recordedAt: at.recordedAt,
    occurredAt: recorded.occurredAt,
    step: recorded.step,
    fact: recorded.fact,
    subject,
    name: nameOf(subject.kind, after),
    ...(subject.kind === 'item' ? { caseNo: (after as Item).caseNo } : {}),
    ...(subject.kind === 'case' ? { caseNo: (after as Case).caseNo } : {}),
    ...(recorded.docket ? { docket: recorded.docket } : {}),
    ...(moved ? { axis: moved, to: standings[moved](after as Item) } : {}),
    ...(moved && before ? { from: standings[moved](before as Item) } : {}),
    by: { login, name, unitName, agencyName, ...(role ? { role } : {}), ...(instead ? { for: instead } : {}) },
  }
}

export async function showMovements(
  client: pg.PoolClient,
  facts: DecidedFact[],
  at: { position: number; recordedAt: string }[],
): Promise<void> {
  const rows = facts.map((decided, n) => ({
    position: at[n]!.position,
    line: movementOf(decided, at[n]!),
    audience: decided.audience,
    subjectId: decided.subject.id,
  }))
  await upsert(client, MovementTable, rows)
}

/** Lines of the reader's audience after a position, ascending; or before one, the newest first. */
export async function readMovements(
  db: DataSource,
  keys: string[],
  query: MovementQuery,
): Promise<{ movements: Movement[] }> {
  const back = query.before !== undefined
  const movements = db
    .getRepository(MovementTable)
    .createQueryBuilder('movement')
    .where('movement.audience && :keys', { keys })
    .andWhere(`movement.position ${back ? '<' : '>'} :position`, { position: query.before ?? query.after })
  if (query.item) movements.andWhere('movement.subjectId = :item', { item: query.item })
  if (query.officer) movements.andWhere(`movement.line #>> '{by,login}' = :officer`, { officer: query.officer })
  if (query.procedure)
    movements.andWhere(`split_part(movement.line->>'step', '.', 1) = :procedure`, { procedure: query.procedure })
  if (query.axis) movements.andWhere(`movement.line->>'axis' = :axis`, { axis: query.axis })
  if (query.from) movements.andWhere(`movement.line->>'recordedAt' >= :from`, { from: query.from })
  if (query.to) movements.andWhere(`movement.line->>'recordedAt' < :to`, { to: query.to })
  const rows = await movements
    .select(['movement.position', 'movement.line'])
    .orderBy('movement.position', back ? 'DESC' : 'ASC')
    .limit(query.limit)
    .getMany()
  return { movements: rows.map(({ line }) => line) }
}

/** All lines after a position with who may read them, ascending. Plain SQL: the follower that feeds the sockets waits for it. */
export async function movementsAfter(
  db: Pick<pg.Pool, 'query'>,
  after: number,
  limit: number,
): Promise<(Movement & { audience: string[] })[]> {
  const { rows } = await db.query(
    'SELECT line, audience FROM movements WHERE position > $1 ORDER BY position LIMIT $2',
    [after, limit],
  )
  return rows.map(({ line, audience }) => ({ ...line, audience }))
}
