// What a step asks for, read off its schema: the shape from which its form is drawn.

import type { z } from 'zod'
import { type FieldKind, innerOf, kindOf } from '../../server/custody/fields.ts'

export type Shape =
  | { type: 'object'; fields: Field[] }
  | { type: 'list'; element: Shape; least: number }
  | { type: 'union'; options: Shape[] }
  | { type: 'choice'; values: string[] }
  | { type: 'boolean' }
  | { type: 'integer' }
  | { type: 'field'; kind: FieldKind; most?: number; least: number }

export type Field = { name: string; shape: Shape; optional: boolean }

type Def = {
  type: string
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  options?: z.ZodType[]
  entries?: Record<string, string>
  values?: unknown[]
  in?: z.ZodType
  checks?: { _zod: { def: { check: string; minimum?: number; maximum?: number } } }[]
}

const defOf = (schema: z.ZodType): Def => schema.def as unknown as Def

function limit(schema: z.ZodType, check: 'min_length' | 'max_length'): number | undefined {
  const found = defOf(schema).checks?.find(({ _zod }) => _zod.def.check === check)?._zod.def
  return check === 'min_length' ? found?.minimum : found?.maximum
}

const optionalTypes = ['optional', 'default', 'prefault', 'nullable']

const unwrapped = (schema: z.ZodType): z.ZodType => {
  const inner = innerOf(schema)
  return inner ? unwrapped(inner) : schema
}

/** Throws for a schema that no form of ours can draw, so that a test finds it. */
export function shapeOf(schema: z.ZodType): Shape {
  const kind = kindOf(schema)
  const bare = unwrapped(schema)
  const def = defOf(bare)
  if (kind) return { type: 'field', kind, most: limit(bare, 'max_length'), least: limit(bare, 'min_length') ?? 0 }
  switch (def.type) {
    case 'object':
      return { type: 'object', fields: Object.entries(def.shape ?? {}).map(fieldOf) }
    case 'array':
      return { type: 'list', element: shapeOf(def.element!), least: limit(bare, 'min_length') ?? 0 }
    case 'union':
      return unionOf(def.options ?? [])
    case 'enum':
      return { type: 'choice', values: Object.values(def.entries ?? {}).map(String) }
    case 'literal':
      return { type: 'choice', values: (def.values ?? []).map(String) }
    case 'boolean':
      return { type: 'boolean' }
    case 'number':
      return { type: 'integer' }
    case 'string':
      return { type: 'field', kind: 'text', most: limit(bare, 'max_length'), least: limit(bare, 'min_length') ?? 0 }
    case 'pipe':
      return shapeOf(def.in!)
    default:
      throw new Error(`A form cannot draw a ${def.type}`)
  }
}

const fieldOf = ([name, schema]: [string, z.ZodType]): Field => ({
  name,
  shape: shapeOf(schema),
  optional: optionalTypes.includes(defOf(schema).type),
})

/** A union of choices is one choice. */
function unionOf(options: z.ZodType[]): Shape {
  const shapes = options.map(shapeOf)
  if (shapes.every((shape) => shape.type === 'choice'))
    return { type: 'choice', values: shapes.flatMap((shape) => (shape.type === 'choice' ? shape.values : [])) }
  return { type: 'union', options: shapes }
}

/** Paths of all fields of a kind, dotted, without those in lists. */
export function pathsOf(shape: Shape, kinds: readonly FieldKind[], path: string[] = []): string[][] {
  if (shape.type === 'field') return kinds.includes(shape.kind) ? [path] : []
  if (shape.type !== 'object') return []
  return shape.fields.flatMap(({ name, shape: inner }) => pathsOf(inner, kinds, [...path, name]))
}
