// What is said of a thing when it is registered, and what its class asks for besides.

import { z } from 'zod'
import { counted, type Denomination, gramsIn, type Judging, refuseBroken, worthOf } from '../../amounts.ts'
import { type ItemClass, itemClasses } from '../../classes.ts'
import { ownCurrency } from '../../currencies.ts'
import { compare } from '../../decimal.ts'
import { Refusal, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import { elsewhere } from './elsewhere.ts'

export const takenFrom = z.union([
  z.strictObject({
    name: field.text(60),
    idNumber: field.idNumber().optional(),
    contact: field.particular().optional(),
  }),
  z.strictObject({ note: field.text() }),
])
export const witness = z.union([
  z.strictObject({
    name: field.text(60),
    idNumber: field.idNumber().optional(),
    contact: field.particular().optional(),
  }),
  z.strictObject({ absentBecause: field.text() }),
])

/** What single classes ask for; which class asks for what is in `refuseClass`. */
export const details = z.strictObject({
  denominations: counted.denominations,
  /** What value and denominations are in; yuan where nothing is said. */
  currency: field.currency().optional(),
  /** The notes themselves prove something, so they stay as they are. */
  notesAreEvidence: z.boolean().optional(),
  grossWeight: field.weight().optional(),
  netWeight: counted.netWeight,
  packages: counted.packages,
  vin: field.text(40).optional(),
  plate: field.text(20).optional(),
  mileage: z.number().int().min(0).max(10_000_000).optional(),
  contents: field.text(1000).optional(),
  hash: field.text(128).optional(),
  safeCleared: z.boolean().optional(),
  calibre: field.text(40).optional(),
  rounds: counted.rounds,
  carriedBy: field.text(60).optional(),
})

export const NewItem = z.strictObject({
  line: field.text(20),
  name: field.text(120),
  class: z.enum(itemClasses),
  quantity: field.quantity(),
  unit: field.text(20),
  features: field.text(1000),
  source: field.text(),
  extractedAt: field.time(),
  takenFrom,
  witness,
  serials: z.array(field.text(80)).max(50).optional(),
  weight: field.weight().optional(),
  seal: field.text(40).optional(),
  value: field.money().optional(),
  photos: field.photos(1),
  externalNo: field.text(80).optional(),
  details: details.optional(),
  /** That another open thing has the same serial, VIN, plate or seal, and this one is registered all the same. */
  knownTwins: z.boolean().optional(),
  ...elsewhere,
  /** The code under which it was here before, of a thing that was given back and is seized again. */
  again: field.itemCode().optional(),
})

export type NewItem = z.infer<typeof NewItem>

/** What a class asks for and an item does not say; `field` is where in the item it is said. */
export type Lack = { field: string; code: string; params?: Record<string, unknown> }

/** As much of an item as is there while it is being written. */
export type Described = Pick<NewItem, 'class'> &
  Partial<Pick<NewItem, 'details' | 'value' | 'seal' | 'serials' | 'photos'>>

/** CP 235, domain.md "Special classes": what may not be missing for the class, in the order in which it is asked. */
export function lacksOf(it: Described): Lack[] {
  const { details: given = {}, value, seal, serials, photos = [] } = it
  const unless = (said: unknown, field: string, code: string, params?: Record<string, unknown>): Lack[] =>
    said ? [] : [{ field, code: `intake.${code}`, ...(params ? { params } : {}) }]
  const threeSides = () => unless(photos.length >= 3, 'photos', 'three-sides')
  const identified = () => unless(serials?.length || given.hash, 'serials', 'medium-unidentified')
  const asks: Partial<Record<ItemClass, () => Lack[]>> = {
    cash: () => {
      const { denominations = [], currency = ownCurrency } = given
      const worth = worthOf(denominations)
      if (denominations.length === 0 || !value)
        return unless(false, denominations.length > 0 ? 'value' : 'details.denominations', 'cash-uncounted')
      const other = otherCurrencyIn(denominations, currency)
      const sums = { counted: worth, amount: value, currency }
      return [
        ...unless(other === undefined, 'details.denominations', 'two-currencies', { currency, other }),
        ...unless(compare(worth, value) === 0, 'value', 'cash-does-not-add-up', sums),
      ]
    },
    drugs: () => {
      const { grossWeight, netWeight, packages } = given
      return [
        ...unless(grossWeight, 'details.grossWeight', 'drugs-unweighed'),
        ...unless(netWeight, 'details.netWeight', 'drugs-unweighed'),
        ...(grossWeight && netWeight
          ? unless(compare(netWeight, grossWeight) <= 0, 'details.netWeight', 'net-over-gross')
          : []),
        ...unless(packages?.length, 'details.packages', 'drugs-unsealed'),
        ...unless(seal, 'seal', 'drugs-unsealed'),
      ]
    },
    firearms: () => [
      ...unless(given.safeCleared === true, 'details.safeCleared', 'firearm-not-cleared'),
      ...unless(serials?.length, 'serials', 'firearm-undescribed'),
      ...unless(given.calibre, 'details.calibre', 'firearm-undescribed'),
      ...unless(given.rounds !== undefined, 'details.rounds', 'firearm-undescribed'),
    ],
    valuables: threeSides,
    relic: threeSides,
    vehicle: () => [
      ...unless(given.vin, 'details.vin', 'vehicle-undescribed'),
      ...unless(given.plate, 'details.plate', 'vehicle-undescribed'),
      ...unless(given.mileage !== undefined, 'details.mileage', 'vehicle-undescribed'),
    ],
    electronic: identified,
    virtual: identified,
    biological: () => unless(given.carriedBy, 'details.carriedBy', 'carrier-unnamed'),
    perishable: () => unless(value, 'value', 'unvalued'),
  }
  return asks[it.class]?.() ?? []
}

/** Refuses with the first thing that the class asks for and the item lacks. */
export function refuseClass(it: NewItem, line: string): void {
  const [lack] = lacksOf(it)
  if (lack) throw new Refusal(lack.code, { line, ...lack.params })
}

/** What is in two currencies is two things. */
export function refuseMixed(denominations: readonly Denomination[], currency: string, line: string): void {
  const other = otherCurrencyIn(denominations, currency)
  refuseIf(other, 'intake.two-currencies', { line, currency, other })
}

const otherCurrencyIn = (denominations: readonly Denomination[], currency: string): string | undefined =>
  denominations.find((note) => note.currency !== undefined && note.currency !== currency)?.currency

/** A powder has one amount: what is counted in grams is its net weight, and no more than it weighs with its package. */
export function refuseAmounts(
  {
    quantity,
    unit,
    class: kind,
    weight,
    details = {},
  }: Pick<NewItem, 'quantity' | 'unit' | 'class' | 'weight' | 'details'>,
  line: string,
  act: Judging,
): void {
  refuseBroken(quantity, unit, kind, act)
  const grams = gramsIn(quantity, unit)
  if (grams === undefined || act.rules < 2) return
  const { netWeight: net = grams, grossWeight } = details
  refuseIf(compare(net, grams) !== 0, 'intake.quantity-is-not-net', { line, quantity, unit, weight: net })
  for (const gross of [weight, grossWeight])
    refuseIf(gross !== undefined && compare(net, gross) > 0, 'intake.net-over-gross', { line })
}
