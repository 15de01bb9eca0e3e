// What became of a step: colour, symbol and words.

import { CheckCircleFilled, CloseCircleFilled, InfoCircleFilled, WarningFilled } from '@ant-design/icons'
import type { ReactNode } from 'react'
import './verdict.css'

export type VerdictKind = 'ok' | 'refused' | 'warn' | 'info'

const signs = { ok: CheckCircleFilled, refused: CloseCircleFilled, warn: WarningFilled, info: InfoCircleFilled }

type Props = { kind: VerdictKind; title: ReactNode; children?: ReactNode }

export function Verdict({ kind, title, children }: Props) {
  const Sign = signs[kind]
  return (
    <div className={`verdict verdict-${kind}`} role={kind === 'refused' ? 'alert' : 'status'}>
      <Sign className="verdict-sign" aria-hidden="true" />
      <div>
        <p className="verdict-title">{title}</p>
        {children}
      </div>
    </div>
  )
}
