// What is shared out of a thing, measure by measure: how much of it the parts have, and how much is still to be given.

import {
  type Amounts,
  amountsOf,
  type Denomination,
  gramsIn,
  noteKey,
  type Share,
} from '../../server/custody/amounts.ts'
import { compare, decimalPattern, minus, sum } from '../../server/custody/decimal.ts'
import type { Item } from '../../server/custody/item.ts'
import { isSaid } from './fault-at.ts'

/** A part while it is typed in. */
export type DraftPart = Share & { quantity?: string; name?: string; weight?: string; seal?: string }

export const figures = ['quantity', 'weight', 'netWeight', 'value', 'rounds'] as const
export type Figure = (typeof figures)[number]
export const lists = ['serials', 'packages'] as const
export type List = (typeof lists)[number]

/** Figures of the thing that each part must say; the net weight of a powder is its quantity. */
export function figuresOf(item: Item): Figure[] {
  const whole = amountsOf(item)
  const net = whole.netWeight !== undefined && gramsIn(item.quantity, item.unit) === whole.netWeight
  return figures.filter((name) => whole[name] !== undefined && !(name === 'netWeight' && net))
}

const inDetails = ['netWeight', 'rounds', 'packages', 'denominations']
/** Where a measure stands in a part. */
export const placeOf = (name: string): string[] => (inDetails.includes(name) ? ['details', name] : [name])

const decimalOf = (value: unknown): string => {
  const text = String(value ?? '0')
  return decimalPattern.test(text) ? text : '0'
}

const stated = (part: DraftPart, name: Figure): unknown =>
  name === 'netWeight' || name === 'rounds' ? part.details?.[name] : part[name]

export type Standing = { whole: string; given: string; left?: string; over?: string }

const standing = (whole: string, given: string): Standing => {
  const rest = compare(given, whole)
  if (rest === 0) return { whole, given }
  return rest < 0 ? { whole, given, left: minus(whole, given) } : { whole, given, over: minus(given, whole) }
}

export const figureStanding = (item: Item, parts: DraftPart[], name: Figure): Standing =>
  standing(decimalOf(amountsOf(item)[name]), sum(...parts.map((part) => decimalOf(stated(part, name)))))

export const namesOf = (part: DraftPart, name: List): string[] =>
  (name === 'serials' ? part.serials : part.details?.packages) ?? []

/** Names of the list that no part has yet. */
export const unassigned = (item: Item, parts: DraftPart[], name: List): string[] =>
  amountsOf(item)[name].filter((each) => !parts.some((part) => namesOf(part, name).includes(each)))

export const notesOf = (part: DraftPart): Denomination[] => part.details?.denominations ?? []

const countOf = (part: DraftPart, note: Denomination): number =>
  notesOf(part).reduce((all, each) => all + (noteKey(each) === noteKey(note) ? each.count : 0), 0)

export const notesStanding = (parts: DraftPart[], note: Denomination): Standing =>
  standing(String(note.count), String(parts.reduce((all, part) => all + countOf(part, note), 0)))

/** Whether everything is given, and nothing twice; weights may differ by what the scales do. */
export function isShared(item: Item, parts: DraftPart[]): boolean {
  const even = ({ left, over }: Standing) => left === undefined && over === undefined
  return (
    figuresOf(item).every((name) => parts.every((part) => isSaid(stated(part, name)))) &&
    figuresOf(item).every((name) => name === 'weight' || even(figureStanding(item, parts, name))) &&
    lists.every((name) => unassigned(item, parts, name).length === 0) &&
    amountsOf(item).denominations.every((note) => even(notesStanding(parts, note)))
  )
}

/** The part with all that the others leave. */
export function withRest(item: Item, parts: DraftPart[], index: number): DraftPart {
  const part = parts[index] ?? {}
  const others = parts.filter((_, at) => at !== index)
  const whole = amountsOf(item)
  const rest: Record<string, unknown> = {}
  for (const name of figuresOf(item)) {
    const { left } = figureStanding(item, others, name)
    rest[name] = name === 'rounds' ? Number(left ?? 0) : left
  }
  const denominations = whole.denominations.flatMap((note) => {
    const count = Number(notesStanding(others, note).left ?? 0)
    return count > 0 ? [{ ...note, count }] : []
  })
  const { quantity, weight, value, netWeight, rounds } = rest as Partial<Amounts>
  return {
    ...part,
    quantity,
    ...(whole.weight === undefined ? {} : { weight }),
    ...(whole.value === undefined ? {} : { value }),
    serials: unassigned(item, others, 'serials'),
    details: {
      ...part.details,
      ...(netWeight === undefined ? {} : { netWeight }),
      ...(whole.rounds === undefined ? {} : { rounds }),
      packages: unassigned(item, others, 'packages'),
      ...(denominations.length > 0 ? { denominations } : {}),
    },
  }
}
