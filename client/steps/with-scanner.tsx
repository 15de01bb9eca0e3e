// Hears the hand scanner for the form's fields, unless the page around it already does.

import { type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { newId } from '../data/new-id.ts'
import { accept, EMPTY_MEMORY } from '../scanner/acceptance.ts'
import { signal } from '../scanner/feedback.ts'
import { attachHandScanner } from '../scanner/hand-scanner.ts'
import { ScanTargets, ScanTargetsContext } from './scan-targets.ts'

export function WithScanner({ children }: { children: ReactNode }) {
  const outer = useContext(ScanTargetsContext)
  return outer ? children : <OwnScanner>{children}</OwnScanner>
}

function OwnScanner({ children }: { children: ReactNode }) {
  const [targets] = useState(() => new ScanTargets())
  const memory = useRef(EMPTY_MEMORY)
  useEffect(
    () =>
      attachHandScanner({
        onReading: (reading) => {
          const judged = accept(memory.current, reading, newId())
          memory.current = judged.memory
          const { verdict } = judged
          if (verdict.kind === 'scan') signal(verdict.scan.code && targets.offer(verdict.scan.code) ? 'ok' : 'refused')
          else if (verdict.kind !== 'held') signal(verdict.kind === 'repeat' ? 'repeat' : 'refused')
        },
        onRefused: () => signal('refused'),
      }),
    [targets],
  )
  return <ScanTargetsContext.Provider value={targets}>{children}</ScanTargetsContext.Provider>
}
