// What differs from what was recorded, in words, and what comes of it.

import { useTranslation } from 'react-i18next'
import { useWords } from '../ui/words.ts'
import type { Consequence, Difference } from './differences.ts'

type Props = { differences: Difference[]; step: string; named?: boolean }

/** `named` where the things stand elsewhere and must be named. */
export function DifferenceList({ differences, step, named = true }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <ul className="differences">
      {differences.map(({ code, name, field, is, was }) => {
        const value = (said: string) =>
          field === 'condition' || field === 'faults' ? words.valueName(step, field, said) : said
        const text = t(`screens:differ.${field}`, { is: value(is), was: value(was) })
        return <li key={`${code} ${field} ${is}`}>{named ? t('screens:differ.named', { name, text }) : text}</li>
      })}
    </ul>
  )
}

const gravest: Consequence[] = ['refused', 'discrepancy', 'rest']

/** The consequences, each said once. */
export function Consequences({ differences }: { differences: Difference[] }) {
  const { t } = useTranslation()
  const found = gravest.filter((each) => differences.some(({ consequence }) => consequence === each))
  return (
    <>
      {found.map((consequence) => (
        <p key={consequence}>{t(`screens:differ.then.${consequence}`)}</p>
      ))}
    </>
  )
}
