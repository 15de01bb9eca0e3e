// An offer as its thing remembers it until it is answered.

import { docketOn, type Item } from '../../item.ts'

export const offeredStages = [
  'prosecution',
  'supplementary-investigation',
  'trial',
  'appeal',
  'execution',
  'jurisdiction',
] as const
export type OfferedStage = (typeof offeredStages)[number]

export type Offered = {
  to: string
  toName: string
  stage: OfferedStage
  document: Item['document']
  proposal: string
  needsLeader: boolean
  /** Desks that answer. */
  receivers: string[]
  /** Desks that it waits for first: the sender's legal reviewer, or already the receivers. */
  waitsFor: string[]
}

export const offerOn = (item: Item) => docketOn<Offered>(item, 'control')!.data
