// A division on the screen: what is still to be given, what is too much, and the button that gives a part all the rest.

import { expect } from 'chai'
import { figureStanding, figuresOf, isShared, unassigned, withRest } from '../../client/steps/shares.ts'
import { given, received, registered } from '../support/custody.ts'

const details = { rounds: 50, packages: ['甲', '乙'], denominations: [{ face: '100', count: 3 }] }
const item = given(
  registered({ unit: '发', quantity: '50', serials: ['A', 'B'], value: '300', details }),
  received(),
).item

describe('a division on the screen', () => {
  it('says what is still to be given and what is too much', () => {
    const first = { quantity: '20', serials: ['A'] }
    expect(figureStanding(item, [first, {}], 'quantity')).to.deep.equal({ whole: '50', given: '20', left: '30' })
    expect(figureStanding(item, [first, { quantity: '31' }], 'quantity')).to.include({ over: '1' })
    expect(unassigned(item, [first, {}], 'serials')).to.deep.equal(['B'])
    expect(isShared(item, [first, {}])).to.equal(false)
  })

  it('gives a part all the rest', () => {
    const first = {
      quantity: '20',
      value: '100',
      serials: ['A'],
      details: { rounds: 20, packages: ['乙'], denominations: [{ face: '100', count: 1 }] },
    }
    const rest = withRest(item, [first, {}], 1)
    expect(rest).to.deep.equal({
      quantity: '30',
      value: '200',
      serials: ['B'],
      details: { rounds: 30, packages: ['甲'], denominations: [{ face: '100', count: 2 }] },
    })
    expect(isShared(item, [first, rest])).to.equal(true)
    expect(
      isShared(item, [
        { ...first, value: undefined },
        { ...rest, value: '300' },
      ]),
      'unsaid is not nothing',
    ).to.equal(false)
  })

  it('asks for the net weight of a powder once, as its quantity', () => {
    const powder = given(
      registered({
        class: 'drugs',
        unit: '克',
        quantity: '10',
        weight: '12',
        details: { netWeight: '10', grossWeight: '12', packages: ['1'] },
      }),
    )
    expect(figuresOf(powder.item)).to.deep.equal(['quantity', 'weight'])
  })
})
