// How many items stand where, each figure a way to their list.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useCounts } from '../../data/use-counts.ts'

const figures = [
  { name: 'stored', query: 'custody=stored' },
  { name: 'out', query: 'custody=out' },
  { name: 'overdue', query: 'overdue=true', bad: true },
  { name: 'offered', query: 'control=offered' },
  { name: 'approved', query: 'disposition=approved' },
  { name: 'discrepancies', query: 'discrepancy=true', bad: true },
] as const

export function Counts() {
  const { t, i18n } = useTranslation('screens-chain')
  const { data: counts } = useCounts()
  return (
    <ul className="live-counts" aria-label={t('counts.title')}>
      {figures.map((figure) => {
        const count = counts?.[figure.name]
        const bad = 'bad' in figure && (count ?? 0) > 0
        return (
          <li key={figure.name}>
            <Link to={`/items?${figure.query}`} className={bad ? 'live-count live-bad' : 'live-count'}>
              <b>{count === undefined ? '–' : count.toLocaleString(i18n.language)}</b>
              <span>{t(`counts.${figure.name}`)}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
