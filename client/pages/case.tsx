// One case: whose it is, what has become of it, its items and its open dockets.

import { Grid } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useParams } from 'react-router'
import { catalogue } from '../../server/custody/catalogue.ts'
import { isOngoing } from '../../server/custody/subjects.ts'
import { useHasRole } from '../data/session.ts'
import { useCase } from '../data/use-case.ts'
import { useDockets } from '../data/use-dockets.ts'
import { useItems } from '../data/use-items.ts'
import { useNames } from '../data/use-names.ts'
import { StepButton } from '../steps/step-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { PageSkeleton, RowsSkeleton } from '../ui/skeletons.tsx'
import { Time } from '../ui/time.tsx'
import { useWords } from '../ui/words.ts'
import { CaseEvents } from './case/events.tsx'
import { CaseMoney } from './case/money.tsx'
import { CaseSteps } from './case/steps.tsx'
import { CaseOrigin, MergedCase } from './case/ties.tsx'
import { DocketRows } from './docket/rows.tsx'
import { SubjectCorrections } from './item/subject-corrections.tsx'
import { ItemList } from './items/list.tsx'
import { ItemTable } from './items/table.tsx'
import './item/item.css'
import './items/items.css'
import './store/store.css'
import './docket/docket.css'
import './case/case.css'

export default function CasePage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const maySplit = useHasRole(...catalogue.steps['case.split']!.by)
  const [chosen, setChosen] = useState<string[]>([])
  const { md } = Grid.useBreakpoint()
  const { no = '' } = useParams()
  const { data: it, error, refetch } = useCase(no)
  const items = useItems({ case: no, limit: 50 })
  const dockets = useDockets({ case: no, open: true, limit: 50 })
  if (error && !it)
    return (
      <div className="page">
        <h1>{t('case.title')}</h1>
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!it) return <PageSkeleton />
  // An earlier number leads to today's.
  if (it.caseNo !== no) return <Navigate to={`/cases/${encodeURIComponent(it.caseNo)}`} replace />
  const mayChoose = maySplit && isOngoing(it)
  const choosing = mayChoose ? { chosen, onChoose: setChosen } : {}
  const chosenItems = items.rows?.filter(({ code }) => chosen.includes(code)) ?? []
  return (
    <div className="page case-page">
      <header className="item-head">
        <div>
          <p className="item-code">
            <span className="code">{it.caseNo}</span>
          </p>
          <h1>
            {it.title} <Mark>{words.valueName('case.open', 'kind', it.kind)}</Mark>
          </h1>
          <p className="quiet">
            {it.unitName} · {it.officers.map((login) => nameOf(login) ?? login).join(t('listSeparator'))} ·{' '}
            {t('case.acceptedAt')} <Time at={it.acceptedAt} />
          </p>
          <CaseOrigin it={it} />
        </div>
        <CaseSteps it={it} />
      </header>
      <MergedCase it={it} />
      <CaseEvents it={it} />
      <CaseMoney caseNo={it.caseNo} />
      <SubjectCorrections step="case.open" corrections={it.corrections} />
      {dockets.rows && dockets.rows.length > 0 && (
        <section className="panel" aria-labelledby="case-dockets">
          <h2 id="case-dockets">{t('case.dockets')}</h2>
          <DocketRows dockets={dockets.rows} />
        </section>
      )}
      <section className="store-items" aria-labelledby="case-items">
        <div className="case-items-head">
          <h2 id="case-items">
            {t('case.items')} <span className="quiet figures">{it.items}</span>{' '}
          </h2>
          {chosen.length > 0 ? (
            <StepButton
              step="case.split"
              label={t('case.split', { count: chosen.length })}
              given={{ items: chosen }}
              onDone={() => setChosen([])}
            >
              <ul className="chosen-names">
                {chosenItems.map(({ code, name }) => (
                  <li key={code}>{name}</li>
                ))}
              </ul>
            </StepButton>
          ) : (
            mayChoose && it.items > 0 && <span className="quiet">{t('case.splitHint')}</span>
          )}
        </div>
        {items.error && <Failed error={items.error} onRetry={() => void items.refetch()} />}
        {!items.rows && !items.error && (
          <div className="panel">
            <RowsSkeleton rows={4} />
          </div>
        )}
        {items.rows?.length === 0 && (
          <div className="panel">
            <Empty title={t('case.noItems')} hint={t('case.noItemsHint')} />
          </div>
        )}
        {items.rows && items.rows.length > 0 && (
          <>
            {md ? (
              <ItemTable items={items.rows} ofOneCase {...choosing} />
            ) : (
              <ItemList items={items.rows} {...choosing} />
            )}
            <Link to={`/items?case=${encodeURIComponent(it.caseNo)}`}>{t('case.allItems')}</Link>
          </>
        )}
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
