// What a place must be before a thing may lie in it. Pure.

import { type Act, refuseIf } from './define.ts'
import type { Item, Whereabouts } from './item.ts'
import type { Place, PlaceKind } from './subjects.ts'

const leaves: readonly PlaceKind[] = ['slot', 'container']

/** Refuses a place that is no leaf, retired, at another site than the keeper's, or unfit for the class. */
export function refuseUnfit(place: Place, item: Item, act: Act, kinds: readonly PlaceKind[] = leaves): void {
  const { code, name } = place
  refuseIf(!place.inUse, 'place.not-in-use', { code, name })
  refuseIf(!kinds.includes(place.kind), 'place.not-a-leaf', { code, name, kind: place.kind })
  refuseIf(act.role === 'keeper' && !keeps(act, place.site), 'place.elsewhere', { code, name, site: place.site })
  refuseUnfitFor(place, item)
  refuseUnfitAround(place, item, act)
}

/** A box fit for guns is no gun cabinet: what stands around it must be fit as well, since version 2 as far as the site. */
export function refuseUnfitAround({ code, kind, parent, path }: Place, item: Item, act: Act): void {
  const around = act.rules >= 2 ? path.filter((each) => each !== code) : kind === 'container' && parent ? [parent] : []
  for (const each of around.reverse()) refuseUnfitFor(act.place(each), item)
}

/** Refuses a place that is not fit for the class. */
export function refuseUnfitFor({ code, name, classes }: Place, item: Item): void {
  refuseIf(!classes.includes(item.class), 'place.unfit', { code, name, class: item.class, item: item.code })
}

/** Whether the actor keeps at the site. */
export const keeps = (act: Act, site: string): boolean =>
  act.actor.grants.some((grant) => grant.role === 'keeper' && grant.scope === site)

/** A place as an item that lies there remembers it. */
export const whereaboutsIn = ({ code, name, site, path, pathNames }: Place): Whereabouts => ({
  place: code,
  placeName: name,
  site,
  path,
  pathNames,
})
