// States that only earlier rules let come about. Each has a way on, and an inspector sees that it is taken. Pure.

import { handInClocks } from './clocks.ts'
import type { Item } from './item.ts'
import { isOffShelfBy } from './measures.ts'

/**
 * `kept-nowhere`: sealed in place, frozen or entrusted, yet booked with an officer: state where it is kept.
 * `hand-in-hidden`: another clock had taken the place of its hand-in clock: hand it in.
 * `end-in-a-drawer`: a return or disposal under way of a thing that was never handed in: hand it in, or withdraw.
 * `put-off`: the hand-in was put off beyond what anybody may: put it off to a possible time, or hand it in.
 * `nobody-decides`: jurisdiction went to an agency whose people cannot act on it: assign its case there.
 * `rounds-differ`: ammunition was divided and its number of rounds was not: correct it.
 */
export const leftoverKinds = [
  'kept-nowhere',
  'hand-in-hidden',
  'end-in-a-drawer',
  'put-off',
  'nobody-decides',
  'rounds-differ',
] as const
export type Leftover = (typeof leftoverKinds)[number]

const longestMs = 181 * 86_400_000

const is: Record<Leftover, (item: Item) => boolean> = {
  'kept-nowhere': ({ measure, custody }) => custody.state === 'with-officer' && isOffShelfBy(measure),
  'hand-in-hidden': ({ custody, handInHidden }) => custody.state === 'with-officer' && handInHidden === true,
  'end-in-a-drawer': ({ custody, disposition }) => custody.state === 'with-officer' && disposition.state !== 'none',
  'put-off': ({ clocks, extractedAt }) =>
    clocks.some(
      ({ deadline, at }) => handInClocks.includes(deadline) && Date.parse(at) - Date.parse(extractedAt) > longestMs,
    ),
  'nobody-decides': ({ control, owningAgency, custody }) =>
    custody.state !== 'left' && control.stage === 'jurisdiction' && control.agency !== owningAgency,
  'rounds-differ': ({ custody, unit, quantity, details: { rounds } }) =>
    custody.state !== 'left' && unit === '发' && rounds !== undefined && String(rounds) !== quantity,
}

export const leftoversOf = (item: Item): Leftover[] => leftoverKinds.filter((kind) => is[kind](item))
