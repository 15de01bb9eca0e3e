// "Verify this chain": the button, how far the check is, and what it found, in plain words.

import { SafetyCertificateOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Verifying } from '../../../data/use-verification.ts'
import type { Verdict as Found } from '../../../data/verify-chain.ts'
import { Verdict } from '../../../steps/verdict.tsx'
import { Failed } from '../../../ui/failed.tsx'
import { Time } from '../../../ui/time.tsx'
import { Checks } from './checks.tsx'
import { useFaultWords } from './fault-words.ts'
import { KeyChanges } from './key-changes.tsx'

export function VerifyButton({ verification }: { verification: Verifying }) {
  const { t } = useTranslation('proof')
  const { progress, verify } = verification
  return (
    <Button
      icon={<SafetyCertificateOutlined aria-hidden="true" />}
      loading={progress !== undefined}
      onClick={() => void verify().then(showFirst)}
    >
      {t('verify.button')}
    </Button>
  )
}

export function VerifyResult({ verification }: { verification: Verifying }) {
  const { t } = useTranslation('proof')
  const { progress, error, verdict, at, verify, trust } = verification
  if (progress)
    return (
      <div className="verify-running" role="status">
        <span>{t('verify.running', progress)}</span>
        <progress aria-label={t('verify.button')} value={progress.done} max={progress.of} />
      </div>
    )
  if (error) return <Failed error={error} onRetry={() => void verify()} />
  if (!verdict || !at) return null
  const done = (
    <p className="quiet verify-when">
      {t('verify.at')} <Time at={at} />
    </p>
  )
  const { outcome } = verdict
  if (outcome === 'keys-changed')
    return <KeyChanges changes={verdict.changes} onTrust={() => void trust().then(showFirst)} />
  if (outcome === 'broken')
    return (
      <Verdict kind="refused" title={t('verify.broken')}>
        <Faults verdict={verdict} />
        <p>{t('verify.brokenWhat')}</p>
        {verdict.log && <p className="verify-holds quiet">{t('verify.holds')}</p>}
        <Checks verification={verification} />
        {done}
      </Verdict>
    )
  const count = verdict.entries.length
  return (
    <Verdict
      kind={outcome === 'verified' ? 'ok' : 'warn'}
      title={t(outcome === 'verified' ? 'verify.verified' : 'verify.unwitnessed', { count })}
    >
      <Checks verification={verification} />
      {done}
    </Verdict>
  )
}

function Faults({ verdict: { faults } }: { verdict: Found }) {
  const { t } = useTranslation('proof')
  const sentence = useFaultWords()
  return (
    <ul className="verify-faults">
      {faults.map((fault) => (
        <li key={`${fault.code} ${fault.position ?? ''}`}>
          {fault.position !== undefined && (
            <>
              <a
                href={`#entry-${fault.position}`}
                onClick={(event) => {
                  event.preventDefault()
                  goTo(fault.position!)
                }}
              >
                {t('verify.entry', { position: fault.position })}
              </a>{' '}
            </>
          )}
          {sentence(fault)}
        </li>
      ))}
    </ul>
  )
}

/** To the first broken entry, once it is marked on the page. */
function showFirst(verdict: Found | undefined): void {
  const first = verdict?.faults.find(({ position }) => position !== undefined)?.position
  if (first !== undefined) requestAnimationFrame(() => goTo(first))
}

function goTo(position: number): void {
  const entry = document.getElementById(`entry-${position}`)
  entry?.scrollIntoView({ block: 'start' })
  entry?.focus({ preventScroll: true })
}
