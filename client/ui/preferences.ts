// What a person prefers on this device: language and light or dark. Kept in the browser, outside any account.

import { useCallback, useSyncExternalStore } from 'react'

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]
export const looks = ['system', 'light', 'dark'] as const
export type Look = (typeof looks)[number]
export type Preferences = { language: Language; look: Look }

const KEY = 'stillpoint.preferences'
const listeners = new Set<() => void>()
let preferences = read()

function read(): Preferences {
  const fallback: Preferences = { language: navigator.language.startsWith('zh') ? 'zh-CN' : 'en', look: 'system' }
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
    return {
      language: languages.find((language) => language === kept.language) ?? fallback.language,
      look: looks.find((look) => look === kept.look) ?? fallback.look,
    }
  } catch {
    return fallback
  }
}

export const currentPreferences = (): Preferences => preferences

export function prefer(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // A browser that keeps nothing still shows what was chosen until the page is left.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, currentPreferences)

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)')
const calmSystem = window.matchMedia('(prefers-reduced-motion: reduce)')

function useMedia(media: MediaQueryList): boolean {
  const subscribeMedia = useCallback(
    (listener: () => void) => {
      media.addEventListener('change', listener)
      return () => media.removeEventListener('change', listener)
    },
    [media],
  )
  return useSyncExternalStore(subscribeMedia, () => media.matches)
}

/** Whether the page is dark now: as preferred, or as the system is. */
export function useDark(): boolean {
  const systemDark = useMedia(darkSystem)
  const { look } = usePreferences()
  return look === 'system' ? systemDark : look === 'dark'
}

/** Whether the system asks for less motion. */
export const useCalm = (): boolean => useMedia(calmSystem)
