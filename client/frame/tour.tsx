// The tour: a band below the page that leads through real screens. It covers nothing, and the page stays in use.

import { Button } from 'antd'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { useMe } from '../data/session.ts'
import { useDemo } from '../data/use-demo.ts'
import { playsAt, type TourStep, tourFor } from './tour-steps.ts'
import { useTour } from './use-tour.ts'
import './tour.css'

const lookAgainMs = 250
/** How often it looks for a link that leads on, before it leaves the person where they are. */
const mostLooks = 20

export function Tour() {
  const { t } = useTranslation('tour')
  const me = useMe()
  const { data: demo } = useDemo()
  const tour = tourFor(me.roles)
  const { at, is, leads, go, close } = useTour(me.login)
  const next = useRef<HTMLButtonElement>(null)
  const step = is === 'open' ? tour?.steps[at] : undefined
  useStep(step, leads, next)

  if (!tour) return null
  if (is === 'unseen' && demo?.demo)
    return (
      <aside className="tour no-print" aria-label={t('label')}>
        <div className="tour-words">
          <p className="tour-title">{t(`${tour.name}.title`)}</p>
          <p>{t('offer', { count: tour.steps.length })}</p>
        </div>
        <div className="tour-acts">
          <Button onClick={() => close(0)}>{t('later')}</Button>
          <Button type="primary" onClick={() => go(0)}>
            {t('begin')}
          </Button>
        </div>
      </aside>
    )
  if (!step) return null
  const isLast = at === tour.steps.length - 1
  return (
    <aside className="tour no-print" aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && close(at)}>
      <div className="tour-words" aria-live="polite">
        <p className="tour-title">
          <span className="tour-count">{t('nth', { n: at + 1, count: tour.steps.length })}</span>
          {t(`${tour.name}.${step.name}.title`)}
        </p>
        <p>{t(`${tour.name}.${step.name}.text`)}</p>
      </div>
      <div className="tour-acts">
        <Button onClick={() => close(at)}>{t('leave')}</Button>
        <Button disabled={at === 0} onClick={() => go(at - 1)}>
          {t('back')}
        </Button>
        <Button ref={next} type="primary" onClick={() => (isLast ? close(0) : go(at + 1))}>
          {t(isLast ? 'done' : 'next')}
        </Button>
      </div>
    </aside>
  )
}

/** Goes to where the step plays, once, then marks what it speaks of for as long as it lasts. */
function useStep(step: TourStep | undefined, leads: boolean, next: RefObject<HTMLButtonElement | null>): void {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const here = useRef(pathname)
  useEffect(() => {
    here.current = pathname
  })

  const follow = useCallback(
    (wanted: TourStep): boolean => {
      if (playsAt(wanted, here.current)) return true
      const link = wanted.link && document.querySelector<HTMLAnchorElement>(wanted.link)
      if (link) void navigate(link.pathname)
      else if (here.current !== wanted.path.split('?')[0]) void navigate(wanted.path)
      return !wanted.link || Boolean(link)
    },
    [navigate],
  )

  useEffect(() => {
    if (!step) return
    let arrived = !leads || follow(step)
    let looks = 0
    let marked: Element | null = null
    const look = () => {
      // A list that leads on may still be loading.
      if (!arrived && looks++ < mostLooks) arrived = follow(step)
      if (marked?.isConnected) return
      const found = document.querySelector(step.marks)
      if (!found) return
      if (marked === null) {
        if (leads) found.scrollIntoView({ block: 'nearest' })
        // Pages take the focus when they open; whoever goes on with a key goes on here.
        if (leads) next.current?.focus({ preventScroll: true })
      }
      marked = found
      found.setAttribute('data-tour', 'here')
    }
    const timer = window.setInterval(look, lookAgainMs)
    return () => {
      window.clearInterval(timer)
      marked?.removeAttribute('data-tour')
    }
  }, [step, leads, follow, next])
}
