// The books of money: a line for each sum that came or went, by case, currency and account.

import type pg from 'pg'
import type { DataSource, SelectQueryBuilder } from 'typeorm'
import { type Balance, inTheSafe, type MoneyLine, type MoneyPage, type Total } from '../contract/money.ts'
import type { MoneyQuery } from '../contract/queries.ts'
import { type Booking, bookingKinds, bookingsOf } from '../custody/bookings.ts'
import type { DecidedFact } from '../custody/decide.ts'
import { ItemTable } from './items.ts'
import { pageOf } from './list.ts'
import { table, upsert } from './table.ts'

type MoneyRow = Booking & {
  position: number
  /** One fact takes from one account and puts to another. */
  leg: number
  item: string
  fact: string
  docket: string | null
  voucher: object | null
  at: string
}

export const MoneyTable = table<MoneyRow>('money_lines', {
  position: { type: 'bigint', key: true },
  leg: { type: 'integer', key: true },
  item: { type: 'text' },
  caseNo: { type: 'text' },
  currency: { type: 'text' },
  account: { type: 'text' },
  institution: { type: 'text' },
  kind: { type: 'text' },
  amount: { type: 'numeric' },
  fact: { type: 'text' },
  docket: { type: 'text', nullable: true },
  voucher: { type: 'jsonb', nullable: true },
  at: { type: 'timestamptz' },
})

/** The paper of a booking; a disposal has several and says so itself. */
const voucherOf = ({ voucher, vouchers }: Record<string, unknown>): object | null =>
  (voucher ?? (vouchers as object[] | undefined)?.[0] ?? null) as object | null

export async function showMoney(
  client: pg.PoolClient,
  facts: DecidedFact[],
  at: { position: number }[],
): Promise<void> {
  const rows = facts.flatMap(({ subject, recorded, before, after }, n): MoneyRow[] => {
    if (subject.kind !== 'item') return []
    const { fact, docket, data, occurredAt } = recorded
    const said = { item: subject.id, fact, docket: docket ?? null, voucher: voucherOf(data), at: occurredAt }
    return bookingsOf(fact, before as never, after as never).map((line, leg) => ({
      position: at[n]!.position,
      leg,
      ...line,
      ...said,
    }))
  })
  await upsert(client, MoneyTable, rows)
}

/** Lines of the things that the reader may see as they are now: nobody has the sum of more. */
function linesRead(db: DataSource, keys: string[], query: MoneyQuery) {
  const lines = db
    .getRepository(MoneyTable)
    .createQueryBuilder('line')
    .innerJoin(ItemTable.options.name, 'thing', 'thing.code = line.item')
    .select([])
    .where('thing.audience && :keys', { keys })
  if (query.case !== undefined) lines.andWhere('line.caseNo = :case', { case: query.case })
  if (query.account !== undefined)
    lines.andWhere('line.account = :account', { account: query.account === inTheSafe ? '' : query.account })
  if (query.currency !== undefined) lines.andWhere('line.currency = :currency', { currency: query.currency })
  return lines
}

const printed = (sum: string) => `trim_scale(coalesce(${sum}, 0))::text`

/** What came and went on one account, by kind, and what is left of it. */
function summed(lines: SelectQueryBuilder<MoneyRow>) {
  for (const kind of bookingKinds)
    lines.addSelect(printed(`sum(line.amount) FILTER (WHERE line.kind = '${kind}')`), kind)
  return lines
    .addSelect(printed('sum(line.amount)'), 'balance')
    .addSelect('max(line.institution)', 'institution')
    .addSelect('line.currency', 'currency')
    .addSelect('line.account', 'account')
    .groupBy('line.currency')
    .addGroupBy('line.account')
}

/** Balances of the newest case first, and on the first page what they are together. */
export async function readMoney(db: DataSource, keys: string[], query: MoneyQuery): Promise<MoneyPage> {
  const totals: Total[] = query.cursor
    ? []
    : await summed(linesRead(db, keys, query))
        .orderBy('line.currency')
        .addOrderBy('line.account')
        .getRawMany()
  const balances = summed(linesRead(db, keys, query))
    .addSelect('line.caseNo', 'caseNo')
    .addSelect('count(DISTINCT line.item)::int', 'items')
    .addGroupBy('line.caseNo')
  const list = {
    id: `line.currency || ' ' || line.account`,
    sorts: { case: { by: 'line.caseNo', as: 'text' as const } },
    first: '-case' as const,
  }
  const { rows, next } = await pageOf<Balance, 'case'>(balances, list, query)
  const only = ({ id: _id, sorted_by: _by, ...balance }: Balance & { id: string; sorted_by: unknown }) => balance
  return { balances: rows.map((row) => only(row as never)), totals, ...(next ? { next } : {}) }
}

type Read = MoneyLine & { docket: string | null; voucher: MoneyLine['voucher'] | null; at: Date }

/** The lines that balances are made of, the newest first. */
export async function readMoneyLines(
  db: DataSource,
  keys: string[],
  query: MoneyQuery,
): Promise<{ lines: MoneyLine[]; next?: string }> {
  const lines = linesRead(db, keys, query)
    .addSelect('line.position::float8', 'position')
    .addSelect(printed('line.amount'), 'amount')
    .addSelect(`thing.state->>'name'`, 'name')
  const columns = ['at', 'item', 'caseNo', 'currency', 'account', 'institution', 'kind', 'fact', 'docket', 'voucher']
  for (const name of columns) lines.addSelect(`line.${name}`, name)
  const list = {
    id: 'line.leg::text',
    sorts: { position: { by: 'line.position', as: 'number' as const } },
    first: '-position' as const,
  }
  const { rows, next } = await pageOf<Read, 'position'>(lines, list, query)
  return { lines: rows.map(lineOf), ...(next ? { next } : {}) }
}

function lineOf({
  position,
  at,
  item,
  name,
  caseNo,
  currency,
  account,
  institution,
  kind,
  amount,
  fact,
  ...rest
}: Read) {
  const { docket, voucher } = rest
  const line = {
    position,
    at: at.toISOString(),
    item,
    name,
    caseNo,
    currency,
    account,
    institution,
    kind,
    amount,
    fact,
  }
  return { ...line, ...(docket ? { docket } : {}), ...(voucher ? { voucher } : {}) }
}
