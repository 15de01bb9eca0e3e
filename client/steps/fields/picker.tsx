// A choice out of many that the server knows: typed words narrow the list.

import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ties } from './labelled.tsx'

export type Option = { value: string; label: ReactNode; title?: string }

type Props = {
  ties: Ties
  value: string | string[] | undefined
  options: Option[]
  loading: boolean
  multiple?: boolean
  disabled: boolean
  placeholder?: string
  onSearch: (words: string) => void
  onChange: (value: string | string[] | undefined) => void
}

export function Picker({
  ties,
  value,
  options,
  loading,
  multiple = false,
  disabled,
  placeholder,
  onSearch,
  onChange,
}: Props) {
  const { t } = useTranslation()
  return (
    <Select
      {...ties}
      mode={multiple ? 'multiple' : undefined}
      showSearch={{ filterOption: false, onSearch }}
      allowClear
      value={value}
      options={options}
      disabled={disabled}
      placeholder={placeholder ?? t('screens:form.search')}
      notFoundContent={loading ? t('screens:loading') : t('screens:form.nothingFound')}
      onChange={(chosen) => onChange(chosen)}
      status={ties['aria-invalid'] ? 'error' : ''}
    />
  )
}
