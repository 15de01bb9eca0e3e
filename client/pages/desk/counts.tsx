// How things stand, in figures; each leads to its list.

import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCounts } from '../../data/use-counts.ts'
import { Failed } from '../../ui/failed.tsx'

const lists: Record<string, string> = {
  stored: '?custody=stored',
  withOfficer: '?custody=with-officer',
  out: '?custody=out',
  inTransit: '?custody=in-transit',
  elsewhere: '?custody=in-place,frozen,entrusted,deposited',
  offered: '?control=offered',
  approved: '?disposition=approved',
  overdue: '?overdue=true',
  discrepancies: '?discrepancy=true',
}
const alarming = ['overdue', 'discrepancies']

export function Counts() {
  const { t } = useTranslation()
  const { data, error, refetch } = useCounts()
  if (error) return <Failed error={error} onRetry={() => void refetch()} />
  return (
    <ul className="counts" aria-label={t('screens:desk.counts')}>
      {Object.entries(lists).map(([name, query]) => {
        const count = data?.[name]
        return (
          <li key={name} className={alarming.includes(name) && count ? 'count-alarm' : undefined}>
            <Link to={`/items${query}`}>
              <span className="count-figure">
                {count === undefined ? <Skeleton.Button active size="small" /> : count.toLocaleString()}
              </span>
              <span>{t(`screens:desk.count.${name}`)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
