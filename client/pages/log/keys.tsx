// Keys that signed the log, from which entry on; and the policy that says whose cosignatures it takes.

import { useTranslation } from 'react-i18next'
import type { LogState } from '../../../server/contract/log.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Time } from '../../ui/time.tsx'

export function LogKeys({ log: { keys, vkey, policy } }: { log: LogState }) {
  const { t } = useTranslation('proof')
  return (
    <section className="panel" aria-labelledby="log-keys">
      <h2 id="log-keys">{t('log.keyHistory')}</h2>
      <ul className="row-list log-keys">
        {[...keys].reverse().map((key) => (
          <li key={key.vkey}>
            <span className="code">{key.vkey}</span>
            <CopyButton text={key.vkey} label={t('copy', { what: t('log.key') })} copied={t('copied')} />
            <span className="quiet">
              {t('log.keyFrom', { from: Math.max(0, key.fromSize - 1) })} · <Time at={key.addedAt} />{' '}
              {key.vkey === vkey && <Mark kind="accent">{t('log.keyNow')}</Mark>}
            </span>
          </li>
        ))}
      </ul>
      <h3>{t('log.policy')}</h3>
      <details>
        <summary>{t('log.policyText')}</summary>
        <div className="log-text">
          <pre>{policy}</pre>
          <CopyButton text={policy} label={t('copy', { what: t('log.policy') })} copied={t('copied')} />
        </div>
      </details>
    </section>
  )
}
