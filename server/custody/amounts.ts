// What can be counted of a thing – pieces, grams, yuan, numbers – and how it is shared out, put together and lessened. Pure.

import { z } from 'zod'
import { compare, difference, minus, product, quotient, sum, times } from './decimal.ts'
import { type Act, refuseIf } from './define.ts'
import * as field from './fields.ts'
import { folded } from './folding.ts'
import type { Item, Part } from './item.ts'

export const denomination = z.strictObject({
  face: field.money(),
  count: z.number().int().min(1).max(10_000_000),
  /** That of the thing; said again where notes are counted apart from it. */
  currency: field.currency().optional(),
  /** Worth nothing, and counted all the same. */
  counterfeit: z.boolean().optional(),
})
export type Denomination = z.infer<typeof denomination>

/** What is counted under `details`. */
export const counted = {
  denominations: z.array(denomination).max(60).optional(),
  netWeight: field.weight().optional(),
  packages: z.array(field.text(60)).max(500).optional(),
  rounds: z.number().int().min(0).max(1_000_000).optional(),
}
/** What is said of a part beside its quantity and its gross weight. */
export const share = {
  value: field.money().optional(),
  serials: z.array(field.text(80)).max(50).optional(),
  details: z.strictObject(counted).optional(),
}
export const Share = z.strictObject(share)
export type Share = z.infer<typeof Share>

export type Amounts = {
  quantity: string
  /** Gross, grams. */
  weight?: string
  netWeight?: string
  value?: string
  serials: string[]
  packages: string[]
  denominations: Denomination[]
  rounds?: number
}

/** What a fact says of amounts that are not what they were, other than by being shared out or put together. */
export type Changed = { [name in keyof Amounts]?: { was?: Amounts[name]; is?: Amounts[name] } }

type Counted = Pick<Part, 'quantity' | 'weight' | 'value' | 'serials' | 'details'>

export function amountsOf({ quantity, weight, value, serials, details }: Counted): Amounts {
  const { netWeight, packages = [], denominations = [], rounds } = details as Partial<Amounts>
  const figures = { weight: plain(weight), netWeight: plain(netWeight), value: plain(value), rounds }
  return { quantity: sum(quantity), ...known(figures), serials, packages, denominations }
}

/** Without the noughts that somebody wrote behind it. */
const plain = (figure: string | undefined) => (figure === undefined ? undefined : sum(figure))

/** A part that somebody stated: its net weight need not be said again where it is the quantity. */
export function amountsStated(
  item: Item,
  { quantity, weight, value, serials = [], details = {} }: Share & { quantity: string; weight?: string },
): Amounts {
  const { netWeight, packages = [], denominations = [], rounds } = details
  const net = netWeight ?? (isAmount(item) ? gramsIn(quantity, item.unit) : undefined)
  return { ...known({ quantity, weight, netWeight: net, value, rounds }), serials, packages, denominations }
}

/** Whether its quantity says its net weight. */
function isAmount(item: Item): boolean {
  const { netWeight } = amountsOf(item)
  const grams = gramsIn(item.quantity, item.unit)
  return netWeight !== undefined && grams !== undefined && compare(grams, netWeight) === 0
}

/** The thing with other amounts; what they do not name is not known of it. */
export function withAmounts<Thing extends Counted>(thing: Thing, amounts: Amounts): Thing {
  const { quantity, weight, netWeight, value, serials, packages, denominations, rounds } = amounts
  const { denominations: _d, netWeight: _n, packages: _p, rounds: _r, grossWeight, ...others } = thing.details
  const details = {
    ...others,
    ...known({ netWeight, rounds, grossWeight: grossWeight === undefined ? undefined : weight }),
    ...(packages.length > 0 ? { packages } : {}),
    ...(denominations.length > 0 ? { denominations } : {}),
  }
  return { ...thing, quantity, weight, value, serials, details }
}

/** The thing after a fact that says what changed. */
export function changedBy<Thing extends Counted>(thing: Thing, changed: Changed = {}): Thing {
  const now = Object.entries(changed).map(([name, { is }]) => [name, is])
  return now.length === 0 ? thing : withAmounts(thing, { ...amountsOf(thing), ...Object.fromEntries(now) })
}

