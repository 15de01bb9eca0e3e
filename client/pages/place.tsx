// One place: where it is, what it is fit for, what lies in it, and the places within.

import { InboxOutlined } from '@ant-design/icons'
import { Button, Grid } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { itemClasses } from '../../server/custody/classes.ts'
import { useHasRole } from '../data/session.ts'
import { useItems } from '../data/use-items.ts'
import { usePlace } from '../data/use-place.ts'
import { StepButton } from '../steps/step-button.tsx'
import { Code } from '../ui/code.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { PlacesMap } from '../ui/places-map.tsx'
import { PageSkeleton, RowsSkeleton } from '../ui/skeletons.tsx'
import { useWords } from '../ui/words.ts'
import { SubjectCorrections } from './item/subject-corrections.tsx'
import { ItemList } from './items/list.tsx'
import { PlacePath } from './items/place-path.tsx'
import { ItemTable } from './items/table.tsx'
import { PrintLabels } from './labels/print-labels.tsx'
import { useAllPlaces, useMapWords } from './store/all-places.ts'
import { isCellKind, spotsOf } from './store/tree.ts'
import './item/item.css'
import './items/items.css'
import './store/store.css'

export default function PlacePage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const mapWords = useMapWords(t)
  const { md } = Grid.useBreakpoint()
  const isKeeper = useHasRole('keeper')
  const { code = '' } = useParams()
  const { data: place, error, refetch } = usePlace(code)
  const { rows: places = [] } = useAllPlaces()
  const items = useItems({ place: code, limit: 50 })
  if (error && !place)
    return (
      <div className="page">
        <h1>{t('place.title')}</h1>
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!place) return <PageSkeleton />
  const below = places.filter(({ path }) => path.includes(place.code) && path.at(-1) !== place.code)
  const within = spotsOf(below, { kindName: words.placeKindName, wanted: () => true, isNarrowed: false })
  const isBlock = within.length > 0
  const cells = below.filter(({ kind, inUse }) => inUse && isCellKind(kind)).map((cell) => cell.code)
  // Others' things are counted, but not shown.
  const hidden = items.hasNextPage || isBlock ? 0 : place.items - (items.rows?.length ?? place.items)
  const fitForAll = place.classes.length === itemClasses.length
  return (
    <div className="page store-page">
      <header className="item-head">
        <div>
          <p className="item-code">
            <Code code={place.code} />
          </p>
          <h1>
            {place.name} {!place.inUse && <Mark>{t('store.retired')}</Mark>}
          </h1>
          <p className="quiet">
            {words.placeKindName(place.kind)} · <PlacePath at={place} />
          </p>
        </div>
        <div className="place-acts">
          {isKeeper && place.inUse && isCellKind(place.kind) && (
            <Link to={`/scan?code=${place.code}`}>
              <Button type="primary" icon={<InboxOutlined />} tabIndex={-1}>
                {t('place.putHere')}
              </Button>
            </Link>
          )}
          <PrintLabels codes={[place.code]} />
          {cells.length > 0 && <PrintLabels codes={cells} label={t('store.printLabels', { count: cells.length })} />}
          {place.inUse && (
            <>
              <StepButton step="place.add" label={t('place.addBelow')} given={{ parent: place.code }} />
              <StepButton step="place.rename" given={{ place: place.code }} />
              <StepButton step="place.correct" given={{ place: place.code }} />
              <StepButton step="place.retire" given={{ place: place.code }} danger />
            </>
          )}
        </div>
      </header>
      <section className="panel" aria-labelledby="place-fit">
        <h2 id="place-fit">{t('place.fitFor')}</h2>
        {fitForAll
          ? t('place.fitForAll')
          : place.classes.map((each) => <Mark key={each}>{words.className(each)}</Mark>)}
      </section>
      <SubjectCorrections step="place.add" corrections={place.corrections} />
      {within.length > 0 && (
        <section aria-labelledby="place-within" className="panel">
          <h2 id="place-within">{t('place.within')}</h2>
          <PlacesMap spots={within} words={mapWords} level={3} />
        </section>
      )}
      <section aria-labelledby="place-items" className="store-items" hidden={isBlock && !items.rows?.length}>
        <h2 id="place-items">{t('place.items')}</h2>
        {items.error && <Failed error={items.error} onRetry={() => void items.refetch()} />}
        {!items.rows && !items.error && (
          <div className="panel">
            <RowsSkeleton rows={4} />
          </div>
        )}
        {hidden > 0 && <p className="quiet">{t('place.hidden', { count: hidden })}</p>}
        {items.rows?.length === 0 && hidden <= 0 && (
          <div className="panel">
            <Empty title={t('place.empty')} hint={t('place.emptyHint')} />
          </div>
        )}
        {items.rows &&
          items.rows.length > 0 &&
          (md ? <ItemTable items={items.rows} /> : <ItemList items={items.rows} />)}
        <MoreOnSight
          more={items.hasNextPage}
          loading={items.isFetchingNextPage}
          onMore={() => void items.fetchNextPage()}
          label={t('more')}
        />
      </section>
    </div>
  )
}
