// What can be true of an input, by the day it is said and by the files it names: no paper is dated tomorrow, no
// photograph is a film. Pure.

import { type Act, Refusal } from './define.ts'
import type { References, WantedFile } from './fields.ts'
import { kindOfFile } from './file-kinds.ts'
import { refuseSince } from './rules.ts'
import type { StoredFile } from './world.ts'

/** The latest date it can be anywhere on earth at that moment: a date has no time zone. */
export const latestDateAt = (at: string): string => new Date(Date.parse(at) + 14 * 3_600_000).toISOString().slice(0, 10)

/** What is drawn on a screen takes a few thousand bytes; a picture of somebody takes far more. */
const mostOfSignature = 500_000

const fits: Record<WantedFile, { isFit: (file: StoredFile) => boolean; code: string }> = {
  pictures: { isFit: ({ type }) => kindOfFile(type) === 'picture', code: 'file.not-a-picture' },
  papers: {
    isFit: ({ type }) => ['paper', 'picture'].includes(kindOfFile(type) ?? ''),
    code: 'file.not-a-paper',
  },
  videos: { isFit: ({ type }) => kindOfFile(type) === 'video', code: 'file.not-a-video' },
  signatures: {
    isFit: ({ type, bytes }) => type === 'image/png' && bytes <= mostOfSignature,
    code: 'file.not-a-signature',
  },
}

/** Refuses papers and events of days to come, and files of another sort than their field takes. */
export function refuseImplausible(
  act: Act,
  named: References,
  files: ReadonlyMap<string, StoredFile | undefined>,
): void {
  if (act.rules < 2) return
  const latest = latestDateAt(act.occurredAt)
  const date = [...named.dates].find((each) => each > latest)
  if (date) throw new Refusal('step.dated-in-the-future', { date, latest })
  for (const [wanted, { isFit, code }] of Object.entries(fits) as [WantedFile, (typeof fits)[WantedFile]][])
    for (const sha256 of named[wanted]) {
      const file = files.get(sha256)
      if (file && !isFit(file)) throw new Refusal(code, { file: sha256 })
    }
}

/** The beginning of its minute: what people say by hand they say to the minute. */
export const minuteOf = (at: string): string => `${at.slice(0, 16)}:00.000Z`

/** Refuses, since version 2 of the rules, a moment before `earliest` or after `latest`, both of which are told. */
export function refuseOutside(
  act: Act<unknown>,
  at: string,
  { earliest, latest }: { earliest: string; latest?: string },
  code: string,
): void {
  refuseSince(act, 2, at < minuteOf(earliest) || (latest !== undefined && at > latest), code, { at, earliest, latest })
}
