// A currency: those that are met with have a name and come first; every other is found by its code.

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currencies, ownCurrency } from '../../../server/custody/currencies.ts'
import type { Ties } from './labelled.tsx'
import { Picker } from './picker.tsx'

type Props = { ties: Ties; value: string | undefined; disabled: boolean; onChange: (code: string | undefined) => void }

/** 美元（USD）; the code alone where nobody has named it. */
export function useCurrencyName(): (code: string) => string {
  const { t, i18n } = useTranslation()
  return (code) =>
    i18n.exists(`words:currency.${code}`)
      ? t('words:currencyWithCode', { name: t(`words:currency.${code}`), code })
      : code
}

export function CurrencyField({ ties, value, disabled, onChange }: Props) {
  const { i18n } = useTranslation()
  const nameOf = useCurrencyName()
  const [typed, setTyped] = useState('')
  const isNamed = (code: string) => i18n.exists(`words:currency.${code}`)
  const wanted = typed.trim().toUpperCase()
  const options = currencies
    .toSorted((one, other) => rank(one, isNamed) - rank(other, isNamed))
    .map((code) => ({ value: code, label: nameOf(code) }))
    .filter(({ label }) => label.toUpperCase().includes(wanted))
  return (
    <Picker
      ties={ties}
      value={value}
      options={options}
      loading={false}
      disabled={disabled}
      placeholder={nameOf(ownCurrency)}
      onSearch={setTyped}
      onChange={(code) => onChange(code as string | undefined)}
    />
  )
}

const rank = (code: string, isNamed: (code: string) => boolean) => (code === ownCurrency ? 0 : isNamed(code) ? 1 : 2)
