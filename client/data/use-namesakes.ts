// GET /api/leftovers – people by one number, agencies and units by one name.

import { useQuery } from '@tanstack/react-query'
import type { Namesakes } from '../../server/contract/cards.ts'
import { request } from './request.ts'

export const useNamesakes = () =>
  useQuery({
    queryKey: ['leftovers'],
    queryFn: ({ signal }) => request<Namesakes>('/leftovers', { signal }),
  })
