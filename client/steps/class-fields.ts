// What each class asks for beyond the common fields, as `intake.register` demands it.

import type { ItemClass } from '../../server/custody/classes.ts'

/** Paths within an item. `details.denominations` has a table of its own. */
export const classFields: Partial<Record<ItemClass, string[]>> = {
  cash: ['details.denominations', 'value', 'seal'],
  drugs: ['details.grossWeight', 'details.netWeight', 'details.packages', 'seal'],
  firearms: ['serials', 'details.calibre', 'details.rounds', 'details.safeCleared'],
  valuables: ['value', 'seal'],
  relic: ['value', 'seal'],
  vehicle: ['details.plate', 'details.vin', 'details.mileage', 'details.contents'],
  electronic: ['serials', 'details.hash', 'seal'],
  virtual: ['serials', 'details.hash', 'value'],
  biological: ['details.carriedBy', 'seal'],
  perishable: ['value'],
}

/** Photographs a class wants at least. */
export const photosOf = (of: ItemClass | undefined): number => (of === 'valuables' || of === 'relic' ? 3 : 1)

/** Of these, what an item may otherwise go without. */
export const demanded: Partial<Record<ItemClass, string[]>> = {
  cash: ['value'],
  drugs: ['seal'],
  firearms: ['serials'],
  perishable: ['value'],
}
