// All places one may see, page after page, because a map is not a map with pieces missing.

import { useEffect } from 'react'
import { usePlaces } from '../../data/use-places.ts'

export function useAllPlaces() {
  const result = usePlaces({ limit: 2000 })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = result
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return result
}

export function useMapWords(t: (key: string, params?: Record<string, unknown>) => string) {
  return {
    occupancy: ({ used, cells }: { used: number; cells: number }) => t('store.occupancy', { used, cells }),
    things: (count: number) => t('store.things', { count }),
    closed: t('store.retired'),
  }
}
