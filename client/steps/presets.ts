// What a form holds before anybody has typed: what the items already say.

import type { Card } from '../../server/contract/cards.ts'
import { currencyOf } from '../../server/custody/currencies.ts'
import { sum } from '../../server/custody/decimal.ts'
import type { Field, Shape } from './shape.ts'

const same = <T>(values: T[]): T | undefined =>
  values.length > 0 && values.every((value) => value === values[0]) ? values[0] : undefined

/** A list of lines, one per scanned item, such as the transfer inventory: its rows are given, not added by hand. */
export function isInventory(name: string, shape: Shape): boolean {
  if (name !== 'items' || shape.type !== 'list' || shape.element.type !== 'object') return false
  return shape.element.fields.some(({ shape: inner }) => inner.type === 'field' && inner.kind === 'item')
}

/** The whole sum of these things, where they are in one currency, and the account that they are on. */
function bookingOf(items: Card[]): Record<string, unknown> {
  const currency = same(items.map(currencyOf))
  const accounts = items.map(({ custody }) => (custody.state === 'deposited' ? custody.account : undefined))
  return {
    currency,
    ...(currency ? { amount: sum(...items.map(({ value }) => value ?? '0')) } : {}),
    account: same(accounts),
  }
}

export function presetsFor(shape: Shape, items: Card[], given: Record<string, unknown> = {}): Record<string, unknown> {
  if (shape.type !== 'object') return { ...given }
  const values: Record<string, unknown> = {}
  for (const { name, shape: field } of shape.fields) {
    if (isInventory(name, field)) values[name] = items.map(({ code }) => ({ code }))
    if (name === 'quantityReceived') values[name] = same(items.map(({ quantity }) => quantity))
  }
  const isBooked = ['voucher', 'amount', 'currency'].every((name) => shape.fields.some((field) => field.name === name))
  return { ...values, ...(isBooked ? bookingOf(items) : {}), ...given }
}

const intact = ['retrieval.give-back', 'relocation.arrive', 'measure.inspect']

/**
 * A line for each of several things, holding what was recorded; whoever has the thing before them corrects it. `whole` is
 * the word for a thing that is as it was.
 */
export function linePresets(step: string, own: Field[], items: Card[], whole: string): Record<string, unknown>[] {
  const has = (name: string) => own.some((field) => field.name === name)
  return items.map((item) => ({
    code: item.code,
    ...(has('seal') && item.seal ? { seal: item.seal } : {}),
    ...(has('weight') && item.weight ? { weight: item.weight } : {}),
    ...(has('mileage') && item.class === 'vehicle' ? { mileage: item.details.mileage } : {}),
    ...(has('quantityReceived') ? { quantityReceived: item.quantity } : {}),
    ...(has('condition') ? { condition: intact.includes(step) ? 'intact' : whole } : {}),
  }))
}

/** Optional fields that these items make matter: shown at once, not folded away. */
export function matters(name: string, items: Card[]): boolean {
  if (name === 'heldBecause') return true
  const on: Record<string, (item: Card) => boolean> = {
    seal: (item) => item.seal !== undefined,
    weight: (item) => item.weight !== undefined || item.class === 'drugs',
    twin: ({ disposition }) => disposition.state === 'done' && disposition.kind === 'returned',
    mileage: (item) => item.class === 'vehicle',
    place: () => true,
    part: () => true,
    photos: () => true,
    counted: (item) => item.class === 'cash' && item.custody.state === 'with-officer',
    payee: () => true,
    to: () => true,
    back: (item) => item.custody.state === 'deposited',
    provincialNo: (item) => item.class === 'firearms',
    unit: ({ control }) => control.state === 'offered' && control.toStage === 'jurisdiction',
  }
  return items.some((item) => on[name]?.(item) ?? false)
}

/** Optional fields that what was said before makes matter. */
export function calledFor(name: string, said: unknown): boolean {
  const { condition } = (said ?? {}) as { condition?: string }
  return name === 'report' && condition === 'used-up'
}
