// Local time: the date and the clock that hang on the wall of an agency. No other piece cuts a date from a moment. Pure.

/** Where an agency has set none. */
export const chinaTime = 'Asia/Shanghai'

/** Whether a name is one of the time zone database. */
export function isTimeZone(name: string): boolean {
  try {
    wallOf(name)
    return true
  } catch {
    return false
  }
}

/** `2026-11-22`, of a moment in ISO 8601. Throws RangeError for what is no moment or no time zone. */
export const dayIn = (timeZone: string, at: string): string => clockIn(timeZone, at).slice(0, 10)

/** `2026-11-22 17:05` */
export const clockIn = (timeZone: string, at: string): string => wallOf(timeZone).format(new Date(at))

const walls = new Map<string, Intl.DateTimeFormat>()

/** Swedish writes date and time as ISO 8601 does. */
function wallOf(timeZone: string): Intl.DateTimeFormat {
  const wall =
    walls.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  walls.set(timeZone, wall)
  return wall
}
