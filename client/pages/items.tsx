// All items one may see: found by words and filters that stand in the address, loaded as one scrolls, kept as a list.

import { DownloadOutlined } from '@ant-design/icons'
import { Button, Grid } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { itemSorts } from '../../server/contract/queries.ts'
import { useItems } from '../data/use-items.ts'
import { csvOf, saveFile } from '../ui/csv.ts'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { momentsOf } from '../ui/period.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { SortChoice } from '../ui/sort-choice.tsx'
import { day } from '../ui/times.ts'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { filterNames, ItemFilters } from './items/filters.tsx'
import { useItemLines } from './items/lines.ts'
import { ItemList } from './items/list.tsx'
import { StepsForChosen } from './items/steps-for-chosen.tsx'
import { ItemTable } from './items/table.tsx'
import { PrintLabels } from './labels/print-labels.tsx'
import './items/items.css'

const names = [...filterNames, 'sort'] as const

export default function ItemsPage() {
  const { t } = useTranslation('screens-chain')
  const { md } = Grid.useBreakpoint()
  const [{ sort = '-lastAt', ...narrowed }, narrow] = useNarrowing(names)
  const [chosen, setChosen] = useState<string[]>([])
  const linesOf = useItemLines()
  const { q, from, to, ...filters } = narrowed
  const query = { ...filters, ...momentsOf({ from, to }), ...(q ? { q } : {}), sort, limit: 50 }
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isFetching } = useItems(query)
  const isNarrowed = Object.keys(narrowed).length > 0

  const chosenItems = rows?.filter(({ code }) => chosen.includes(code)) ?? []

  const keepList = () =>
    saveFile(`items-${day(new Date().toISOString())}.csv`, 'text/csv;charset=utf-8', csvOf(linesOf(rows ?? [])))

  return (
    <div className="page items-page">
      <div className={chosenItems.length > 0 ? 'page-head items-acting' : 'page-head'}>
        <h1>{t('items.title')}</h1>
        <span className="quiet" role="status">
          {rows && t(hasNextPage ? 'items.shownOfMore' : 'items.shown', { count: rows.length })}
        </span>
        {chosenItems.length > 0 && <StepsForChosen items={chosenItems} onDone={() => setChosen([])} />}
        <PrintLabels
          codes={chosen}
          label={chosen.length > 0 ? t('labels.printChosen', { count: chosen.length }) : undefined}
        />
        <Button icon={<DownloadOutlined />} onClick={keepList} disabled={!rows?.length} title={t('items.exportHint')}>
          {t('items.export')}
        </Button>
      </div>
      <ItemFilters values={narrowed} onChange={narrow} />
      {!md && (
        <SortChoice
          names={itemSorts}
          nameOf={(name) => t(`column.${name}`)}
          value={sort}
          onChange={(value) => narrow({ sort: value })}
        />
      )}
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!rows && !error && (
        <div className="panel">
          <RowsSkeleton rows={8} />
        </div>
      )}
      {rows?.length === 0 && (
        <div className="panel">
          <Empty
            title={t(isNarrowed ? 'items.noneFound' : 'items.none')}
            hint={t(isNarrowed ? 'items.noneFoundHint' : 'items.noneHint')}
          >
            {isNarrowed && (
              <Button onClick={() => narrow(Object.fromEntries(filterNames.map((name) => [name, undefined])))}>
                {t('items.clear')}
              </Button>
            )}
          </Empty>
        </div>
      )}
      {rows && rows.length > 0 && (
        <div aria-busy={isFetching}>
          {md ? (
            <ItemTable
              items={rows}
              chosen={chosen}
              onChoose={setChosen}
              sort={sort}
              onSort={(value) => narrow({ sort: value })}
            />
          ) : (
            <ItemList items={rows} chosen={chosen} onChoose={setChosen} />
          )}
          <MoreOnSight
            more={hasNextPage}
            loading={isFetchingNextPage}
            onMore={() => void fetchNextPage()}
            label={t('more')}
          />
        </div>
      )}
    </div>
  )
}
