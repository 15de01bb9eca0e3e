// The store as a map of places with what lies in them, narrowed by words, class and use.

import { SearchOutlined } from '@ant-design/icons'
import { Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PlaceCard } from '../../server/contract/cards.ts'
import { type ItemClass, itemClasses } from '../../server/custody/classes.ts'
import { normalizeCode } from '../../server/custody/codes.ts'
import { StepButton } from '../steps/step-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { PlacesMap } from '../ui/places-map.tsx'
import { PageSkeleton } from '../ui/skeletons.tsx'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { useWords } from '../ui/words.ts'
import { PrintLabels } from './labels/print-labels.tsx'
import { useAllPlaces, useMapWords } from './store/all-places.ts'
import { isCellKind, spotsOf } from './store/tree.ts'
import './items/items.css'
import './store/store.css'

const names = ['q', 'class', 'use', 'site'] as const
const uses = ['all', 'used', 'empty'] as const

export default function StorePage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const mapWords = useMapWords(t)
  const [{ q = '', class: itemClass, use = 'all', site }, narrow] = useNarrowing(names)
  const { rows: places, error, refetch, hasNextPage } = useAllPlaces()
  if (error && !places)
    return (
      <div className="page">
        <h1>{t('store.title')}</h1>
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!places || hasNextPage) return <PageSkeleton />

  const text = q.trim().toLowerCase()
  const code = normalizeCode(q)
  const wanted = (place: PlaceCard): boolean => {
    if (site && place.site !== site) return false
    if (text && !place.pathNames.join(' ').toLowerCase().includes(text) && !(code && place.code.startsWith(code)))
      return false
    if (itemClass && !place.classes.includes(itemClass as ItemClass)) return false
    if (use !== 'all' && (!isCellKind(place.kind) || (use === 'used') !== place.items > 0)) return false
    return true
  }
  const isNarrowed = text !== '' || itemClass !== undefined || use !== 'all' || site !== undefined
  const spots = spotsOf(places, { kindName: words.placeKindName, wanted, isNarrowed })
  const sites = places.filter(({ kind }) => kind === 'site')
  const cells = places.filter((place) => place.inUse && isCellKind(place.kind) && (!isNarrowed || wanted(place)))

  return (
    <div className="page store-page">
      <div className="page-head">
        <h1>{t('store.title')}</h1>
        {places.length > 0 && (
          <PrintLabels codes={cells.map((cell) => cell.code)} label={t('store.printLabels', { count: cells.length })} />
        )}
        <StepButton step="place.add" label={t('store.addSite')} given={{ kind: 'site' }} />
      </div>
      {places.length === 0 ? (
        <div className="panel">
          <Empty title={t('store.none')} hint={t('store.noneHint')} />
        </div>
      ) : (
        <>
          <search className="items-filters" aria-label={t('filter.title')}>
            <Input
              className="items-words"
              allowClear
              type="search"
              prefix={<SearchOutlined aria-hidden="true" />}
              aria-label={t('store.search')}
              placeholder={t('store.search')}
              value={q}
              onChange={({ target }) => narrow({ q: target.value })}
            />
            {sites.length > 1 && (
              <Select
                allowClear
                aria-label={t('live.filter.site')}
                placeholder={t('live.filter.site')}
                popupMatchSelectWidth={false}
                value={site}
                onChange={(value?: string) => narrow({ site: value })}
                options={sites.map((each) => ({ value: each.code, label: each.name }))}
              />
            )}
            <Select
              allowClear
              aria-label={t('store.class')}
              placeholder={t('store.class')}
              popupMatchSelectWidth={false}
              value={itemClass}
              onChange={(value?: string) => narrow({ class: value })}
              options={itemClasses.map((value) => ({ value, label: words.className(value) }))}
            />
            <Segmented
              aria-label={t('store.use')}
              value={use}
              onChange={(value) => narrow({ use: value === 'all' ? undefined : value })}
              options={uses.map((value) => ({ value, label: t(`store.uses.${value}`) }))}
            />
          </search>
          {spots.length === 0 ? (
            <div className="panel">
              <Empty title={t('store.noneFound')} hint={t('store.noneFoundHint')} />
            </div>
          ) : (
            <PlacesMap spots={spots} words={mapWords} />
          )}
        </>
      )}
    </div>
  )
}
