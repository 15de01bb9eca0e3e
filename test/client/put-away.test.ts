// A scanned place puts away what lies on the counter: which step that is follows from where each thing is now.

import { expect } from 'chai'
import { putAwayStep, putAways, remarkOn } from '../../client/pages/scan/put-away.ts'
import type { Card, PlaceCard } from '../../server/contract/cards.ts'

const slot = { code: 'S1', kind: 'slot', name: 'A-1', classes: ['general'] } as unknown as PlaceCard
const box = { ...slot, code: 'C1', kind: 'container' } as PlaceCard
const staging = { ...slot, code: 'S2', kind: 'staging' } as PlaceCard
const item = (change: object) =>
  ({
    code: 'E1',
    class: 'general',
    quantity: '1',
    open: {},
    disposition: { state: 'none' },
    custody: { state: 'stored', place: 'S9' },
    ...change,
  }) as unknown as Card

describe('put-away at the counter', () => {
  it('receives, gives back, takes in, moves or packs', () => {
    const stepOf = (change: object, place = slot) => putAwayStep(item(change), place)?.step
    expect(stepOf({ custody: { state: 'with-officer' } })).to.equal('intake.receive')
    expect(stepOf({ custody: { state: 'out' } })).to.equal('retrieval.give-back')
    expect(stepOf({ custody: { state: 'in-transit' } })).to.equal('relocation.arrive')
    expect(stepOf({})).to.equal('relocation.move')
    expect(stepOf({}, box)).to.equal('relocation.pack')
    expect(stepOf({ disposition: { state: 'approved' } }, staging)).to.equal('disposal.stage')
    expect(stepOf({ custody: { state: 'stored', place: 'S1' } })).to.equal(undefined)
    expect(stepOf({ custody: { state: 'left' } })).to.equal(undefined)
  })

  it('keeps apart what cannot go in one command', () => {
    const groups = putAways(
      [
        item({ code: 'E1', custody: { state: 'with-officer' } }),
        item({ code: 'E2', custody: { state: 'with-officer' } }),
        item({ code: 'E3', custody: { state: 'with-officer' }, quantity: '5' }),
        item({ code: 'E4' }),
        item({ code: 'E5', custody: { state: 'left' } }),
      ],
      slot,
    )
    expect(groups.map(({ items }) => items.map(({ code }) => code))).to.deep.equal([['E1', 'E2', 'E3'], ['E4']])
    expect(groups[0]!.given).to.deep.equal({ place: 'S1' })
  })

  it('says on each line what stands against it, the gravest first', () => {
    expect(remarkOn(item({ custody: { state: 'left' } }), slot, false)?.key).to.equal('left')
    expect(remarkOn(item({ open: { discrepancy: {} } }), slot, true)?.key).to.equal('discrepancy')
    expect(remarkOn(item({}), slot, false)?.key).to.equal('notInDocket')
    expect(remarkOn(item({ class: 'drugs' }), slot, true)?.key).to.equal('unfit')
    expect(remarkOn(item({ custody: { state: 'stored', place: 'S1' } }), slot, true)?.key).to.equal('alreadyHere')
    expect(remarkOn(item({ overdue: true }), undefined, true)).to.deep.equal({ kind: 'warn', key: 'overdue' })
    expect(remarkOn(item({}), slot, true)).to.equal(undefined)
  })
})
