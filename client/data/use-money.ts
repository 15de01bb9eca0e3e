// GET /api/money – balances per case, currency and account, and the lines that they are made of.

import { useInfiniteQuery } from '@tanstack/react-query'
import type { MoneyLine, MoneyPage } from '../../server/contract/money.ts'
import { type Query, usePages } from './pages.ts'
import { queryText, request } from './request.ts'

export function useMoney(query: Query) {
  const result = useInfiniteQuery({
    queryKey: ['money', query],
    queryFn: ({ pageParam, signal }) =>
      request<MoneyPage>(`/money${queryText({ ...query, cursor: pageParam })}`, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
  })
  const pages = result.data?.pages
  return { ...result, balances: pages?.flatMap(({ balances }) => balances), totals: pages?.[0]?.totals }
}

export const useMoneyLines = (query: Query) => usePages<MoneyLine>('/money/lines', 'lines', query)
