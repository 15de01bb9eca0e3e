// POST /api/countersignatures – a second person at the same counter signs exactly this command.

import type { CountersignRequest } from '../../server/contract/steps.ts'
import { request } from './request.ts'

/** Gives the token that goes with the command; it is good once and for five minutes. Throws ProblemError. */
export async function countersign(signature: CountersignRequest): Promise<string> {
  const { token } = await request<{ token: string }>('/countersignatures', { method: 'POST', body: signature })
  return token
}
