/** item.split: one thing becomes several, and nothing is lost between them. */
import { expect } from 'chai'
import { sum } from '../../../server/custody/decimal.ts'
import {
  approved,
  asJson,
  given,
  offered,
  received,
  registered,
  released,
  requested,
  returnProposed,
} from '../../support/custody.ts'

const into = (...parts: Record<string, unknown>[]) => ({ parts })
const [two, three] = [{ quantity: '2' }, { quantity: '3' }]

describe('item.split', () => {
  it('leaves the first part with the code and makes things of the others', () => {
    const story = given(registered({ quantity: '10', seal: 'F-1' }), received())
    const { code } = story.item
    story.when('keeper', 'item.split', into({ ...two, seal: 'F-2' }, { quantity: '5', name: '手机壳' }, three))
    story.gives('ItemSplit').gives('PartMade')
    expect(story.codes).to.have.length(3)
    expect(story.item).to.include({ code, quantity: '2', seal: 'F-2', name: '手机' })
    expect(story.itemAt(1)).to.include({ quantity: '5', name: '手机壳', parent: code, line: '1/2' })
    expect(story.itemAt(2)).to.include({ quantity: '3', name: '手机', parent: code, line: '1/3', version: 1 })
    expect(asJson(story.itemAt(2)), 'nobody has sealed it').not.to.have.property('seal')
    expect(sum(...story.codes.map((_, index) => story.itemAt(index).quantity))).to.equal('10')
    expect(story.itemAt(1).custody).to.deep.equal(story.item.custody)
    story.when('keeper', 'item.split', into({ quantity: '1' }, two), { items: [story.codes[2]!] }).gives('PartMade')
    expect(story.itemAt(3)).to.include({ parent: story.codes[2], line: '1/3/2' })
  })

  it('balances', () => {
    const story = given(registered({ quantity: '5.5' }), received())
    story
      .when('keeper', 'item.split', into(two, three))
      .refusedWith('item.does-not-balance', { total: '5', quantity: '5.5' })
    story.when('keeper', 'item.split', into({ quantity: '2.5' }, three)).gives('ItemSplit')
  })

  it('balances what is weighed', () => {
    const story = given(registered({ class: 'drugs', quantity: '5' }), received())
    const divide = (first?: string, second?: string) =>
      story.when(
        'keeper',
        'item.split',
        into({ ...two, ...(first ? { weight: first } : {}) }, { ...three, ...(second ? { weight: second } : {}) }),
        { signedBy: ['keeper2'] },
      )
    divide().refusedWith('item.part-unweighed')
    divide('4').refusedWith('item.part-unweighed')
    divide('4', '6').refusedWith('item.weight-does-not-balance')
    divide('4.1', '6.35').gives('ItemSplit')
    expect([story.item.weight, story.itemAt(1).weight]).to.deep.equal(['4.1', '6.35'])
  })

  it('gives the tolerance once, not at every division', () => {
    const story = given(registered({ class: 'drugs', quantity: '10', weight: '100' }), received())
    const [code] = story.codes
    const divide = (quantity: string, weight: string, items = [code!]) =>
      story.when('keeper', 'item.split', into({ quantity, weight }, { quantity: '1', weight: '1' }), {
        signedBy: ['keeper2'],
        items,
      })
    divide('9', '98.2').gives('ItemSplit')
    divide('8', '96.8').refusedWith('item.weight-does-not-balance', { total: '97.8', weight: '98.2' })
    divide('8', '97.2').gives('ItemSplit')
    expect(sum(...story.codes.map((_, index) => story.itemAt(index).weight!))).to.equal('99.2')
    const [, part] = story.codes
    story.when('keeper', 'item.split', into({ quantity: '0.5', weight: '0.5' }, { quantity: '0.5', weight: '0.495' }), {
      signedBy: ['keeper2'],
      items: [part!],
    })
    story.refusedWith('item.weight-does-not-balance')
  })

  it('weighs what two persons keep', () => {
    const gold = given(registered({ class: 'valuables', quantity: '2', weight: '100' }), received())
    gold
      .when('keeper', 'item.split', into({ quantity: '1' }, { quantity: '1' }), { signedBy: ['keeper2'] })
      .refusedWith('item.part-unweighed')
  })

  it('is signed by a second person when an officer divides what two persons keep', () => {
    const story = given(registered({ class: 'drugs', quantity: '2', weight: '100' }))
    const halves = into({ quantity: '1', weight: '50' }, { quantity: '1', weight: '50' })
    story.when('officer', 'item.split', halves).refusedWith('step.countersignature-missing', { as: 'second-person' })
    story.when('officer', 'item.split', halves, { signedBy: ['officer2'] }).gives('ItemSplit')
  })

  it('balances money to the last fen', () => {
    const denominations = [{ face: '100', count: 5 }]
    const story = given(
      registered({ class: 'cash', quantity: '5', value: '500', details: { denominations } }),
      received(),
    )
    const divide = (first?: string, second?: string) =>
      story.when(
        'keeper',
        'item.split',
        into({ ...two, ...(first ? { value: first } : {}) }, { ...three, ...(second ? { value: second } : {}) }),
        { signedBy: ['keeper2'] },
      )
    divide().refusedWith('item.part-unvalued')
    divide('200', '299.99').refusedWith('item.value-does-not-balance')
    divide('200', '300').gives('ItemSplit')
    expect([story.item.value, story.itemAt(1).value]).to.deep.equal(['200', '300'])
    expect(story.itemAt(1).details, 'the list was of the whole sum').not.to.have.property('denominations')
  })

  it('says nothing of weight and value that nobody has measured', () => {
    const story = given(registered({ quantity: '5', weight: '100', value: '900' }), received())
    story.when('keeper', 'item.split', into(two, three)).gives('ItemSplit')
    expect(asJson(story.item)).not.to.have.any.keys('weight', 'value')
  })

  it('waits until nothing is open on the thing', () => {
    const whole = registered({ quantity: '5' })
    const asked = given(whole, received(), requested())
    asked.when('keeper', 'item.split', into(two, three)).refusedWith('item.docket-open', { procedure: 'retrieval' })
    const lent = given(whole, received(), requested(), approved(), released())
    lent.when('officer', 'item.split', into(two, three)).refusedWith('item.docket-open')
    given(whole, received(), offered()).when('keeper', 'item.split', into(two, three)).refusedWith('item.docket-open')
    given(whole, received(), returnProposed())
      .when('keeper', 'item.split', into(two, three))
      .refusedWith('item.docket-open')
  })

  it('is for who has it in hand, one thing at a time, if it can be divided', () => {
    const story = given(registered({ quantity: '5' }))
    story.when('keeper', 'item.split', into(two, three)).refusedWith('item.not-in-hand')
    story.when('officer2', 'item.split', into(two, three)).refusedWith('item.not-in-hand')
    story.when('officer', 'item.split', into(two, three)).gives('ItemSplit')
    story.when('officer', 'item.split', into({ quantity: '1' }, { quantity: '1' })).refusedWith('item.one-by-one')
    const car = given(registered({ class: 'vehicle', quantity: '2' }), received())
    car.when('keeper', 'item.split', into({ quantity: '1' }, { quantity: '1' })).refusedWith('item.indivisible')
  })
})
