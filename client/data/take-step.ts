// POST /api/steps/{step} – takes one step; the same command id again gives the first answer.

import type { StepAnswer } from '../../server/contract/steps.ts'
import { cache } from './cache.ts'
import { request } from './request.ts'
import { keepItems } from './use-item.ts'

export type Command = {
  step: string
  commandId: string
  items: string[]
  input: Record<string, unknown>
  countersignatures?: string[]
  expect?: Record<string, number>
  occurredAt?: string
}

/** Throws ProblemError for a refusal or bad input, Unreached when it may or may not have been taken. */
export async function takeStep({ step, ...envelope }: Command): Promise<StepAnswer> {
  const answer = await request<StepAnswer>(`/steps/${step}`, { method: 'POST', body: envelope })
  keepItems(answer.items)
  void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  return answer
}
