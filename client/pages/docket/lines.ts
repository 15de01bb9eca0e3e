// The lines of a docket by what they wait for, and which of them somebody would take a step for. Pure.

import type { Card, DocketCard } from '../../../server/contract/cards.ts'

export type LineGroup = { stage: string; waitsFor: string[]; codes: string[] }
export type Grouped = {
  /** Lines that go on, by their stage. */
  groups: LineGroup[]
  /** Lines that stand aside until their discrepancy is settled. */
  aside: string[]
  ended: string[]
}

/** `cards` as far as they are loaded: they tell which things are under discrepancy. */
export function groupedLines({ items, procedure }: DocketCard, cards: Card[]): Grouped {
  const stopped = new Set(cards.flatMap(({ code, open }) => (open.discrepancy ? [code] : [])))
  const groups = new Map<string, LineGroup>()
  const grouped: Grouped = { groups: [], aside: [], ended: [] }
  for (const { code, stage, waitsFor = [] } of items) {
    if (!stage) grouped.ended.push(code)
    else if (procedure !== 'discrepancy' && stopped.has(code)) grouped.aside.push(code)
    else {
      const group = groups.get(stage) ?? { stage, waitsFor: [], codes: [] }
      group.codes.push(code)
      group.waitsFor = [...new Set([...group.waitsFor, ...waitsFor])].sort()
      groups.set(stage, group)
    }
  }
  grouped.groups = [...groups.values()]
  return grouped
}

type Sitting = { login: string; grants: readonly { role: string; scope: string }[] }

/** The desks that somebody sits at, as a docket's lines name them. */
export const desksAt = ({ login, grants }: Sitting): string[] => [
  `person:${login}`,
  ...grants.map(({ role, scope }) => `${role}@${scope}`),
]

/** How many lines wait for one of the desks. */
export const waitingAt = ({ items }: Pick<DocketCard, 'items'>, desks: readonly string[]): number =>
  items.filter(({ waitsFor = [] }) => waitsFor.some((desk) => desks.includes(desk))).length

/** All lines of the stage that waits for the reader, or else of the first. */
export function chosenAtFirst({ groups }: Grouped, desks: readonly string[]): string[] {
  const mine = groups.find(({ waitsFor }) => waitsFor.some((desk) => desks.includes(desk)))
  return (mine ?? groups[0])?.codes ?? []
}
