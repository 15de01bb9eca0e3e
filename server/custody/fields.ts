// The fields of steps: zod types that also say how a form draws them and what the server must look up. Pure.

import { z } from 'zod'
import { parseCode } from './codes.ts'
import { currencies } from './currencies.ts'
import { decimalPattern } from './decimal.ts'

/** How a field is drawn, and for references what it names. */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'place'
  | 'item'
  | 'docket'
  | 'person'
  | 'unit'
  | 'agency'
  | 'case'
  | 'scope'
  | 'entry'
  | 'photos'
  | 'file'
  | 'paper'
  | 'papers'
  | 'video'
  | 'signature'
  | 'photo'
  | 'money'
  | 'currency'
  | 'weight'
  | 'quantity'
  | 'time'
  | 'date'
  | 'particular'

const someHash = '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea'

/** One value of each kind, to show what is meant. They name nothing that is there. */
const examples: Partial<Record<FieldKind, unknown>> = {
  place: 'SZ6DMV29GQYH',
  item: 'EZ6DMV29GQY2',
  docket: 'DZ6DMV29GQY8',
  person: 'wang.wu',
  unit: 'crim-1',
  agency: 'psb-1',
  case: 'A3301020000002026030001',
  scope: 'crim-1',
  entry: 1024,
  photos: [someHash],
  file: someHash,
  paper: someHash,
  papers: [someHash],
  video: someHash,
  signature: someHash,
  photo: someHash,
  money: '1200.50',
  currency: 'USD',
  weight: '12.5',
  quantity: '1',
  time: '2026-03-01T09:30:00+08:00',
  date: '2026-03-01',
}

const as = <T extends z.ZodType>(type: T, kind: FieldKind): T =>
  type.meta({ kind, ...(kind in examples && { examples: [examples[kind]] }) }) as T

/**
 * Text as a reader sees it: Unicode NFC, trimmed, without what is not seen. What would turn the direction of writing, a
 * control character or half a character is refused.
 */
const clean = (most: number, { least = 1, isOneLine = true } = {}) =>
  z
    .string()
    .min(least)
    .max(most)
    .refine((text) => !/(?![\t\n\r])\p{Cc}/u.test(text), { params: { reason: 'control' } })
    .refine((text) => !/\p{Bidi_Control}/u.test(text), { params: { reason: 'direction' } })
    .refine((text) => text.isWellFormed(), { params: { reason: 'surrogate' } })
    .overwrite((text) => (text.isWellFormed() ? plain(text, isOneLine) : text))
    .refine((text) => text.length >= least, { params: { reason: 'blank' } })

function plain(text: string, isOneLine: boolean): string {
  const seen = text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, (sign) =>
    /\p{Bidi_Control}/u.test(sign) ? sign : '',
  )
  return (isOneLine ? seen.replace(/\s*[\t\n\r\u2028\u2029]\s*/g, ' ') : seen).normalize('NFC').trim()
}

const codeOf = (kinds: readonly string[]) =>
  z
    .string()
    .max(40)
    .overwrite((text) => parseCode(text)?.code ?? text)
    .refine((text) => kinds.includes(parseCode(text)?.kind ?? ''), { params: { reason: 'code' } })

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ format: 'sha256', examples: [someHash] })
const decimal = z.string().regex(decimalPattern, { params: { reason: 'decimal' } } as never)

export const text = (most = 200) => as(clean(most), 'text')
export const longText = (most = 2000) => as(clean(most, { isOneLine: false }), 'long-text')
export const placeCode = () => as(codeOf(['place', 'container']), 'place')
export const itemCode = () => as(codeOf(['item']), 'item')
export const docketCode = () => as(codeOf(['docket']), 'docket')
export const login = () => as(z.string().regex(/^[a-z][a-z0-9._-]{1,39}$/), 'person')
/** Id of an agency. */
export const agencyId = () => as(z.string().regex(/^[a-z][a-z0-9-]{1,39}$/), 'agency')
/** Id of a unit within an agency. */
export const unitId = () => as(z.string().regex(/^[a-z][a-z0-9-]{1,39}$/), 'unit')
export const caseNo = () => as(clean(60), 'case')
/** What a role reaches: a unit, an agency or a site. */
export const scope = () => as(z.union([unitId(), placeCode()]), 'scope')
/** Position of an entry in the ledger. */
export const entryPosition = () => as(z.number().int().min(0), 'entry')
const hashes = (least: number) =>
  z
    .array(hash)
    .min(least)
    .max(40)
    .refine((files) => new Set(files).size === files.length, { params: { reason: 'repeated' } })
