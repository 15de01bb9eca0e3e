// How version 1 of the rules divided a thing: only quantity, weight and value were shared out.

import { weighed } from '../../classes.ts'
import { compare, difference, sum, within } from '../../decimal.ts'
import { type Act, refuseIf } from '../../define.ts'
import type { Item, Part } from '../../item.ts'
import type { SplitPart } from './split.ts'

export type Astray = { astray?: string }

/** Grams that are astray when a thing is divided into these: those of now and of all divisions before. */
const astrayIn = (item: Item, parts: SplitPart[]): string =>
  sum(item.astray ?? '0', difference(sum(...parts.flatMap((part) => part.weight ?? [])), item.weight!))

/** What each part says must add up to what the thing was; weights within the tolerance, which is there once. */
export function refuseImbalanceOfVersion1(item: Item, parts: SplitPart[], act: Act<unknown>): void {
  const { code, quantity, weight, value } = item
  const count = sum(...parts.map((part) => part.quantity))
  refuseIf(compare(count, quantity) !== 0, 'item.does-not-balance', { code, total: count, quantity })

  const weights = parts.flatMap((part) => part.weight ?? [])
  const guarded = act.settings.twoPersonClasses.includes(item.class)
  const mustWeigh = weight !== undefined && (weights.length > 0 || weighed.includes(item.class) || guarded)
  refuseIf(mustWeigh && weights.length < parts.length, 'item.part-unweighed', { code })
  const total = sum(...weights)
  const exact = mustWeigh && compare(total, weight) === 0
  const near = mustWeigh && within(sum(weight, astrayIn(item, parts)), weight, act.settings.weightTolerancePerMille)
  refuseIf(mustWeigh && !exact && !near, 'item.weight-does-not-balance', { code, total, weight })

  const values = parts.flatMap((part) => part.value ?? [])
  const mustValue = value !== undefined && (values.length > 0 || item.class === 'cash')
  refuseIf(mustValue && values.length < parts.length, 'item.part-unvalued', { code })
  const worth = sum(...values)
  refuseIf(mustValue && compare(worth, value) !== 0, 'item.value-does-not-balance', { code, total: worth, value })
}

/** What the parts remember of what went astray, for when they are divided again. */
export function astrayOfVersion1(item: Item, parts: SplitPart[]): Astray {
  if (item.weight === undefined || parts.some((part) => part.weight === undefined)) return {}
  const astray = astrayIn(item, parts)
  return compare(astray, '0') === 0 ? {} : { astray }
}

/** The thing as one of its parts: what the part does not say of weight, value and seal is not known of it. */
export function dividedByVersion1<Whole extends Part>(item: Whole, part: SplitPart): Whole {
  const { quantity, name, weight, value, seal } = part
  // The list of denominations was of the whole sum.
  const { denominations: _of, ...details } = item.details
  return { ...item, quantity, name: name ?? item.name, weight, value, seal, details }
}
