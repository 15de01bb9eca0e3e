// What a thing amounts to once a difference is explained: what was counted and weighed then counts from then on.

import {
  type Amounts,
  amountsOf,
  amountsStated,
  gramsIn,
  quantityOf,
  refuseUneven,
  rest,
  type Share,
} from '../../amounts.ts'
import { compare, difference, minus, sum } from '../../decimal.ts'
import { refuseIf } from '../../define.ts'
import type { Item } from '../../item.ts'

type Found = { quantity?: string; weight?: string; netWeight?: string; left?: Share }

/** The package weighs what it weighed: what the whole lost, as by drying, its contents lost. */
function netFound(item: Item, { quantity, weight, netWeight }: Found): string | undefined {
  const was = amountsOf(item)
  const net = was.netWeight ?? gramsIn(was.quantity, item.unit)
  if (netWeight !== undefined || net === undefined) return netWeight
  if (weight === undefined || was.weight === undefined)
    return quantity === undefined ? net : (gramsIn(quantity, item.unit) ?? net)
  if (compare(weight, was.weight) >= 0) return sum(net, difference(weight, was.weight))
  const gone = minus(was.weight, weight)
  refuseIf(compare(gone, net) >= 0, 'discrepancy.nothing-left', { code: item.code })
  return minus(net, gone)
}

/** Amounts after the resolution. Quantity follows where it is counted by weight; refuses what does not agree. */
export function amountsFound(item: Item, found: Found): Amounts {
  const { code, unit } = item
  const was = amountsOf(item)
  const net = netFound(item, found)
  const grams = gramsIn(was.quantity, unit)
  const agreed = was.netWeight === undefined || found.netWeight !== undefined || was.netWeight === grams
  const byWeight = grams !== undefined && agreed
  const quantity = byWeight && net !== undefined ? quantityOf(net, unit) : (found.quantity ?? was.quantity)
  const disagrees = found.quantity !== undefined && compare(found.quantity, quantity) !== 0
  refuseIf(disagrees, 'discrepancy.amounts-disagree', { code, quantity: found.quantity, weight: net })
  refuseIf(compare(quantity, was.quantity) > 0, 'discrepancy.more-than-before', {
    code,
    quantity,
    before: was.quantity,
  })
  refuseIf(compare(quantity, '0') === 0, 'discrepancy.nothing-left', { code })
  const lighter = found.weight ?? (was.weight && net !== undefined && byWeight ? grossBy(was, net, unit) : was.weight)
  const amounts: Amounts = {
    ...was,
    quantity,
    ...(lighter === undefined ? {} : { weight: lighter }),
    ...(was.netWeight === undefined && found.netWeight === undefined ? {} : { netWeight: net! }),
    ...sharesLeft(item, quantity, found.left),
  }
  if (compare(quantity, was.quantity) !== 0 || found.left || found.netWeight) refuseUneven(item, amounts)
  return amounts
}

/** The gross weight when the contents weigh this and the package what it weighed. */
function grossBy(was: Amounts, net: string, unit: string): string {
  const before = was.netWeight ?? gramsIn(was.quantity, unit)!
  if (compare(net, before) >= 0) return sum(was.weight!, difference(net, before))
  const gone = minus(before, net)
  return compare(gone, was.weight!) > 0 ? net : minus(was.weight!, gone)
}

/** What was listed and is said to be still there; everything where nothing is said. */
function sharesLeft(item: Item, quantity: string, left: Share | undefined): Partial<Amounts> {
  if (!left) return {}
  const stated = amountsStated(item, { ...left, quantity })
  rest(item, stated)
  const was = amountsOf(item)
  const { value = was.value, rounds = was.rounds, serials, packages, denominations } = stated
  return {
    ...(value === undefined ? {} : { value }),
    ...(rounds === undefined ? {} : { rounds }),
    serials,
    packages,
    denominations,
  }
}
