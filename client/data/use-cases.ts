// GET /api/cases – cases by search words.

import type { CaseCard } from '../../server/contract/cards.ts'
import { type Query, usePages } from './pages.ts'

export const useCases = (query: Query = {}, options?: { enabled?: boolean }) =>
  usePages<CaseCard>('/cases', 'cases', query, options)
