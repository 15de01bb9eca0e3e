// GET /api/cases/{no} – one case.

import { useQuery } from '@tanstack/react-query'
import type { CaseCard } from '../../server/contract/cards.ts'
import { request } from './request.ts'

export const useCase = (no: string, options: { enabled?: boolean } = {}) =>
  useQuery({
    queryKey: ['case', no],
    queryFn: ({ signal }) => request<CaseCard>(`/cases/${encodeURIComponent(no)}`, { signal }),
    ...options,
  })
