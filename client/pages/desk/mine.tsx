// My requests under way: each paper's route over the thing that stands still.

import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DocketCard } from '../../../server/contract/cards.ts'
import { useDockets } from '../../data/use-dockets.ts'
import { readItem } from '../../data/use-item.ts'
import { Code } from '../../ui/code.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failed } from '../../ui/failed.tsx'
import { MoreOnSight } from '../../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { useWords } from '../../ui/words.ts'
import { Route } from '../docket/route.tsx'
import '../docket/docket.css'

/** Names in the heading, and things whose standing is drawn: of more than that none, as the count would be wrong. */
const NAMES = 3
const THINGS = 20

/** `always` also when there are none, with a word on how to begin one. */
export function Mine({ always }: { always: boolean }) {
  const { t } = useTranslation()
  const mine = useDockets({ waiting: 'mine', open: true, limit: 10 })
  const { rows, error, refetch } = mine
  if (!always && !rows?.length) return null
  return (
    <section className="panel" aria-labelledby="mine-title">
      <h2 id="mine-title">{t('screens:desk.mine')}</h2>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <RowsSkeleton rows={3} />}
      {rows?.length === 0 && <Empty title={t('screens:desk.noRequests')} hint={t('screens:desk.noRequestsHint')} />}
      <ul className="row-list">
        {rows?.map((docket) => (
          <li key={docket.code} className="desk-docket">
            <OneDocket docket={docket} />
          </li>
        ))}
      </ul>
      <MoreOnSight
        more={mine.hasNextPage}
        loading={mine.isFetchingNextPage}
        onMore={() => void mine.fetchNextPage()}
        label={t('screens:more')}
      />
    </section>
  )
}

function OneDocket({ docket }: { docket: DocketCard }) {
  const words = useWords()
  const { t } = useTranslation()
  const things = useQueries({
    queries: (docket.items.length > THINGS ? [] : docket.items).map(({ code }) => ({
      queryKey: ['item', code],
      queryFn: () => readItem(code),
    })),
  })
  const names = docket.items.slice(0, NAMES).map(({ name }) => name)
  return (
    <>
      <h3>
        <Link to={`/dockets/${docket.code}`}>
          {words.procedureName(docket.procedure)} · {names.join(t('words:listSeparator'))}
          {docket.items.length > NAMES && t('screens:desk.andMore', { count: docket.items.length })}
        </Link>
      </h3>
      <p className="quiet">
        <Code code={docket.code} />
      </p>
      <Route docket={docket} items={things.flatMap(({ data }) => (data ? [data] : []))} />
    </>
  )
}
