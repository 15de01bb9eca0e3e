// What is told of things with the same serial number, VIN, plate or seal. Pure; shared with the browser.

import { z } from 'zod'
import { identifierKinds } from '../custody/identifiers.ts'

const Identifier = z.object({ kind: z.enum(identifierKinds), value: z.string() })

export const TwinQuestion = z.strictObject({
  identifiers: z
    .array(z.strictObject({ kind: z.enum(identifierKinds), value: z.string().trim().min(1).max(80) }))
    .min(1)
    .max(2000),
})

/** `code` and `name` when the reader may see it; otherwise nothing but the agency. */
export const Twin = Identifier.extend({ code: z.string().optional(), name: z.string().optional(), agency: z.string() })
export type Twin = z.infer<typeof Twin>

export const ItemTwin = Identifier.extend({ code: z.string(), name: z.string(), caseNo: z.string() })
export type ItemTwin = z.infer<typeof ItemTwin>
