// item 物品 – a thing is divided: the first part keeps the code, the others become things of their own. Pure.

import { z } from 'zod'
import { type ItemClass, weighed } from '../classes.ts'
import { compare, difference, sum, within } from '../decimal.ts'
import { type Act, factAbout, itemFact, itemStep, procedure, refuseIf } from '../define.ts'
import * as field from '../fields.ts'
import { refuseNotInHand, secondPerson } from '../handling.ts'
import { clocksOf, type Item, type Part, partOf } from '../item.ts'

const SplitPart = z.strictObject({
  quantity: field.quantity(),
  name: field.text(120).optional(),
  weight: field.weight().optional(),
  value: field.money().optional(),
  seal: field.text(40).optional(),
})
/** The first part stays the thing itself; all of them together are what it was. */
const Split = z.strictObject({ parts: z.array(SplitPart).min(2).max(200) })

type SplitPart = z.infer<typeof SplitPart>

/** Of what cannot be divided there is one. */
const whole: readonly ItemClass[] = ['vehicle']

/** Grams that are astray when a thing is divided into these: those of now and of all divisions before. */
const astrayIn = (item: Item, parts: SplitPart[]): string =>
  sum(item.astray ?? '0', difference(sum(...parts.flatMap((part) => part.weight ?? [])), item.weight!))

/**
 * What each part says must add up to what the thing was; weights within the tolerance, which is there once: otherwise
 * a little could be taken at every division.
 */
function refuseImbalance(item: Item, parts: SplitPart[], act: Act<unknown>): void {
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

type Astray = { astray?: string }

/** What the parts remember of what went astray, for when they are divided again. */
function remembered(item: Item, parts: SplitPart[]): Astray {
  if (item.weight === undefined || parts.some((part) => part.weight === undefined)) return {}
  const astray = astrayIn(item, parts)
  return compare(astray, '0') === 0 ? {} : { astray }
}

/** The thing as one of its parts: what the part does not say of weight, value and seal is not known of it. */
function divided<Whole extends Part>(item: Whole, { quantity, name, weight, value, seal }: SplitPart): Whole {
  // The list of denominations was of the whole sum.
  const { denominations: _of, ...details } = item.details
  return { ...item, quantity, name: name ?? item.name, weight, value, seal, details }
}

export const split = procedure({
  name: 'item',
  steps: {
    split: itemStep({
      by: ['keeper', 'officer'],
      physical: true,
      input: Split,
      // A keeper's second person is the second keeper.
      signers: (act, item) =>
        item && act.role === 'officer' && act.settings.twoPersonClasses.includes(item.class) ? [secondPerson(act)] : [],
      ready: (item, act) => {
        const { code, open } = item
        const [docket] = Object.values(open)
        refuseIf(docket, 'item.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
        refuseIf(whole.includes(item.class), 'item.indivisible', { code, class: item.class })
        refuseNotInHand(item, act, 'item')
      },
      requires: (item, act) => {
        refuseIf(act.items.length > 1, 'item.one-by-one')
        refuseImbalance(item, act.input.parts, act)
      },
      records: (item, act) => {
        const [first, ...others] = act.input.parts
        const astray = remembered(item, act.input.parts)
        const made = others.map((part, index) => {
          const code = act.newCode('item')
          const line = `${item.line}/${index + 2}`
          return { ...divided(partOf(item, act.rules, { code, line, quantity: part.quantity }), part), ...astray }
        })
        const codes = made.map(({ code }) => code)
        return [
          { fact: 'ItemSplit', data: { first, parts: codes, ...astray } },
          ...made.map((part) => ({
            fact: 'PartMade',
            data: { part },
            subject: { kind: 'item' as const, id: part.code },
          })),
        ]
      },
    }),
  },

  facts: {
    ItemSplit: itemFact<{ first: SplitPart } & Astray>(
      (item, { data: { first, astray } }) => ({ ...divided(item, first), ...(astray ? { astray } : {}) }),
      { seen: true },
    ),
    PartMade: factAbout<'item', { part: Part }>('item', (_none, { data, occurredAt }) => ({
      ...data.part,
      clocks: clocksOf(data.part),
      version: 0,
      lastAt: occurredAt,
      lastSeenAt: occurredAt,
    })),
  },

  refusals: [
    'docket-open',
    'not-in-hand',
    'indivisible',
    'one-by-one',
    'does-not-balance',
    'part-unweighed',
    'weight-does-not-balance',
    'part-unvalued',
    'value-does-not-balance',
  ],
})
