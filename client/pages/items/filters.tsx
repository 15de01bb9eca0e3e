// What a list of items can be narrowed by.

import { SearchOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { itemClasses } from '../../../server/custody/classes.ts'
import { parseCode, printCode } from '../../../server/custody/codes.ts'
import { useNames } from '../../data/use-names.ts'
import { useUnits } from '../../data/use-units.ts'
import { OfficerChoice } from '../../frame/officer-choice.tsx'
import { Period } from '../../ui/period.tsx'
import type { Narrowing } from '../../ui/use-narrowing.ts'
import { useWords } from '../../ui/words.ts'

export const filterNames = [
  'q',
  'class',
  'custody',
  'control',
  'agency',
  'disposition',
  'overdue',
  'discrepancy',
  'officer',
  'dueWithin',
  'from',
  'to',
  'case',
  'place',
  'holder',
] as const
type Name = (typeof filterNames)[number]

const custodyStates = [
  'with-officer',
  'stored',
  'out',
  'in-transit',
  'in-place',
  'frozen',
  'entrusted',
  'deposited',
  'left',
]
const dispositionStates = ['none', 'proposed', 'approved', 'done']
const TYPING_MS = 300

type Props = { values: Narrowing<Name>; onChange: (changes: Narrowing<Name>) => void }

export function ItemFilters({ values, onChange }: Props) {
  const { t } = useTranslation('screens-chain')
  const words = useWords()
  const { data: units } = useUnits()
  const nameOf = useNames()
  const choose = (name: Name, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      aria-label={t(`filter.${name}`)}
      placeholder={t(`filter.${name}`)}
      popupMatchSelectWidth={false}
      value={values[name]}
      onChange={(value?: string) => onChange({ [name]: value })}
      options={options}
    />
  )
  const tick = (name: 'overdue' | 'discrepancy') => (
    <Checkbox
      checked={values[name] === 'true'}
      onChange={({ target }) => onChange({ [name]: target.checked ? 'true' : undefined })}
    >
      {t(`filter.${name}`)}
    </Checkbox>
  )
  // These come by links from a case, a place or a person; here they can only be taken away.
  const linked = (['case', 'place', 'holder'] as const).filter((name) => values[name])
  const said = (value: string) => nameOf(value) ?? (parseCode(value) ? printCode(value) : value)
  const isNarrowed = filterNames.some((name) => values[name])

  return (
    <search className="items-filters" aria-label={t('filter.title')}>
      <Words value={values.q ?? ''} onChange={(q) => onChange({ q })} />
      {choose(
        'class',
        itemClasses.map((value) => ({ value, label: words.className(value) })),
      )}
      {choose(
        'custody',
        custodyStates.map((value) => ({ value, label: words.custodyName(value) })),
      )}
      {choose(
        'control',
        ['held', 'offered'].map((value) => ({
          value,
          label: words.controlName(value === 'held' ? 'not-offered' : value),
        })),
      )}
      {choose(
        'agency',
        (units ?? []).filter(({ kind }) => kind === 'agency').map(({ id, name }) => ({ value: id, label: name })),
      )}
      {choose(
        'disposition',
        dispositionStates.map((value) => ({ value, label: words.dispositionName(value) })),
      )}
      {choose(
        'dueWithin',
        ['1', '3', '7', '30'].map((value) => ({ value, label: t('filter.dueWithinDays', { count: Number(value) }) })),
      )}
      <OfficerChoice label={t('filter.officer')} value={values.officer} onChange={(officer) => onChange({ officer })} />
      <Period of={t('column.lastAt')} from={values.from} to={values.to} onChange={onChange} />
      <span className="items-ticks">
        {tick('overdue')}
        {tick('discrepancy')}
      </span>
      {linked.map((name) => (
        <Tag
          key={name}
          closable={{ 'aria-label': t('filter.remove', { name: t(`filter.${name}`) }) }}
          onClose={() => onChange({ [name]: undefined })}
        >
          {t(`filter.${name}`)} {said(values[name]!)}
        </Tag>
      ))}
      {isNarrowed && (
        <Button type="link" onClick={() => onChange(Object.fromEntries(filterNames.map((name) => [name, undefined])))}>
          {t('items.clear')}
        </Button>
      )}
    </search>
  )
}

/** What is typed goes into the address when the typing rests. */
function Words({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('screens-chain')
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = window.setTimeout(() => onChange(text.trim()), TYPING_MS)
    return () => window.clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <Input
      className="items-words"
      allowClear
      type="search"
      prefix={<SearchOutlined aria-hidden="true" />}
      aria-label={t('filter.q')}
      placeholder={t('filter.qHint')}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onPressEnter={() => onChange(text.trim())}
    />
  )
}
