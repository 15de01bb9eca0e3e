// The page of people who are not signed in: the mark, the preferences, one panel.

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { StillThing } from '../ui/logo.tsx'
import { PreferenceSwitches } from './preference-switches.tsx'
import './gate.css'

type Props = { children: ReactNode; wide?: boolean }

export function Gate({ children, wide = false }: Props) {
  const { t } = useTranslation()
  return (
    <div className="gate">
      <header className="gate-head">
        <span className="gate-mark">
          <StillThing size={32} />
          <span>
            <strong>{t('screens:product')}</strong>
            <span className="quiet">{t('screens:productLine')}</span>
          </span>
        </span>
        <PreferenceSwitches />
      </header>
      <main className={wide ? 'gate-panel gate-wide panel' : 'gate-panel panel'}>{children}</main>
    </div>
  )
}
