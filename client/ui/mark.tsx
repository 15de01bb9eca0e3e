// A short word that marks a state, in the status colours of the theme; the word says it all, the colour only helps.

import type { ReactNode } from 'react'
import './mark.css'

type Props = { kind?: 'plain' | 'accent' | 'good' | 'warn' | 'bad'; title?: string; children: ReactNode }

export function Mark({ kind = 'plain', title, children }: Props) {
  return (
    <span className={`mark mark-${kind}`} title={title}>
      {children}
    </span>
  )
}
