// What earlier rules left behind: things in states that are refused today, each with its way on, and what is called the same.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { leftoversOf } from '../../server/custody/leftovers.ts'
import { useItems } from '../data/use-items.ts'
import { useNamesakes } from '../data/use-namesakes.ts'
import { Code } from '../ui/code.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { CustodyTag, whereOf } from './items/standing.tsx'
import './items/items.css'

export default function LeftoversPage() {
  const { t } = useTranslation('screens-chain')
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('leftovers.title')}</h1>
      </div>
      <p className="quiet">{t('leftovers.hint')}</p>
      <Things />
      <Namesakes />
    </div>
  )
}

function Things() {
  const { t } = useTranslation('screens-chain')
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useItems({ leftover: true })
  return (
    <section className="panel" aria-labelledby="leftover-things">
      <h2 id="leftover-things">{t('leftovers.things')}</h2>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <RowsSkeleton rows={4} />}
      {rows?.length === 0 && <Empty title={t('leftovers.none')} />}
      <ul className="row-list">
        {rows?.map((item) => (
          <li key={item.code}>
            <Link to={`/items/${item.code}`}>{item.name}</Link>
            <p className="quiet">
              <Code code={item.code} /> · <span className="code">{item.caseNo}</span>
            </p>
            <p>
              <CustodyTag custody={item.custody} /> {whereOf(item.custody)}
            </p>
            {leftoversOf(item).map((kind) => (
              <p key={kind}>
                <strong>{t(`leftovers.kind.${kind}`)}</strong>{' '}
                <span className="quiet">{t(`leftovers.way.${kind}`)}</span>
              </p>
            ))}
          </li>
        ))}
      </ul>
      <MoreOnSight
        more={hasNextPage}
        loading={isFetchingNextPage}
        onMore={() => void fetchNextPage()}
        label={t('more')}
      />
    </section>
  )
}

function Namesakes() {
  const { t } = useTranslation('screens-chain')
  const { data, error, refetch } = useNamesakes()
  if (error) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data) return <RowsSkeleton rows={2} />
  const { numbers, names } = data
  return (
    <section className="panel" aria-labelledby="leftover-names">
      <h2 id="leftover-names">{t('leftovers.names')}</h2>
      {numbers.length + names.length === 0 && <Empty title={t('leftovers.none')} />}
      <ul className="row-list">
        {numbers.map(({ number, people }) => (
          <li key={people[0]!.login}>
            <span>{t('leftovers.oneNumber', { number })}</span>{' '}
            {people.map(({ login, name }) => (
              <Link key={login} to={`/people/${login}`} className="leftover-name">
                {name} ({login}){' '}
              </Link>
            ))}
          </li>
        ))}
        {names.map(({ name, units }) => (
          <li key={units[0]!.id}>
            <span>{t('leftovers.oneName', { name })}</span>{' '}
            <span className="code">{units.map(({ id }) => id).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
