// The public page of a receipt: whoever scans the code on the paper sees whether it is true, and what became of the thing.

import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { PublicReceipt } from '../../server/contract/receipts.ts'
import { type Check, type Checked, checkReceipt, type Paper, paperIn } from '../data/check-receipt.ts'
import { ProblemError } from '../data/request.ts'
import { useReceipt } from '../data/use-receipt.ts'
import { Gate } from '../frame/gate.tsx'
import { Verdict, type VerdictKind } from '../steps/verdict.tsx'
import { Code } from '../ui/code.tsx'
import { RowsSkeleton } from '../ui/skeletons.tsx'
import { Time } from '../ui/time.tsx'
import { useWords } from '../ui/words.ts'
import './receipt/receipt.css'

export default function ReceiptPage() {
  const { t } = useTranslation('receipt')
  return (
    <Gate wide>
      <div className="receipt">
        <header>
          <h1>{t('page.heading')}</h1>
          <p className="quiet">{t('page.scanned')}</p>
        </header>
        <Result />
      </div>
    </Gate>
  )
}

function Result() {
  const { t } = useTranslation('receipt')
  const { token = '' } = useParams()
  const paper = paperIn(window.location.href)
  const whole = paper === 'damaged' ? undefined : paper
  const { data: told, error, refetch, isFetching } = useReceipt(token, whole?.size)
  if (told && paper !== 'damaged') return <Answered told={told} paper={whole} />
  if (!told && !error)
    return (
      <div role="status" aria-label={t('page.checking')}>
        <RowsSkeleton rows={5} />
      </div>
    )
  if (paper === 'damaged') return <Outcome kind="refused" verdict="damaged" />
  const status = error instanceof ProblemError ? error.problem.status : undefined
  if (status === 404 || status === 400) return <Outcome kind="refused" verdict="unknown" />
  return (
    <Outcome kind="warn" verdict="unreached">
      <Button loading={isFetching} onClick={() => void refetch()}>
        {t('page.again')}
      </Button>
    </Outcome>
  )
}

const kinds: Record<Checked['verdict'], VerdictKind> = { matches: 'ok', differs: 'refused', bare: 'info' }

type VerdictName = Checked['verdict'] | 'unknown' | 'damaged' | 'unreached'

function Outcome({ kind, verdict, children }: { kind: VerdictKind; verdict: VerdictName; children?: ReactNode }) {
  const { t } = useTranslation('receipt')
  return (
    <div className="receipt-outcome">
      <Verdict kind={kind} title={t(`page.verdict.${verdict}`)}>
        <p>{t(`page.what.${verdict}`)}</p>
        {children}
      </Verdict>
    </div>
  )
}

function Answered({ told, paper }: { told: PublicReceipt; paper?: Paper }) {
  const checked = checkReceipt(told, paper)
  const differs = checked.verdict === 'differs'
  return (
    <>
      <Outcome kind={kinds[checked.verdict]} verdict={checked.verdict} />
      <div className="receipt-columns">
        <div className="receipt-column">
          {/* Of a paper that is false nobody shall read what a true one would say. */}
          {!differs && <Thing told={told} />}
          {!differs && <Entry told={told} />}
          {differs && <Checks checked={checked} told={told} />}
        </div>
        <div className="receipt-column">
          {!differs && <Checks checked={checked} told={told} />}
          <Numbers told={told} paper={paper} checked={checked} open={differs} />
        </div>
      </div>
    </>
  )
}

/** What became of the thing, in plain words. */
function Thing({ told: { thing, corrected } }: { told: PublicReceipt }) {
  const { t } = useTranslation('receipt')
  const words = useWords()
  const state = thing.kind
    ? t('page.state.disposedAs', { kind: words.valueName('disposal.propose', 'kind', thing.kind) })
    : t(`page.state.${thing.state}`)
  return (
    <section aria-labelledby="thing">
      <h2 id="thing">{t('page.thing')}</h2>
      <p className="receipt-state">
        {state}
        {thing.at && (
          <span className="quiet">
            {' · '}
            <Time at={thing.at} as="day" />
          </span>
        )}
      </p>
      {thing.inTransfer && <p>{t('page.inTransfer')}</p>}
      {corrected && <Verdict kind="warn" title={t('page.corrected')} />}
    </section>
  )
}

