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
/** And what can be, as one photograph of everything. */
export const sharedFields = [...commonFields, 'photos'] as const

export const isSaid = (value: Value): boolean => {
  const kept = pruned(value)
  if (Array.isArray(kept)) return kept.length > 0
  return kept !== undefined && !(typeof kept === 'object' && kept !== null && Object.keys(kept).length === 0)
}

/** The next number of the list: one above the highest. */
export function nextLine(items: readonly ItemDraft[]): string {
  const lines = items.map(({ line }) => Number(String(line).normalize('NFKC'))).filter(Number.isInteger)
  return String(Math.max(0, ...lines) + 1)
}

/** The input of `intake.register`: each item with what is common where it says nothing itself. */
export function inputOf({ common = {}, items, ...rest }: SeizureDraft['value']) {
  return {
    ...rest,
    items: items.map((item) => ({
      ...item,
      photos: isSaid(item.photos) ? item.photos : (common.photos ?? []),
      ...Object.fromEntries(commonFields.map((name) => [name, isSaid(item[name]) ? item[name] : common[name]])),
    })),
  }
}

/** The item saying itself what is said for all. */
export const withCommon = (item: ItemDraft, common: Record<string, Value>): ItemDraft => ({
  ...item,
  ...Object.fromEntries(sharedFields.flatMap((name) => (isSaid(common[name]) ? [[name, common[name]]] : []))),
})

/** A fault of an item in something that was said for all is a fault there. */
export function placed(faults: Faults, items: ItemDraft[]): Faults {
  return Object.fromEntries(
    Object.entries(faults).map(([path, fault]) => {
      const [list, index, name, ...rest] = path.split('.')
      const isCommon =
        list === 'items' && commonFields.some((each) => each === name) && !isSaid(items[Number(index)]?.[name!])
      const at = ['common', name!, ...rest]
      return isCommon ? [at.join('.'), { ...fault, path: at }] : [path, fault]
    }),
  )
}
