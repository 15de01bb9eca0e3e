// GET /api/dockets – what waits for me (`waiting: 'me'`), what I opened (`waiting: 'mine'`), or all.

import type { DocketCard } from '../../server/contract/cards.ts'
import { type Query, usePages } from './pages.ts'

export const useDockets = (query: Query = {}, options?: { enabled?: boolean }) =>
  usePages<DocketCard>('/dockets', 'dockets', query, options)
