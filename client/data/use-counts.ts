// GET /api/counts – how many items are where, for those who supervise.

import { useQuery } from '@tanstack/react-query'
import { request } from './request.ts'

export type Counts = Record<string, number>

export const useCounts = (options: { enabled?: boolean } = {}) =>
  useQuery({ queryKey: ['counts'], queryFn: ({ signal }) => request<Counts>('/counts', { signal }), ...options })
