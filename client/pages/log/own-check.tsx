// How somebody checks the log without trusting this server: in the browser, or with a command of their own.

import { useTranslation } from 'react-i18next'
import type { LogState } from '../../../server/contract/log.ts'
import { useHasRole } from '../../data/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Time } from '../../ui/time.tsx'
import { HandIn } from './hand-in.tsx'

export function OwnCheck({ log: { vkey, lastVerification: last } }: { log: LogState }) {
  const { t } = useTranslation('proof')
  const isInspector = useHasRole('inspector')
  const command = `npx stillpoint-verify log ${window.location.origin}/api/log${vkey ? ` --key '${vkey}'` : ''}`
  return (
    <section className="panel log-own" aria-labelledby="log-own">
      <h2 id="log-own">{t('log.own.title')}</h2>
      <p>{t('log.own.item')}</p>
      <p>{t('log.own.whole')}</p>
      <div className="log-text">
        <pre>{command}</pre>
        <CopyButton text={command} label={t('copy', { what: t('log.own.command') })} copied={t('copied')} />
      </div>
      <p className="quiet">{t('log.own.open')}</p>
      {last && (
        <p>
          {t('log.own.last')} <Time at={last.at} />{' '}
          <Mark kind={last.ok ? 'good' : 'bad'}>
            {t(last.ok ? 'log.own.lastOk' : 'log.own.lastBad', { size: last.size })}
          </Mark>{' '}
          <span className="quiet">{t('log.own.lastBy', { login: last.by })}</span>
        </p>
      )}
      {isInspector && <HandIn />}
    </section>
  )
}
