// All that a search found, in its groups; the words stand in the address.

import { SearchOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSearch } from '../data/use-search.ts'
import { FoundWords, useFoundGroups } from '../frame/found.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { useNarrowing } from '../ui/use-narrowing.ts'
import './items/items.css'

const names = ['q'] as const
/** Of each group. */
const ROWS = 50

export default function SearchPage() {
  const { t } = useTranslation('screens')
  const [{ q = '' }, narrow] = useNarrowing(names)
  const words = useDeferredValue(q.trim())
  const { data, error, refetch } = useSearch(words, { limit: ROWS })
  const found = useFoundGroups(words === '' ? undefined : data)
  return (
    <div className="page">
      <h1>{t('search.title')}</h1>
      <search className="items-filters" aria-label={t('search.title')}>
        <Input
          className="items-words"
          type="search"
          prefix={<SearchOutlined aria-hidden="true" />}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={q}
          onChange={({ target }) => narrow({ q: target.value })}
        />
      </search>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {words !== '' && !data && !error && <RowsSkeleton rows={6} />}
      {found.length === 0 && (words === '' || data) && (
        <div className="panel">
          <Empty
            title={t(words === '' ? 'search.start' : 'search.none')}
            hint={t(words === '' ? 'search.startHint' : 'search.noneHint')}
          />
        </div>
      )}
      {found.map(({ group, lines }) => (
        <section key={group} className="panel" aria-labelledby={`found-${group}`}>
          <h2 id={`found-${group}`}>{t(`search.group.${group}`)}</h2>
          <ul className="row-list">
            {lines.map((line) => (
              <li key={line.path}>
                <Link to={line.path}>
                  <FoundWords line={line} />
                </Link>
              </li>
            ))}
          </ul>
          {group === 'items' && lines.length === ROWS && (
            <Link to={`/items?q=${encodeURIComponent(words)}`}>{t('search.all')}</Link>
          )}
        </section>
      ))}
    </div>
  )
}
