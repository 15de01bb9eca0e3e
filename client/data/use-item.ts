// GET /api/items/{code} – one item's card.

import { useQuery } from '@tanstack/react-query'
import type { Card } from '../../server/contract/cards.ts'
import { cache } from './cache.ts'
import { request } from './request.ts'

export const readItem = (code: string, signal?: AbortSignal): Promise<Card> =>
  request<Card>(`/items/${encodeURIComponent(code)}`, { signal })

export const useItem = (code: string, options: { enabled?: boolean } = {}) =>
  useQuery({ queryKey: ['item', code], queryFn: ({ signal }) => readItem(code, signal), ...options })

/** Puts cards that a step's answer brought where lists and pages find them. */
export function keepItems(cards: Card[]): void {
  for (const card of cards) cache.setQueryData(['item', card.code], card)
}
