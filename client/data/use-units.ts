// GET /api/units – agencies and their units.

import { useQuery } from '@tanstack/react-query'
import type { UnitCard } from '../../server/contract/cards.ts'
import { request } from './request.ts'

export const useUnits = () =>
  useQuery({
    queryKey: ['units'],
    queryFn: ({ signal }) => request<{ units: UnitCard[] }>('/units', { signal }),
    select: ({ units }) => units,
    staleTime: 5 * 60_000,
  })
