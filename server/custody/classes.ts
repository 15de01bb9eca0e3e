// The classes of case property and what each of them demands. Pure.

export const itemClasses = [
  'general',
  'document',
  'cash',
  'drugs',
  'firearms',
  'valuables',
  'relic',
  'vehicle',
  'electronic',
  'biological',
  'perishable',
  'hazardous',
  'virtual',
] as const
export type ItemClass = (typeof itemClasses)[number]

/** Classes that may never be sold: contraband. */
export const contraband: readonly ItemClass[] = ['drugs', 'firearms', 'hazardous']

/** Classes that are used only for appraisal or not at all, and purposes they allow. `undefined` = any purpose. */
export const purposesOf: Partial<Record<ItemClass, readonly string[]>> = {
  firearms: ['examination', 'identification', 'court'],
  hazardous: [],
}

/** Classes whose weight is taken whenever they leave or come back. */
export const weighed: readonly ItemClass[] = ['drugs']

/** Classes whose mileage is read whenever they leave or come back. */
export const metered: readonly ItemClass[] = ['vehicle']

/** Classes of which a laboratory may use up all there is. */
export const consumable: readonly ItemClass[] = ['general', 'drugs', 'biological', 'perishable', 'hazardous']
