// What was corrected of a case or a place: old, new, why, by whom.

import { ArrowRightOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import type { Correction } from '../../../server/custody/subjects.ts'
import { Time } from '../../ui/time.tsx'
import { useFieldWords } from './field-lines.tsx'
import type { Scalar } from './fields-of-entry.ts'

export function SubjectCorrections({ step, corrections = [] }: { step: string; corrections?: Correction[] }) {
  const { t } = useTranslation('screens-chain')
  const { nameFor, said } = useFieldWords(step)
  if (corrections.length === 0) return null
  const shown = (field: string, value: unknown) => (
    <span>
      {[value].flat().map((each, index) => (
        <span key={String(each)}>
          {index > 0 && t('listSeparator')}
          {said(field, each as Scalar)}
        </span>
      ))}
    </span>
  )
  return (
    <section className="panel" aria-labelledby="corrections">
      <h2 id="corrections">{t('corrected.title')}</h2>
      {corrections.map(({ field, was, right, reason, by, at }) => (
        <p key={`${field} ${at}`} className="corrected">
          {nameFor(field)}: <del>{shown(field, was)}</del> <ArrowRightOutlined aria-label={t('entry.to')} />{' '}
          <b>{shown(field, right)}</b>
          <span className="quiet">
            {' '}
            {reason} · {by} · <Time at={at} />
          </span>
        </p>
      ))}
    </section>
  )
}
