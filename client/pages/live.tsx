// The live movement board: what happens appears on top as it happens, with the counts of where things stand.

import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { Counts } from './live/counts.tsx'
import { BoardFilters, boardFilterNames, useMatches } from './live/filters.tsx'
import { BoardLine } from './live/line.tsx'
import { useBoard } from './live/use-board.ts'
import './items/items.css'
import './live/live.css'

export default function LivePage() {
  const { t } = useTranslation('screens-chain')
  const [narrowed, narrow] = useNarrowing(boardFilterNames)
  const matches = useMatches(narrowed)
  const board = useBoard(matches)
  const isNarrowed = Object.keys(narrowed).length > 0
  return (
    <div className="page live-page">
      <div className="page-head">
        <h1>{t('live.title')}</h1>
        <Button
          type={board.paused ? 'primary' : 'default'}
          icon={board.paused ? <PlayCircleOutlined /> : <PauseOutlined />}
          aria-pressed={board.paused}
          onClick={board.togglePause}
        >
          {board.paused ? t('live.resume', { count: board.waiting }) : t('live.pause')}
        </Button>
      </div>
      <Counts />
      <BoardFilters values={narrowed} onChange={narrow} />
      {board.error && <Failed error={board.error} onRetry={board.retry} />}
      <section className="panel live-board" aria-label={t('live.title')}>
        <p className="visually-hidden" role="status">
          {board.paused ? t('live.pausedSaid', { count: board.waiting }) : ''}
        </p>
        {!board.lines && !board.error && <RowsSkeleton rows={10} />}
        {board.lines?.length === 0 && (
          <Empty
            title={t(isNarrowed ? 'live.noneFound' : 'live.none')}
            hint={t(isNarrowed ? 'live.noneFoundHint' : 'live.noneHint')}
          />
        )}
        {board.lines && board.lines.length > 0 && (
          <ol className="row-list">
            {board.lines.map(({ movement, fresh }) => (
              <BoardLine key={movement.position} movement={movement} fresh={fresh} />
            ))}
          </ol>
        )}
        <MoreOnSight
          more={board.hasMore}
          loading={board.isLoadingMore}
          onMore={board.loadMore}
          label={t(isNarrowed ? 'live.olderFiltered' : 'live.older')}
          byHand={isNarrowed}
        />
      </section>
    </div>
  )
}
