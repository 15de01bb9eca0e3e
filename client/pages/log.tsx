// The log and its witnesses: how far it is signed and by whom it was seen, what contradicts it, how to check it oneself.

import { useTranslation } from 'react-i18next'
import type { LogState } from '../../server/contract/log.ts'
import { asksForWitnesses, rootIn } from '../data/log-standing.ts'
import { useLogLive } from '../data/use-log.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Failed } from '../ui/failed.tsx'
import { PageSkeleton } from '../ui/skeletons.tsx'
import { Time } from '../ui/time.tsx'
import { Alarms } from './log/alarms.tsx'
import { LogKeys } from './log/keys.tsx'
import { OwnCheck } from './log/own-check.tsx'
import { Witnesses } from './log/witnesses.tsx'
import './log/log.css'

export default function LogPage() {
  const { t } = useTranslation('proof')
  const { data: log, error, refetch } = useLogLive()
  if (!log && !error) return <PageSkeleton />
  return (
    <div className="page log-page">
      <div className="log-lead">
        <h1>{t('log.title')}</h1>
        <p className="quiet">{t('log.lead')}</p>
      </div>
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {log && (
        <>
          <Alarms log={log} />
          <Standing log={log} />
          <Witnesses log={log} />
          <OwnCheck log={log} />
          <LogKeys log={log} />
        </>
      )}
    </div>
  )
}

function Standing({ log }: { log: LogState }) {
  const { t, i18n } = useTranslation('proof')
  const { size, checkpoint, origin, vkey, quorum } = log
  const figure = (value: number) => value.toLocaleString(i18n.language)
  const waiting = size - (checkpoint?.size ?? 0)
  return (
    <section className="panel" aria-labelledby="log-state">
      <h2 id="log-state">{t('log.state')}</h2>
      <dl className="log-figures">
        <Figure name={t('log.size')} value={figure(size)} hint={t('log.sizeHint')} />
        <Figure
          name={t('log.signed')}
          value={checkpoint ? figure(checkpoint.size) : '–'}
          hint={waiting > 0 ? t('log.unsigned', { count: waiting }) : t('log.allSigned')}
        />
        {asksForWitnesses(log) ? (
          <Figure
            name={t('log.witnessed')}
            value={quorum.size > 0 ? figure(quorum.size) : '–'}
            hint={quorum.size > 0 ? t('log.witnessedUpTo', { size: quorum.size }) : t('log.notYet')}
          />
        ) : (
          <Figure name={t('log.witnessed')} value={t('log.nobodyAsked')} hint={t('log.nobodyAskedHint')} />
        )}
      </dl>
      {checkpoint ? (
        <dl className="log-facts">
          <div>
            <dt>{t('log.madeAt')}</dt>
            <dd>
              <Time at={checkpoint.madeAt} />
            </dd>
          </div>
          <Copied name={t('log.root')} value={rootIn(checkpoint)} short />
          <Copied name={t('log.origin')} value={origin} />
          {vkey && <Copied name={t('log.key')} value={vkey} />}
        </dl>
      ) : (
        <p className="quiet">{t('log.signedNone')}</p>
      )}
    </section>
  )
}

const Figure = ({ name, value, hint }: { name: string; value: string; hint: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      <span className="quiet">{hint}</span>
    </dd>
  </div>
)

const SHORT = 16

function Copied({ name, value, short = false }: { name: string; value: string; short?: boolean }) {
  const { t } = useTranslation('proof')
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="code" title={value}>
          {short ? `${value.slice(0, SHORT)}…` : value}
        </span>{' '}
        <CopyButton text={value} label={t('copy', { what: name })} copied={t('copied')} />
      </dd>
    </div>
  )
}
