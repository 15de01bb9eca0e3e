// What of a list is told already: numbers of things that are here, or of an earlier row.

import type { Twin } from '../../../server/contract/twins.ts'
import { type Identifier, identifierKey, identifiersOf } from '../../../server/custody/identifiers.ts'
import { twinKey } from '../../data/use-twins.ts'
import { pruned } from '../../steps/value.ts'
import type { ItemDraft } from './draft.ts'

/** A refusal that is to come unless it is confirmed; `twin` where it may be looked at. */
export type Told = { code: string; params: Record<string, unknown>; twin?: { code: string; name: string } }

/** What is written so far, by rows. A list still being typed into is none. */
export function identifiersIn(items: readonly ItemDraft[]): Identifier[][] {
  return items.map((item) => {
    const { serials, seal, details } = (pruned(item) ?? {}) as ItemDraft
    return identifiersOf({
      serials: Array.isArray(serials) ? (serials as string[]) : [],
      seal: seal as string | undefined,
      details: details as { vin?: unknown; plate?: unknown } | undefined,
    })
  })
}

/** By rows, in the words of the refusals. */
export function toldIn(items: readonly ItemDraft[], twins: ReadonlyMap<string, Twin>): Told[][] {
  const lines = new Map<string, unknown>()
  return identifiersIn(items).map((identifiers, index) => {
    const { line } = items[index]!
    return identifiers.flatMap((each): Told[] => {
      const params = { line, identifier: each.kind, number: each.value }
      const key = identifierKey(each, '')
      const other = each.kind === 'seal' ? undefined : lines.get(key)
      lines.set(key, line)
      const twin = twins.get(twinKey(each))
      const { code, name = '', agency } = twin ?? {}
      return [
        ...(code ? [{ code: 'intake.told-twice', params: { ...params, code }, twin: { code, name } }] : []),
        ...(twin && !code ? [{ code: 'intake.told-elsewhere', params: { ...params, agency } }] : []),
        ...(other !== undefined ? [{ code: 'intake.told-in-this-list', params: { ...params, other } }] : []),
      ]
    })
  })
}
