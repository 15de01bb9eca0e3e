// What surrounds every page: header with navigation, search, help and preferences; the lock; the live feed.

import { MenuOutlined, QuestionCircleOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import { openFeed } from '../data/live-feed.ts'
import { useLocked } from '../data/lock.ts'
import { useMe, useReadOnly } from '../data/session.ts'
import { StillThing } from '../ui/logo.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../ui/words.ts'
import { Boundary } from './boundary.tsx'
import { FeedMark } from './feed-mark.tsx'
import { Help } from './help.tsx'
import { Lock } from './lock.tsx'
import { PersonMenu } from './person-menu.tsx'
import { Search } from './search.tsx'
import { isTyping } from './shortcuts.ts'
import { Tour } from './tour.tsx'
import './frame.css'

type NavLine = { path: string; nav?: string; roles?: string[] }
type Props = { pages: NavLine[]; children: ReactNode }

/** Nobody should type for half an hour before being told. */
function ReadOnlyBand() {
  const words = useWords()
  const readOnly = useReadOnly()
  return readOnly ? <Alert banner showIcon type="error" role="alert" title={words.refusalText(readOnly)} /> : null
}

/** Whoever acts in the place of others never forgets it. */
function StandsInBand() {
  const { t } = useTranslation()
  const words = useWords()
  const { standsIn } = useMe()
  if (standsIn.length === 0) return null
  const names = standsIn.map(({ of, role }) => `${of.name} (${words.roleName(role)})`).join(t('words:listSeparator'))
  return <Alert banner showIcon type="info" title={t('screens:standsIn', { names })} />
}

export function Frame({ pages, children }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const locked = useLocked()
  const { pathname } = useLocation()
  const [menuOpen, setMenuOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  useEffect(() => openFeed(), [])

  const onKey = useCallback((event: KeyboardEvent) => {
    if (event.key !== '?' || isTyping(event)) return
    event.preventDefault()
    setHelpOpen(true)
  }, [])
  useEffect(() => {
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onKey])

  const lines = pages.filter(({ nav, roles }) => nav && (!roles || roles.some((role) => me.roles.includes(role))))
  const links = lines.map(({ path, nav }) => (
    <NavLink key={path} to={path} className="nav-link">
      {t(`screens:nav.${nav}`)}
    </NavLink>
  ))

  return (
    <>
      <div inert={locked} className={locked ? 'frame frame-locked' : 'frame'}>
        <a className="skip-link" href="#content">
          {t('screens:skip')}
        </a>
        <header className="frame-head no-print">
          <Button
            className="frame-menu"
            type="text"
            icon={<MenuOutlined />}
            aria-label={t('screens:menu')}
            aria-expanded={menuOpen}
            onClick={() => setMenuOpen(true)}
          />
          <Link to="/" className="frame-mark" aria-label={t('screens:product')}>
            <StillThing />
            <span>{t('screens:product')}</span>
          </Link>
          <nav className="frame-nav" aria-label={t('screens:navigation')}>
            {links}
          </nav>
          <Search />
          <FeedMark />
          <Button
            className="frame-help"
            type="text"
            icon={<QuestionCircleOutlined />}
            aria-label={t('screens:help.open')}
            onClick={() => setHelpOpen(true)}
          />
          <PersonMenu />
        </header>
        <ReadOnlyBand />
        <StandsInBand />
        <main id="content" tabIndex={-1}>
          <Boundary resetKey={pathname}>{children}</Boundary>
        </main>
        <Tour />
        <Sheet side="left" open={menuOpen} title={t('screens:product')} onClose={() => setMenuOpen(false)}>
          <nav className="drawer-nav" onClickCapture={() => setMenuOpen(false)} aria-label={t('screens:navigation')}>
            {links}
          </nav>
        </Sheet>
        <Help open={helpOpen} onClose={() => setHelpOpen(false)} />
      </div>
      {locked && <Lock />}
    </>
  )
}
