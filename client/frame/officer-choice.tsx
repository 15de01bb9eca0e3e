// Which officer a list is narrowed to, of those of one's own agency.

import { Select } from 'antd'
import { usePeople } from '../data/use-people.ts'

type Props = { label: string; value: string | undefined; onChange: (login: string | undefined) => void }

export function OfficerChoice({ label, value, onChange }: Props) {
  const { rows = [] } = usePeople({ role: 'officer', sort: 'name', limit: 500 })
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      popupMatchSelectWidth={false}
      value={value}
      onChange={onChange}
      options={rows.map(({ login, name }) => ({ value: login, label: name }))}
    />
  )
}
