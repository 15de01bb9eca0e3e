// Times as people read them: the local clock, the relative age, the time that is left.

import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const listeners = new Set<() => void>()
let now = Date.now()
let timer: number | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= window.setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, MINUTE / 2)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    window.clearInterval(timer)
    timer = undefined
  }
}

/** The time, renewed twice a minute, milliseconds since 1970. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)

const two = (value: number) => String(value).padStart(2, '0')

/** `2026-11-22 17:05` on the local clock. */
export function clock(at: string): string {
  const time = new Date(at)
  return `${day(at)} ${two(time.getHours())}:${two(time.getMinutes())}`
}

/** `2026-11-22` on the local clock. */
export function day(at: string): string {
  const time = new Date(at)
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
}

/** `17:05:09` on the local clock. */
export function clockOfDay(at: string | number): string {
  const time = new Date(at)
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
}

function inUnits(milliseconds: number): [number, Intl.RelativeTimeFormatUnit] {
  const size = Math.abs(milliseconds)
  if (size < HOUR) return [Math.round(milliseconds / MINUTE), 'minute']
  if (size < 2 * DAY) return [Math.round(milliseconds / HOUR), 'hour']
  return [Math.round(milliseconds / DAY), 'day']
}

/** `3 hours ago`, `in 2 days`, in the language spoken. */
export function relative(at: string, from: number, language: string): string {
  const [amount, unit] = inUnits(Date.parse(at) - from)
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(amount, unit)
}

/** `3 hours`, `2 days`: a length of time without a direction. */
export function span(milliseconds: number, language: string): string {
  const [amount, unit] = inUnits(milliseconds)
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.abs(amount))
}

export function useRelative(): (at: string) => string {
  const { i18n } = useTranslation()
  const from = useNow()
  return (at) => relative(at, from, i18n.language)
}
