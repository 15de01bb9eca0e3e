// What the board can be narrowed by: axis, procedure, site, words.

import { SearchOutlined } from '@ant-design/icons'
import { Input, Select } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Movement } from '../../../server/contract/movements.ts'
import { catalogue } from '../../../server/custody/catalogue.ts'
import { normalizeCode } from '../../../server/custody/codes.ts'
import { usePlaces } from '../../data/use-places.ts'
import type { Narrowing } from '../../ui/use-narrowing.ts'
import { useWords } from '../../ui/words.ts'

export const boardFilterNames = ['axis', 'procedure', 'site', 'q'] as const
type Name = (typeof boardFilterNames)[number]

const axes = ['custody', 'control', 'disposition'] as const

/** Whether a line is wanted. A site is known by its name in the line's from and to. */
export function useMatches({ axis, procedure, site, q }: Narrowing<Name>): (movement: Movement) => boolean {
  const words = useWords()
  const { rows: sites } = usePlaces({ kind: 'site' })
  const siteName = sites?.find(({ code }) => code === site)?.name
  return useCallback(
    (movement) => {
      const { from, to } = movement
      if (axis && movement.axis !== axis) return false
      if (procedure && movement.step.split('.')[0] !== procedure) return false
      if (site && ![from, to].some((each) => each?.code === site || (siteName && each?.name?.startsWith(siteName))))
        return false
      if (!q) return true
      const said = [
        movement.name,
        movement.caseNo,
        movement.subject.id,
        movement.docket,
        movement.by.name,
        words.factName(movement.fact),
        from?.name,
        to?.name,
      ]
      const text = said.filter(Boolean).join('\n').toLowerCase()
      return text.includes(q.toLowerCase()) || text.includes(normalizeCode(q).toLowerCase() || q)
    },
    [axis, procedure, site, siteName, q, words],
  )
}

type Props = { values: Narrowing<Name>; onChange: (changes: Narrowing<Name>) => void }

export function BoardFilters({ values, onChange }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const { rows: sites = [] } = usePlaces({ kind: 'site' })
  const choose = (name: Name, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={t(`live.filter.${name}`)}
      placeholder={t(`live.filter.${name}`)}
      popupMatchSelectWidth={false}
      value={values[name]}
      onChange={(value?: string) => onChange({ [name]: value })}
      options={options}
    />
  )
  return (
    <search className="items-filters" aria-label={t('filter.title')}>
      <Input
        className="items-words"
        allowClear
        type="search"
        prefix={<SearchOutlined aria-hidden="true" />}
        aria-label={t('live.filter.q')}
        placeholder={t('live.filter.q')}
        value={values.q ?? ''}
        onChange={({ target }) => onChange({ q: target.value })}
      />
      {choose(
        'axis',
        axes.map((value) => ({ value, label: words.axisName(value) })),
      )}
      {choose(
        'procedure',
        Object.keys(catalogue.procedures).map((value) => ({ value, label: words.procedureName(value) })),
      )}
      {choose(
        'site',
        sites.map(({ code, name }) => ({ value: code, label: name })),
      )}
    </search>
  )
}
