// What separation of duties refused, as inspectors see it: who tried what, on what, and why it was refused.

import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AttemptCard } from '../../server/contract/attempts.ts'
import { useAttempts } from '../data/use-attempts.ts'
import { useNames } from '../data/use-names.ts'
import { Code } from '../ui/code.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { Time } from '../ui/time.tsx'
import { useWords } from '../ui/words.ts'
import './items/items.css'
import './people/people.css'

export default function AttemptsPage() {
  const { t } = useTranslation('screens-chain')
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useAttempts()
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('attempts.title')}</h1>
      </div>
      <p className="quiet">{t('attempts.hint')}</p>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <div className="panel">
        {!rows && !error && <RowsSkeleton rows={6} />}
        {rows?.length === 0 && <Empty title={t('attempts.none')} hint={t('attempts.noneHint')} />}
        {rows && rows.length > 0 && (
          <ol className="row-list attempt-rows">
            {rows.map((attempt) => (
              <Attempt key={attempt.position} attempt={attempt} />
            ))}
          </ol>
        )}
        <MoreOnSight
          more={hasNextPage}
          loading={isFetchingNextPage}
          onMore={() => void fetchNextPage()}
          label={t('more')}
        />
      </div>
    </div>
  )
}

function Attempt({ attempt: { at, who, step, items, countersigners, code, params } }: { attempt: AttemptCard }) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  return (
    <li>
      <div>
        <Link className="items-name" to={`/people/${who.id}`}>
          {who.name}
        </Link>{' '}
        <Mark kind="warn">{words.stepName(step)}</Mark>
        <p className="quiet">
          {who.unitName} · <Time at={at} />
        </p>
      </div>
      <div>
        <p>{t(`attempt:why.${code}`, params)}</p>
        {items.length > 0 && (
          <p className="quiet">
            {t('attempts.items')}{' '}
            {items.map((item) => (
              <span key={item}>
                <Code code={item} to={`/items/${item}`} />{' '}
              </span>
            ))}
          </p>
        )}
        {countersigners.length > 0 && (
          <p className="quiet">
            {t('attempts.signedBy')} {countersigners.map((login) => nameOf(login) ?? login).join(t('listSeparator'))}
          </p>
        )}
      </div>
    </li>
  )
}
