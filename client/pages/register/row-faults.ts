// What is still wrong with a row: by what its class asks for, by its amounts, and by the other rows of the list.

import { Refusal } from '../../../server/custody/define.ts'
import {
  type Described,
  lacksOf,
  type NewItem,
  refuseAmounts,
} from '../../../server/custody/procedures/intake/description.ts'
import { rulesVersion } from '../../../server/custody/rules.ts'
import { settingsOf } from '../../../server/custody/settings.ts'
import { lineKey } from '../../../server/custody/world.ts'
import type { Fault, Faults } from '../../steps/checked.ts'
import { pruned } from '../../steps/value.ts'
import type { ItemDraft } from './draft.ts'

/** Puts a refusal in words, as it would be said on sending. */
export type Say = (code: string, params: Record<string, unknown>) => string

/** By the settings that every agency begins with; which of its own it has the server knows. */
const judging = { rules: rulesVersion, settings: settingsOf(undefined) }

/** What the class asks for and amounts that cannot be, by the path of the field. */
export function classFaults(draft: ItemDraft, index: number, say: Say): Faults {
  const item = (pruned(draft) ?? {}) as ItemDraft
  const line = String(item.line ?? '')
  // What is frozen is a right, not a thing that could be counted or weighed.
  if (typeof item.class !== 'string' || item.frozen) return {}
  const at = (field: string, said: string): Faults => {
    const path = ['items', index, ...field.split('.')]
    return { [path.join('.')]: saidAt(path, said) }
  }
  try {
    const lacks = lacksOf(item as Described)
    if (lacks.length === 0 && item.quantity && item.unit) refuseAmounts(item as NewItem, line, judging)
    return Object.assign({}, ...lacks.map(({ field, code, params }) => at(field, say(code, { line, ...params }))))
  } catch (error) {
    if (error instanceof Refusal) return at('quantity', say(error.code, error.params))
    // Amounts that are no numbers cannot be reckoned with: the schema says so.
    if (error instanceof SyntaxError || error instanceof RangeError) return {}
    throw error
  }
}

/** Lines that stand in the list twice, in whatever writing. */
export function lineFaults(items: readonly ItemDraft[], no: string, say: Say): Faults {
  const seen = new Set<string>()
  const faults: Faults = {}
  items.forEach(({ line }, index) => {
    if (typeof line !== 'string' || line.trim() === '') return
    const key = lineKey(rulesVersion, '', no, line)
    if (seen.has(key))
      faults[`items.${index}.line`] = saidAt(['items', index, 'line'], say('intake.line-used', { line, no }))
    seen.add(key)
  })
  return faults
}

export const saidAt = (path: (string | number)[], said: string): Fault => ({ path, reason: 'said', params: {}, said })

/** The faults of one row, of all those of the list. */
export const faultsOfRow = (faults: Faults, index: number): string[] =>
  Object.keys(faults).filter((key) => key.startsWith(`items.${index}.`))