function Entry({ told }: { told: PublicReceipt }) {
  const { t } = useTranslation('receipt')
  const words = useWords()
  return (
    <section aria-labelledby="entry">
      <h2 id="entry">{t('page.receipt')}</h2>
      <dl className="receipt-entry">
        <div>
          <dt>{t('page.number')}</dt>
          <dd>
            <b>{told.position}</b>
          </dd>
        </div>
        <div>
          <dt>{t('page.fact')}</dt>
          <dd>{words.factName(told.fact)}</dd>
        </div>
        <div>
          <dt>{t('page.recordedAt')}</dt>
          <dd>
            <Time at={told.recordedAt} />
          </dd>
        </div>
        <div>
          <dt>{t('page.item')}</dt>
          <dd>
            <Code code={told.item} />
          </dd>
        </div>
      </dl>
      <p className="quiet">{t('page.compare')}</p>
    </section>
  )
}

const signs = {
  ok: CheckCircleFilled,
  failed: CloseCircleFilled,
  note: InfoCircleFilled,
  skipped: MinusCircleOutlined,
}
const reasons = ['origin-differs', 'position-differs', 'leaf-differs', 'log-shorter', 'root-differs']

function Checks({ checked, told }: { checked: Checked; told: PublicReceipt }) {
  const { t } = useTranslation('receipt')
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">{t('page.checks')}</h2>
      <ul className="receipt-checks">
        {checked.checks.map(({ name, result, why }) => {
          const Sign = signs[result]
          return (
            <li key={name} className={`receipt-check receipt-check-${result}`}>
              <Sign aria-hidden="true" />
              <div>
                <p>
                  <b className="receipt-result">{t(`page.result.${result}`)}</b> {sentenceOf(name)}
                </p>
                {name === 'witnesses' && told.ownWitnesses && <p className="quiet">{t('page.ownWitnesses')}</p>}
                {why && <p className="quiet">{reasons.includes(why) ? t(`page.why.${why}`) : why}</p>}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )

  function sentenceOf(name: Check['name']): string {
    const { position, origin } = told
    if (name !== 'witnesses') return t(`page.check.${name}`, { position, origin, size: checked.log?.size ?? '–' })
    const { cosignedBy, quorum } = checked
    const nameOf = (name: string) => t(`words:agencyType.${name}`, { defaultValue: name })
    const names = cosignedBy.map(nameOf).join(t('words:listSeparator'))
    if (cosignedBy.length === 0) return t('page.check.witnessesNone')
    if (quorum === undefined) return t('page.check.witnesses', { names })
    return t(quorum ? 'page.check.witnessesEnough' : 'page.check.witnessesFew', { names })
  }
}

type NumbersProps = { told: PublicReceipt; paper?: Paper; checked: Checked; open: boolean }

/** What was compared, for those who want to see it themselves. */
function Numbers({ told, paper, checked, open }: NumbersProps) {
  const { t } = useTranslation('receipt')
  const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const rows: { name: string; onPaper?: string; inLog?: string }[] = [
    { name: 'origin', onPaper: paper?.origin, inLog: told.origin },
    { name: 'number', onPaper: paper?.position.toString(), inLog: String(told.position) },
    { name: 'leafHash', onPaper: paper && hex(paper.leafHash), inLog: told.leafHash },
    { name: 'size', onPaper: paper?.size.toString(), inLog: checked.log?.size.toString() },
    { name: 'root', onPaper: paper && hex(paper.root), inLog: checked.log?.root },
    { name: 'logKey', inLog: told.logKeys.at(-1) },
  ]
  return (
    <details className="receipt-numbers" open={open}>
      <summary>{t('page.numbers')}</summary>
      <dl>
        {rows.map(({ name, onPaper, inLog }) => (
          <div key={name}>
            <dt>{t(`page.${name}`)}</dt>
            {onPaper !== undefined && onPaper !== inLog && (
              <dd>
                <span className="quiet">{t('page.onPaper')}</span> <span className="receipt-hash">{onPaper}</span>
              </dd>
            )}
            <dd>
              {onPaper !== undefined && onPaper !== inLog && <span className="quiet">{t('page.inLog')} </span>}
              <span className="receipt-hash">{inLog ?? '–'}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('page.trust')}</p>
    </details>
  )
}
