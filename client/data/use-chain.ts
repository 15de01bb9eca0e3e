// GET /api/items/{code}/chain – every entry about an item, in order.

import { useQuery } from '@tanstack/react-query'
import type { ChainEntry } from '../../server/contract/movements.ts'
import { request } from './request.ts'

export const readChain = (code: string, signal?: AbortSignal): Promise<{ entries: ChainEntry[] }> =>
  request(`/items/${encodeURIComponent(code)}/chain`, { signal })

export const useChain = (code: string, options: { enabled?: boolean } = {}) =>
  useQuery({
    ...options,
    queryKey: ['chain', code],
    queryFn: ({ signal }) => readChain(code, signal),
    select: ({ entries }) => entries,
  })
