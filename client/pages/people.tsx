// People of the agency: found by name, login or number, by role or unit; accounts are made here.

import { SearchOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { personSorts } from '../../server/contract/queries.ts'
import { roles } from '../../server/custody/subjects.ts'
import { useMe } from '../data/session.ts'
import { useNames } from '../data/use-names.ts'
import { usePeople } from '../data/use-people.ts'
import { useUnits } from '../data/use-units.ts'
import { StepButton } from '../steps/step-button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failed } from '../ui/failed.tsx'
import { Mark } from '../ui/mark.tsx'
import { MoreOnSight } from '../ui/more-on-sight.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { SortChoice } from '../ui/sort-choice.tsx'
import { useNarrowing } from '../ui/use-narrowing.ts'
import { useWords } from '../ui/words.ts'
import './items/items.css'
import './people/people.css'

const names = ['q', 'role', 'unit', 'sort'] as const

export default function PeoplePage() {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()
  const me = useMe()
  const { data: units = [] } = useUnits()
  const [narrowed, narrow] = useNarrowing(names)
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = usePeople({
    ...narrowed,
    limit: 100,
  })
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('people.title')}</h1>
        <Link to="/settings">
          <Button icon={<SettingOutlined />} tabIndex={-1}>
            {t('agencies.title')}
          </Button>
        </Link>
        <StepButton step="person.add" primary />
      </div>
      <search className="items-filters" aria-label={t('filter.title')}>
        <Input
          className="items-words"
          allowClear
          type="search"
          prefix={<SearchOutlined aria-hidden="true" />}
          aria-label={t('people.search')}
          placeholder={t('people.search')}
          value={narrowed.q ?? ''}
          onChange={({ target }) => narrow({ q: target.value })}
        />
        <Select
          allowClear
          aria-label={t('people.role')}
          placeholder={t('people.role')}
          popupMatchSelectWidth={false}
          value={narrowed.role}
          onChange={(role?: string) => narrow({ role })}
          options={roles.map((value) => ({ value, label: words.roleName(value) }))}
        />
        <Select
          allowClear
          aria-label={t('people.unit')}
          placeholder={t('people.unit')}
          popupMatchSelectWidth={false}
          value={narrowed.unit}
          onChange={(unit?: string) => narrow({ unit })}
          options={units
            .filter(({ agency }) => agency === me.agency)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SortChoice
          names={personSorts}
          nameOf={(name) => t(`sort.${name}`)}
          value={narrowed.sort ?? 'login'}
          onChange={(sort) => narrow({ sort })}
        />
      </search>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      <div className="panel">
        {!rows && !error && <RowsSkeleton rows={8} />}
        {rows?.length === 0 && <Empty title={t('people.none')} hint={t('people.noneHint')} />}
        {rows && rows.length > 0 && (
          <ul className="row-list row-links people-rows">
            {rows.map((person) => (
              <li key={person.id}>
                <div>
                  <Link className="items-name" to={`/people/${person.id}`}>
                    {person.name}
                  </Link>
                  {person.disabled && <Mark kind="bad">{t('people.disabled')}</Mark>}
                  <p className="quiet">
                    <span className="code">{person.login}</span> · {person.number}
                  </p>
                </div>
                <div>{person.unitName}</div>
                <div className="people-roles">
                  {person.grants.map(({ role, scope }) => (
                    <Mark key={`${role} ${scope}`} title={nameOf(scope) ?? scope}>
                      {words.roleName(role)}
                    </Mark>
                  ))}
                  {person.grants.length === 0 && <span className="quiet">{t('people.noRole')}</span>}
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
