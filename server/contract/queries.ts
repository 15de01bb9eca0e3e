// What lists may be asked for. Pure; shared with the browser.

import { z } from 'zod'
import { itemClasses } from '../custody/classes.ts'

const custodyStates = [
  'with-officer',
  'stored',
  'out',
  'in-transit',
  'in-place',
  'frozen',
  'entrusted',
  'left',
] as const

const words = z.string().trim().max(200)
const cursor = z.string().max(400).optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')

export const ItemQuery = z.strictObject({
  /** Two characters upward; finds code, case, name, description, serial, person. */
  q: words.optional(),
  case: words.optional(),
  place: words.optional(),
  holder: words.optional(),
  /** Items that are or were on a docket. */
  docket: words.optional(),
  class: z.enum(itemClasses).optional(),
  /** One state or several, with commas between. */
  custody: z
    .string()
    .max(100)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(custodyStates)).min(1))
    .optional(),
  control: z.enum(['held', 'offered']).optional(),
  /** Agency in control. */
  agency: words.optional(),
  disposition: z.enum(['none', 'proposed', 'approved', 'done']).optional(),
  overdue: flag.optional(),
  discrepancy: flag.optional(),
  cursor,
  limit,
})
export type ItemQuery = z.infer<typeof ItemQuery>

export const DocketQuery = z.strictObject({
  /** `me`: waits for one of my desks; `mine`: I opened it. */
  waiting: z.enum(['me', 'mine']).optional(),
  open: flag.optional(),
  procedure: words.optional(),
  item: words.optional(),
  case: words.optional(),
  cursor,
  limit,
})
export type DocketQuery = z.infer<typeof DocketQuery>

export const CaseQuery = z.strictObject({ q: words.optional(), open: flag.optional(), cursor, limit })
export type CaseQuery = z.infer<typeof CaseQuery>

export const PlaceQuery = z.strictObject({
  q: words.optional(),
  parent: words.optional(),
  site: words.optional(),
  kind: words.optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(2000).default(500),
})
export type PlaceQuery = z.infer<typeof PlaceQuery>

export const PersonQuery = z.strictObject({
  q: words.optional(),
  role: words.optional(),
  unit: words.optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type PersonQuery = z.infer<typeof PersonQuery>

export const MovementQuery = z.strictObject({
  after: z.coerce.number().int().min(-1).default(-1),
  /** Newest first, before this position: for a board that scrolls back. */
  before: z.coerce.number().int().min(0).optional(),
  item: words.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type MovementQuery = z.infer<typeof MovementQuery>
