// Notes and coins counted by face value, counterfeit ones apart; the sum runs along.

import { Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Denomination, noteKey, worthOf } from '../../../server/custody/amounts.ts'
import { currencyOf } from '../../../server/custody/currencies.ts'
import { compare, difference } from '../../../server/custody/decimal.ts'
import { useWords } from '../../ui/words.ts'
import { useForm } from '../form-context.ts'
import { type Path, pathKey, valueAt } from '../value.ts'
import { asDecimal } from './texts.tsx'
import './denominations.css'

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

type Props = {
  path: Path
  title: string
  currency: string
  /** Hears of each new count. */
  onCounted?: (notes: Denomination[]) => void
  /** Stands above the notes. */
  children?: ReactNode
  /** What there is to say of the sum. */
  remark?: (counted: string, notes: Denomination[]) => ReactNode
}

export function Denominations({ path, title, currency, onCounted, children, remark }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const { value, change, disabled, faults } = useForm()
  const [isFalse, setFalse] = useState(false)
  const notes = (valueAt(value, path) as Denomination[] | undefined) ?? []
  const counted = worthOf(notes)
  const hasFault = Object.keys(faults).some((key) => key.startsWith(pathKey(path)))

  const put = (note: Omit<Denomination, 'count'>, text: string) => {
    const count = Number(asDecimal(text))
    const rest = notes.filter((each) => noteKey(each) !== noteKey(note))
    const next = Number.isSafeInteger(count) && count > 0 ? [...rest, { ...note, count }] : rest
    const ordered = next.sort((one, other) => compare(other.face, one.face))
    change(path, ordered.length > 0 ? ordered : undefined)
    onCounted?.(ordered)
  }

  const grid = { notes, currency, disabled, put }
  return (
    <fieldset className="field-group field-wide denominations" data-path={pathKey(path)}>
      <legend>{title}</legend>
      {children}
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
        {remark?.(counted, notes)}
        {hasFault && <span className="field-fault"> {t('screens:register.countCash')}</span>}
      </p>
    </fieldset>
  )
}

/** Cash that is there already is counted: a difference to what is recorded is said before anything is sent. */
export function CountedNotes({ path, title }: { path: Path; title: string }) {
  const { t } = useTranslation()
  const words = useWords()
  const { items, step } = useForm()
  const [item] = items
  if (item?.class !== 'cash') return null
  const currency = currencyOf(item)
  const listed = item.value ?? '0'
  const remark = (counted: string, notes: Denomination[]) => {
    const more = compare(counted, listed)
    if (notes.length === 0 || more === 0) return null
    const by = words.amountText(difference(counted, listed), currency)
    const said = { listed: words.amountText(listed, currency), by }
    return (
      <span className="field-fault">
        {' '}
        {t(more < 0 ? 'screens:register.countedLess' : 'screens:register.countedMore', said)}{' '}
        {step === 'intake.receive' && t('screens:register.asCounted')}
      </span>
    )
  }
  return <Denominations path={path} title={title} currency={currency} remark={remark} />
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
