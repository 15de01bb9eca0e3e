// GET /api/people – people by search words, role or unit.

import type { PersonCard } from '../../server/contract/cards.ts'
import { type Query, usePages } from './pages.ts'

export const usePeople = (query: Query = {}, options?: { enabled?: boolean }) =>
  usePages<PersonCard>('/people', 'people', query, options)
