// GET /api/people/{login}/duties – what hangs on one person.

import { useQuery } from '@tanstack/react-query'
import type { Duties } from '../../server/contract/duties.ts'
import { request } from './request.ts'

export const useDuties = (login: string) =>
  useQuery({
    queryKey: ['person', login, 'duties'],
    queryFn: ({ signal }) => request<Duties>(`/people/${encodeURIComponent(login)}/duties`, { signal }),
  })
