// Dockets that wait for one of my desks, the oldest first.

import { useTranslation } from 'react-i18next'
import { useMe } from '../../data/session.ts'
import { useDockets } from '../../data/use-dockets.ts'
import { Empty } from '../../ui/empty.tsx'
import { Failed } from '../../ui/failed.tsx'
import { MoreOnSight } from '../../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { desksAt, waitingAt } from '../docket/lines.ts'
import { DocketRows } from '../docket/rows.tsx'
import '../docket/docket.css'
import '../items/items.css'

export function Waiting() {
  const { t } = useTranslation()
  const waiting = useDockets({ waiting: 'me', open: true })
  const { rows, error, refetch } = waiting
  const desks = desksAt(useMe())
  const lines = rows?.reduce((sum, docket) => sum + waitingAt(docket, desks), 0)
  return (
    <section className="panel" aria-labelledby="waiting-title">
      <h2 id="waiting-title">
        {t('screens:desk.waiting')}
        {rows && rows.length > 0 && (
          <span className="desk-count">
            {t('screens:desk.lines', { count: lines })}
            {waiting.hasNextPage ? '+' : ''}
          </span>
        )}
      </h2>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <RowsSkeleton rows={3} />}
      {rows?.length === 0 && <Empty title={t('screens:desk.nothingWaits')} hint={t('screens:desk.nothingWaitsHint')} />}
      {rows && rows.length > 0 && <DocketRows dockets={rows} />}
      <MoreOnSight
        more={waiting.hasNextPage}
        loading={waiting.isFetchingNextPage}
        onMore={() => void waiting.fetchNextPage()}
        label={t('screens:more')}
      />
    </section>
  )
}
