// GET /api/receipts/{token} – an entry of which somebody holds a receipt; asked without signing in.

import { useQuery } from '@tanstack/react-query'
import type { PublicReceipt } from '../../server/contract/receipts.ts'
import { queryText, request } from './request.ts'

/** `size` is how many entries the log had when the paper was printed. */
export const useReceipt = (token: string, size: bigint | undefined) =>
  useQuery({
    queryKey: ['receipt', token, String(size)],
    queryFn: ({ signal }) =>
      request<PublicReceipt>(`/receipts/${encodeURIComponent(token)}${queryText({ size: size?.toString() })}`, {
        signal,
        open: true,
      }),
  })
