// The proof of one entry, small and in its place: whether the log holds it, who has cosigned, what a check found.

import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleFilled,
  SafetyCertificateOutlined,
} from '@ant-design/icons'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { type EntryStanding, standingOfEntry } from '../../../data/log-standing.ts'
import { useWitnessName } from '../../../ui/witness-name.ts'
import { ChainProofContext } from './context.ts'
import { useFaultWords } from './fault-words.ts'
import './proof.css'

export function EntryProof({ position }: { position: number }) {
  const { t } = useTranslation('proof')
  const { log, verdict } = useContext(ChainProofContext)
  if (!log || verdict?.faults.some((fault) => fault.position === position)) return null
  const standing = standingOfEntry(log, position)
  const isVerified = verdict?.entries.some((entry) => entry.position === position && entry.ok)
  if (standing.state === 'waiting')
    return (
      <span className="entry-proof" title={t('entry.waitingHint')}>
        <ClockCircleOutlined aria-hidden="true" /> {t('entry.waiting')}
      </span>
    )
  return (
    <>
      <span className="entry-proof" title={t('entry.includedHint', { size: standing.size })}>
        <CheckCircleOutlined aria-hidden="true" /> {t('entry.included', { size: standing.size })}
      </span>
      <Cosigned standing={standing} />
      {isVerified && (
        <span className="entry-proof entry-verified">
          <SafetyCertificateOutlined aria-hidden="true" /> {t('entry.verified')}
        </span>
      )}
    </>
  )
}

function Cosigned({ standing: { by, quorum } }: { standing: EntryStanding }) {
  const { t } = useTranslation('proof')
  const nameOf = useWitnessName()
  // Where no witness is asked, none is missed.
  if (by.length === 0 && quorum === undefined) return null
  const names = by.map(nameOf).join(t('listSeparator'))
  return (
    <span className="entry-proof">
      {quorum === false ? <ClockCircleOutlined aria-hidden="true" /> : <CheckCircleOutlined aria-hidden="true" />}{' '}
      {by.length === 0 ? t('entry.nobody') : t(quorum === false ? 'entry.tooFew' : 'entry.cosigned', { names })}
    </span>
  )
}

/** What a check found wrong with an entry, above what the page says of it. */
export function EntryFaults({ position }: { position: number }) {
  const { t } = useTranslation('proof')
  const { verdict } = useContext(ChainProofContext)
  const sentence = useFaultWords()
  const faults = verdict?.faults.filter((fault) => fault.position === position) ?? []
  if (faults.length === 0) return null
  return (
    <div className="entry-faults" role="alert">
      <CloseCircleFilled aria-hidden="true" />
      <div>
        <b>{t('entry.broken')}</b>
        {faults.map((fault) => (
          <p key={fault.code}>{sentence(fault)}</p>
        ))}
      </div>
    </div>
  )
}

/** Whether a check found something wrong with the entry. */
export function useIsBroken(): (position: number) => boolean {
  const { verdict } = useContext(ChainProofContext)
  return (position) => verdict?.faults.some((fault) => fault.position === position) ?? false
}
