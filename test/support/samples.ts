// Input made from a step's own schema: of the right shape, about nothing that exists; and the same with one thing wrong.

import type { z } from 'zod'
import { type CodeKind, codeFrom } from '../../server/custody/codes.ts'
import { kindOf } from '../../server/custody/fields.ts'

type Def = {
  type: string
  innerType?: z.ZodType
  element?: z.ZodType
  shape?: Record<string, z.ZodType>
  options?: z.ZodType[]
  entries?: Record<string, string>
  values?: unknown[]
  valueType?: z.ZodType
  format?: string
}
const defOf = (schema: z.ZodType): Def => (schema as unknown as { def: Def }).def

/** A code that is well formed and belongs to nothing. */
export const unknownCode = (kind: CodeKind, seed = 1): string => {
  for (let n = seed; ; n++) {
    const code = codeFrom(
      kind,
      Uint8Array.from({ length: 10 }, (_, at) => (n * 31 + at * 7) % 256),
    )
    if (code) return code
  }
}
/** The same with another check character. */
export const misread = (code: string): string => code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A')

export type Leaf = { path: (string | number)[]; kind: string }

/** A value of the schema with every field given; `text` stands in every free text. Notes where the texts and codes are. */
export function sampleOf(
  schema: z.ZodType,
  text: string,
  leaves: Leaf[] = [],
  path: (string | number)[] = [],
): unknown {
  const kind = kindOf(schema)
  const leaf = (value: unknown, named = kind ?? 'plain') => {
    leaves.push({ path, kind: named })
    return value
  }
  switch (kind) {
    case 'place':
      return leaf(unknownCode('place'))
    case 'item':
      return leaf(unknownCode('item'))
    case 'docket':
      return leaf(unknownCode('docket'))
    case 'person':
    case 'agency':
    case 'unit':
      return leaf('nobody-there')
    case 'photos':
    case 'papers':
      return ['f'.repeat(64)]
    case 'photo':
    case 'file':
    case 'paper':
    case 'video':
    case 'signature':
      return leaf('f'.repeat(64))
    case 'money':
    case 'weight':
    case 'quantity':
      return leaf('1')
    case 'currency':
      return leaf('USD')
    case 'time':
      return leaf('2026-03-01T01:00:00.000Z')
    case 'date':
      return leaf('2026-03-01')
    case 'case':
      return leaf('A9999999999999999999999')
    case 'text':
    case 'long-text':
    case 'particular':
      return leaf(text, 'free')
  }
  const def = defOf(schema)
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return sampleOf(def.innerType!, text, leaves, path)
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape!).map(([name, field]) => [name, sampleOf(field, text, leaves, [...path, name])]),
      )
    case 'array': {
      const one = sampleOf(def.element!, text, leaves, [...path, 0])
      // A list that wants at least two.
      return schema.safeParse([one]).success ? [one] : [one, one]
    }
    case 'union':
      return sampleOf(def.options![0]!, text, leaves, path)
    case 'enum':
      // Any number will do for a paper of another kind.
      return path.at(-1) === 'idKind' ? 'other' : Object.values(def.entries!)[0]
    case 'literal':
      return def.values![0]
    case 'number':
      return leaf(1, 'number')
    case 'boolean':
      return leaf(true, 'boolean')
    case 'record':
      return {}
    case 'string':
      return leaf(
        ['x1', 'f'.repeat(64), '1', '{}'].find((value) => schema.safeParse(value).success),
        'plain',
      )
    default:
      throw new Error(`no sample for ${def.type} at ${path.join('.')}`)
  }
}

/** A copy with another value at a place. */
export function withValue(value: unknown, path: readonly (string | number)[], put: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return put
  const copy: Record<string | number, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) }
  copy[first] = withValue(copy[first], rest, put)
  return copy
}
