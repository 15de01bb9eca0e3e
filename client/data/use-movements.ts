// GET /api/movements – lines of the live log: newest first before a position, or those after one.

import { useInfiniteQuery } from '@tanstack/react-query'
import type { Movement } from '../../server/contract/movements.ts'
import type { Query } from './pages.ts'
import { queryText, request } from './request.ts'

type Lines = { movements: Movement[] }

const LATEST = Number.MAX_SAFE_INTEGER
const ROWS = 50

/** Older and older lines as one scrolls; `rows` is newest first. */
export function useMovements(query: Query = {}) {
  const result = useInfiniteQuery({
    queryKey: ['movements', query],
    queryFn: ({ pageParam, signal }) =>
      request<Lines>(`/movements${queryText({ ...query, before: pageParam, limit: ROWS })}`, { signal }),
    initialPageParam: LATEST,
    getNextPageParam: ({ movements }) =>
      movements.length < ROWS ? undefined : Math.min(...movements.map(({ position }) => position)),
  })
  const rows = result.data?.pages.flatMap((page) => page.movements).sort((one, other) => other.position - one.position)
  return { ...result, rows }
}
