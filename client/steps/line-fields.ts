// Which fields of a step over several things stand in each thing's own line, and which are said once. Pure.

import type { Card } from '../../server/contract/cards.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { Act, PerItem } from '../../server/custody/define.ts'
import { Refusal } from '../../server/custody/define.ts'
import type { Item } from '../../server/custody/item.ts'
import { rulesVersion } from '../../server/custody/rules.ts'
import type { Faults } from './checked.ts'
import { type Field, type Shape, shapeOf } from './shape.ts'

/** `common` may be said once for all, `own` is said of each thing. */
export type LineFields = { perItem: PerItem<unknown>; common: Field[]; own: Field[] }

/** Photographs may show several things at once, so they can be given either way. */
const eitherWay = ['photos']

/** Nothing for steps that ask nothing of each thing, or are taken for one thing only. */
export function lineFieldsOf(step: string, items: Card[]): LineFields | undefined {
  const stated = catalogue.steps[step]
  if (items.length < 2 || stated?.on !== 'item' || !stated.perItem) return undefined
  const { one, own } = stated.perItem as PerItem<unknown>
  const shape = shapeOf(one)
  if (shape.type !== 'object') return undefined
  const checked = shape.fields.find(({ name }) => name === 'checked')
  const inner = checked?.shape.type === 'object' ? checked.shape.fields : []
  const isOwn = ({ name }: Field) => own.includes(name)
  const free = (field: Field): Field => (eitherWay.includes(field.name) ? { ...field, optional: true } : field)
  const common = shape.fields
    .map((field) => (field === checked ? { ...field, shape: withoutOwn(field.shape, isOwn) } : field))
    .filter((field) => !isOwn(field) || eitherWay.includes(field.name))
    .filter(({ shape: each }) => each.type !== 'object' || each.fields.length > 0)
  const mine = [...inner, ...shape.fields].filter(isOwn)
  const inOrder = own.flatMap((name) => mine.find((field) => field.name === name) ?? [])
  return { perItem: stated.perItem as PerItem<unknown>, common: common.map(free), own: inOrder.map(free) }
}

const withoutOwn = (shape: Shape, isOwn: (field: Field) => boolean): Shape =>
  shape.type === 'object' ? { ...shape, fields: shape.fields.filter((field) => !isOwn(field)) } : shape

/** What the lines lack, by the rule of the step itself: dotted paths into the form. */
export function lineFaults({ perItem }: LineFields, items: Card[], input: Record<string, unknown>): Faults {
  const faults: Faults = {}
  const byCode = new Map(items.map((item) => [item.code, item]))
  const act = {
    input,
    items: items as Item[],
    item: (code: string) => byCode.get(code)!,
    rules: rulesVersion,
  } as unknown as Act<unknown>
  items.forEach((item, index) => {
    try {
      perItem.inputFor(item, act)
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      for (const name of refusal.params.fields as string[]) {
        const path = ['lines', index, name]
        faults[path.join('.')] = { path, reason: 'missing', params: {} }
      }
    }
  })
  return faults
}