/** `changed` as a fact carries it: nothing when all is as it was. */
export function changes(was: Amounts, is: Amounts): { changed?: Changed } {
  const names = Object.keys({ ...was, ...is }) as (keyof Amounts)[]
  const changed = names
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => [name, known({ was: was[name], is: is[name] })])
  return changed.length === 0 ? {} : { changed: Object.fromEntries(changed) }
}

/** What a first weighing says: the weight of a thing that is not known yet. */
export const firstWeighed = (was: Amounts, weight: string | undefined): Amounts => ({
  ...was,
  ...(was.weight === undefined && weight !== undefined ? { weight } : {}),
})

/** All of them together; a figure is known when it is of each, or `partly` what is known of it. */
export function together(all: readonly Amounts[], partly = false): Amounts {
  const figure = (name: 'weight' | 'netWeight' | 'value') => {
    const figures = all.flatMap((each) => each[name] ?? [])
    return figures.length === all.length || (partly && figures.length > 0) ? sum(...figures) : undefined
  }
  const rounds = all.flatMap((each) => each.rounds ?? [])
  return {
    quantity: sum(...all.map(({ quantity }) => quantity)),
    ...known({ weight: figure('weight'), netWeight: figure('netWeight'), value: figure('value') }),
    ...(rounds.length === all.length || (partly && rounds.length > 0)
      ? { rounds: rounds.reduce((total, each) => total + each, 0) }
      : {}),
    serials: all.flatMap(({ serials }) => serials),
    packages: [...new Set(all.flatMap(({ packages }) => packages))],
    denominations: denominationsTogether(all.flatMap(({ denominations }) => denominations)),
  }
}

/** What is left when a part is taken away, every unit of which was there. */
export function rest(item: Item, part: Amounts): Amounts {
  const whole = amountsOf(item)
  refuseStrangers(item, part)
  const less = (name: 'weight' | 'netWeight' | 'value') => {
    const [all, taken] = [whole[name], part[name]]
    if (all === undefined || taken === undefined) return undefined
    refuseIf(compare(taken, all) > 0, 'item.more-than-there', { code: item.code, amount: taken, there: all })
    return minus(all, taken)
  }
  const rounds = whole.rounds !== undefined && part.rounds !== undefined ? whole.rounds - part.rounds : undefined
  const taken = countOf(part.denominations)
  return {
    quantity: minus(whole.quantity, part.quantity),
    ...known({ weight: less('weight'), netWeight: less('netWeight'), value: less('value'), rounds }),
    serials: without(whole.serials, part.serials),
    packages: without(whole.packages, part.packages),
    denominations: whole.denominations.flatMap((each) => {
      const count = each.count - (taken.get(noteKey(each)) ?? 0)
      return count > 0 ? [{ ...each, count }] : []
    }),
  }
}

/** Refuses parts that are not together what the thing was, to the last unit; weights are refused by who weighs. */
export function refuseUnshared(item: Item, parts: readonly Amounts[], act: Act<unknown>): void {
  const { code, unit, class: kind } = item
  const whole = amountsOf(item)
  for (const part of parts) {
    refuseBroken(part.quantity, unit, kind, act)
    refuseUneven(item, part)
  }
  const total = sum(...parts.map(({ quantity }) => quantity))
  refuseIf(compare(total, whole.quantity) !== 0, 'item.does-not-balance', { code, total, quantity: whole.quantity })

  refuseUnlisted(
    item,
    whole.serials,
    parts.map(({ serials }) => serials),
  )
  // A part that is packed anew has a number of its own.
  const renumbered = parts.map(({ packages }) => packages)
  refuseUnlisted(item, whole.packages, renumbered, true)
  refuseNetApart(item, whole, parts)
  refuseValueApart(item, whole, parts)
  const rounds = parts.reduce((all, part) => all + (part.rounds ?? 0), 0)
  refuseIf(rounds !== (whole.rounds ?? 0), 'item.rounds-do-not-balance', {
    code,
    total: rounds,
    rounds: whole.rounds ?? 0,
  })
  const [counts, there] = [countOf(parts.flatMap(({ denominations }) => denominations)), countOf(whole.denominations)]
  for (const { face, counterfeit } of [
    ...whole.denominations,
    ...parts.flatMap(({ denominations }) => denominations),
  ]) {
    const key = noteKey({ face, counterfeit })
    const [got, had] = [counts.get(key) ?? 0, there.get(key) ?? 0]
    refuseIf(got !== had, 'item.notes-do-not-balance', { code, face, total: got, count: had })
  }
}

