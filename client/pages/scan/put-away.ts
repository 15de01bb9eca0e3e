// Which step puts a thing into a scanned place: it follows from where the thing is now. Pure.

import type { Card, PlaceCard } from '../../../server/contract/cards.ts'
import { isVoid } from '../../../server/custody/item.ts'

export type PutAway = { step: string; given: Record<string, unknown>; items: Card[] }

const isContainer = (place: PlaceCard): boolean => place.kind === 'container'

/** Nothing for a thing that cannot be put anywhere: it has left, or lies there already. */
export function putAwayStep(
  item: Card,
  place: PlaceCard,
): { step: string; given: Record<string, unknown> } | undefined {
  const { code } = place
  switch (item.custody.state) {
    case 'with-officer':
      return { step: 'intake.receive', given: { place: code } }
    case 'out':
      return { step: 'retrieval.give-back', given: { place: code } }
    case 'in-transit':
      return { step: 'relocation.arrive', given: { place: code } }
    case 'stored':
      if (item.custody.place === code) return undefined
      if (place.kind === 'staging' && item.disposition.state === 'approved')
        return { step: 'disposal.stage', given: { place: code } }
      return isContainer(place)
        ? { step: 'relocation.pack', given: { container: code } }
        : { step: 'relocation.move', given: { to: code } }
    case 'left':
    case 'in-place':
    case 'frozen':
    case 'entrusted':
    case 'deposited':
      return undefined
  }
}

/** Things that take the same step in one command: the same step, on the same docket. */
export function putAways(items: Card[], place: PlaceCard): PutAway[] {
  const groups = new Map<string, PutAway>()
  for (const item of items) {
    const found = putAwayStep(item, place)
    if (!found) continue
    const key = `${found.step} ${item.open.custody?.docket ?? ''}`
    const group = groups.get(key)
    if (group) group.items.push(item)
    else groups.set(key, { ...found, items: [item] })
  }
  return [...groups.values()]
}

/** Why a thing on the counter stands out; key of `screens:scan.line.<key>`. */
export function remarkOn(
  item: Card,
  place: PlaceCard | undefined,
  inDocket: boolean,
): { kind: 'refused' | 'warn'; key: string } | undefined {
  if (item.custody.state === 'left') return { kind: 'refused', key: isVoid(item) ? 'void' : 'left' }
  if (item.open.discrepancy) return { kind: 'refused', key: 'discrepancy' }
  if (!inDocket) return { kind: 'refused', key: 'notInDocket' }
  if (place && item.custody.state === 'stored' && item.custody.place === place.code)
    return { kind: 'warn', key: 'alreadyHere' }
  if (place && !place.classes.includes(item.class)) return { kind: 'refused', key: 'unfit' }
  if (item.overdue) return { kind: 'warn', key: 'overdue' }
  return undefined
}
