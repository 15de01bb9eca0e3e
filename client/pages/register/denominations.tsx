// Counts cash by face value and currency; counterfeit notes are counted apart. The sum runs along and is the item's value.

import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Denomination, noteKey, worthOf } from '../../../server/custody/amounts.ts'
import { ownCurrency } from '../../../server/custody/currencies.ts'
import { compare, decimalPattern } from '../../../server/custody/decimal.ts'
import { CurrencyField } from '../../steps/fields/currency.tsx'
import { Labelled } from '../../steps/fields/labelled.tsx'
import { asDecimal } from '../../steps/fields/texts.tsx'
import { useForm } from '../../steps/form-context.ts'
import { type Path, pathKey, valueAt } from '../../steps/value.ts'
import { useWords } from '../../ui/words.ts'

/** Notes and coins in circulation; of a currency that is not named, those that most of them have. */
const facesOf: Record<string, string[]> = {
  CNY: ['100', '50', '20', '10', '5', '1', '0.5', '0.1'],
  USD: ['100', '50', '20', '10', '5', '2', '1'],
  EUR: ['500', '200', '100', '50', '20', '10', '5'],
  HKD: ['1000', '500', '100', '50', '20', '10'],
  JPY: ['10000', '5000', '2000', '1000', '500', '100'],
}
const someFaces = ['1000', '500', '200', '100', '50', '20', '10', '5', '2', '1']
const FEW = 5

export function Denominations({ path }: { path: Path }) {
  const { t } = useTranslation()
  const words = useWords()
  const { value, change, disabled, faults } = useForm()
  const [isFalse, setFalse] = useState(false)
  const listPath = [...path, 'details', 'denominations']
  const currencyPath = [...path, 'details', 'currency']
  const notes = (valueAt(value, listPath) as Denomination[] | undefined) ?? []
  const currency = (valueAt(value, currencyPath) as string | undefined) ?? ownCurrency
  const counted = worthOf(notes)
  const stated = valueAt(value, [...path, 'value']) as string | undefined
  const differs = stated !== undefined && decimalPattern.test(stated) && compare(stated, counted) !== 0
  const hasFault = Object.keys(faults).some((key) => key.startsWith(pathKey(listPath)))

  const put = (note: Omit<Denomination, 'count'>, text: string) => {
    const count = Number(asDecimal(text))
    const rest = notes.filter((each) => noteKey(each) !== noteKey(note))
    const next = Number.isSafeInteger(count) && count > 0 ? [...rest, { ...note, count }] : rest
    const ordered = next.sort((one, other) => compare(other.face, one.face))
    change(listPath, ordered)
    change([...path, 'value'], worthOf(ordered))
  }

  const grid = { notes, currency, disabled, put }
  return (
    <fieldset className="field-group field-wide denominations">
      <legend>{t('screens:register.denominations')}</legend>
      <Labelled name={t('words:field.currency')} required={false}>
        {(ties) => (
          <CurrencyField
            ties={ties}
            value={currency}
            disabled={disabled}
            onChange={(code) => change(currencyPath, code === ownCurrency ? undefined : code)}
          />
        )}
      </Labelled>
      <Grid {...grid} counterfeit={false} />
      {isFalse || notes.some(({ counterfeit }) => counterfeit) ? (
        <>
          <p className="quiet">{t('screens:register.counterfeit')}</p>
          <Grid {...grid} counterfeit />
        </>
      ) : (
        <button type="button" className="link-button" onClick={() => setFalse(true)}>
          {t('screens:register.addCounterfeit')}
        </button>
      )}
      <p className="denominations-sum" aria-live="polite">
        {t('screens:register.counted')} <strong className="figures">{words.amountText(counted, currency)}</strong>
        {differs && (
          <span className="field-fault">
            {' '}
            {t('screens:register.notTheValue', { stated: words.amountText(stated, currency) })}
          </span>
        )}
        {hasFault && <span className="field-fault"> {t('screens:register.countCash')}</span>}
      </p>
    </fieldset>
  )
}

type GridProps = {
  notes: Denomination[]
  currency: string
  counterfeit: boolean
  disabled: boolean
  put: (note: Omit<Denomination, 'count'>, text: string) => void
}

/** A field for each face; those that are rare only when asked for. */
function Grid({ notes, currency, counterfeit, disabled, put }: GridProps) {
  const { t } = useTranslation()
  const words = useWords()
  const id = useId()
  const faces = facesOf[currency] ?? someFaces
  const held = notes.filter((note) => Boolean(note.counterfeit) === counterfeit)
  const [all, setAll] = useState(held.some(({ face }) => !faces.slice(0, FEW).includes(face)))
  const others = held.filter(({ face }) => !faces.includes(face)).map(({ face }) => face)
  const shown = [...(all ? faces : faces.slice(0, FEW)), ...others]
  return (
    <div className="denominations-grid">
      {shown.map((face) => (
        <label key={face} htmlFor={`${id}-${face}`}>
          <span>{words.noteText({ face, counterfeit }, currency)} ×</span>
          <Input
            id={`${id}-${face}`}
            className="figures"
            inputMode="numeric"
            disabled={disabled}
            value={held.find((note) => note.face === face)?.count ?? ''}
            onChange={(event) => put({ face, ...(counterfeit ? { counterfeit } : {}) }, event.target.value)}
          />
        </label>
      ))}
      {!all && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {t('screens:register.smallFaces')}
        </button>
      )}
    </div>
  )
}
