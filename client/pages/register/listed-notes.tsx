// The notes of cash on a list: in one currency, and their sum is the item's value.

import { useTranslation } from 'react-i18next'
import { worthOf } from '../../../server/custody/amounts.ts'
import { ownCurrency } from '../../../server/custody/currencies.ts'
import { compare, decimalPattern } from '../../../server/custody/decimal.ts'
import { CurrencyField } from '../../steps/fields/currency.tsx'
import { Denominations } from '../../steps/fields/denominations.tsx'
import { Labelled } from '../../steps/fields/labelled.tsx'
import { useForm } from '../../steps/form-context.ts'
import { type Path, valueAt } from '../../steps/value.ts'
import { useWords } from '../../ui/words.ts'

export function ListedNotes({ path }: { path: Path }) {
  const { t } = useTranslation()
  const words = useWords()
  const { value, change, disabled } = useForm()
  const valuePath = [...path, 'value']
  const currencyPath = [...path, 'details', 'currency']
  const currency = (valueAt(value, currencyPath) as string | undefined) ?? ownCurrency
  const stated = valueAt(value, valuePath) as string | undefined
  const remark = (counted: string) =>
    stated !== undefined && decimalPattern.test(stated) && compare(stated, counted) !== 0 ? (
      <span className="field-fault">
        {' '}
        {t('screens:register.notTheValue', { stated: words.amountText(stated, currency) })}
      </span>
    ) : null
  return (
    <Denominations
      path={[...path, 'details', 'denominations']}
      title={t('screens:register.denominations')}
      currency={currency}
      onCounted={(notes) => change(valuePath, worthOf(notes))}
      remark={remark}
    >
      <Labelled name={t('words:field.currency')}>
        {(ties) => (
          <CurrencyField
            ties={ties}
            value={currency}
            disabled={disabled}
            onChange={(code) => change(currencyPath, code === ownCurrency ? undefined : code)}
          />
        )}
      </Labelled>
    </Denominations>
  )
}
