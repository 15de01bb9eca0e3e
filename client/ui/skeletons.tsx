// What stands in for content that is on its way.

import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

/** Rows of a list or a table. */
export function RowsSkeleton({ rows = 5 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div role="status" aria-label={t('screens:loading')}>
      <Skeleton active title={false} paragraph={{ rows, width: '100%' }} />
    </div>
  )
}

/** A whole page. */
export function PageSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page" role="status" aria-label={t('screens:loading')}>
      <Skeleton active title={false} paragraph={{ rows: 1, width: 220 }} />
      <div className="panel">
        <Skeleton active title={false} paragraph={{ rows: 6 }} />
      </div>
    </div>
  )
}
