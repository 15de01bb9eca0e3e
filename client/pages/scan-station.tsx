// The counter: whatever is scanned comes up with what can be done with it. Reachable with the scanner alone.

import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Card, PersonCard, PlaceCard } from '../../server/contract/cards.ts'
import { hasReceipt } from '../../server/contract/receipts.ts'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { newId } from '../data/new-id.ts'
import { PRACTICE_SHEET, useDemo } from '../data/use-demo.ts'
import { useDocket } from '../data/use-docket.ts'
import { readItem } from '../data/use-item.ts'
import { usePlace } from '../data/use-place.ts'
import { accept, EMPTY_MEMORY } from '../scanner/acceptance.ts'
import { signal } from '../scanner/feedback.ts'
import { useScanner } from '../scanner/use-scanner.ts'
import { ReceiptLink } from '../steps/receipt-link.tsx'
import { ScanTargets, ScanTargetsContext } from '../steps/scan-targets.ts'
import { StepForm } from '../steps/step-form.tsx'
import { StepPanel } from '../steps/step-panel.tsx'
import { Verdict } from '../steps/verdict.tsx'
import { Empty } from '../ui/empty.tsx'
import { useWords } from '../ui/words.ts'
import { CameraPanel } from './scan/camera-panel.tsx'
import { useCounter } from './scan/counter.ts'
import { DocketTicks } from './scan/docket-ticks.tsx'
import { putAways } from './scan/put-away.ts'
import { ScanList } from './scan/scan-list.tsx'
import { Collected, LeftAlready, ThisPerson, ThisPlace, ThisThing } from './scan/things.tsx'
import { Today } from './scan/today.tsx'
import { TypedCode, useEntryInFocus } from './scan/typed-code.tsx'
import { useScans } from './scan/use-scans.ts'
import { useOwnSites } from './scan/use-today.ts'
import './scan/scan-station.css'

export default function ScanStation() {
  const { t } = useTranslation()
  const words = useWords()
  const { counter, change, tell, clear } = useCounter()
  const [targets] = useState(() => new ScanTargets())
  const onScan = useScans({ counter, change, tell, targets })
  const scanner = useScanner({
    onScan,
    onRefused: ({ reason, text, at }) =>
      reason === 'unsteady'
        ? undefined
        : tell({ key: newId(), text, at, kind: 'refused', words: t(`scanner:refusal.${reason}`, { text }) }),
    onRepeat: (text) =>
      tell({ key: newId(), text, at: Date.now(), kind: 'info', words: t('scanner:repeat', { text }) }),
  })

  // A page of a place or an item leads here with its code, which counts as scanned.
  const [search, setSearch] = useSearchParams()
  const brought = search.get('code')
  useEffect(() => {
    if (!brought) return
    setSearch({}, { replace: true })
    void readTyped(brought, onScan, tell, t)
  }, [brought, setSearch, onScan, tell, t])

  const items = useItemsOnCounter(counter.items)
  const { data: docket } = useDocket(counter.docket ?? '', { enabled: counter.docket !== undefined })
  const { data: place } = usePlace(counter.place ?? '', { enabled: counter.place !== undefined })
  const { data: container } = usePlace(counter.container ?? '', { enabled: counter.container !== undefined })
  const { data: person } = useQuery<PersonCard>({
    queryKey: ['scanned-person', counter.person],
    queryFn: () => Promise.reject(new Error('Scan the badge again')),
    enabled: false,
  })
  const sites = useOwnSites()
  const { data: demo } = useDemo()
  const isClear = items.length === 0 && !docket && !place && !container && !person
  const latest = items.at(-1)
  const [lastScan] = counter.scans
  // Asked for over things on the counter, until the next scan.
  const [todayAskedAt, setTodayAskedAt] = useState<string>()
  const todayAsked = todayAskedAt !== undefined && todayAskedAt === (lastScan?.key ?? '')

  const entry = useEntryInFocus()

  const clearAll = () => {
    clear()
    entry.focus()
  }

  const finished = (codes: string[], step: string, answer: StepAnswer) => {
    // What was found wrong on the way is no success, though the step was taken.
    const differs = answer.entries.some(({ fact }) => fact === 'DiscrepancyFound')
    const [only] = items.filter(({ code }) => codes.includes(code))
    const said = codes.length === 1 && only ? 'doneOne' : 'done'
    signal(differs ? 'refused' : 'ok')
    tell({
      key: newId(),
      text: codes[0] ?? '',
      at: Date.now(),
      kind: differs ? 'warn' : 'ok',
      words:
        t(`screens:scan.said.${said}`, { step: words.stepName(step), count: codes.length, name: only?.name }) +
        (differs ? t('screens:scan.said.differs') : ''),
      receipt: answer.entries.find(({ fact }) => hasReceipt(fact))?.position,
    })
    entry.focus()
    change((before) => {
      const left = before.items.filter((code) => !codes.includes(code))
      return {
        items: left,
        container: undefined,
        ...(left.length === 0 ? { place: undefined, docket: undefined } : {}),
      }
    })
  }

  return (
    <ScanTargetsContext.Provider value={targets}>
      <div className="station">
        <div className="station-main">
          <h1 className="visually-hidden">{t('screens:nav.scan')}</h1>
          <div className="station-entry">
            <TypedCode field={entry.field} onRead={(text) => void readTyped(text, onScan, tell, t)} />
            <CameraPanel scanner={scanner} />
          </div>
          {lastScan && (
            <Verdict kind={lastScan.kind} title={lastScan.words}>
              {lastScan.receipt !== undefined && <ReceiptLink position={lastScan.receipt} />}
            </Verdict>
          )}
          {sites.length > 0 && (isClear || todayAsked) && (
            <Today sites={sites} onOpen={(code) => void readTyped(code, onScan, tell, t)} />
          )}
          {docket && counter.docket && (
            <div className="panel">
              <DocketTicks
                docket={docket}
                scanned={counter.items}
                onChoose={(codes) => change({ items: codes, place: undefined })}
                onClose={() => change({ docket: undefined })}
              />
            </div>
          )}
          {latest && (
            <div className="panel">
              <ThisThing item={latest} onClose={items.length === 1 ? clearAll : undefined} />
            </div>
          )}
          {items.length > 1 && (
            <div className="panel">
              <Collected
                items={items}
                place={place}
                docket={counter.docket ? docket : undefined}
                onRemove={(code) => change((before) => ({ items: before.items.filter((each) => each !== code) }))}
                onClear={clearAll}
              />
            </div>
          )}
          {latest && <LeftAlready item={latest} />}
          {items.length > 0 && (
            <div className="panel">
              <NextSteps
                items={items}
                place={counter.place ? place : undefined}
                onDone={finished}
                onNoPlace={() => change({ place: undefined })}
              />
            </div>
          )}
          {items.length === 0 && container && counter.container && (
            <div className="panel">
              {place && counter.place && counter.place !== counter.container ? (
                <StepForm
                  step="relocation.move"
                  containers={[counter.container]}
                  given={{ to: counter.place }}
                  size="counter"
                  onCancel={() => change({ place: undefined })}
                  onDone={(answer) => finished([container.code], 'relocation.move', answer)}
                />
              ) : (
                <ThisPlace place={container} movable onClose={() => change({ container: undefined })} />
              )}
            </div>
          )}
          {items.length === 0 && !counter.container && place && counter.place && (
            <div className="panel">
              <ThisPlace place={place} movable={false} onClose={() => change({ place: undefined })} />
            </div>
          )}
          {person && counter.person && items.length === 0 && (
            <div className="panel">
              <ThisPerson person={person} onClose={() => change({ person: undefined })} />
            </div>
          )}
          {sites.length === 0 && isClear && (
            <div className="panel">
              <Empty title={t('screens:scan.empty')} hint={t('screens:scan.emptyHint')} />
            </div>
          )}
        </div>
        <aside className="station-side">
          {sites.length > 0 && !isClear && (
            <button
              type="button"
              className="today-open"
              aria-expanded={todayAsked}
              onClick={() => setTodayAskedAt(todayAsked ? undefined : (lastScan?.key ?? ''))}
            >
              {t(todayAsked ? 'today:hide' : 'today:show')}
            </button>
          )}
          <ScanList scans={counter.scans} />
          {demo?.demo && (
            <p className="station-sheet">
              <a href={PRACTICE_SHEET} target="_blank" rel="noreferrer">
                {t('demo:sheetLink')}
              </a>
            </p>
          )}
        </aside>
      </div>
    </ScanTargetsContext.Provider>
  )
}

