// The table of pages, and what surrounds them: texts, theme, cache, session, lock.

import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'
import type { Role } from '../server/custody/subjects.ts'
import { cache } from './data/cache.ts'
import { useMe, useSession } from './data/session.ts'
import { Boundary } from './frame/boundary.tsx'
import { Frame } from './frame/frame.tsx'
import { nonce } from './ui/nonce.ts'
import { type Language, useCalm, useDark, usePreferences } from './ui/preferences.ts'
import { PageSkeleton } from './ui/skeletons.tsx'
import { speak } from './ui/speech.ts'
import { paint, themeOf } from './ui/theme.ts'

export type PageLine = {
  path: string
  load: () => Promise<{ default: ComponentType }>
  /** Key of its name in the navigation, `screens:nav.<nav>`; pages without one are reached from others. */
  nav?: string
  /** Whose navigation shows it; everybody's when absent. Reading is up to the server. */
  roles?: Role[]
}

/** Everybody but administrators, who read no case content. */
export const business: Role[] = [
  'officer',
  'head',
  'keeper',
  'storehead',
  'legal',
  'leader',
  'principal',
  'finance',
  'inspector',
  'casemanager',
]

/** Every page: its address, its file, its place in the navigation. */
export const pages: PageLine[] = [
  { path: '/desk', load: () => import('./pages/desk.tsx'), nav: 'desk', roles: business },
  { path: '/scan', load: () => import('./pages/scan-station.tsx'), nav: 'scan', roles: business },
  { path: '/register', load: () => import('./pages/register.tsx'), nav: 'register', roles: ['officer'] },
  { path: '/items', load: () => import('./pages/items.tsx'), nav: 'items', roles: business },
  { path: '/items/:code', load: () => import('./pages/item.tsx') },
  { path: '/dockets', load: () => import('./pages/dockets.tsx'), nav: 'dockets', roles: business },
  { path: '/dockets/:code', load: () => import('./pages/docket.tsx') },
  { path: '/cases', load: () => import('./pages/cases.tsx'), nav: 'cases', roles: business },
  { path: '/cases/:no', load: () => import('./pages/case.tsx') },
  { path: '/search', load: () => import('./pages/search.tsx') },
  {
    path: '/money',
    load: () => import('./pages/money.tsx'),
    nav: 'money',
    roles: ['finance', 'storehead', 'leader', 'principal', 'inspector', 'casemanager'],
  },
  { path: '/store', load: () => import('./pages/store.tsx'), nav: 'store' },
  { path: '/store/:code', load: () => import('./pages/place.tsx') },
  { path: '/live', load: () => import('./pages/live.tsx'), nav: 'live', roles: business },
  {
    path: '/log',
    load: () => import('./pages/log.tsx'),
    nav: 'log',
    roles: ['inspector', 'leader', 'principal', 'admin'],
  },
  { path: '/leftovers', load: () => import('./pages/leftovers.tsx'), nav: 'leftovers', roles: ['inspector'] },
  { path: '/attempts', load: () => import('./pages/attempts.tsx'), nav: 'attempts', roles: ['inspector'] },
  { path: '/people', load: () => import('./pages/people.tsx'), nav: 'people' },
  { path: '/people/:code', load: () => import('./pages/person.tsx') },
  { path: '/settings', load: () => import('./pages/agency-settings.tsx'), nav: 'settings', roles: ['admin'] },
]

/** Pages for people who are not signed in. */
const outside: PageLine[] = [
  { path: '/setup', load: () => import('./pages/setup.tsx') },
  { path: '/password', load: () => import('./pages/new-password.tsx') },
  { path: '/r/:token', load: () => import('./pages/receipt.tsx') },
]

const drawn = (line: PageLine) => {
  const Page = lazy(line.load)
  return <Route key={line.path} path={line.path} element={<Page />} />
}
const pageRoutes = pages.map(drawn)
const outsideRoutes = outside.map(drawn)
const SignIn = lazy(() => import('./pages/sign-in.tsx'))
const NotFound = lazy(() => import('./pages/not-found.tsx'))

const csp = { nonce }

export function App() {
  const isDark = useDark()
  const isCalm = useCalm()
  const spoken = useSpoken()
  useEffect(() => paint(isDark), [isDark])
  return (
    <ConfigProvider
      csp={csp}
      locale={spoken === 'zh-CN' ? zhCN : enUS}
      theme={themeOf(isDark, isCalm)}
      button={{ autoInsertSpace: false }}
      virtual={false}
    >
      <QueryClientProvider client={cache}>
        <BrowserRouter>
          <Boundary>
            <Suspense fallback={<PageSkeleton />}>
              <Routes>
                {outsideRoutes}
                <Route path="*" element={<Inside />} />
              </Routes>
            </Suspense>
          </Boundary>
        </BrowserRouter>
      </QueryClientProvider>
    </ConfigProvider>
  )
}

/** What only people who are signed in see; the address stays while they sign in. */
function Inside() {
  const { data, error } = useSession()
  if (error) throw error
  if (data === undefined) return <PageSkeleton />
  if (data === null) return <SignIn />
  return (
    <Frame pages={pages}>
      <Suspense fallback={<PageSkeleton />}>
        <Routes>
          <Route path="/" element={<Home />} />
          {pageRoutes}
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Frame>
  )
}

/** A keeper begins at the counter, an administrator with the people, everybody else at the desk. */
function Home() {
  const { roles } = useMe()
  const deals = business.some((role) => roles.includes(role))
  const first = roles.includes('keeper') ? '/scan' : roles.includes('admin') && !deals ? '/people' : '/desk'
  return <Navigate to={first} replace />
}

/** The language whose texts are there; it follows the preferred one as soon as they are loaded. */
function useSpoken(): Language {
  const { language } = usePreferences()
  const [spoken, setSpoken] = useState(language)
  useEffect(() => {
    let wanted = true
    void speak(language).then(() => wanted && setSpoken(language))
    return () => {
      wanted = false
    }
  }, [language])
  return spoken
}
