// What a check of a chain has looked at, sentence by sentence, and the keys and figures it went by.

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Verifying } from '../../../data/use-verification.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Time } from '../../../ui/time.tsx'
import { useWitnessName } from '../../../ui/witness-name.ts'

export function Checks({ verification: { verdict, known } }: { verification: Verifying }) {
  const { t } = useTranslation('proof')
  const nameOf = useWitnessName()
  if (!verdict?.log) return null
  const { outcome, log, witnesses, later, continues } = verdict
  const names = witnesses.cosigned.map(({ name }) => nameOf(name)).join(t('listSeparator'))
  const isWhole = outcome !== 'broken'
  return (
    <>
      <ul className="verify-checks">
        {isWhole && (
          <>
            <li>{t('check.bytes', { size: log.size })}</li>
            <li>{t('check.chain')}</li>
            <li>{t('check.shown')}</li>
            <li>
              {!later
                ? t('check.newest')
                : later.looked === later.of
                  ? t('check.nothingLater', { count: later.of })
                  : t('check.someLater', later)}
            </li>
          </>
        )}
        <li>
          {t('check.signed', { size: log.size })}{' '}
          {known ? (
            <>
              {t('check.knownSince')} <Time at={known.since} as="day" />
              {t('stop')}
            </>
          ) : (
            <b>{t('check.firstSight')}</b>
          )}
        </li>
        <li>
          {witnesses.cosigned.length === 0
            ? t(witnesses.quorum === undefined ? 'check.nobodyAsked' : 'check.nobody')
            : t(witnesses.quorum === undefined ? 'check.some' : witnesses.quorum ? 'check.enough' : 'check.tooFew', {
                names,
              })}
        </li>
        {continues !== undefined && <li>{t('check.continues', { size: continues })}</li>}
      </ul>
      {isWhole && <p className="quiet">{t('check.not')}</p>}
      <details className="verify-numbers">
        <summary>{t('numbers.title')}</summary>
        <dl>
          <Figure name={t('numbers.origin')} value={log.origin} />
          <Figure name={t('numbers.size')} value={String(log.size)} />
          <Figure name={t('numbers.root')} value={log.root} />
          <Figure name={t('numbers.logKey')} value={verdict.offered.logKey} />
          {witnesses.cosigned.map(({ name, key, at }) => (
            <Figure key={key} name={t('numbers.witnessKey', { name: nameOf(name) })} value={key}>
              {t('numbers.cosignedAt')} <Time at={at} />
            </Figure>
          ))}
        </dl>
      </details>
    </>
  )
}

function Figure({ name, value, children }: { name: string; value: string; children?: ReactNode }) {
  const { t } = useTranslation('proof')
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="code">{value}</span>{' '}
        <CopyButton text={value} label={t('copy', { what: name })} copied={t('copied')} />
        {children && <span className="quiet"> {children}</span>}
      </dd>
    </div>
  )
}
