// The fields of an entry with their names, each value as people read it.

import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { parseCode } from '../../../server/custody/codes.ts'
import { ownCurrency } from '../../../server/custody/currencies.ts'
import { fileAddress } from '../../data/addresses.ts'
import { useNames } from '../../data/use-names.ts'
import { Code } from '../../ui/code.tsx'
import { pathOfCode } from '../../ui/paths.ts'
import { Time } from '../../ui/time.tsx'
import { useWords } from '../../ui/words.ts'
import type { FieldLine, Scalar } from './fields-of-entry.ts'

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:/
const grams = /(^|\.)(weight|grossWeight|netWeight|used)$/
const amount = /(^|\.)(value|value\.was|value\.is|amount|total|face)$/
/** What an entry says that its amounts are in. */
const currencyIn = (lines: FieldLine[]) =>
  lines.find(({ path }) => /(^|\.)currency$/.test(path))?.values[0] as string | undefined
/** Fields that name a person, a unit or an agency. */
const named = /(^|\.)(login|carrier|officers|unit|agency|scope|to|site|toSite|grantedBy|objector)$/
const HASH = /^[0-9a-f]{64}$/

type Props = { step: string; lines: FieldLine[]; currency?: string }

/** `currency` is what amounts are in that say nothing of it themselves. */
export function FieldLines({ step, lines, currency = ownCurrency }: Props) {
  const { t } = useTranslation('screens-chain')
  const { nameFor, said } = useFieldWords(step, currencyIn(lines) ?? currency)
  return lines.map((line) => (
    <div key={`${line.path} ${line.rows.join('.')}`}>
      <dt>
        {nameFor(line.path)}
        {line.rows.length > 0 && ` ${line.rows.map((row) => row + 1).join('.')}`}
      </dt>
      <dd>
        {line.values.map((value, index) => (
          <Fragment key={String(value)}>
            {index > 0 && t('listSeparator')}
            {said(line.path, value)}
          </Fragment>
        ))}
      </dd>
    </div>
  ))
}

/** How fields of a step's entry are named, and how their values are read. */
export function useFieldWords(step: string, currency = ownCurrency) {
  const { t, i18n } = useTranslation('screens-chain')
  const words = useWords()
  const nameOf = useNames()

  const nameFor = (path: string): string => {
    const own = `screens-chain:field.${path.replaceAll('.', '_')}`
    if (i18n.exists(own)) return t(own)
    // A registered item says by itself what the seizure list said of it in a line.
    return words.fieldName(step, step === 'intake.register' && !path.includes('.') ? `items.${path}` : path)
  }
  const said = (path: string, value: Scalar): ReactNode => {
    if (typeof value === 'boolean') return value ? t('yes') : t('no')
    if (typeof value === 'number') return value.toLocaleString(i18n.language)
    if (MOMENT.test(value)) return <Time at={value} />
    if (grams.test(path)) return t('grams', { weight: value })
    if (amount.test(path)) return words.amountText(value, currency)
    if (/(^|\.)currency$/.test(path)) return words.currencyName(value)
    if (HASH.test(value))
      return (
        <a href={fileAddress(value)} target="_blank" rel="noopener">
          {t('entry.openFile')}
        </a>
      )
    if (parseCode(value)) return <Code code={value} to={pathOfCode(value)} />
    if (/(^|\.)deadline$/.test(path)) return words.deadlineName(value)
    const word = words.valueName(step, path, value)
    // The values of a list are named where one of them is: `kinds` as `kind`.
    if (word !== value) return word
    const one = words.valueName(step, path.replace(/s$/, ''), value)
    return named.test(path) ? (nameOf(value) ?? one) : one
  }
  return { nameFor, said }
}
