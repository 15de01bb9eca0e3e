// Any error as something that can be said in words: its code, its params, the server's own sentence.

import type { Problem } from '../../server/contract/steps.ts'
import type { Said } from '../../server/contract/words.ts'
import { Refusal } from '../../server/custody/define.ts'

export function saidOf(error: unknown): Said {
  if (error && typeof error === 'object' && 'problem' in error) {
    const { code, params, detail, requestId } = (error as { problem: Problem }).problem
    return { code, detail, params: { ...params, ...(requestId ? { reference: requestId } : {}) } }
  }
  if (error instanceof Refusal) return { code: error.code, params: error.params }
  if (error instanceof Error && error.name === 'Unreached') return { code: 'unreached' }
  return { code: 'unknown', params: { reference: error instanceof Error ? error.message : String(error) } }
}
