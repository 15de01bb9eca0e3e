// What a search finds, in groups, and the texts in which it was found. Pure; shared with the browser.

import type { Card, CaseCard, DocketCard, PersonCard, PlaceCard } from './cards.ts'

/** What a text is to the thing it was found on. */
export const foundBy = [
  'name',
  'code',
  'caseNo',
  'features',
  'serials',
  'details',
  'document',
  'seal',
  'externalNo',
  'takenFrom',
  'witness',
  'owner',
  'source',
  'where',
  'holder',
  'title',
  'officer',
  'unit',
  'openedBy',
  'login',
  'number',
  'path',
] as const
export type FoundBy = (typeof foundBy)[number]

/** One text in which words were found, and from where to where in it they stand, by UTF-16 unit. */
export type Matched = { by: FoundBy; text: string; marks: [from: number, to: number][] }

export type Hit<Row> = Row & { matched: Matched[] }

export type Found = {
  items: Hit<Card>[]
  cases: Hit<CaseCard>[]
  dockets: Hit<DocketCard>[]
  people: Hit<PersonCard>[]
  places: Hit<PlaceCard>[]
}
