// The lock: whether the session has run out under a person's hands. Calls wait behind it; what was typed stays.

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let waiting: (() => void)[] = []
let locked = false
let idleMs: number | undefined
let timer: number | undefined

function tell(): void {
  for (const listener of listeners) listener()
}

/** Shows the lock and resolves when the same person has signed in again. */
export function lockAndWait(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    lock()
  })
}

export function lock(): void {
  window.clearTimeout(timer)
  if (locked) return
  locked = true
  tell()
}

/** The person is back: calls that waited go out again. */
export function unlock(): void {
  locked = false
  const ready = waiting
  waiting = []
  for (const go of ready) go()
  noteActivity()
  tell()
}

/** Each answered call moves the idle lock on, here as on the server. */
export function noteActivity(): void {
  window.clearTimeout(timer)
  if (idleMs !== undefined && !locked) timer = window.setTimeout(lock, idleMs)
}

/** Starts the idle clock, or stops it with `undefined`. */
export function watchIdle(seconds: number | undefined): void {
  idleMs = seconds === undefined ? undefined : seconds * 1000
  noteActivity()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLocked = (): boolean => useSyncExternalStore(subscribe, () => locked)
