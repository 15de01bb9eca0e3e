// The way to a receipt: opens the paper of a step in a tab of its own, to be printed.

import { PrinterOutlined } from '@ant-design/icons'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { hasReceipt } from '../../server/contract/receipts.ts'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { receiptOf } from '../data/papers.ts'
import { useWords } from '../ui/words.ts'
import { usePrinting } from './printing.tsx'

/** `fact` is said to those who do not see what the link stands beside. */
export function ReceiptLink({ position, fact }: { position: number; fact?: string }) {
  const { t } = useTranslation('receipt')
  const words = useWords()
  const { print, warning } = usePrinting()
  const paper = receiptOf(position)
  const onClick = (event: MouseEvent) => {
    event.preventDefault()
    print(paper)
  }
  return (
    <>
      {warning}
      <a
        href={paper.address}
        onClick={onClick}
        target="_blank"
        rel="noopener"
        aria-label={fact && t('getOf', { fact: words.factName(fact) })}
      >
        <PrinterOutlined aria-hidden="true" /> {t('get')}
      </a>
    </>
  )
}

/** The receipt of a step just taken, if it gives one. */
export function ReceiptOf({ answer }: { answer: StepAnswer }) {
  const entry = answer.entries.find(({ fact }) => hasReceipt(fact))
  return entry ? <ReceiptLink position={entry.position} fact={entry.fact} /> : null
}
