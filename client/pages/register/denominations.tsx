// Counts cash by face value; the sum runs along and becomes the item's value.

import { Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { compare, decimalPattern, sum, times } from '../../../server/custody/decimal.ts'
import { asDecimal } from '../../steps/fields/texts.tsx'
import { useForm } from '../../steps/form-context.ts'
import { type Path, pathKey, valueAt } from '../../steps/value.ts'

type Line = { face: string; count: number }

/** Notes and coins in circulation, yuan. */
const faces = ['100', '50', '20', '10', '5', '1', '0.5', '0.1']
const FEW = 5

export function Denominations({ path }: { path: Path }) {
  const { t } = useTranslation()
  const { value, change, disabled, faults } = useForm()
  const id = useId()
  const listPath = [...path, 'details', 'denominations']
  const lines = (valueAt(value, listPath) as Line[] | undefined) ?? []
  const [all, setAll] = useState(lines.some(({ face }) => !faces.slice(0, FEW).includes(face)))
  const others = lines.filter(({ face }) => !faces.includes(face)).map(({ face }) => face)
  const shown = [...(all ? faces : faces.slice(0, FEW)), ...others]
  const counted = sum(...lines.map(({ face, count }) => times(face, count)))
  const stated = valueAt(value, [...path, 'value']) as string | undefined
  const differs = stated !== undefined && decimalPattern.test(stated) && compare(stated, counted) !== 0
  const hasFault = Object.keys(faults).some((key) => key.startsWith(pathKey(listPath)))

  const put = (face: string, text: string) => {
    const count = Number(asDecimal(text))
    const rest = lines.filter((line) => line.face !== face)
    const next = Number.isSafeInteger(count) && count > 0 ? [...rest, { face, count }] : rest
    const ordered = next.sort((one, other) => compare(other.face, one.face))
    change(listPath, ordered)
    change([...path, 'value'], sum(...ordered.map((line) => times(line.face, line.count))))
  }

  return (
    <fieldset className="field-group field-wide denominations">
      <legend>{t('screens:register.denominations')}</legend>
      <div className="denominations-grid">
        {shown.map((face) => (
          <label key={face} htmlFor={`${id}-${face}`}>
            <span>¥{face} ×</span>
            <Input
              id={`${id}-${face}`}
              className="figures"
              inputMode="numeric"
              disabled={disabled}
              value={lines.find((line) => line.face === face)?.count ?? ''}
              onChange={(event) => put(face, event.target.value)}
            />
          </label>
        ))}
        {!all && (
          <button type="button" className="link-button" onClick={() => setAll(true)}>
            {t('screens:register.smallFaces')}
          </button>
        )}
      </div>
      <p className="denominations-sum" aria-live="polite">
        {t('screens:register.counted')} <strong className="figures">¥{counted}</strong>
        {differs && <span className="field-fault"> {t('screens:register.notTheValue', { stated })}</span>}
        {hasFault && <span className="field-fault"> {t('screens:register.countCash')}</span>}
      </p>
    </fieldset>
  )
}
