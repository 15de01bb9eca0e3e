// One item: what it is, where it stands on its three axes, what can be done, and its custody chain.

import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import { useChain } from '../data/use-chain.ts'
import { useItem } from '../data/use-item.ts'
import { Failed } from '../ui/failed.tsx'
import { PageSkeleton } from '../ui/skeletons.tsx'
import { Chain } from './item/chain.tsx'
import { ItemHead } from './item/head.tsx'
import { historyOf } from './item/history.ts'
import { Particulars } from './item/particulars.tsx'
import { Photographs } from './item/photographs.tsx'
import { ItemSteps } from './item/steps.tsx'
import { Triple } from './item/triple.tsx'
import { Twins } from './item/twins.tsx'
import './item/item.css'

export default function ItemPage() {
  const { t } = useTranslation('screens-chain')
  const { code = '' } = useParams()
  const { data: item, error, refetch } = useItem(code)
  const chain = useChain(code)
  if (error && !item)
    return (
      <div className="page">
        <h1>{t('item.title')}</h1>
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!item) return <PageSkeleton />
  // A later label leads here; the page's address is the code for life.
  if (item.code !== code) return <Navigate to={`/items/${item.code}`} replace />
  const history = historyOf(chain.data ?? [])
  return (
    <div className="page item-page">
      <ItemHead item={item} />
      <Twins code={item.code} />
      <Triple item={item} history={history} />
      <div className="item-columns">
        <Particulars item={item} history={history} />
        <div className="item-side">
          <ItemSteps item={item} />
          <Photographs item={item} history={history} />
        </div>
      </div>
      {chain.error ? (
        <Failed error={chain.error} onRetry={() => void chain.refetch()} />
      ) : (
        <Chain item={item} history={chain.data && history} />
      )}
    </div>
  )
}
