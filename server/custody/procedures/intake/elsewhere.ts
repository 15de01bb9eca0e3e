// Where a thing is kept that is never handed in: in place, frozen or entrusted. One of the three is stated.

import { z } from 'zod'
import * as field from '../../fields.ts'
import type { Custody } from '../../item.ts'

export const elsewhere = {
  inPlace: z.strictObject({ address: field.text(), keeper: field.text(60) }).optional(),
  frozen: z
    .strictObject({
      institution: field.text(120),
      account: field.text(80),
      assets: z.enum(['deposit', 'securities', 'other']),
    })
    .optional(),
  entrusted: z.strictObject({ contractor: field.text(120), address: field.text() }).optional(),
}
const Elsewhere = z.strictObject(elsewhere)
type Elsewhere = z.infer<typeof Elsewhere>

/** The custody that is stated; nothing when none of the three is, or more than one. */
export function keptAt({ inPlace, frozen, entrusted }: Elsewhere): Custody | undefined {
  const stated: Custody[] = [
    ...(inPlace ? [{ state: 'in-place' as const, ...inPlace }] : []),
    ...(frozen ? [{ state: 'frozen' as const, ...frozen }] : []),
    ...(entrusted ? [{ state: 'entrusted' as const, ...entrusted }] : []),
  ]
  return stated.length === 1 ? stated[0] : undefined
}
