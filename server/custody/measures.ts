// How property was taken, how long that lasts, and what is never handed in. Pure.

import type { Due } from './clocks.ts'
import type { Custody } from './item.ts'
import { monthsAfter } from './local-time.ts'
import type { Settings } from './settings.ts'
import type { Case } from './subjects.ts'

export const measures = [
  'seize',
  'seal-in-place',
  'preserve',
  'freeze',
  'sample',
  'obtain',
  'received',
  'entrust',
] as const
export type Measure = (typeof measures)[number]

/** Measures after which a thing is kept on no shelf, and the custody that each leads to. */
export const offShelfBy = {
  'seal-in-place': 'in-place',
  freeze: 'frozen',
  entrust: 'entrusted',
} as const satisfies Partial<Record<Measure, Custody['state']>>

export const isOffShelfBy = (measure: string): measure is keyof typeof offShelfBy => Object.hasOwn(offShelfBy, measure)

/** Terms of measures. D05 (AP 110) is never renewed, D06 (AP 112) once, D07 (CP 237–247) as often as it is approved. */
export const termClocks = ['D05', 'D06', 'D07']
export const mostRenewals: Record<string, number> = { D05: 0, D06: 1 }

const daysAfter = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString()

type Taken = { measure: string; kind: Case['kind']; custody: Custody }

/** The clock of the term of a measure that begins (or begins anew) at `from`; nothing when it has no term. */
export function termOf({ measure, kind, custody }: Taken, from: string, settings: Settings): Due | undefined {
  if (measure === 'preserve') return { deadline: 'D05', at: daysAfter(from, settings.preserveDays) }
  const bound = measure === 'seize' || isOffShelfBy(measure)
  if (!bound || measure === 'entrust') return undefined
  if (kind === 'administrative') return { deadline: 'D06', at: daysAfter(from, settings.administrativeSeizureDays) }
  if (measure === 'seize') return undefined
  const securities = custody.state === 'frozen' && custody.assets === 'securities'
  const months =
    measure === 'seal-in-place' ? settings.sealMonths : securities ? settings.securitiesMonths : settings.freezeMonths
  return { deadline: 'D07', at: monthsAfter(from, months, settings.timeZone) }
}
