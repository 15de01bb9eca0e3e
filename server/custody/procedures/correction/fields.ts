// Which fields an entry has that can be corrected, each with the schema that its value must satisfy. Pure; shared with the browser.

import { z } from 'zod'
import { refuseIf, required } from '../../define.ts'
import * as field from '../../fields.ts'
import { details, NewItem } from '../intake/description.ts'

export type Correctable = Record<string, z.ZodType>

/** A right value as it is sent: a text, a number, yes or no, a list; absent where nothing is right. */
export const Right = z
  .union([
    field.longText(1000),
    z.number().int(),
    z.boolean(),
    z.array(z.union([field.text(80), details.shape.denominations.unwrap().element])).max(500),
  ])
  .optional()
export type Right = z.infer<typeof Right>

/** What registration, and a part that was taken off, say of the thing itself: a correction of it shows on the card. */
export const described: Correctable = {
  name: NewItem.shape.name,
  class: NewItem.shape.class,
  features: NewItem.shape.features,
  quantity: NewItem.shape.quantity,
  unit: NewItem.shape.unit,
  serials: NewItem.shape.serials,
  weight: NewItem.shape.weight,
  seal: NewItem.shape.seal,
  value: NewItem.shape.value,
  source: NewItem.shape.source,
  takenFrom: field.text(),
  witness: field.text(),
  extractedAt: NewItem.shape.extractedAt,
  externalNo: NewItem.shape.externalNo,
  line: NewItem.shape.line,
  ...inside('document', field.document()),
  ...inside('details', details),
}

const describing = ['ItemRegistered', 'RestLeft', 'PartMade']
const correcting = ['CorrectionNoted', 'FieldCorrected', 'CorrectionAsked']

/**
 * The fields of an entry by its fact and by what its step asked for. Of other entries than descriptions these are the
 * remarks and the paper: who, where, when and how much are put right by steps of their own.
 */
export function fieldsOf(fact: string, asked: z.ZodType | undefined): Correctable {
  if (describing.includes(fact)) return described
  // A correction that is wrong itself is put right at the entry that both are about.
  return asked && !correcting.includes(fact) ? remarksIn(asked) : {}
}

/** The members of an object, each under its dotted name. */
function inside(name: string, { shape }: z.ZodObject): Correctable {
  return Object.fromEntries(Object.entries(shape).map(([member, schema]) => [`${name}.${member}`, schema as z.ZodType]))
}

const remarks = /(^|\.)condition$|^document\.(kind|no|date)$/

function remarksIn(schema: z.ZodType, path: string[] = []): Correctable {
  const inner = field.innerOf(schema)
  if (inner) return remarksIn(inner, path)
  const name = path.join('.')
  const kind = field.kindOf(schema)
  if (kind) return kind === 'long-text' || (/text|date/.test(kind) && remarks.test(name)) ? { [name]: schema } : {}
  const { shape } = schema.def as unknown as { shape?: Record<string, z.ZodType> }
  return Object.assign({}, ...Object.entries(shape ?? {}).map(([member, each]) => remarksIn(each, [...path, member])))
}

/** As refusals name the field. */
export const wordOf = (name: string): string => name.replace(/^details\./, '')

/** The right value as the field's own schema reads it, `null` where nothing is right; refuses any other. */
export function rightFor(fields: Correctable, name: string, right: Right): unknown {
  const schema = required(Object.hasOwn(fields, name) ? fields[name] : undefined, 'correction.unknown-field', {
    field: wordOf(name),
  })
  const read = schema.safeParse(asMeant(schema, right))
  refuseIf(!read.success, 'correction.wrong-value', { field: wordOf(name), right: String(right ?? '') })
  return read.data ?? null
}

/** A number or a list may come as the text of it; a text that is no list is the only one of its list, blanks and all. */
function asMeant(schema: z.ZodType, right: Right): unknown {
  const inner = field.innerOf(schema)
  if (inner) return asMeant(inner, right)
  if (typeof right !== 'string') return right
  const { type } = schema.def
  if (type === 'number') return /^\d{1,15}$/.test(right) ? Number(right) : right
  if (type === 'boolean') return right === 'true' ? true : right === 'false' ? false : right
  if (type !== 'array') return right
  try {
    const list: unknown = JSON.parse(right)
    return Array.isArray(list) ? list : [right]
  } catch {
    return [right]
  }
}
