// GET /api/places – places by search words, parent, site or kind.

import type { PlaceCard } from '../../server/contract/cards.ts'
import { type Query, usePages } from './pages.ts'

export const usePlaces = (query: Query = {}, options?: { enabled?: boolean }) =>
  usePages<PlaceCard>('/places', 'places', query, options)
