// What an item's chain tells: the item before and after each entry, replayed with the rules that recorded it.

import type { ChainEntry } from '../../../server/contract/movements.ts'
import { type Catalogue, catalogue } from '../../../server/custody/catalogue.ts'
import type { Control, Custody, Item } from '../../../server/custody/item.ts'

/** `before` is absent for the first entry, and where the chain cannot be followed the item stays as it was. */
export type Episode = { entry: ChainEntry; before?: Item; after?: Item; seen: boolean }

/** Entries in order → episodes in order. */
export function historyOf(entries: ChainEntry[], { facts }: Pick<Catalogue, 'facts'> = catalogue): Episode[] {
  let item: Item | undefined
  return entries.map((entry) => {
    const before = item
    const definition = facts[entry.fact]
    if (definition?.about === 'item') {
      try {
        item = definition.apply(before, entry)
      } catch {
        // An entry of a newer release than this page: what came before stays true.
      }
    }
    return { entry, before, after: item, seen: definition?.seen ?? false }
  })
}

/** Where one aspect stood from one change to the next; `to` is absent while it lasts. */
export type Stay<Aspect> = { from: string; to?: string; aspect: Aspect }

function staysOf<Aspect>(
  history: Episode[],
  aspectOf: (item: Item) => Aspect,
  same: (one: Aspect, other: Aspect) => boolean,
) {
  const stays: Stay<Aspect>[] = []
  for (const { entry, after } of history) {
    if (!after) continue
    const aspect = aspectOf(after)
    const last = stays.at(-1)
    if (last && same(last.aspect, aspect)) {
      last.aspect = aspect
      continue
    }
    // Two changes at one moment are one change: only what it led to lasted.
    if (last?.from === entry.occurredAt) stays.pop()
    const previous = stays.at(-1)
    if (previous && same(previous.aspect, aspect)) {
      previous.to = undefined
      continue
    }
    if (previous) previous.to = entry.occurredAt
    stays.push({ from: entry.occurredAt, aspect })
  }
  return stays
}

const placeOf = (custody: Custody) =>
  custody.state === 'stored'
    ? custody.place
    : custody.state === 'with-officer' || custody.state === 'out'
      ? custody.holder
      : ''

export const custodyStays = (history: Episode[]): Stay<Custody>[] =>
  staysOf(
    history,
    (item) => item.custody,
    (one, other) => one.state === other.state && placeOf(one) === placeOf(other),
  )

export const controlStays = (history: Episode[]): Stay<Control>[] =>
  staysOf(
    history,
    (item) => item.control,
    (one, other) => one.agency === other.agency && one.state === other.state && one.stage === other.stage,
  )

/** How often control changed hands, and how often the thing itself was moved. */
export function movesOf(history: Episode[]): { things: number; papers: number } {
  const agencies = history.filter(
    ({ before, after }) => before && after && before.control.agency !== after.control.agency,
  )
  return { things: Math.max(0, custodyStays(history).length - 1), papers: agencies.length }
}
