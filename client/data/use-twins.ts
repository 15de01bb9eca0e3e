// POST /api/twins – which numbers are those of things that are here already; asked again when they change.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ItemTwin, Twin } from '../../server/contract/twins.ts'
import type { Identifier } from '../../server/custody/identifiers.ts'
import { request } from './request.ts'

/** Names an identifier as it was typed. */
export const twinKey = ({ kind, value }: Identifier): string => `${kind} ${value}`

const none: ReadonlyMap<string, Twin> = new Map()

/** By `twinKey`; what was known before while it is asked. */
export function useTwins(identifiers: Identifier[]): ReadonlyMap<string, Twin> {
  const typed = identifiers.map(twinKey).join('\n')
  const settled = useSettled(typed)
  const { data = none } = useQuery({
    queryKey: ['twins', settled],
    queryFn: async ({ signal }) => {
      const body = { identifiers: identifiers.slice(0, 2000) }
      const { twins } = await request<{ twins: Twin[] }>('/twins', { method: 'POST', body, signal })
      return new Map(twins.map((twin) => [twinKey(twin), twin]))
    },
    enabled: settled === typed && identifiers.length > 0,
    placeholderData: keepPreviousData,
  })
  return data
}

const SETTLED_MS = 500

/** The text once nobody has typed at it for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), SETTLED_MS)
    return () => window.clearTimeout(timer)
  }, [text])
  return settled
}

/** GET /api/items/{code}/twins – other things with a number of this one. */
export const useItemTwins = (code: string) =>
  useQuery({
    queryKey: ['twins of', code],
    queryFn: ({ signal }) => request<{ twins: ItemTwin[] }>(`/items/${encodeURIComponent(code)}/twins`, { signal }),
    select: ({ twins }) => twins,
  })
