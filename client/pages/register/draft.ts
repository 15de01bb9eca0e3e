// A seizure under construction: what holds for all its items once, what differs for each; and what of it is sent.

import type { Faults } from '../../steps/checked.ts'
import { pruned, type Value } from '../../steps/value.ts'

export type ItemDraft = Record<string, Value>
export type SeizureDraft = {
  value: {
    caseNo?: string
    document?: Value
    measure?: Value
    exception?: Value
    common?: Record<string, Value>
    items: ItemDraft[]
  }
  commandId: string
}

/** What is said once for the whole seizure, unless an item says otherwise. */
export const commonFields = ['source', 'extractedAt', 'takenFrom', 'witness'] as const

const isSaid = (value: Value): boolean => {
  const kept = pruned(value)
  return kept !== undefined && !(typeof kept === 'object' && kept !== null && Object.keys(kept).length === 0)
}

/** The next number of the list: one above the highest. */
export function nextLine(items: ItemDraft[]): string {
  const lines = items.map(({ line }) => Number(line)).filter(Number.isInteger)
  return String(Math.max(0, ...lines) + 1)
}

/** The input of `intake.register`: each item with what is common where it says nothing itself. */
export function inputOf({ common = {}, items, ...rest }: SeizureDraft['value']): Record<string, Value> {
  return {
    ...rest,
    items: items.map((item) => ({
      ...item,
      photos: item.photos ?? [],
      ...Object.fromEntries(commonFields.map((name) => [name, isSaid(item[name]) ? item[name] : common[name]])),
    })),
  }
}

/** A fault of an item in something that was said for all is a fault there. */
export function placed(faults: Faults, items: ItemDraft[]): Faults {
  return Object.fromEntries(
    Object.entries(faults).map(([path, fault]) => {
      const [list, index, name, ...rest] = path.split('.')
      const isCommon =
        list === 'items' && commonFields.some((each) => each === name) && !isSaid(items[Number(index)]?.[name!])
      return [isCommon ? ['common', name, ...rest].join('.') : path, fault]
    }),
  )
}
