// GET /api/items – items by search words and filters.

import type { Card } from '../../server/contract/cards.ts'
import { type Query, usePages } from './pages.ts'

export const useItems = (query: Query = {}, options?: { enabled?: boolean }) =>
  usePages<Card>('/items', 'items', query, options)
