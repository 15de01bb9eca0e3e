// Keys that are not those this browser trusts: what was, what is, and what has to happen before the new ones are believed.

import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Change } from '../../../data/log-keys.ts'
import { Verdict } from '../../../steps/verdict.tsx'
import { useWitnessName } from '../../../ui/witness-name.ts'

export function KeyChanges({ changes, onTrust }: { changes: Change[]; onTrust: () => void }) {
  const { t } = useTranslation('proof')
  const nameOf = useWitnessName()
  return (
    <Verdict kind="refused" title={t('keys.changed')}>
      <p>{t('keys.changedWhat')}</p>
      <dl className="key-changes">
        {changes.map(({ what, name = '', was, is }) => (
          <div key={`${what} ${name}`}>
            <dt>{t(`keys.${what}`, { name: nameOf(name) })}</dt>
            <dd>
              <span className="quiet">{t('keys.was')}</span> <span className="code">{was ?? t('keys.none')}</span>
            </dd>
            <dd>
              <span className="quiet">{t('keys.is')}</span> <span className="code">{is ?? t('keys.none')}</span>
            </dd>
          </div>
        ))}
      </dl>
      <Button danger onClick={onTrust}>
        {t('keys.trust')}
      </Button>
    </Verdict>
  )
}
