// Checks what was typed with the step's own schema, and says where and why it does not do.

import type { z } from 'zod'
import { decimalPattern } from '../../server/custody/decimal.ts'
import { pruned, type Value } from './value.ts'

type Issue = z.core.$ZodIssue
/** Key of a sentence, `input:refusal.<reason>`, and what fills it; `said` when the server has already put it in words. */
export type Fault = { reason: string; limit?: number; said?: string }
export type Faults = Record<string, Fault>
export type Checked = { input: Record<string, unknown>; faults: Faults }

/** The value as it is sent, and the faults by dotted path; none when it may go. */
export function checked(schema: z.ZodType, value: Value): Checked {
  const input = (emptyLists(schema, pruned(value)) ?? {}) as Record<string, unknown>
  const result = schema.safeParse(input)
  return { input, faults: result.success ? {} : faultsOf(result.error.issues) }
}

/** A list that must be there may be empty: nothing typed is an empty one. */
function emptyLists(schema: z.ZodType, value: Value): Value {
  const { shape } = schema.def as unknown as { shape?: Record<string, z.ZodType> }
  if (!shape) return value
  const filled = { ...(value as Record<string, Value> | undefined) }
  for (const [name, field] of Object.entries(shape)) {
    const { type } = field.def as unknown as { type: string }
    if (type === 'array' && filled[name] === undefined) filled[name] = []
    if (type === 'object') filled[name] = emptyLists(field, filled[name])
    if (type === 'boolean' && filled[name] === undefined) filled[name] = false
  }
  return filled
}

export function faultsOf(issues: Issue[], above: PropertyKey[] = []): Faults {
  const faults: Faults = {}
  for (const issue of issues) {
    const path = [...above, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors.reduce((one, other) => (other.length < one.length ? other : one))
      Object.assign(faults, faultsOf(best as Issue[], path))
    }
    const key = path.map(String).join('.')
    faults[key] ??= faultOf(issue)
  }
  return faults
}

function faultOf(issue: Issue): Fault {
  switch (issue.code) {
    case 'custom':
      return { reason: String((issue as { params?: { reason?: string } }).params?.reason ?? 'wrong') }
    case 'invalid_type':
      return { reason: /received undefined$/.test(issue.message) ? 'absent' : 'type' }
    case 'too_big':
    case 'too_small': {
      const what = issue.origin === 'string' || issue.origin === 'array' ? issue.origin : 'number'
      const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum)
      return { reason: `${issue.code === 'too_big' ? 'most' : 'least'}-${what}`, limit }
    }
    case 'invalid_format':
      if (issue.format === 'regex') return { reason: issue.pattern === String(decimalPattern) ? 'decimal' : 'pattern' }
      return { reason: ['datetime', 'date', 'uuid'].includes(issue.format) ? issue.format : 'pattern' }
    case 'invalid_value':
      return { reason: 'choice' }
    default:
      return { reason: 'wrong' }
  }
}
