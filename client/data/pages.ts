// Lists that load page by page as one scrolls.

import { useInfiniteQuery } from '@tanstack/react-query'
import { queryText, request } from './request.ts'

export type Query = Record<string, string | number | boolean | undefined>

/** Rows of `name` under `path`, page by page; `rows` holds all that were read. */
export function usePages<Row>(path: string, name: string, query: Query, options: { enabled?: boolean } = {}) {
  const result = useInfiniteQuery({
    queryKey: [name, query],
    queryFn: ({ pageParam, signal }) =>
      request<Record<string, Row[]> & { next?: string }>(`${path}${queryText({ ...query, cursor: pageParam })}`, {
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    ...options,
  })
  const rows = result.data?.pages.flatMap((page) => page[name] ?? [])
  return { ...result, rows }
}
