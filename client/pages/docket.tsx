// One docket: its number, its procedure, the way it has gone and where it waits, its items, and what can be done.

import { type ComponentProps, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useDocket } from '../data/use-docket.ts'
import { useItems } from '../data/use-items.ts'
import { StepDone } from '../steps/step-panel.tsx'
import { Code } from '../ui/code.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { PageSkeleton } from '../ui/skeletons.tsx'
import { Time } from '../ui/time.tsx'
import { useWords } from '../ui/words.ts'
import { DocketItems } from './docket/items.tsx'
import { groupedLines } from './docket/lines.ts'
import { Route } from './docket/route.tsx'
import { Stations } from './docket/stations.tsx'
import { DocketSteps } from './docket/steps.tsx'
import { PrintLabels } from './labels/print-labels.tsx'
import './item/item.css'
import './items/items.css'
import './docket/docket.css'

export default function DocketPage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const { code = '' } = useParams()
  const { data: docket, error, refetch } = useDocket(code)
  const items = useItems({ docket: code, limit: 200 })
  const [done, setDone] = useState<ComponentProps<typeof StepDone> & { docket: string }>()
  // A step may be for all lines of a docket: all of its items are loaded.
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = items
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  if (error && !docket)
    return (
      <div className="page">
        <h1>{t('docket.title')}</h1>
        <Failed error={error} onRetry={() => void refetch()} />
      </div>
    )
  if (!docket) return <PageSkeleton />
  const cards = items.rows ?? []
  return (
    <div className="page docket-page">
      <header className="item-head">
        <div>
          <p className="item-code">
            <Code code={docket.code} />
          </p>
          <h1>
            {words.procedureName(docket.procedure)}{' '}
            <Mark kind={docket.open ? 'accent' : 'plain'}>{t(docket.open ? 'docket.open' : 'docket.closed')}</Mark>
          </h1>
          <p className="quiet">
            {t('docket.openedBy', { name: docket.openedBy.name, unit: docket.openedBy.unitName })}{' '}
            <Time at={docket.openedAt} />
            {docket.caseNos.map((caseNo) => (
              <span key={caseNo}>
                {' '}
                ·{' '}
                <Link className="code" to={`/cases/${encodeURIComponent(caseNo)}`}>
                  {caseNo}
                </Link>
              </span>
            ))}
          </p>
        </div>
        <PrintLabels codes={[docket.code]} />
      </header>
      {done?.docket === code && <StepDone step={done.step} answer={done.answer} />}
      <section className="panel" aria-labelledby="docket-route">
        <h2 id="docket-route">{t('docket.route')}</h2>
        <Route docket={docket} items={cards} />
      </section>
      <div className={docket.open ? 'docket-columns' : 'docket-columns docket-done'}>
        <div>
          {items.error && <Failed error={items.error} onRetry={() => void items.refetch()} />}
          {docket.open ? (
            <DocketSteps
              docket={docket}
              cards={cards}
              isLoaded={items.rows !== undefined && !hasNextPage}
              onDone={(answer, step) => setDone({ docket: code, answer, step })}
            />
          ) : (
            <section className="panel" aria-labelledby="docket-items">
              <h2 id="docket-items">
                {t('docket.items')} <span className="quiet figures">{docket.items.length}</span>
              </h2>
              <DocketItems docket={docket} cards={cards} lines={groupedLines(docket, cards)} chosen={[]} />
            </section>
          )}
        </div>
        <div>
          <Stations docket={docket} />
        </div>
      </div>
    </div>
  )
}
