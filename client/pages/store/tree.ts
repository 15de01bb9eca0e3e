// The places as a tree for the map: what holds things is a cell, what holds places is a block.

import type { PlaceCard } from '../../../server/contract/cards.ts'
import type { Spot } from '../../ui/places-map.tsx'

/** Containers in a slot do not show on the map; what lies in them counts for the slot. */
const cellKinds: readonly PlaceCard['kind'][] = ['slot', 'container', 'staging']

type Options = {
  kindName: (kind: PlaceCard['kind']) => string
  wanted: (place: PlaceCard) => boolean
  isNarrowed: boolean
}

/** Places in the order of the tree → blocks and cells below `root`, or the sites. */
export function spotsOf(places: PlaceCard[], { kindName, wanted, isNarrowed }: Options, root?: string): Spot[] {
  const known = new Set(places.map(({ code }) => code))
  const children = new Map<string | undefined, PlaceCard[]>()
  for (const place of places) {
    const parent = place.parent && known.has(place.parent) ? place.parent : undefined
    children.set(parent, [...(children.get(parent) ?? []), place])
  }
  const countOf = (place: PlaceCard): number =>
    (children.get(place.code) ?? []).reduce((sum, child) => sum + countOf(child), place.items)
  const spotOf = (place: PlaceCard): Spot[] => {
    const isCell = cellKinds.includes(place.kind)
    const spots = isCell ? [] : (children.get(place.code) ?? []).flatMap(spotOf)
    const isWanted = wanted({ ...place, items: countOf(place) })
    if (isNarrowed && !isWanted && spots.length === 0) return []
    if (!isNarrowed && !place.inUse && countOf(place) === 0) return []
    return [
      {
        key: place.code,
        name: place.name,
        note: isCell && place.kind === 'slot' ? undefined : kindName(place.kind),
        to: `/store/${place.code}`,
        count: countOf(place),
        closed: !place.inUse,
        spots,
      },
    ]
  }
  return (children.get(root) ?? []).flatMap(spotOf)
}

/** Whether a place is one that things are put into. */
export const isCellKind = (kind: PlaceCard['kind']): boolean => cellKinds.includes(kind)
