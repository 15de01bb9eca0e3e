// GET /api/search – items, cases, dockets, people and places by anything that is written on them.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Found } from '../../server/contract/search.ts'
import { queryText, request } from './request.ts'

/** What was found before stays while more is typed. */
export const useSearch = (q: string, options: { limit?: number; enabled?: boolean } = {}) =>
  useQuery({
    queryKey: ['search', q, options.limit],
    queryFn: ({ signal }) => request<Found>(`/search${queryText({ q, limit: options.limit })}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: q !== '' && options.enabled !== false,
  })
