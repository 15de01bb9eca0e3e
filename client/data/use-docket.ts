// GET /api/dockets/{code} – one docket with its items and its route.

import { useQuery } from '@tanstack/react-query'
import type { DocketCard } from '../../server/contract/cards.ts'
import { request } from './request.ts'

export const readDocket = (code: string, signal?: AbortSignal): Promise<DocketCard> =>
  request<DocketCard>(`/dockets/${encodeURIComponent(code)}`, { signal })

export const useDocket = (code: string, options: { enabled?: boolean } = {}) =>
  useQuery({ queryKey: ['docket', code], queryFn: ({ signal }) => readDocket(code, signal), ...options })
