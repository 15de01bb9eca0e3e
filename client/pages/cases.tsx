// Cases: found by number, title or officer; open or closed.

import { SearchOutlined } from '@ant-design/icons'
import { Input, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { caseSorts } from '../../server/contract/queries.ts'
import { useCases } from '../data/use-cases.ts'
import { useNames } from '../data/use-names.ts'
import { OfficerChoice } from '../frame/officer-choice.tsx'
import { StepButton } from '../steps/step-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { momentsOf, Period } from '../ui/period.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { SortChoice } from '../ui/sort-choice.tsx'
import { Time } from '../ui/time.tsx'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { useWords } from '../ui/words.ts'
import './items/items.css'
import './case/case.css'

const names = ['q', 'state', 'officer', 'from', 'to', 'sort'] as const
const states = { open: { open: true }, closed: { open: false }, all: {} } as const

export default function CasesPage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const [{ q, state = 'open', officer, from, to, sort = '-case' }, narrow] = useNarrowing(names)
  const shown = state in states ? (state as keyof typeof states) : 'open'
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useCases({
    q,
    ...states[shown],
    officer,
    ...momentsOf({ from, to }),
    sort,
    limit: 50,
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('cases.title')}</h1>
        <StepButton step="case.open" />
      </div>
      <search className="items-filters" aria-label={t('filter.title')}>
        <Input
          className="items-words"
          allowClear
          type="search"
          prefix={<SearchOutlined aria-hidden="true" />}
          aria-label={t('cases.search')}
          placeholder={t('cases.search')}
          value={q ?? ''}
          onChange={({ target }) => narrow({ q: target.value })}
        />
        <Segmented
          aria-label={t('cases.state')}
          value={shown}
          onChange={(value) => narrow({ state: value === 'open' ? undefined : value })}
          options={(Object.keys(states) as (keyof typeof states)[]).map((value) => ({
            value,
            label: t(`cases.${value}`),
          }))}
        />
        <OfficerChoice label={t('filter.officer')} value={officer} onChange={(login) => narrow({ officer: login })} />
        <Period of={t('case.acceptedAt')} from={from} to={to} onChange={narrow} />
        <SortChoice
          names={caseSorts}
          nameOf={(name) => t(`sort.${name}`)}
          value={sort}
          onChange={(value) => narrow({ sort: value })}
        />
      </search>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <div className="panel">
        {!rows && !error && <RowsSkeleton rows={6} />}
        {rows?.length === 0 && (
          <Empty
            title={t(q ? 'cases.noneFound' : 'cases.none')}
            hint={t(q ? 'cases.noneFoundHint' : 'cases.noneHint')}
          />
        )}
        {rows && rows.length > 0 && (
          <ul className="row-list row-links case-rows">
            {rows.map((each) => (
              <li key={each.caseNo}>
                <div>
                  <Link className="items-name" to={`/cases/${encodeURIComponent(each.caseNo)}`}>
                    {each.title}
                  </Link>
                  <Mark>{words.valueName('case.open', 'kind', each.kind)}</Mark>
                  {each.events.slice(-1).map(({ event }) => (
                    <Mark key={event} kind="accent">
                      {words.valueName('case.record', 'event', event)}
                    </Mark>
                  ))}
                  <p className="quiet code">{each.caseNo}</p>
                </div>
                <div>
                  {each.unitName}
                  <p className="quiet">
                    {each.officers.map((login) => nameOf(login) ?? login).join(t('listSeparator'))}
                  </p>
                </div>
                <div>
                  {t('cases.items', { count: each.items })}
                  <p className="quiet">
                    {t('case.acceptedAt')} <Time at={each.acceptedAt} as="day" />
                  </p>
                </div>
              </li>
            ))}
          </ul>
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
