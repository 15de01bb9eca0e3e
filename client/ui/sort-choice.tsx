// By what a list is sorted, and which way round.

import { SortAscendingOutlined, SortDescendingOutlined } from '@ant-design/icons'
import { Button, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'

type Props<Name extends string> = {
  names: readonly Name[]
  nameOf: (name: Name) => string
  /** A name, or `-name` for the other way round. */
  value: string
  onChange: (value: string) => void
}

export function SortChoice<Name extends string>({ names, nameOf, value, onChange }: Props<Name>) {
  const { t } = useTranslation('screens-chain')
  const down = value.startsWith('-')
  const name = down ? value.slice(1) : value
  return (
    <Space.Compact>
      <Select
        aria-label={t('sort.by')}
        popupMatchSelectWidth={false}
        value={name}
        onChange={(chosen) => onChange(down ? `-${chosen}` : chosen)}
        options={names.map((each) => ({ value: each as string, label: nameOf(each) }))}
      />
      <Button
        icon={down ? <SortDescendingOutlined /> : <SortAscendingOutlined />}
        aria-label={t(down ? 'sort.descending' : 'sort.ascending')}
        title={t(down ? 'sort.descending' : 'sort.ascending')}
        onClick={() => onChange(down ? name : `-${name}`)}
      />
    </Space.Compact>
  )
}
