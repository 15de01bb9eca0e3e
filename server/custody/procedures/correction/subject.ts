// A described field of a case or a place is put right; what was said before is kept beside it.

import { type Act, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import type { Correction } from '../../subjects.ts'
import { type Correctable, Right, rightFor, wordOf } from './fields.ts'

/** What every such correction asks for besides its subject. */
export const correcting = { field: field.text(60), right: Right, reason: field.longText(1000) }
export type Correcting = { field: string; right?: Right; reason: string }

/** What a fact says of it. */
export type Corrected = { field: string; was: unknown; right: unknown; reason: string }

/** Refuses a field that there is not, a value that it cannot have and one that it has already. */
export function correctedOf(state: object, fields: Correctable, { input }: Act<Correcting>): Corrected {
  const { field: name, reason } = input
  const right = rightFor(fields, name, input.right)
  const was = (state as Record<string, unknown>)[name] ?? null
  refuseIf(JSON.stringify(was) === JSON.stringify(right), 'correction.nothing-else', { field: wordOf(name) })
  return { field: name, was, right, reason }
}

/** The corrections of a subject with one more, the newest last. */
export const remember = (
  before: Correction[] | undefined,
  { data, by, occurredAt }: { data: Corrected; by: { name: string }; occurredAt: string },
): Correction[] => {
  const { field: name, was, right, reason } = data
  return [...(before ?? []), { field: name, was, right, reason, by: by.name, at: occurredAt }]
}
