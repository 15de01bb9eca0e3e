// Today's work of a keeper, in groups: what the lists say of the keeper's sites, the oldest clock first.

import type { Card, DocketCard } from '../../../server/contract/cards.ts'
import { handInClocks } from '../../../server/custody/clocks.ts'
import { whereaboutsOf } from '../../../server/custody/item.ts'
import { useMe } from '../../data/session.ts'
import { useDockets } from '../../data/use-dockets.ts'
import { useItems } from '../../data/use-items.ts'

export type TodayGroup = {
  key: 'receive' | 'release' | 'dueBack' | 'transit' | 'execute' | 'discrepancies'
  items: Card[]
  dockets: DocketCard[]
  /** There are more than the lists gave at once. */
  more: boolean
}

/** As many as a list gives at once; nobody does more in a day. */
const most = 200

/** The sites whose keeper one is; none for everybody else. */
export function useOwnSites(): string[] {
  const { grants } = useMe()
  return grants.filter(({ role }) => role === 'keeper').map(({ scope }) => scope)
}

/** The clocks that this work is about: to be handed in, to be given back. */
const clocks: { [key in TodayGroup['key']]?: string[] } = { receive: handInClocks, dueBack: ['D03'] }

/** The clock of an item that puts it into this group. */
export const clockIn = (key: TodayGroup['key'], item: Card) =>
  item.clocks.find(({ deadline }) => clocks[key]?.includes(deadline))

const dueFirst = (key: TodayGroup['key']) => (one: Card, other: Card) =>
  (clockIn(key, one)?.at ?? '9').localeCompare(clockIn(key, other)?.at ?? '9')

/** Overdue things come in a list of their own, so that however many others there are the oldest are among them. */
function useDueFirst(key: TodayGroup['key'], query: Parameters<typeof useItems>[0]) {
  const overdue = useItems({ ...query, overdue: true, limit: most })
  const others = useItems({ ...query, overdue: false, limit: most })
  const rows = overdue.rows && others.rows && [...overdue.rows, ...others.rows].sort(dueFirst(key))
  return { rows, more: overdue.hasNextPage || others.hasNextPage, lists: [overdue, others] }
}

const lastMomentOfToday = (): string => {
  const end = new Date()
  end.setHours(23, 59, 59, 999)
  return end.toISOString()
}

export function useToday(sites: string[]) {
  // With several sites they are told apart here: the list takes one.
  const place = sites.length === 1 ? sites[0] : undefined
  const withOfficers = useDueFirst('receive', { custody: 'with-officer' })
  const out = useDueFirst('dueBack', { custody: 'out', place })
  const transit = useItems({ custody: 'in-transit', limit: most })
  const discrepancies = useItems({ discrepancy: true, place, limit: most })
  const retrievals = useDockets({ waiting: 'me', open: true, procedure: 'retrieval', limit: most })
  const returns = useDockets({ waiting: 'me', open: true, procedure: 'return', limit: most })
  const disposals = useDockets({ waiting: 'me', open: true, procedure: 'disposal', limit: most })
  const lists = [...withOfficers.lists, ...out.lists, transit, discrepancies, retrievals, returns, disposals]

  const isHere = (item: Card) => sites.includes(whereaboutsOf(item)?.site ?? '')
  const endOfToday = lastMomentOfToday()
  const ofItems = (key: TodayGroup['key'], items: Card[], more: boolean): TodayGroup => ({
    key,
    items,
    dockets: [],
    more,
  })
  const ofDockets = (key: TodayGroup['key'], dockets: DocketCard[], more: boolean): TodayGroup => ({
    key,
    items: [],
    dockets,
    more,
  })
  const isReady = lists.every(({ rows }) => rows)
  const groups = isReady
    ? [
        ofItems('receive', withOfficers.rows ?? [], withOfficers.more),
        ofDockets(
          'release',
          (retrievals.rows ?? []).filter(({ stages }) => stages.includes('approved')),
          retrievals.hasNextPage,
        ),
        ofItems(
          'dueBack',
          (out.rows ?? []).filter((item) => isHere(item) && (clockIn('dueBack', item)?.at ?? '9') <= endOfToday),
          out.more,
        ),
        ofItems(
          'transit',
          (transit.rows ?? []).filter(
            ({ custody }) => custody.state === 'in-transit' && sites.includes(custody.toSite),
          ),
          transit.hasNextPage,
        ),
        ofDockets(
          'execute',
          [...(returns.rows ?? []), ...(disposals.rows ?? [])],
          returns.hasNextPage || disposals.hasNextPage,
        ),
        ofItems('discrepancies', (discrepancies.rows ?? []).filter(isHere), discrepancies.hasNextPage),
      ]
    : undefined
  const failed = lists.find(({ error }) => error)
  return {
    groups: groups?.filter(({ items, dockets }) => items.length + dockets.length > 0),
    error: failed?.error,
    retry: () => {
      for (const list of lists) if (list.error) void list.refetch()
    },
  }
}
