// What comes back or arrives, compared with what went out. Pure.

import { minus, within } from './decimal.ts'
import type { Act, NewFact } from './define.ts'

export const conditions = ['intact', 'damaged', 'short', 'substituted', 'lost', 'other'] as const

/** Seal number, and weight in grams as a decimal string. */
export type Marks = { seal?: string; weight?: string }
export type Found = Marks & { condition: (typeof conditions)[number] }

/**
 * Why what is there is not what it was, as kinds of discrepancy; the first of them names it. `used` is the weight that
 * was lawfully consumed. A seal that is gone counts like another seal.
 */
export function differencesBetween(was: Marks, found: Found, perMille: number, used = '0'): string[] {
  if (found.condition === 'lost') return ['missing']
  const kinds: string[] = []
  if (found.condition === 'other') kinds.push('damaged')
  else if (found.condition !== 'intact') kinds.push(found.condition)
  if (was.seal !== undefined && found.seal !== was.seal) kinds.push('seal-broken')
  if (was.weight && found.weight && !within(found.weight, less(was.weight, used), perMille)) kinds.push('short')
  return [...new Set(kinds)]
}

/** What is left of a weight; nothing when more is said to be used than there was. */
const less = (weight: string, used: string) => {
  try {
    return minus(weight, used)
  } catch {
    return '0'
  }
}

/** The fact that opens a discrepancy, under a docket of its own, see procedures/discrepancy.ts. */
export function discrepancyFound(
  act: Act<unknown>,
  kinds: string[],
  was: Marks,
  now: Marks & { note?: string; photos: string[] },
): NewFact {
  const { seal, weight, note = '', photos } = now
  return discrepancyOf(act, kinds, { was: marksOf(was), now: marksOf({ seal, weight }), note, photos })
}

type Differing = { was: object; now: object; note: string; photos: string[]; correction?: boolean }

/** What it `was` may be more than marks: whatever of the item counts otherwise when the difference is explained. */
export const discrepancyOf = (act: Act<unknown>, kinds: string[], differing: Differing): NewFact => ({
  fact: 'DiscrepancyFound',
  data: { kind: kinds[0], kinds, ...differing },
  docket: act.newCode('docket'),
})

export const marksOf = ({ seal, weight }: Marks): Marks => ({
  ...(seal ? { seal } : {}),
  ...(weight ? { weight } : {}),
})
