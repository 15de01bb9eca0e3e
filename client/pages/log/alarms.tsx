// What contradicts the log, at the top and not to be missed; one calm line when nothing does.

import { useTranslation } from 'react-i18next'
import type { LogEvidence, LogState } from '../../../server/contract/log.ts'
import { Verdict } from '../../steps/verdict.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Time } from '../../ui/time.tsx'
import { useWitnessName } from '../../ui/witness-name.ts'
import { useWords } from '../../ui/words.ts'

export function Alarms({ log: { readOnly, evidence } }: { log: LogState }) {
  const { t } = useTranslation('proof')
  const words = useWords()
  if (!readOnly && evidence.length === 0) return <Verdict kind="ok" title={t('log.calm')} />
  return (
    <div className="log-alarms">
      {readOnly && (
        <Verdict kind="refused" title={t('log.alarm.readOnly')}>
          <p>{words.refusalText(readOnly)}</p>
          <p>{t('log.alarm.readOnlyWhat')}</p>
        </Verdict>
      )}
      {evidence.length > 0 && (
        <Verdict kind="refused" title={t('log.alarm.title')}>
          <p>{t('log.alarm.what')}</p>
          <ul className="log-evidence">
            {evidence.map((found) => (
              <Evidence key={found.id} found={found} />
            ))}
          </ul>
        </Verdict>
      )}
    </div>
  )
}

function Evidence({ found: { kind, foundAt, about, notes } }: { found: LogEvidence }) {
  const { t, i18n } = useTranslation('proof')
  const nameOf = useWitnessName()
  const { seen, here } = about as { seen?: { by?: string; size?: number }; here?: { size?: number } }
  const by = seen?.by ?? (about.by as string | undefined) ?? ''
  const known = i18n.exists(`proof:log.alarm.kind.${kind}`)
  return (
    <li>
      <p>
        <b>
          {t(`log.alarm.kind.${known ? kind : 'other'}`, {
            kind,
            by: by === 'server' ? t('log.alarm.server') : nameOf(by),
            seen: seen?.size ?? '?',
            here: here?.size ?? '?',
          })}
        </b>{' '}
        <span className="quiet">
          {t('log.alarm.foundAt')} <Time at={foundAt} />
        </span>
      </p>
      {notes.length > 0 && (
        <details>
          <summary>{t('log.alarm.notes')}</summary>
          {notes.map((note) => (
            <div key={note} className="log-text">
              <pre>{note}</pre>
              <CopyButton text={note} label={t('copy', { what: t('log.alarm.notes') })} copied={t('copied')} />
            </div>
          ))}
        </details>
      )}
    </li>
  )
}
