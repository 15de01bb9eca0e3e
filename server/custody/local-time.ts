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

/**
 * So many months later at the same time of day in that time zone (IANA); on the last day of a month that is too short.
 */
export function monthsAfter(at: string, months: number, timeZone: string): string {
  const local = new Date(Date.parse(at) + aheadOf(timeZone, Date.parse(at)))
  const day = local.getUTCDate()
  local.setUTCDate(1)
  local.setUTCMonth(local.getUTCMonth() + months)
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate()
  local.setUTCDate(Math.min(day, last))
  // The offset there need not be the one here.
  const near = local.getTime() - aheadOf(timeZone, local.getTime())
  return new Date(local.getTime() - aheadOf(timeZone, near)).toISOString()
}

/** How far the wall clocks of a time zone are ahead of UTC at a moment, both in milliseconds; whole minutes. */
function aheadOf(timeZone: string, atMs: number): number {
  const minute = Math.floor(atMs / 60_000) * 60_000
  return Date.parse(`${clockIn(timeZone, new Date(minute).toISOString()).replace(' ', 'T')}:00.000Z`) - minute
}

const walls = new Map<string, Intl.DateTimeFormat>()

/** Swedish writes date and time as ISO 8601 does. */
function wallOf(timeZone: string): Intl.DateTimeFormat {
  const wall =
    walls.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  walls.set(timeZone, wall)
  return wall
}
