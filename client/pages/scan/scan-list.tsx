// The last ten scans with their verdicts, the newest on top.

import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { ReceiptLink } from '../../steps/receipt-link.tsx'
import { Code } from '../../ui/code.tsx'
import { clockOfDay } from '../../ui/times.ts'
import type { ScanLine } from './counter.ts'

const signs = { ok: CheckCircleFilled, refused: CloseCircleFilled, warn: WarningFilled, info: InfoCircleFilled }

export function ScanList({ scans }: { scans: ScanLine[] }) {
  const { t } = useTranslation()
  return (
    <section className="scan-list" aria-labelledby="scan-list-title">
      <h2 id="scan-list-title">{t('screens:scan.lastScans')}</h2>
      {scans.length === 0 && <p className="quiet">{t('screens:scan.noScans')}</p>}
      <ol className="row-list" aria-live="polite">
        {scans.map(({ key, text, at, kind, words, receipt }) => {
          const Sign = signs[kind]
          return (
            <li key={key} className={`scan-line scan-${kind}`}>
              <Sign aria-label={t(`screens:scan.verdict.${kind}`)} />
              <span className="scan-words">{words}</span>
              <span className="scan-code quiet">
                <Code code={text} /> · {clockOfDay(at)}
                {receipt !== undefined && (
                  <>
                    {' · '}
                    <ReceiptLink position={receipt} />
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
