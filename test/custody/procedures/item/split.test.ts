/** item.split: one thing becomes several, and nothing is lost between them. */
import { expect } from 'chai'
import { sum } from '../../../../server/custody/decimal.ts'
import {
  approved,
  asJson,
  given,
  offered,
  ofRules,
  received,
  registered,
  released,
  requested,
  returnProposed,
  type Story,
} from '../../../support/custody.ts'

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
    const story = given(registered({ quantity: '5.5', unit: '米' }), received())
    story
      .when('keeper', 'item.split', into(two, three))
      .refusedWith('item.does-not-balance', { total: '5', quantity: '5.5' })
    story.when('keeper', 'item.split', into({ quantity: '2.5' }, three)).gives('ItemSplit')
  })

  it('balances what is weighed', () => {
    const story = given(registered({ class: 'drugs', quantity: '5' }), received())
    const divide = (first?: string, second?: string, net = '6') =>
      story.when(
        'keeper',
        'item.split',
        into(
          { ...two, ...(first ? { weight: first } : {}), details: { netWeight: '4', packages: ['1-1'] } },
          { ...three, ...(second ? { weight: second } : {}), details: { netWeight: net, packages: ['1-2'] } },
        ),
        { signedBy: ['keeper2'] },
      )
    divide().refusedWith('item.part-unweighed')
    divide('4').refusedWith('item.part-unweighed')
    divide('4', '6').refusedWith('item.weight-does-not-balance')
    divide('4.1', '6.35', '5.9').refusedWith('item.net-does-not-balance', { total: '9.9', weight: '10' })
    divide('3.9', '6.6').refusedWith('item.net-over-gross', { weight: '4', gross: '3.9' })
    divide('4.1', '6.35').gives('ItemSplit', { changed: { weight: { was: '10.5', is: '10.45' } } })
    expect([story.item.weight, story.itemAt(1).weight]).to.deep.equal(['4.1', '6.35'])
    expect(story.item.details).to.include({ netWeight: '4', grossWeight: '4.1' })
    expect(story.itemAt(1).details).to.deep.include({ netWeight: '6', grossWeight: '6.35', packages: ['1-2'] })
  })

  it('says net weight and quantity of a powder once, and lets new packages weigh what they weigh', () => {
    const powder = { class: 'drugs', unit: '克', quantity: '10', weight: '12' } as const
    const details = { grossWeight: '12', netWeight: '10', packages: ['1'] }
    const story = given(registered({ ...powder, details }), received())
    const divide = (second: Record<string, unknown>) =>
      story.when(
        'keeper',
        'item.split',
        into({ quantity: '4', weight: '6', details: { packages: ['1'] } }, { quantity: '6', weight: '8', ...second }),
        { signedBy: ['keeper2'] },
      )
    divide({ details: { netWeight: '5' } }).refusedWith('item.quantity-is-not-net', { weight: '5', quantity: '6' })
    divide({}).gives('ItemSplit')
    expect(story.item.details).to.include({ netWeight: '4', grossWeight: '6' })
    expect(story.itemAt(1).details).to.include({ netWeight: '6', grossWeight: '8' })
    expect(asJson(story.item)).not.to.have.property('astray')
  })

  it('gives the tolerance once, not at every division', () => {
    const details = { grossWeight: '100', netWeight: '90', packages: ['1'] }
    const story = given(registered({ class: 'drugs', quantity: '10', weight: '100', details }), received())
    const [code] = story.codes
    const divide = (quantity: string, weight: string, netWeight: string, items = [code!]) =>
      story.when(
        'keeper',
        'item.split',
        into(
          { quantity, weight, details: { netWeight, packages: ['1'] } },
          { quantity: '1', weight: '1', details: { netWeight: '1' } },
        ),
        { signedBy: ['keeper2'], items },
      )
    divide('9', '98.2', '89').gives('ItemSplit')
    divide('8', '96.8', '88').refusedWith('item.weight-does-not-balance', { total: '97.8', weight: '98.2' })
    divide('8', '97.2', '88').gives('ItemSplit')
    expect(sum(...story.codes.map((_, index) => story.itemAt(index).weight!))).to.equal('99.2')
  })

  it('is signed by a second person when an officer divides what two persons keep', () => {
    const story = given(registered({ class: 'valuables', quantity: '2', weight: '100' }))
    const halves = into({ quantity: '1', weight: '50', value: '4000' }, { quantity: '1', weight: '50', value: '5000' })
    story.when('officer', 'item.split', halves).refusedWith('step.countersignature-missing', { as: 'second-person' })
    story.when('officer', 'item.split', halves, { signedBy: ['officer2'] }).gives('ItemSplit')
  })

  it('balances money to the last fen, and note by note', () => {
    const denominations = [
      { face: '100', count: 4 },
      { face: '50', count: 2 },
    ]
    const cash = registered({ class: 'cash', quantity: '5', value: '500', details: { denominations } })
    const story = given(cash, received())
    const notes = (hundreds: number, fifties: number) => ({
      details: {
        denominations: [...(hundreds ? [{ face: '100', count: hundreds }] : []), { face: '50', count: fifties }],
      },
    })
    const divide = (first: Record<string, unknown>, second: Record<string, unknown>) =>
      story.when('keeper', 'item.split', into({ ...two, ...first }, { ...three, ...second }), { signedBy: ['keeper2'] })
    divide({}, {}).refusedWith('item.part-unvalued')
    divide({ value: '150' }, { value: '349.99' }).refusedWith('item.value-does-not-balance')
    divide({ value: '150', ...notes(1, 1) }, { value: '350', ...notes(2, 1) }).refusedWith(
      'item.notes-are-not-the-value',
    )
    divide({ value: '150', ...notes(1, 1) }, { value: '350' }).refusedWith('item.notes-do-not-balance', {
      face: '100',
      total: 1,
      count: 4,
    })
    divide({ value: '150', ...notes(1, 1) }, { value: '350', ...notes(3, 1) }).gives('ItemSplit')
    expect([story.item.value, story.itemAt(1).value]).to.deep.equal(['150', '350'])
    expect(story.itemAt(1).details).to.deep.equal(notes(3, 1).details)
  })

  it('shares out serial numbers, packages and rounds, each to one part', () => {
    const details = { rounds: 50, packages: ['甲', '乙'] }
    const cartridges = registered({ name: '子弹', unit: '发', quantity: '50', serials: ['A', 'B'], details })
    const story = given(cartridges, received())
    const part = (quantity: number, serials: string[], packages: string[], rounds = quantity) => ({
      quantity: String(quantity),
      serials,
      details: { packages, rounds },
    })
    const divide = (...parts: Record<string, unknown>[]) => story.when('keeper', 'item.split', into(...parts))
    divide(part(20, ['A'], ['甲']), part(30, [], ['乙'])).refusedWith('item.left-over', { names: ['B'] })
    divide(part(20, ['A', 'B'], ['甲']), part(30, ['B'], ['乙'])).refusedWith('item.on-two-parts', { names: ['B'] })
    divide(part(20, ['A', 'C'], ['甲']), part(30, ['B'], ['乙'])).refusedWith('item.not-of-it', { names: ['C'] })
    divide(part(20, ['A'], ['甲'], 30), part(30, ['B'], ['乙'], 20)).refusedWith('item.a-round-each', {
      quantity: '20',
    })
    divide(part(20, ['A'], ['甲']), part(30, ['B'], ['乙'])).gives('ItemSplit')
    expect(story.item).to.deep.include({ quantity: '20', serials: ['A'], details: { rounds: 20, packages: ['甲'] } })
    expect(story.itemAt(1)).to.deep.include({ serials: ['B'], details: { rounds: 30, packages: ['乙'] } })
    const pistols = registered({ class: 'firearms', unit: '支', quantity: '2', serials: ['G-1', 'G-2'] })
    const guns = given(pistols, received())
    const gun = (serials: string[], rounds: number) => ({ quantity: '1', serials, details: { rounds } })
    const apart = (...parts: Record<string, unknown>[]) =>
      guns.when('keeper', 'item.split', into(...parts), { signedBy: ['keeper2'] })
    apart(gun(['G-1'], 3), gun(['G-2'], 3)).refusedWith('item.rounds-do-not-balance', { total: 6, rounds: 3 })
    apart(gun(['G-1', 'G-2'], 3), gun([], 0)).refusedWith('item.a-number-each', { quantity: '1' })
    apart(gun(['G-1'], 3), gun(['G-2'], 0)).gives('ItemSplit')
  })

  it('leaves what is counted in whole numbers whole', () => {
    const story = given(registered({ quantity: '3', unit: '部' }), received())
    story
      .when('keeper', 'item.split', into({ quantity: '0.5' }, { quantity: '2.5' }))
      .refusedWith('item.not-whole', { quantity: '0.5', unit: '部' })
    const third = { quantity: '0.333333' }
    const cloth = given(registered({ quantity: '1', unit: '匹布料' }), received())
    cloth.when('keeper', 'item.split', into(third, third, third)).refusedWith('item.does-not-balance')
    const meant = given(registered({ quantity: '1', unit: '卷' }), received())
    meant.world.units.get('psb')!.settings = { wholeUnits: ['卷'] }
    meant.when('keeper', 'item.split', into({ quantity: '0.5' }, { quantity: '0.5' })).refusedWith('item.not-whole')
  })

  it('shared out only quantity, weight and value by version 1 of the rules', () => {
    const details = { rounds: 50 }
    const bullets = given(ofRules(1), registered({ unit: '发', quantity: '50', serials: ['A'], details }), received())
    bullets.when('keeper', 'item.split', into({ quantity: '20' }, { quantity: '30' })).gives('ItemSplit')
    for (const index of [0, 1])
      expect(bullets.itemAt(index)).to.deep.include({ serials: ['A'], details: { rounds: 50 } })
    expect(bullets.facts.at(-1)!.recorded.data.part).not.to.have.property('family')
    const known = registered({ quantity: '5', weight: '100', value: '900' })
    const story = given(ofRules(1), known, received()).when('keeper', 'item.split', into(two, three)).gives('ItemSplit')
    expect(asJson(story.item)).not.to.have.any.keys('weight', 'value')
    const denominations = [{ face: '100', count: 5 }]
    const cash = given(
      ofRules(1),
      registered({ class: 'cash', quantity: '5', value: '500', details: { denominations } }),
      received(),
    )
    cash.when('keeper', 'item.split', into({ ...two, value: '200' }, { ...three, value: '300' }), {
      signedBy: ['keeper2'],
    })
    cash.gives('ItemSplit')
    expect(cash.itemAt(1).details).not.to.have.property('denominations')
    const gold = given(ofRules(1), registered({ class: 'valuables', quantity: '2', weight: '100' }), received())
    const apart = (story: Story, first: Record<string, unknown>, second: Record<string, unknown>) =>
      story.when('keeper', 'item.split', into({ quantity: '1', ...first }, { quantity: '1', ...second }), {
        signedBy: ['keeper2'],
      })
    apart(gold, {}, {}).refusedWith('item.part-unweighed')
    apart(gold, { weight: '50' }, { weight: '40' }).refusedWith('item.weight-does-not-balance')
    apart(gold, { weight: '50' }, { weight: '49.5' }).gives('ItemSplit', { astray: '0.5' })
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
