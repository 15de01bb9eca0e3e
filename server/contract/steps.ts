// What goes with a step over the wire, and what comes back. Pure; shared with the browser.

import { z } from 'zod'
import { parseCode } from '../custody/codes.ts'
import { time } from '../custody/fields.ts'
import type { Card } from './cards.ts'
import type { Expected } from './faults.ts'

/** A scanned code of an item or a container; one that fails its check character never reaches a rule. */
export const ScannedCode = z
  .string()
  .max(40)
  .overwrite((text) => parseCode(text)?.code ?? text)
  .refine((text) => ['item', 'container'].includes(parseCode(text)?.kind ?? ''), { params: { reason: 'code' } })
  .meta({ kind: 'item', examples: ['EZ6DMV29GQY2'] })

/** At most 2,000 items in one command. */
export const StepEnvelope = z.strictObject({
  /** Chosen by the client; the same id again gives the first answer. */
  commandId: z.uuid(),
  items: z.array(ScannedCode).max(2000).default([]),
  /** Checked by the step's own schema. */
  input: z.record(z.string(), z.unknown()).default({}),
  /** Tokens from `POST /api/countersignatures`. */
  countersignatures: z.array(z.string().min(20).max(200)).max(8).default([]),
  occurredAt: time().optional(),
  /** Versions the client saw, by code. */
  expect: z.record(z.string().max(40), z.number().int().min(0)).optional(),
  /** Name of the counter or device, as the client calls it. */
  device: z.string().max(80).optional(),
})
export type StepEnvelope = z.infer<typeof StepEnvelope>

export const CountersignRequest = z.strictObject({
  login: z.string().min(1).max(80),
  password: z.string().min(1).max(256),
  step: z.string().max(80),
  items: z.array(ScannedCode).max(2000).default([]),
  input: z.record(z.string(), z.unknown()).default({}),
  /** When the command will say that it happened; absent for now. */
  occurredAt: time().optional(),
})
export type CountersignRequest = z.infer<typeof CountersignRequest>

export type StepAnswer = {
  docket?: string
  entries: { position: number; subject: { kind: string; id: string }; fact: string; hash: string }[]
  items: Card[]
}

/** One step as `GET /api/steps` offers it: possible, or with the refusal that stands against it. */
export type OfferedStep = {
  step: string
  possible: boolean
  refusal?: Problem
  /** The signatures it will take, beside the actor's. */
  signers: { as: string; logins?: string[]; roles?: string[]; scope?: string }[]
  /** Things that cannot take it, each with its reason; only of the procedure that was asked for with `apart`. */
  aside?: { code: string; refusal: Problem }[]
}

/** One place of an input that will not do. `pointer` (RFC 6901) is where it stands, `name` what people call it. */
export type InputError = {
  pointer: string
  code: string
  name?: string
  /** What is wrong, as the form says it too. */
  detail: string
  /** What would do; `says` in words. */
  expected?: Expected & { says: string }
}

/** RFC 9457. `code` names the refusal or the error, `detail` is its sentence in the reader's language. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  code: string
  params?: Record<string, unknown>
  /** For bad input. */
  errors?: InputError[]
  /** Reference to give to the operator. */
  requestId?: string
}
