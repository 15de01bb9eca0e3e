// How far somebody has come in their tour, kept in the browser under their login: `at` counts from 0.

import { useCallback, useSyncExternalStore } from 'react'

/**
 * Unseen until it is opened or closed for the first time; a closed one never opens by itself again. It leads to pages
 * once a step was asked for here: whoever opens an address with a tour still open stays there.
 */
export type TourState = { at: number; is: 'unseen' | 'open' | 'closed'; leads: boolean }

const PREFIX = 'stillpoint.tour.'
const unseen: TourState = { at: 0, is: 'unseen', leads: false }
const listeners = new Set<() => void>()
/** By login; also what a browser that keeps nothing remembers until the page is left. */
const states = new Map<string, TourState>()

function read(login: string): TourState {
  const known = states.get(login)
  if (known) return known
  let state = unseen
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + login) ?? '{}') as Partial<TourState>
    if ((kept.is === 'open' || kept.is === 'closed') && Number.isInteger(kept.at))
      state = { at: kept.at as number, is: kept.is, leads: false }
  } catch {}
  states.set(login, state)
  return state
}

function write(login: string, state: Omit<TourState, 'leads'>): void {
  states.set(login, { ...state, leads: true })
  try {
    localStorage.setItem(PREFIX + login, JSON.stringify(state))
  } catch {}
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTour(login: string): TourState & { go: (at: number) => void; close: (at: number) => void } {
  const state = useSyncExternalStore(subscribe, () => read(login))
  const go = useCallback((at: number) => write(login, { at, is: 'open' }), [login])
  const close = useCallback((at: number) => write(login, { at, is: 'closed' }), [login])
  return { ...state, go, close }
}
