// A list without rows: says so, and what to do.

import type { ReactNode } from 'react'
import { StillThing } from './logo.tsx'
import './empty.css'

type Props = { title: string; hint?: ReactNode; children?: ReactNode }

export function Empty({ title, hint, children }: Props) {
  return (
    <div className="empty">
      <StillThing size={44} />
      <p className="empty-title">{title}</p>
      {hint && <p className="quiet">{hint}</p>}
      {children}
    </div>
  )
}
