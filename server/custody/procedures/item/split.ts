// A thing is divided, and whoever divides it says what goes where: nothing is on two parts, and nothing is lost.

import { z } from 'zod'
import {
  type Amounts,
  amountsOf,
  amountsStated,
  astrayBetween,
  type Changed,
  changes,
  refuseUnshared,
  share,
  together,
  withAmounts,
} from '../../amounts.ts'
import { type ItemClass, weighed } from '../../classes.ts'
import { compare, sum, within } from '../../decimal.ts'
import { type Act, factAbout, itemFact, itemStep, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { refuseNotInHand, secondPerson } from '../../handling.ts'
import { clocksOf, type Item, type Part, partOf } from '../../item.ts'
import { type Astray, astrayOfVersion1, dividedByVersion1, refuseImbalanceOfVersion1 } from './split-of-version-1.ts'

const SplitPart = z.strictObject({
  quantity: field.quantity(),
  name: field.text(120).optional(),
  weight: field.weight().optional(),
  seal: field.text(40).optional(),
  ...share,
})
/** The first part stays the thing itself; all of them together are what it was. */
const Split = z.strictObject({ parts: z.array(SplitPart).min(2).max(200) })

export type SplitPart = z.infer<typeof SplitPart>

/** Of what cannot be divided there is one. */
const whole: readonly ItemClass[] = ['vehicle']

export function refuseOpen({ code, open }: Item): void {
  const [docket] = Object.values(open)
  refuseIf(docket, 'item.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
}

/** Who opens what two persons keep has one beside them; a keeper's second person is the second keeper. */
export const besideOfficer = (act: Act<unknown>, item: Item | undefined) =>
  item && act.role === 'officer' && act.settings.twoPersonClasses.includes(item.class) ? [secondPerson(act)] : []

/**
 * Grams of gross weight that are astray when it is divided into these: those of now and of all divisions before. They
 * are within the tolerance, which is there once: otherwise a little could be taken at every division.
 */
function refuseAstray(item: Item, parts: Amounts[], act: Act<unknown>): string {
  const { code, weight, astray: before = '0' } = item
  const weights = parts.flatMap((part) => part.weight ?? [])
  const mustWeigh = weight !== undefined || weights.length > 0 || weighed.includes(item.class)
  refuseIf(mustWeigh && weights.length < parts.length, 'item.part-unweighed', { code })
  if (weight === undefined) return before
  const total = sum(...weights)
  const now = astrayBetween(amountsOf(item), total)
  const astray = sum(before, now)
  const near = compare(now, '0') === 0 || within(sum(weight, astray), weight, act.settings.weightTolerancePerMille)
  refuseIf(!near, 'item.weight-does-not-balance', { code, total, weight })
  return astray
}

type Division = { parts: { stated: SplitPart; amounts?: Amounts }[]; astray?: string; changed?: Changed }

/** What the parts are, and what they remember of what went astray for when they are divided again. */
function divisionOf(item: Item, act: Act<z.infer<typeof Split>>): Division {
  const { parts } = act.input
  if (act.rules < 2) return { parts: parts.map((stated) => ({ stated })), ...astrayOfVersion1(item, parts) }
  const amounts = parts.map((stated) => amountsStated(item, stated))
  const astray = refuseAstray(item, amounts, act)
  return {
    parts: parts.map((stated, index) => ({ stated, amounts: amounts[index]! })),
    ...(compare(astray, '0') === 0 ? {} : { astray }),
    ...changes(amountsOf(item), { ...together(amounts), ...unlisted(item) }),
  }
}

/** Lists are shared out as they are, in whatever order, and packages get numbers of their own: nothing changed by that. */
const unlisted = (item: Item) => {
  const { serials, packages, denominations } = amountsOf(item)
  return { serials, packages, denominations }
}

function dividedAs<Whole extends Part>(whole: Whole, { stated, amounts }: Division['parts'][number]): Whole {
  if (!amounts) return dividedByVersion1(whole, stated)
  return { ...withAmounts(whole, amounts), name: stated.name ?? whole.name, seal: stated.seal }
}

export const split = itemStep({
  by: ['keeper', 'officer'],
  physical: true,
  input: Split,
  signers: besideOfficer,
  ready: (item, act) => {
    refuseOpen(item)
    refuseIf(whole.includes(item.class), 'item.indivisible', { code: item.code, class: item.class })
    refuseNotInHand(item, act, 'item')
  },
  requires: (item, act) => {
    refuseIf(act.items.length > 1, 'item.one-by-one')
    const { parts } = act.input
    if (act.rules < 2) return refuseImbalanceOfVersion1(item, parts, act)
    const amounts = parts.map((part) => amountsStated(item, part))
    refuseUnshared(item, amounts, act)
    refuseAstray(item, amounts, act)
  },
  records: (item, act) => {
    const { parts, astray, changed } = divisionOf(item, act)
    const [first, ...others] = parts
    const left = astray ? { astray } : {}
    const made = others.map((part, index) => {
      const code = act.newCode('item')
      const line = `${item.line}/${index + 2}`
      return { ...dividedAs(partOf(item, act.rules, { code, line, quantity: part.stated.quantity }), part), ...left }
    })
    const codes = made.map(({ code }) => code)
    const { amounts, stated } = first!
    const says = amounts ? { amounts, ...(changed ? { changed } : {}) } : {}
    return [
      { fact: 'ItemSplit', data: { first: stated, parts: codes, ...left, ...says } },
      ...made.map((part) => ({ fact: 'PartMade', data: { part }, subject: { kind: 'item' as const, id: part.code } })),
    ]
  },
})

export const divided = {
  ItemSplit: itemFact<{ first: SplitPart; amounts?: Amounts } & Astray>(
    (item, { data: { first, amounts, astray } }) => ({
      ...dividedAs(item, { stated: first, amounts }),
      ...(astray ? { astray } : {}),
    }),
    { seen: true },
  ),
  PartMade: factAbout<'item', { part: Part }>('item', (_none, { data, occurredAt }) => ({
    ...data.part,
    clocks: clocksOf(data.part),
    version: 0,
    lastAt: occurredAt,
    lastSeenAt: occurredAt,
  })),
}
