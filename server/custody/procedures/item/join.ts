// Parts of one thing are put together again: what was counted, weighed and listed of them adds up in the one that stays.

import { z } from 'zod'
import { type Amounts, amountsOf, type Changed, changes, together, withAmounts } from '../../amounts.ts'
import { type Due, started } from '../../clocks.ts'
import { compare, sum, within } from '../../decimal.ts'
import { type Act, itemFact, itemStep, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { refuseNotInHand } from '../../handling.ts'
import { familyOf, goneFor, type Item } from '../../item.ts'
import { besideOfficer, refuseOpen } from './split.ts'

const Join = z.strictObject({
  /** What is put to the scanned thing; further scanned things are put to the first of them likewise. */
  parts: z.array(field.itemCode()).max(200),
  /** What it is packed under from now on. */
  seal: field.text(40).optional(),
  /** Measured together, where not each of them was. */
  weight: field.weight().optional(),
  value: field.money().optional(),
})
type Join = z.infer<typeof Join>

/** The thing that stays, and those that are put to it. */
function joinedIn(act: Act<Join | undefined>): { into: Item; others: Item[] } {
  const named = [...new Set((act.input?.parts ?? []).map(act.item))]
  const into = act.items.find((item) => !named.includes(item)) ?? act.items[0]!
  return { into, others: [...new Set([...act.items, ...named])].filter((item) => item !== into) }
}

const whereOf = ({ custody }: Item): string =>
  custody.state === 'stored' ? `stored ${custody.place}` : JSON.stringify(custody)

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** In what two parts differ so that they cannot become one thing again; who could read one could read the other. */
export function unlike(one: Item, other: Item): string[] {
  const related = familyOf(one) === familyOf(other) || other.parent === one.code || one.parent === other.code
  return [
    ...(related ? [] : ['family']),
    ...(one.caseNo === other.caseNo ? [] : ['case']),
    ...(one.class === other.class ? [] : ['class']),
    ...(one.unit === other.unit ? [] : ['unit']),
    ...(same(one.control, other.control) && same(one.agencies.toSorted(), other.agencies.toSorted())
      ? []
      : ['control']),
    ...(same(one.officers.toSorted(), other.officers.toSorted()) ? [] : ['officers']),
    ...(whereOf(one) === whereOf(other) ? [] : ['whereabouts']),
    ...(one.disposition.state === 'none' && other.disposition.state === 'none' ? [] : ['disposition']),
    ...(one.objection || other.objection ? ['objection'] : []),
  ]
}

function refuseUnlike(into: Item, others: Item[], act: Act<unknown>): void {
  for (const other of others) {
    refuseOpen(other)
    const differs = unlike(into, other)
    refuseIf(differs.length > 0, 'item.not-alike', { code: into.code, other: other.code, differs })
    refuseNotInHand(other, act, 'item')
  }
}

/** All of it together; where not everything was measured before, as it is measured now. */
function amountsTogether({ into, others }: ReturnType<typeof joinedIn>, act: Act<Join>): Amounts {
  const all = [into, ...others].map(amountsOf)
  const amounts = together(all)
  const { weight, value } = act.input
  const { code } = into
  for (const [name, stated] of [
    ['weight', weight],
    ['value', value],
  ] as const) {
    const unknown = amounts[name] === undefined && all.some((each) => each[name] !== undefined)
    refuseIf(unknown && !stated, 'item.joined-unmeasured', { code, field: name })
  }
  const near =
    weight === undefined ||
    amounts.weight === undefined ||
    within(weight, amounts.weight, act.settings.weightTolerancePerMille)
  refuseIf(!near, 'item.weight-does-not-balance', { code, total: amounts.weight, weight })
  const light = weight !== undefined && amounts.netWeight !== undefined && compare(amounts.netWeight, weight) > 0
  refuseIf(light, 'item.net-over-gross', { code, weight: amounts.netWeight, gross: weight })
  const valued = value !== undefined && amounts.value !== undefined && compare(value, amounts.value) !== 0
  refuseIf(valued, 'item.value-does-not-balance', { code, total: amounts.value, value })
  return { ...amounts, ...(weight ? { weight } : {}), ...(value ? { value } : {}) }
}

/** The clocks of all of them, each as it ends soonest. */
function clocksTogether(items: Item[]): Due[] {
  const soonest = new Map<string, Due>()
  for (const due of items.flatMap(({ clocks }) => clocks)) {
    const known = soonest.get(due.deadline)
    if (!known || due.at < known.at) soonest.set(due.deadline, due)
  }
  return [...soonest.values()]
}

type Joined = {
  parts: string[]
  amounts: Amounts
  changed?: Changed
  seal?: string
  astray?: string
  clocks: Due[]
  heldBy: string[]
  keptBy: string[]
}

export const join = itemStep<Join>({
  by: ['keeper', 'officer'],
  physical: true,
  input: Join,
  signers: besideOfficer,
  ready: (item, act) => {
    refuseOpen(item)
    refuseNotInHand(item, act, 'item')
    const { into } = joinedIn(act)
    if (into !== item) refuseUnlike(into, [item], act)
  },
  requires: (item, act) => {
    const { into, others } = joinedIn(act)
    if (item !== into) return
    refuseIf(others.length === 0, 'item.nothing-to-join', { code: into.code })
    refuseUnlike(into, others, act)
    amountsTogether({ into, others }, act)
  },
  records: (item, act) => {
    const { into, others } = joinedIn(act)
    if (item !== into) return []
    const all = [into, ...others]
    const amounts = amountsTogether({ into, others }, act)
    const astray = sum(...all.map((each) => each.astray ?? '0'))
    const { seal } = act.input
    const data = {
      parts: others.map(({ code }) => code),
      amounts,
      ...changes(together(all.map(amountsOf), true), amounts),
      ...(seal ? { seal } : {}),
      ...(compare(astray, '0') === 0 ? {} : { astray }),
      clocks: clocksTogether(all),
      heldBy: [...new Set(all.flatMap(({ heldBy }) => heldBy))],
      keptBy: [...new Set(all.flatMap(({ keptBy }) => keptBy))],
    }
    return [
      { fact: 'ItemsJoined', data },
      ...others.map(({ code }) => ({
        fact: 'PartJoined',
        data: { into: into.code },
        subject: { kind: 'item' as const, id: code },
      })),
    ]
  },
})

export const joined = {
  ItemsJoined: itemFact<Joined>(
    (item, { data }) => ({
      ...withAmounts(item, data.amounts),
      ...data.clocks.reduce<Pick<Item, 'clocks' | 'due'>>(started, { clocks: [], due: item.due }),
      seal: data.seal,
      astray: data.astray,
      heldBy: data.heldBy,
      keptBy: data.keptBy,
    }),
    { seen: true },
  ),
  PartJoined: itemFact<{ into: string }>(
    (item, { data, occurredAt: at }) => goneFor(item, { how: 'joined', kind: 'joined', at, to: data.into }),
    { seen: true },
  ),
}