/** Several photographs, each the SHA-256 of an uploaded file; no picture twice. */
export const photos = (least = 0) => as(hashes(least), 'photos')
export const photo = () => as(hash, 'photo')
/** Any file that is kept: a recording as well as a picture or a paper. */
export const file = () => as(hash, 'file')
/** A paper as it was printed, scanned or photographed. */
export const paper = () => as(hash, 'paper')
export const papers = (least = 0) => as(hashes(least), 'papers')
export const video = () => as(hash, 'video')
/** A signature drawn on the screen, uploaded as a picture. */
export const signature = () => as(hash, 'signature')
/** Decimal string, in the currency that stands beside it; in yuan where none does. */
export const money = () => as(decimal, 'money')
/** ISO 4217, such as CNY. */
export const currency = () =>
  as(
    z
      .string()
      .length(3)
      .refine((code) => currencies.includes(code), { params: { reason: 'currency' } }),
    'currency',
  )
/** Decimal string, grams. */
export const weight = () => as(decimal, 'weight')
export const quantity = () =>
  as(
    decimal.refine((text) => !/^0(\.0+)?$/.test(text), { params: { reason: 'zero' } }),
    'quantity',
  )
/** No moment and no day of what is kept here lies outside; what depends on the day is in plausible.ts. */
export const earliestDay = '1980-01-01'
export const latestDay = '2099-12-31'
/** Said by hand, so of the year that was meant: not 0001, not 2206. */
const ofOurTime = <Text extends z.ZodType<string>>(text: Text): Text =>
  text
    // What is no date at all is said to be none, and no more.
    .refine((at) => !/^\d/.test(at) || at.slice(0, 10) >= earliestDay, {
      params: { reason: 'early', limit: earliestDay },
    })
    .refine((at) => !/^\d/.test(at) || at.slice(0, 10) <= latestDay, { params: { reason: 'late', limit: latestDay } })
/** A moment, ISO 8601 with offset; kept as UTC with milliseconds. */
export const time = () =>
  as(
    ofOurTime(
      z.iso.datetime({ offset: true }).overwrite((text) => {
        const at = new Date(text)
        return Number.isNaN(at.getTime()) ? text : at.toISOString()
      }),
    ),
    'time',
  )
/** `YYYY-MM-DD`, a day that has been: papers and events are dated, plans are timed. */
export const date = () => as(ofOurTime(z.iso.date()), 'date')
/** An outsider's identity number, telephone or address: never in the clear in an entry, see `Act.seal`. */
export const particular = () => as(clean(200), 'particular')
/** An outsider's or a colleague's identity number: the same however it is spaced, and in small or wide letters. */
export const idNumber = () =>
  as(
    clean(40)
      .overwrite((text) =>
        text
          .normalize('NFKC')
          .replace(/[\s\p{Cf}\p{Pd}]/gu, '')
          .toUpperCase(),
      )
      .refine((text) => text.length > 0, { params: { reason: 'blank' } }),
    'particular',
  )
export const document = () => z.strictObject({ kind: text(60), no: text(80), date: date() })
export const choice = <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values)

/** What a parsed input names that must be looked up (and locked) before a rule sees it. */
export type References = Record<
  'places' | 'items' | 'people' | 'units' | 'cases' | 'files' | 'identities' | 'entries' | 'dates' | WantedFile,
  Set<string>
>

/** What a field wants of the files that it names, which are all among `files` too. */
export type WantedFile = 'pictures' | 'papers' | 'videos' | 'signatures'

const gathers: Partial<Record<FieldKind, readonly (keyof References)[]>> = {
  place: ['places'],
  item: ['items'],
  person: ['people'],
  unit: ['units'],
  agency: ['units'],
  case: ['cases'],
  photos: ['files', 'pictures'],
  photo: ['files', 'pictures'],
  file: ['files'],
  paper: ['files', 'papers'],
  papers: ['files', 'papers'],
  video: ['files', 'videos'],
  signature: ['files', 'signatures'],
  particular: ['identities'],
  entry: ['entries'],
  date: ['dates'],
}

