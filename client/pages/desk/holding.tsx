// Things in my hands, with the clock that runs on each: what is due first stands first.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Card } from '../../../server/contract/cards.ts'
import { useItems } from '../../data/use-items.ts'
import { Code } from '../../ui/code.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failed } from '../../ui/failed.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import { Clock, CustodyTag, DiscrepancyTag } from '../items/standing.tsx'
import '../items/items.css'

const dueFirst = (one: Card, other: Card) => (one.clocks[0]?.at ?? '9').localeCompare(other.clocks[0]?.at ?? '9')

export function Holding({ login }: { login: string }) {
  const { t } = useTranslation()
  const words = useWords()
  const { rows, error, refetch } = useItems({ holder: login, limit: 200 })
  return (
    <section className="panel" aria-labelledby="holding-title">
      <h2 id="holding-title">
        {t('screens:desk.holding')}
        {rows && rows.length > 0 && <span className="desk-count">{rows.length}</span>}
      </h2>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!rows && !error && <RowsSkeleton rows={3} />}
      {rows?.length === 0 && <Empty title={t('screens:desk.holdNothing')} hint={t('screens:desk.holdNothingHint')} />}
      <ul className="row-list">
        {[...(rows ?? [])].sort(dueFirst).map((item) => (
          <li key={item.code} className="desk-item">
            <div>
              <Link className="items-name" to={`/items/${item.code}`}>
                {item.name}
              </Link>{' '}
              <DiscrepancyTag item={item} />
              <p className="quiet">
                <Code code={item.code} /> · <span className="code">{item.caseNo}</span>
              </p>
            </div>
            <CustodyTag custody={item.custody} />
            <div className="desk-clock">
              <Clock due={item.clocks[0]} />
              {item.clocks.map(({ deadline, at }) => (
                <p key={deadline} className="quiet">
                  {words.deadlineName(deadline)} <Time at={at} />
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
