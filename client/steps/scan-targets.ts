// Fields that take a scan: the page or form that hears the scanner offers each code to them, the newest field first.

import { createContext, useContext, useEffect, useRef } from 'react'
import type { CodeKind, ParsedCode } from '../../server/custody/codes.ts'

type Target = { kinds: readonly CodeKind[]; take: (code: ParsedCode) => boolean }

export class ScanTargets {
  private readonly targets: Target[] = []

  add(target: Target): () => void {
    this.targets.push(target)
    return () => {
      this.targets.splice(this.targets.indexOf(target), 1)
    }
  }

  /** Whether a field took the code. */
  offer(code: ParsedCode): boolean {
    return this.targets.some(({ kinds, take }) => kinds.includes(code.kind) && take(code))
  }
}

export const ScanTargetsContext = createContext<ScanTargets | undefined>(undefined)

/** Offers scans of these kinds to `take` while the component is there; `take` says whether it wanted the code. */
export function useScanTarget(kinds: readonly CodeKind[], take: (code: ParsedCode) => boolean): void {
  const targets = useContext(ScanTargetsContext)
  const latest = useRef({ kinds, take })
  useEffect(() => {
    latest.current = { kinds, take }
  })
  useEffect(
    () =>
      targets?.add({
        get kinds() {
          return latest.current.kinds
        },
        take: (code) => latest.current.take(code),
      }),
    [targets],
  )
}