/** How a schema is drawn: its kind if it was given one. Looks through optional, nullable and default. */
export function kindOf(schema: z.ZodType): FieldKind | undefined {
  return ownKindOf(schema) ?? (innerOf(schema) ? kindOf(innerOf(schema)!) : undefined)
}

const kinds = new WeakMap<z.ZodType, FieldKind | false>()

/** The kind that the schema itself was given. Asked many times for each step, and zod looks it up and copies it. */
function ownKindOf(schema: z.ZodType): FieldKind | undefined {
  const kind = kinds.get(schema) ?? (schema.meta()?.kind as FieldKind | undefined) ?? false
  kinds.set(schema, kind)
  return kind || undefined
}

type Wrapper = {
  def: {
    type: string
    innerType?: z.ZodType
    element?: z.ZodType
    shape?: Record<string, z.ZodType>
    options?: z.ZodType[]
  }
}

/** What an optional, nullable or defaulted schema wraps. */
export function innerOf(schema: z.ZodType): z.ZodType | undefined {
  return (schema as unknown as Wrapper).def.innerType
}

/** Walks a parsed value along its schema and gathers every reference in it. */
export function referencesIn(schema: z.ZodType, value: unknown, found: References = noReferences()): References {
  if (value === undefined || value === null) return found
  const { into, inner, element, fields, options } = wayThrough(schema)
  if (into) {
    for (const id of Array.isArray(value) ? value : [value]) for (const each of into) found[each].add(String(id))
    return found
  }
  if (inner) referencesIn(inner, value, found)
  else if (element && Array.isArray(value)) for (const each of value) referencesIn(element, each, found)
  else if (fields && typeof value === 'object')
    for (const [name, field] of fields) referencesIn(field, (value as Record<string, unknown>)[name], found)
  else if (options)
    for (const option of options) if (option.safeParse(value).success) referencesIn(option, value, found)
  return found
}

/** Where references can be in a value of a schema; empty when there can be none. */
type Way = {
  into?: readonly (keyof References)[]
  inner?: z.ZodType
  element?: z.ZodType
  fields?: [name: string, schema: z.ZodType][]
  options?: z.ZodType[]
}
const ways = new WeakMap<z.ZodType, Way>()

/** Looked up once for each schema: inputs have many members, and few of them name anything. */
function wayThrough(schema: z.ZodType): Way {
  const known = ways.get(schema) ?? newWayThrough(schema)
  ways.set(schema, known)
  return known
}

function newWayThrough(schema: z.ZodType): Way {
  const kind = ownKindOf(schema)
  const into = kind && gathers[kind]
  if (into) return { into }
  const leads = (to: z.ZodType) => Object.keys(wayThrough(to)).length > 0
  const { innerType, element, shape, options } = (schema as unknown as Wrapper).def
  if (innerType) return leads(innerType) ? { inner: innerType } : {}
  if (element) return leads(element) ? { element } : {}
  const fields = Object.entries(shape ?? {}).filter(([, field]) => leads(field))
  if (fields.length > 0) return { fields }
  return options?.some(leads) ? { options } : {}
}

/** Stands for a particular in what an entry says was asked for. */
export const veil = '…'

/** A copy of a parsed input in which every particular is veiled: the rest may be written down for everybody. */
export function veiled(schema: z.ZodType, value: unknown): unknown {
  if (value === undefined || value === null) return value
  if (ownKindOf(schema) === 'particular') return veil
  const { def } = schema as unknown as Wrapper
  if (def.innerType) return veiled(def.innerType, value)
  if (def.element && Array.isArray(value)) return value.map((each) => veiled(def.element!, each))
  if (def.shape && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, def.shape![name] ? veiled(def.shape![name], each) : each]),
    )
  const option = def.options?.find((each) => each.safeParse(value).success)
  return option ? veiled(option, value) : value
}

export const noReferences = (): References => ({
  places: new Set(),
  items: new Set(),
  people: new Set(),
  units: new Set(),
  cases: new Set(),
  files: new Set(),
  identities: new Set(),
  entries: new Set(),
  dates: new Set(),
  pictures: new Set(),
  papers: new Set(),
  videos: new Set(),
  signatures: new Set(),
})
