// GET /api/places/{code} – one place.

import { useQuery } from '@tanstack/react-query'
import type { PlaceCard } from '../../server/contract/cards.ts'
import { request } from './request.ts'

export const usePlace = (code: string, options: { enabled?: boolean } = {}) =>
  useQuery({
    queryKey: ['place', code],
    queryFn: ({ signal }) => request<PlaceCard>(`/places/${encodeURIComponent(code)}`, { signal }),
    ...options,
  })
