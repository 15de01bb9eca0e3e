// What is wrong with an input: where, why, and what was expected there, read off the schema that refused it. The form and
// the interface say it with the same words. Pure.

import { z } from 'zod'
import { decimalPattern } from '../custody/decimal.ts'
import { kindOf } from '../custody/fields.ts'
import { calledIn, exampleOf } from './examples.ts'

type Issue = z.core.$ZodIssue

/** What a value must be, in the words of JSON Schema. */
export const Expected = z.object({
  type: z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object']).optional(),
  /** What a text stands for, such as `weight` or `place`. */
  kind: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  /** All values that will do. */
  enum: z.array(z.unknown()).optional(),
  /** All members that an object may have, and those that it must have. */
  properties: z.array(z.string()).optional(),
  required: z.array(z.string()).optional(),
  example: z.unknown().optional(),
})
export type Expected = z.infer<typeof Expected>

/** `input:refusal.<reason>` is its sentence, `params` fill it. */
export type Fault = {
  path: PropertyKey[]
  reason: string
  params: Record<string, unknown>
  expected?: Expected
}

/** All faults that zod found; `schema` is the one it checked with. */
export function faultsOf(issues: readonly Issue[], schema?: z.ZodType, above: PropertyKey[] = []): Fault[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path]
    // Of several forms, the one that fits best tells what is wrong.
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const best = issue.errors.reduce((one, other) => (other.length < one.length ? other : one))
      return faultsOf(best as Issue[], schema, path)
    }
    const there = schema && schemaAt(schema, path)
    return [
      {
        path,
        reason: reasonOf(issue),
        params: paramsOf(issue),
        ...(there && { expected: expectedOf(there, nameOf(path)) }),
      },
    ]
  })
}

/** What a value is called: its own member, or the list that it stands in. */
function nameOf(path: readonly PropertyKey[]): string {
  const [whole = '', member] = ['', ...path.map(String).filter((key) => !/^\d+$/.test(key))].slice(-2)
  return calledIn(whole, member ?? '')
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'custom':
      return String((issue as { params?: { reason?: string } }).params?.reason ?? 'wrong')
    case 'invalid_type':
      return /received undefined$/.test(issue.message) ? 'absent' : 'type'
    case 'too_big':
    case 'too_small':
      return `${issue.code === 'too_big' ? 'most' : 'least'}-${issue.origin === 'string' || issue.origin === 'array' ? issue.origin : 'number'}`
    case 'invalid_format':
      if (issue.format === 'regex') return issue.pattern === String(decimalPattern) ? 'decimal' : 'pattern'
      return ['datetime', 'date', 'uuid'].includes(issue.format) ? issue.format : 'pattern'
    case 'unrecognized_keys':
      return 'unknown-field'
    case 'invalid_value':
      return 'choice'
    default:
      return 'wrong'
  }
}

function paramsOf(issue: Issue): Record<string, unknown> {
  switch (issue.code) {
    case 'custom': {
      const { reason: _reason, ...params } = (issue as { params?: Record<string, unknown> }).params ?? {}
      return params
    }
    case 'too_big':
      return { limit: Number(issue.maximum) }
    case 'too_small':
      return { limit: Number(issue.minimum) }
    case 'unrecognized_keys':
      // Said by the sender, so shortened before it is said back.
      return {
        fields: issue.keys
          .slice(0, 5)
          .map((key) => key.slice(0, 40))
          .join(', '),
      }
    default:
      return {}
  }
}

type Def = {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  valueType?: z.ZodType
  innerType?: z.ZodType
  options?: z.ZodType[]
  in?: z.ZodType
  out?: z.ZodType
}

/** The schema of what stands at a place; of several forms, the first that has the place. */
function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const def = schema.def as unknown as Def
  if (def.innerType) return schemaAt(def.innerType, path)
  if (def.type === 'pipe')
    return schemaAt((def.in!.def as unknown as Def).type === 'transform' ? def.out! : def.in!, path)
  const [first, ...rest] = path
  if (first === undefined) return schema
  if (def.options) for (const option of def.options) if (schemaAt(option, path)) return schemaAt(option, path)
  const below = def.shape
    ? Object.hasOwn(def.shape, first)
      ? def.shape[String(first)]
      : undefined
    : (def.element ?? def.valueType)
  return below && schemaAt(below, rest)
}

type Stated = Omit<Expected, 'properties' | 'example'> & {
  const?: unknown
  properties?: Record<string, unknown>
  anyOf?: Stated[]
  oneOf?: Stated[]
}

/** `name` is what the member is called that holds it. */
function expectedOf(schema: z.ZodType, name: string): Expected {
  const stated = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Stated
  const { type, format, pattern, minLength, maxLength, minItems, maxItems, required, properties } = stated
  const kind = kindOf(schema)
  const values = valuesOf(stated)
  const isWhole = type === 'array' || type === 'object'
  return present({
    type,
    kind,
    format,
    // Where a word says it, the pattern only tires.
    pattern: kind === undefined && format === undefined ? pattern : undefined,
    minLength,
    maxLength,
    minimum: safe(stated.minimum),
    maximum: safe(stated.maximum),
    minItems,
    maxItems,
    enum: values,
    properties: properties && Object.keys(properties),
    required,
    example: isWhole ? undefined : exampleOf(schema, name),
  })
}

/** All that will do, when it is a closed list; a union of such lists is one. */
function valuesOf({ enum: values, const: only, anyOf, oneOf }: Stated): unknown[] | undefined {
  if (values) return values
  if (only !== undefined) return [only]
  const lists = (anyOf ?? oneOf ?? []).map(valuesOf)
  return lists.length > 0 && lists.every((list) => list !== undefined) ? lists.flat() : undefined
}

/** The limits of whole numbers in JavaScript are none of ours. */
const safe = (limit: number | undefined) =>
  limit === undefined || Math.abs(limit) === Number.MAX_SAFE_INTEGER ? undefined : limit

const present = (all: Expected): Expected =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))

/** Where a fault is, as a JSON Pointer (RFC 6901), and back. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
export const pathOfPointer = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
