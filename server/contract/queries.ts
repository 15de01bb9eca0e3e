// What lists may be asked for. Pure; shared with the browser.

import { z } from 'zod'
import { itemClasses } from '../custody/classes.ts'
import { currency } from '../custody/fields.ts'

const custodyStates = [
  'with-officer',
  'stored',
  'out',
  'in-transit',
  'in-place',
  'frozen',
  'entrusted',
  'deposited',
  'left',
] as const

const words = z.string().trim().max(200)
const cursor = z.string().max(6000).optional()
const limit = z.coerce.number().int().min(1).max(200).default(50)
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1')

/** A name, or `-name` for the other way round. */
const sortedBy = <const Name extends string>(names: readonly Name[]) =>
  z.enum([...names, ...names.map((name) => `-${name}` as const)]).optional()
/** A moment; a mere date is its first one, UTC. */
const moment = z
  .union([z.iso.datetime(), z.iso.date()])
  .transform((text) => new Date(text).toISOString())
  .optional()
/** From this moment on, and before that one. */
const within = { from: moment, to: moment }

export const itemSorts = [
  'item',
  'case',
  'class',
  'custody',
  'where',
  'control',
  'disposition',
  'due',
  'lastAt',
] as const
export const caseSorts = ['case', 'title', 'kind', 'unit', 'acceptedAt', 'items'] as const
export const docketSorts = ['code', 'procedure', 'openedAt', 'openedBy'] as const
export const personSorts = ['login', 'name', 'number', 'unit'] as const
export const placeSorts = ['path', 'name', 'kind', 'items'] as const

export const ItemQuery = z.strictObject({
  /** Finds by whatever is written on a thing, its place and who has it; see `/api/search`. */
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
  /** A clock runs out within so many days, or has run out. */
  dueWithin: z.coerce.number().int().min(0).max(3650).optional(),
  discrepancy: flag.optional(),
  /** In a state that only earlier rules let come about. */
  leftover: flag.optional(),
  /** Login of an officer of its case. */
  officer: words.optional(),
  /** The unit whose case it is. */
  unit: words.optional(),
  /** Of its last movement. */
  ...within,
  sort: sortedBy(itemSorts),
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
  /** By its number or who opened it. */
  q: words.optional(),
  /** Login of who opened it. */
  officer: words.optional(),
  /** Of its opening. */
  ...within,
  sort: sortedBy(docketSorts),
  cursor,
  limit,
})
export type DocketQuery = z.infer<typeof DocketQuery>

export const CaseQuery = z.strictObject({
  q: words.optional(),
  open: flag.optional(),
  kind: z.enum(['criminal', 'administrative']).optional(),
  unit: words.optional(),
  /** Login of one of its officers. */
  officer: words.optional(),
  /** Of its acceptance. */
  ...within,
  sort: sortedBy(caseSorts),
  cursor,
  limit,
})
export type CaseQuery = z.infer<typeof CaseQuery>

export const PlaceQuery = z.strictObject({
  q: words.optional(),
  parent: words.optional(),
  site: words.optional(),
  kind: words.optional(),
  class: z.enum(itemClasses).optional(),
  inUse: flag.optional(),
  sort: sortedBy(placeSorts),
  cursor,
  limit: z.coerce.number().int().min(1).max(2000).default(500),
})
export type PlaceQuery = z.infer<typeof PlaceQuery>

export const PersonQuery = z.strictObject({
  q: words.optional(),
  role: words.optional(),
  unit: words.optional(),
  disabled: flag.optional(),
  sort: sortedBy(personSorts),
  cursor,
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type PersonQuery = z.infer<typeof PersonQuery>

/** `cursor` is the position of the last one shown. */
export const AttemptQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit,
})
export type AttemptQuery = z.infer<typeof AttemptQuery>
export const MoneyQuery = z.strictObject({
  case: words.optional(),
  /** Number of the account, or `safe` for notes that are on none. */
  account: words.optional(),
  currency: currency().optional(),
  cursor,
  limit,
})
export type MoneyQuery = z.infer<typeof MoneyQuery>

export const MovementQuery = z.strictObject({
  after: z.coerce.number().int().min(-1).default(-1),
  /** Newest first, before this position: for a board that scrolls back. */
  before: z.coerce.number().int().min(0).optional(),
  item: words.optional(),
  /** Login of who did it. */
  officer: words.optional(),
  procedure: words.optional(),
  axis: z.enum(['custody', 'control', 'disposition']).optional(),
  /** Of the recording. */
  ...within,
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type MovementQuery = z.infer<typeof MovementQuery>

export const SearchQuery = z.strictObject({
  /** Code, name, number, seal, person, place …, in any writing, also by pinyin and its initials. */
  q: words.min(1),
  /** Of each group. */
  limit: z.coerce.number().int().min(1).max(50).default(5),
})
export type SearchQuery = z.infer<typeof SearchQuery>
