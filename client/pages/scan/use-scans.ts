// Turns each accepted scan into what it means at this counter, and says so in words.

import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Resolved } from '../../../server/contract/cards.ts'
import { cache } from '../../data/cache.ts'
import { ProblemError, Unreached } from '../../data/request.ts'
import { resolveCode } from '../../data/resolve-code.ts'
import type { Mood } from '../../scanner/feedback.ts'
import type { Scan } from '../../scanner/scan.ts'
import type { ScanTargets } from '../../steps/scan-targets.ts'
import type { VerdictKind } from '../../steps/verdict.tsx'
import { saidOf } from '../../ui/said.ts'
import { useWords } from '../../ui/words.ts'
import { whereOf } from '../items/standing.tsx'
import type { Counter, ScanLine } from './counter.ts'
import { remarkOn } from './put-away.ts'

type Parts = {
  counter: Counter
  change: (next: Partial<Counter> | ((before: Counter) => Partial<Counter>)) => void
  tell: (line: ScanLine) => void
  targets: ScanTargets
}

const AGAIN_MS = 4000
const moods: Record<VerdictKind, Mood> = { ok: 'ok', info: 'ok', warn: 'refused', refused: 'refused' }

export function useScans({ counter, change, tell, targets }: Parts): (scan: Scan) => Promise<Mood> {
  const { t } = useTranslation()
  const words = useWords()
  const now = useRef(counter)
  const waiting = useRef<Scan[]>([])
  useEffect(() => {
    now.current = counter
  })

  const take = useCallback(
    (found: Resolved): { kind: VerdictKind; words: string } => {
      switch (found.kind) {
        case 'item': {
          const { item } = found
          cache.setQueryData(['item', item.code], item)
          if (now.current.items.includes(item.code))
            return { kind: 'info', words: t('screens:scan.said.again', { name: item.name }) }
          const docket = cache.getQueryData<{ items: { code: string }[] }>(['docket', now.current.docket ?? ''])
          const inDocket = !now.current.docket || Boolean(docket?.items.some(({ code }) => code === item.code))
          const remark = remarkOn(item, undefined, inDocket)
          const name = `${item.name} · ${words.custodyName(item.custody.state)} ${whereOf(item.custody)}`
          if (remark?.key === 'notInDocket')
            return { kind: 'refused', words: t('screens:scan.said.notInDocket', { name: item.name }) }
          change((before) => ({
            items: [...before.items, item.code],
            place: undefined,
            container: undefined,
            person: undefined,
          }))
          if (remark) return { kind: remark.kind, words: `${name} – ${t(`screens:scan.line.${remark.key}`)}` }
          return { kind: 'ok', words: name }
        }
        case 'place': {
          const { place } = found
          cache.setQueryData(['place', place.code], place)
          const collected = now.current.items.length
          if (collected > 0) {
            change({ place: place.code })
            return { kind: 'ok', words: t('screens:scan.said.putAway', { count: collected, name: place.name }) }
          }
          if (place.kind === 'container') change({ container: place.code, place: undefined, person: undefined })
          else change({ place: place.code, person: undefined })
          return { kind: 'ok', words: place.pathNames.join(' › ') }
        }
        case 'docket': {
          const { docket } = found
          cache.setQueryData(['docket', docket.code], docket)
          change((before) => ({
            docket: docket.code,
            items: before.items.filter((code) => docket.items.some((item) => item.code === code)),
            place: undefined,
            container: undefined,
            person: undefined,
          }))
          return {
            kind: docket.open ? 'ok' : 'warn',
            words: t(docket.open ? 'screens:scan.said.docket' : 'screens:scan.said.docketClosed', {
              procedure: words.procedureName(docket.procedure),
              count: docket.items.length,
            }),
          }
        }
        case 'person': {
          change({ person: found.person.login })
          cache.setQueryData(['scanned-person', found.person.login], found.person)
          return { kind: 'ok', words: `${found.person.name} · ${found.person.unitName}` }
        }
      }
    },
    [change, t, words],
  )

  const onScan = useCallback(
    async (scan: Scan): Promise<Mood> => {
      const { key, text, at, code } = scan
      const say = (kind: VerdictKind, said: string): Mood => {
        tell({ key, text: code?.code ?? text, at, kind, words: said })
        return moods[kind]
      }
      if (!code) return say('refused', t('screens:scan.said.foreign'))
      if (targets.offer(code)) return say('ok', t('screens:scan.said.filledIn'))
      say('info', t('screens:scan.said.lookingUp'))
      try {
        const { kind, words: said } = take(await resolveCode(code.code))
        return say(kind, said)
      } catch (error) {
        if (error instanceof Unreached) {
          waiting.current.push(scan)
          return say('warn', t('screens:scan.said.waiting'))
        }
        if (!(error instanceof ProblemError)) throw error
        return say('refused', words.refusalText(saidOf(error)))
      }
    },
    [take, tell, targets, t, words],
  )

  // Scans of a dropped network are looked up again, in their order, as soon as it is back.
  useEffect(() => {
    const again = () => {
      const scans = waiting.current
      waiting.current = []
      for (const scan of scans) void onScan(scan)
    }
    const timer = window.setInterval(() => waiting.current.length > 0 && again(), AGAIN_MS)
    window.addEventListener('online', again)
    return () => {
      window.clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [onScan])
  return onScan
}
