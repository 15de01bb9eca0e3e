// Dockets: those that wait for me, those I opened, all that are open, and those that are closed.

import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { docketSorts } from '../../server/contract/queries.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { useDockets } from '../data/use-dockets.ts'
import { OfficerChoice } from '../frame/officer-choice.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { momentsOf, Period } from '../ui/period.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { SortChoice } from '../ui/sort-choice.tsx'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { useWords } from '../ui/words.ts'
import { DocketRows } from './docket/rows.tsx'
import './items/items.css'
import './docket/docket.css'

const names = ['list', 'procedure', 'case', 'item', 'officer', 'from', 'to', 'sort'] as const
const lists = {
  me: { waiting: 'me' },
  mine: { waiting: 'mine' },
  open: { open: true },
  closed: { open: false },
} as const

export default function DocketsPage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const [{ list = 'me', from, to, sort = '-openedAt', ...filters }, narrow] = useNarrowing(names)
  const shown = list in lists ? (list as keyof typeof lists) : 'me'
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useDockets({
    ...lists[shown],
    ...filters,
    ...momentsOf({ from, to }),
    sort,
    limit: 50,
  })
  const procedures = Object.values(catalogue.procedures).filter(({ steps }) =>
    Object.values(steps).some((step) => step.on === 'item' && step.docket === 'opens'),
  )
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('dockets.title')}</h1>
        <Select
          allowClear
          aria-label={t('dockets.procedure')}
          placeholder={t('dockets.procedure')}
          popupMatchSelectWidth={false}
          value={filters.procedure}
          onChange={(procedure?: string) => narrow({ procedure })}
          options={procedures.map(({ name }) => ({ value: name, label: words.procedureName(name) }))}
        />
        <Segmented
          aria-label={t('dockets.which')}
          value={shown}
          onChange={(value) => narrow({ list: value === 'me' ? undefined : value })}
          options={(Object.keys(lists) as (keyof typeof lists)[]).map((value) => ({
            value,
            label: t(`dockets.${value}`),
          }))}
        />
      </div>
      <search className="items-filters" aria-label={t('filter.title')}>
        <OfficerChoice label={t('sort.openedBy')} value={filters.officer} onChange={(officer) => narrow({ officer })} />
        <Period of={t('sort.openedAt')} from={from} to={to} onChange={narrow} />
        <SortChoice
          names={docketSorts}
          nameOf={(name) => t(`sort.${name}`)}
          value={sort}
          onChange={(value) => narrow({ sort: value })}
        />
      </search>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <div className="panel">
        {!rows && !error && <RowsSkeleton rows={6} />}
        {rows?.length === 0 && <Empty title={t(`dockets.none.${shown}`)} hint={t(`dockets.noneHint.${shown}`)} />}
        {rows && rows.length > 0 && <DocketRows dockets={rows} />}
        <MoreOnSight
          more={hasNextPage}
          loading={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          label={t('more')}
        />
      </div>
    </div>
  )
}