/** What came is less than the whole, and said so for everything that was listed. */
function refuseStrangers({ code, ...item }: Item, part: Amounts): void {
  const whole = amountsOf(item)
  for (const name of ['serials', 'packages'] as const) {
    const strange = without(part[name], whole[name])
    refuseIf(strange.length > 0, 'item.not-of-it', { code, names: strange })
  }
  const more = (part.rounds ?? 0) > (whole.rounds ?? 0)
  refuseIf(more, 'item.more-than-there', { code, amount: part.rounds ?? 0, there: whole.rounds ?? 0 })
  const there = countOf(whole.denominations)
  for (const [key, count] of countOf(part.denominations))
    refuseIf(count > (there.get(key) ?? 0), 'item.more-than-there', { code, amount: count, there: there.get(key) ?? 0 })
}

/** Each name of the list on exactly one part. */
function refuseUnlisted({ code }: Item, list: string[], parts: string[][], mayAdd = false): void {
  const given = parts.flat()
  const left = without(list, given)
  refuseIf(left.length > 0, 'item.left-over', { code, names: left })
  const twice = without(without(given, list), [...new Set(given.filter((name) => !list.includes(name)))])
  refuseIf(twice.length > 0, 'item.on-two-parts', { code, names: twice })
  const strange = without(given, list)
  refuseIf(strange.length > 0 && !mayAdd, 'item.not-of-it', { code, names: strange })
}

function refuseNetApart({ code }: Item, whole: Amounts, parts: readonly Amounts[]): void {
  const nets = parts.flatMap(({ netWeight }) => netWeight ?? [])
  if (whole.netWeight === undefined && nets.length === 0) return
  refuseIf(nets.length < parts.length, 'item.part-unweighed', { code })
  const total = sum(...nets)
  const net = whole.netWeight ?? '0'
  refuseIf(compare(total, net) !== 0, 'item.net-does-not-balance', { code, total, weight: net })
}

function refuseValueApart({ code }: Item, whole: Amounts, parts: readonly Amounts[]): void {
  const values = parts.flatMap(({ value }) => value ?? [])
  if (whole.value === undefined && values.length === 0) return
  refuseIf(values.length < parts.length, 'item.part-unvalued', { code })
  const total = sum(...values)
  const value = whole.value ?? '0'
  refuseIf(compare(total, value) !== 0, 'item.value-does-not-balance', { code, total, value })
}

/** What agreed with itself in the whole agrees in the part: a number for each piece, a round for each round. */
export function refuseUneven(item: Item, part: Amounts): void {
  const { code, unit } = item
  const whole = amountsOf(item)
  const { quantity, serials, rounds, netWeight, weight, denominations, value } = part
  const each = compare(String(whole.serials.length), whole.quantity) === 0
  refuseIf(each && compare(String(serials.length), quantity) !== 0, 'item.a-number-each', { code, quantity })
  const fired =
    whole.rounds !== undefined && isOneOf(unit, roundUnits) && compare(String(whole.rounds), whole.quantity) === 0
  refuseIf(fired && compare(String(rounds ?? 0), quantity) !== 0, 'item.a-round-each', { code, quantity })
  const apart = isAmount(item) && netWeight !== undefined && compare(gramsIn(quantity, unit)!, netWeight) !== 0
  refuseIf(apart, 'item.quantity-is-not-net', { code, quantity, unit, weight: netWeight })
  const heavy = ({ weight, netWeight }: Amounts) => weight && netWeight && compare(netWeight, weight) > 0
  const light = heavy(part) && !heavy(whole)
  refuseIf(light, 'item.net-over-gross', { code, weight: netWeight, gross: weight })
  const counted = worthOf(denominations)
  const miscounted = denominations.length > 0 && value !== undefined && compare(counted, value) !== 0
  refuseIf(miscounted, 'item.notes-are-not-the-value', { code, counted, amount: value })
}

