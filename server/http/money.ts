// The books of money: balances per case, currency and account, and the lines that they are made of.

import { MoneyQuery } from '../contract/queries.ts'
import { readMoney, readMoneyLines } from '../views/money.ts'
import { MoneyLinePage, MoneyPage } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { type Route, route } from './route.ts'

export function moneyRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/money',
      summary: 'Balances of money per case, currency and account, of the things one may see',
      query: MoneyQuery,
      gives: MoneyPage,
      handle: ({ query, reader }) => readMoney(dataSource, reader.keys, query),
    }),

    route({
      method: 'get',
      path: '/api/money/lines',
      summary: 'What came and went, the newest first, with things and vouchers',
      query: MoneyQuery,
      gives: MoneyLinePage,
      handle: ({ query, reader }) => readMoneyLines(dataSource, reader.keys, query),
    }),
  ]
}
