// GET /api/items/{code}/chain – every entry about an item, in order.

import { useQuery } from '@tanstack/react-query'
import type { ChainEntry } from '../../server/contract/movements.ts'
import { request } from './request.ts'

export const useChain = (code: string) =>
  useQuery({
    queryKey: ['chain', code],
    queryFn: ({ signal }) => request<{ entries: ChainEntry[] }>(`/items/${encodeURIComponent(code)}/chain`, { signal }),
    select: ({ entries }) => entries,
  })