/** What a list of denominations is worth, in its currency. */
export const worthOf = (denominations: readonly Denomination[]): string =>
  sum(...denominations.map(({ face, count, counterfeit }) => (counterfeit ? '0' : times(face, count))))

const roundUnits = ['发', 'round', 'rounds']

/** Grams in one of the units that say a weight, as they are written when folded. */
const grams: Record<string, string> = {
  ...{ 克: '1', g: '1', 公克: '1', gram: '1', grams: '1' },
  ...{ 千克: '1000', 公斤: '1000', kg: '1000', 斤: '500', 两: '50', 吨: '1000000', t: '1000000' },
  ...{ 毫克: '0.001', mg: '0.001' },
}
const gramsPer = (unit: string): string | undefined => {
  const name = folded(unit)
  return Object.hasOwn(grams, name) ? grams[name] : undefined
}
const isOneOf = (unit: string, units: readonly string[]) => units.some((each) => folded(each) === folded(unit))

/** The grams that a quantity says, or nothing when it does not say a weight. */
export function gramsIn(quantity: string, unit: string): string | undefined {
  const per = gramsPer(unit)
  return per === undefined ? undefined : product(quantity, per)
}

/** The quantity that says so many grams. */
export const quantityOf = (weight: string, unit: string): string => quotient(weight, gramsPer(unit) ?? '1')

/** Classes that are counted in whole numbers whatever their unit is called. */
const unbroken = ['firearms', 'vehicle']

/** By which rules and whose settings. */
export type Judging = Pick<Act, 'rules' | 'settings'>

/** Refuses half a car, and two and a half of whatever the agency counts in whole numbers. */
export function refuseBroken(quantity: string, unit: string, kind: string, act: Judging): void {
  if (act.rules < 2) return
  const whole = unbroken.includes(kind) || isOneOf(unit, act.settings.wholeUnits)
  refuseIf(whole && quantity.includes('.'), 'item.not-whole', { quantity, unit })
}

/**
 * The amounts after grams of it were used or dried away: quantity where it says a weight, net and gross weight alike.
 * Nothing where that is all there was, or more.
 */
export function lessened(item: Item, by: string): Amounts | undefined {
  const was = amountsOf(item)
  const said = gramsIn(was.quantity, item.unit)
  const figures = [said, was.netWeight, was.weight].filter((each) => each !== undefined)
  if (figures.some((each) => compare(by, each) >= 0)) return undefined
  const less = (figure: string | undefined) => (figure === undefined ? undefined : minus(figure, by))
  const left = less(said)
  const quantity = left === undefined ? was.quantity : quantityOf(left, item.unit)
  return { ...was, quantity, ...known({ weight: less(was.weight), netWeight: less(was.netWeight) }) }
}

/** Grams that went astray between a weight and those of its parts; packing anew only adds where the net weight is known. */
export function astrayBetween(whole: Amounts, total: string): string {
  const { weight = total, netWeight } = whole
  return netWeight !== undefined && compare(total, weight) > 0 ? '0' : difference(total, weight)
}

/** A thing is in one currency, so its notes are told apart by what is printed on them and whether it is true. */
export const noteKey = ({ face, counterfeit }: Omit<Denomination, 'count'>): string =>
  `${sum(face)}${counterfeit ? ' counterfeit' : ''}`

/** Whether two lists count the same notes, in whatever order. */
export function sameNotes(one: readonly Denomination[], other: readonly Denomination[]): boolean {
  const [here, there] = [countOf(one), countOf(other)]
  return here.size === there.size && [...here].every(([key, count]) => there.get(key) === count)
}

function countOf(denominations: readonly Denomination[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const each of denominations) counts.set(noteKey(each), (counts.get(noteKey(each)) ?? 0) + each.count)
  return counts
}

function denominationsTogether(denominations: readonly Denomination[]): Denomination[] {
  const counts = countOf(denominations)
  const first = new Map(denominations.toReversed().map((each) => [noteKey(each), each]))
  return [...counts].map(([key, count]) => ({ ...first.get(key)!, count }))
}

/** A list less every name of another, each as often as it stands there. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...list]
  for (const name of others) if (left.includes(name)) left.splice(left.indexOf(name), 1)
  return left
}

const known = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values
