// Checks what was typed with the step's own schema, and says where and why it does not do.

import type { z } from 'zod'
import { pathOfPointer, type Fault as Refused, faultsOf as refusedBy } from '../../server/contract/faults.ts'
import type { InputError } from '../../server/contract/steps.ts'
import { pruned, type Value } from './value.ts'

/** `said` when the server has already put it in words. */
export type Fault = Refused & { said?: string }
/** By dotted path. */
export type Faults = Record<string, Fault>
export type Checked = { input: Record<string, unknown>; faults: Faults }

/** The value as it is sent, and the faults by dotted path; none when it may go. */
export function checked(schema: z.ZodType, value: Value): Checked {
  const input = (emptyLists(schema, pruned(value)) ?? {}) as Record<string, unknown>
  const result = schema.safeParse(input)
  return { input, faults: result.success ? {} : faultsOf(result.error.issues, schema) }
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

export function faultsOf(issues: z.core.$ZodIssue[], schema?: z.ZodType): Faults {
  const faults: Faults = {}
  for (const fault of refusedBy(issues, schema)) faults[fault.path.map(String).join('.')] ??= fault
  // A field of several forms that shows another form than the one that fits best is marked as a whole.
  for (const { code, path } of issues)
    if (code === 'invalid_union') faults[path.map(String).join('.')] ??= { path, reason: 'wrong', params: {} }
  return faults
}

/** The server says them under `/input` and already in words. */
export const serverFaults = (errors: readonly InputError[]): Faults =>
  Object.fromEntries(
    errors.map(({ pointer, detail }) => {
      const [, ...path] = pathOfPointer(pointer)
      return [path.join('.'), { path, reason: 'said', params: {}, said: detail }]
    }),
  )
