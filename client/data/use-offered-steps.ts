// GET /api/steps?item=… – the steps this person could take now on the items, and why not the others.

import { useQuery } from '@tanstack/react-query'
import type { OfferedStep } from '../../server/contract/steps.ts'
import { request } from './request.ts'

/** As many as an address can carry; things that lie on one docket at one stage are offered the same. */
const asked = 200

export async function readOfferedSteps(items: string[], apart?: string, signal?: AbortSignal): Promise<OfferedStep[]> {
  const query = new URLSearchParams(items.slice(0, asked).map((code) => ['item', code]))
  if (apart) query.set('apart', apart)
  const { steps } = await request<{ steps: OfferedStep[] }>(`/steps?${query}`, { signal })
  return steps
}

/** `apart` is a procedure, of whose steps it is said for each thing why it cannot take them. */
export const useOfferedSteps = (items: string[], apart?: string) =>
  useQuery({
    queryKey: ['steps', apart ?? '', ...items],
    queryFn: ({ signal }) => readOfferedSteps(items, apart, signal),
    enabled: items.length > 0,
  })