/** The cards as they are now, as far as they are loaded, in the order of their scans. */
function useItemsOnCounter(codes: string[]): Card[] {
  const results = useQueries({
    queries: codes.map((code) => ({ queryKey: ['item', code], queryFn: () => readItem(code) })),
  })
  return results.flatMap(({ data }) => (data ? [data] : []))
}

type NextProps = {
  items: Card[]
  place?: PlaceCard
  onDone: (codes: string[], step: string, answer: StepAnswer) => void
  onNoPlace: () => void
}

/** With a place scanned: the put-away of what is collected, one kind after the other. Else what is possible. */
function NextSteps({ items, place, onDone, onNoPlace }: NextProps) {
  const { t } = useTranslation()
  const words = useWords()
  const groups = place ? putAways(items, place) : []
  const [group] = groups
  if (place && group)
    return (
      <>
        <p className="put-away-head">
          {t('screens:scan.putAway', { count: group.items.length, place: place.pathNames.join(' › ') })}
          {groups.length > 1 && (
            <span className="quiet">
              {' '}
              {t('screens:scan.oneByOne', { step: words.stepName(group.step), count: groups.length })}
            </span>
          )}
        </p>
        <StepPanel
          key={`${group.step} ${group.items.map(({ code }) => code).join()} ${place.code}`}
          items={group.items}
          chosen={{ step: group.step, given: group.given }}
          size="counter"
          onCancel={onNoPlace}
          onDone={(answer, step) =>
            onDone(
              group.items.map(({ code }) => code),
              step,
              answer,
            )
          }
        />
      </>
    )
  return (
    <>
      {place && <Verdict kind="warn" title={t('screens:scan.nothingToPutAway', { place: place.name })} />}
      <StepPanel
        key={items.map(({ code }) => code).join()}
        items={items}
        size="counter"
        onDone={(answer, step) =>
          onDone(
            items.map(({ code }) => code),
            step,
            answer,
          )
        }
      />
    </>
  )
}

type Said = Parameters<ReturnType<typeof useCounter>['tell']>[0]

/** A typed code meets the same rule as a scanned one. */
async function readTyped(
  text: string,
  onScan: ReturnType<typeof useScans>,
  tell: (line: Said) => void,
  t: (key: string, params?: Record<string, unknown>) => string,
): Promise<void> {
  const { verdict } = accept(EMPTY_MEMORY, { text, by: 'hand', at: Date.now() }, newId())
  if (verdict.kind === 'scan') return signal(await onScan(verdict.scan))
  if (verdict.kind !== 'refused') return
  const { reason, at } = verdict.refusal
  tell({ key: newId(), text, at, kind: 'refused', words: t(`scanner:refusal.${reason}`, { text }) })
  signal('refused')
}
