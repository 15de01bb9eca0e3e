// What is said of a thing when it is registered, and what its class asks for besides.

import { z } from 'zod'
import { counted, type Denomination, gramsIn, refuseBroken, worthOf } from '../../amounts.ts'
import { type ItemClass, itemClasses } from '../../classes.ts'
import { ownCurrency } from '../../currencies.ts'
import { compare } from '../../decimal.ts'
import { type Act, refuseIf } from '../../define.ts'
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

/** CP 235, domain.md "Special classes": what may not be missing for the class. */
export function refuseClass(it: NewItem, line: string): void {
  const given = it.details ?? {}
  const wants: Partial<Record<ItemClass, () => void>> = {
    cash: () => {
      const { denominations = [], currency = ownCurrency } = given
      const counted = worthOf(denominations)
      refuseIf(denominations.length === 0 || !it.value, 'intake.cash-uncounted', { line })
      refuseMixed(denominations, currency, line)
      const params = { line, counted, amount: it.value, currency }
      refuseIf(compare(counted, it.value!) !== 0, 'intake.cash-does-not-add-up', params)
    },
    drugs: () => {
      refuseIf(!given.grossWeight || !given.netWeight, 'intake.drugs-unweighed', { line })
      refuseIf(compare(given.netWeight!, given.grossWeight!) > 0, 'intake.net-over-gross', { line })
      refuseIf(!given.packages?.length || !it.seal, 'intake.drugs-unsealed', { line })
    },
    firearms: () => {
      refuseIf(given.safeCleared !== true, 'intake.firearm-not-cleared', { line })
      refuseIf(!it.serials?.length || !given.calibre || given.rounds === undefined, 'intake.firearm-undescribed', {
        line,
      })
    },
    valuables: () => refuseIf(it.photos.length < 3, 'intake.three-sides', { line }),
    relic: () => refuseIf(it.photos.length < 3, 'intake.three-sides', { line }),
    vehicle: () =>
      refuseIf(!given.vin || !given.plate || given.mileage === undefined, 'intake.vehicle-undescribed', { line }),
    electronic: () => refuseIf(!it.serials?.length && !given.hash, 'intake.medium-unidentified', { line }),
    virtual: () => refuseIf(!it.serials?.length && !given.hash, 'intake.medium-unidentified', { line }),
    biological: () => refuseIf(!given.carriedBy, 'intake.carrier-unnamed', { line }),
    perishable: () => refuseIf(!it.value, 'intake.unvalued', { line }),
  }
  wants[it.class]?.()
}

/** What is in two currencies is two things. */
export function refuseMixed(denominations: readonly Denomination[], currency: string, line: string): void {
  const other = denominations.find((note) => note.currency !== undefined && note.currency !== currency)
  refuseIf(other, 'intake.two-currencies', { line, currency, other: other?.currency })
}

/** A powder has one amount: what is counted in grams is its net weight, and no more than it weighs with its package. */
export function refuseAmounts(
  { quantity, unit, class: kind, weight, details = {} }: NewItem,
  line: string,
  act: Act,
): void {
  refuseBroken(quantity, unit, kind, act)
  const grams = gramsIn(quantity, unit)
  if (grams === undefined || act.rules < 2) return
  const { netWeight: net = grams, grossWeight } = details
  refuseIf(compare(net, grams) !== 0, 'intake.quantity-is-not-net', { line, quantity, unit, weight: net })
  for (const gross of [weight, grossWeight])
    refuseIf(gross !== undefined && compare(net, gross) > 0, 'intake.net-over-gross', { line })
}
