// What lies on the counter: the things collected, the paper and the place scanned with them, the last ten scans. Kept in the tab.

import { useCallback } from 'react'
import { useMe } from '../../data/session.ts'
import { useDraft } from '../../steps/draft.ts'
import type { VerdictKind } from '../../steps/verdict.tsx'

/** A scan and what became of it; `text` is the code as read, `receipt` the entry of a step that gives one. */
export type ScanLine = { key: string; text: string; at: number; kind: VerdictKind; words: string; receipt?: number }

export type Counter = {
  /** Codes of items, the latest last. */
  items: string[]
  docket?: string
  /** A place or container scanned after the things: where they are put. */
  place?: string
  /** A container scanned on its own, to be moved or looked into. */
  container?: string
  person?: string
  scans: ScanLine[]
}

const EMPTY: Counter = { items: [], scans: [] }
const SCANS_KEPT = 10

export function useCounter() {
  const { login } = useMe()
  const [counter, setCounter] = useDraft<Counter>(`${login} counter`, () => EMPTY)
  const change = useCallback(
    (next: Partial<Counter> | ((before: Counter) => Partial<Counter>)) =>
      setCounter((before) => ({ ...before, ...(typeof next === 'function' ? next(before) : next) })),
    [setCounter],
  )
  const tell = useCallback(
    (line: ScanLine) =>
      setCounter((before) => ({
        ...before,
        scans: [line, ...before.scans.filter(({ key }) => key !== line.key)].slice(0, SCANS_KEPT),
      })),
    [setCounter],
  )
  const clear = useCallback(() => setCounter((before) => ({ ...EMPTY, scans: before.scans })), [setCounter])
  return { counter, change, tell, clear }
}
