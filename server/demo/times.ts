// Moments of the demonstration, all counted back from the time it was first loaded, so that its clocks look alive.

import { chinaTime, dayIn } from '../custody/local-time.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Shanghai has no summer time. */
const offsetMs = 8 * hourMs

/** Moments are `YYYY-MM-DDTHH:mm:ss.sssZ`, dates `YYYY-MM-DD` and clocks `HH:mm`, both as read in Shanghai. */
export type Times = {
  /** The clock time so many days ago; two at least, so that it lies before every `ago`. */
  day: (daysAgo: number, clock: string) => string
  /** So many hours ago; less than 24. */
  ago: (hours: number) => string
  /** In so many hours. */
  ahead: (hours: number) => string
}

export function timesBefore(now: string): Times {
  const start = Date.parse(now)
  const midnight = Math.floor((start + offsetMs) / dayMs) * dayMs - offsetMs
  return {
    day: (daysAgo, clock) => {
      if (daysAgo < 2) throw new RangeError(`${daysAgo} days ago may be later than some hours ago`)
      const [hours, minutes] = clock.split(':').map(Number)
      return new Date(midnight - daysAgo * dayMs + (hours! * 60 + minutes!) * 60_000).toISOString()
    },
    ago: (hours) => {
      if (hours >= 24) throw new RangeError(`${hours} hours ago may be earlier than some days ago`)
      return new Date(start - hours * hourMs).toISOString()
    },
    ahead: (hours) => later(now, hours),
  }
}

export const later = (at: string, hours: number): string => new Date(Date.parse(at) + hours * hourMs).toISOString()

/** The date in Shanghai at a moment. */
export const dateOf = (at: string): string => dayIn(chinaTime, at)
