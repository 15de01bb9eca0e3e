// What there should be one thing of in the world: serial numbers, VIN, plate, seal. Two open things with the same are
// twins – one thing told twice, or one number read wrongly. Pure.

import { bare } from './folding.ts'
import type { Item } from './item.ts'

export const identifierKinds = ['serial', 'vin', 'plate', 'seal'] as const
export type IdentifierKind = (typeof identifierKinds)[number]
export type Identifier = { kind: IdentifierKind; value: string }

/** Shorter ones are put where a number should be: 无, A, 12. */
const least: Record<IdentifierKind, number> = { serial: 3, vin: 5, plate: 5, seal: 2 }

type Identified = {
  serials?: readonly string[] | undefined
  seal?: string | undefined
  details?: { vin?: unknown; plate?: unknown } | undefined
}

export function identifiersOf({ serials = [], seal, details = {} }: Identified): Identifier[] {
  const { vin, plate } = details
  const of = (kind: IdentifierKind, value: unknown): Identifier[] =>
    typeof value === 'string' && numberIn(value).length >= least[kind] ? [{ kind, value }] : []
  return [
    ...serials.flatMap((serial) => of('serial', serial)),
    ...of('vin', vin),
    ...of('plate', plate),
    ...of('seal', seal),
  ]
}

/** The same for every writing of an identifier. Seals are numbered by each agency for itself. */
export const identifierKey = ({ kind, value }: Identifier, agency: string): string =>
  [kind, ...(kind === 'seal' ? [agency] : []), numberIn(value)].join(' ')

const numberIn = (value: string): string => bare(value).replace(/[\p{P}\p{S}]/gu, '')

/** Keys under which a thing is found as long as it has not left. */
export const keysOfItem = (item: Pick<Item, 'custody' | 'serials' | 'seal' | 'details' | 'owningAgency'>): string[] =>
  item.custody.state === 'left'
    ? []
    : [...new Set(identifiersOf(item).map((each) => identifierKey(each, item.owningAgency)))].sort()

/** Whether nothing was changed that the keys are made of. */
export const hasSameKeys = (before: Item, after: Item): boolean =>
  before.serials === after.serials &&
  before.seal === after.seal &&
  before.details === after.details &&
  (before.custody.state === 'left') === (after.custody.state === 'left')

/** As many twins as anybody looks through. */
export const mostTwins = 20
