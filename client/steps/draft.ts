// What was typed, kept in the tab: it survives the lock, a lost network and a reload, and ends with the step.

import { useCallback, useEffect, useRef, useState } from 'react'

const PREFIX = 'stillpoint.draft.'

function read<T>(key: string): T | undefined {
  try {
    const kept = sessionStorage.getItem(PREFIX + key)
    return kept === null ? undefined : (JSON.parse(kept) as T)
  } catch {
    return undefined
  }
}

function keep(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // Without room or leave to keep it the draft lives as long as the page does.
  }
}

export const dropDraft = (key: string): void => sessionStorage.removeItem(PREFIX + key)

/** State under a key of its own, remembered once it is changed; `clear` forgets it. The key stays the same for life. */
export function useDraft<T>(key: string, first: () => T): [T, (next: (before: T) => T) => void, () => void] {
  const [value, setValue] = useState<T>(() => read<T>(key) ?? first())
  const changed = useRef(false)
  const fresh = useRef(first)
  useEffect(() => {
    fresh.current = first
  })
  useEffect(() => {
    if (changed.current) keep(key, value)
  }, [key, value])
  const change = useCallback((next: (before: T) => T) => {
    changed.current = true
    setValue(next)
  }, [])
  const clear = useCallback(() => {
    changed.current = false
    dropDraft(key)
    setValue(fresh.current())
  }, [key])
  return [value, change, clear]
}
