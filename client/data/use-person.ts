// GET /api/people/{login} – one person, by login or badge.

import { useQuery } from '@tanstack/react-query'
import type { PersonCard } from '../../server/contract/cards.ts'
import { request } from './request.ts'

export const usePerson = (id: string) =>
  useQuery({
    queryKey: ['person', id],
    queryFn: ({ signal }) => request<PersonCard>(`/people/${encodeURIComponent(id)}`, { signal }),
  })
