/** Steps over several things: each has its own seal, weight, condition, quantity and photographs. */
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import {
  approved,
  decidedAgain,
  disposalApproved,
  execution,
  file,
  given,
  type History,
  ofRules,
  places,
  receipt,
  received,
  registered,
  requested,
  type Story,
  secondKeeper,
} from '../support/custody.ts'

const three: History = (story) =>
  story.and(registered({ seal: '封-1' }, { seal: '封-2' }, { name: '白色粉末', class: 'drugs', seal: '封-3' }))
const lent: History = (story) => story.and(three, received(), requested(), approved())
const signedBy = ['officer', 'keeper2']
const marks = (story: Story, over: Record<number, Record<string, unknown>> = {}) =>
  story.codes.map((code, index) => ({
    code,
    seal: `封-${index + 1}`,
    ...(index === 2 ? { weight: '10.5' } : {}),
    ...over[index],
  }))
const out = (story: Story, over: Record<string, unknown> = {}) => ({
  condition: '完好',
  photos: [file('out')],
  lines: marks(story),
  ...over,
})
const back = (story: Story, over: Record<string, unknown> = {}) => ({
  place: places.slot,
  condition: 'intact',
  photos: [file('back')],
  lines: marks(story),
  ...over,
})
const gone: History = (story) => {
  story.and(lent).take('keeper', 'retrieval.release', out(story), { signedBy })
}

describe('a step over several things', () => {
  it('keeps with each thing what was read on it, and nothing of the others', () => {
    const story = given(lent)
    const lines = marks(story, { 1: { condition: '外壳有划痕', photos: [file('second')] } })
    story.when('keeper', 'retrieval.release', out(story, { lines }), { signedBy }).gives('ItemReleased')
    const said = story.decision!.facts.map(({ recorded: { data } }) => data)
    expect(said.map(({ seal }) => seal)).to.deep.equal(['封-1', '封-2', '封-3'])
    expect(said.map(({ condition }) => condition)).to.deep.equal(['完好', '外壳有划痕', '完好'])
    expect(said.map(({ photos }) => photos)).to.deep.equal([[file('out')], [file('second')], [file('out')]])
    expect(said.map(({ weight }) => weight)).to.deep.equal([undefined, undefined, '10.5'])
    expect(said.some((data) => 'lines' in data || 'code' in data)).to.equal(false)
    expect(decidedAgain(story.log)).to.deep.equal([])
  })

  it('finds no difference when each comes back under its own seal, and one where one does not', () => {
    const right = given(gone).when('keeper', 'retrieval.give-back', back(given(gone)), { signedBy })
    right.gives('ItemGivenBack')
    expect(right.decision!.facts.map(({ recorded }) => recorded.fact)).not.to.include('DiscrepancyFound')
    expect([0, 1, 2].map((index) => right.itemAt(index).seal)).to.deep.equal(['封-1', '封-2', '封-3'])
    const odd = given(gone)
    const lines = marks(odd, { 1: { seal: '封-9' } })
    odd.when('keeper', 'retrieval.give-back', back(odd, { lines }), { signedBy }).gives('DiscrepancyFound')
    expect([0, 1, 2].map((index) => 'discrepancy' in odd.itemAt(index).open)).to.deep.equal([false, true, false])
  })

  it('takes no one value for things that have each their own', () => {
    const story = given(gone)
    const common = (over: Record<string, unknown>) =>
      story.when('keeper', 'retrieval.give-back', back(story, { lines: undefined, ...over }), { signedBy })
    common({ seal: '封-1' }).refusedWith('step.value-for-several', { field: 'seal', count: 3 })
    common({ weight: '10.5' }).refusedWith('step.value-for-several', { field: 'weight' })
    common({ mileage: 1 }).refusedWith('step.value-for-several', { field: 'mileage' })
    const [first, second, third] = marks(story)
    common({ seal: '封-3', lines: [first, second, { ...third, seal: undefined }] }).gives('ItemGivenBack', {
      seal: '封-3',
    })
    const unlike = given(registered({ quantity: '2' }, { quantity: '3' }))
    unlike
      .when('keeper', 'intake.receive', receipt(unlike), { signedBy })
      .refusedWith('step.value-for-several', { field: 'quantityReceived' })
  })

  it('took one by version 1 of the rules', () => {
    const story = given(ofRules(1), registered({ seal: '封-1' }, { seal: '封-2' }), received(), requested(), approved())
    const input = { condition: '完好', photos: [file('out')] }
    story.when('keeper', 'retrieval.release', input, { signedBy: ['officer'] }).gives('ItemReleased')
    story.when('keeper', 'retrieval.give-back', back(story, { lines: undefined, seal: '封-1' }), {
      signedBy: ['officer'],
    })
    story.gives('ItemGivenBack').gives('DiscrepancyFound', { kind: 'seal-broken' })
    expect(decidedAgain(story.log, given(ofRules(1)).world)).to.deep.equal([])
  })

  it('wants a line, or a common value, for each thing and for no other', () => {
    const story = given(lent)
    const release = (over: Record<string, unknown>) =>
      story.when('keeper', 'retrieval.release', out(story, over), { signedBy })
    release({ condition: undefined }).refusedWith('step.line-incomplete', { fields: ['condition'] })
    release({ photos: undefined }).refusedWith('step.line-incomplete', { code: story.codes[0], fields: ['photos'] })
    release({ lines: [...marks(story), { code: story.codes[0] }] }).refusedWith('step.line-of-another')
    story.when('keeper', 'retrieval.release', out(story), { signedBy, items: story.codes.slice(0, 2) })
    story.refusedWith('step.line-of-another', { items: [story.codes[2]] })
  })

  it('asks as before where there are no lines', () => {
    const { input } = catalogue.steps['retrieval.release']!
    const faults = input.safeParse({ condition: '完好' }).error!.issues.map(({ path }) => path.join('.'))
    expect(faults).to.deep.equal(['photos'])
    expect(input.safeParse({ condition: '完好', lines: [] }).success).to.equal(true)
  })

  it('reads every seal that is registered', () => {
    const story = given(lent)
    story
      .when('keeper', 'retrieval.release', out(story, { lines: marks(story, { 1: { seal: undefined } }) }), {
        signedBy,
      })
      .refusedWith('retrieval.seal-unread', { code: story.codes[1], seal: '封-2' })
    const loan = given(gone)
    const lines = marks(loan, { 0: { seal: undefined } })
    loan
      .when('keeper', 'retrieval.give-back', back(loan, { lines }), { signedBy })
      .refusedWith('retrieval.seal-unread', { code: loan.codes[0] })
  })

  it('weighs what is destroyed one by one', () => {
    const story = given(registered({ class: 'drugs' }, { class: 'drugs', weight: '3', seal: 'F-2' }), received())
    story.and(disposalApproved())
    const lines = [
      { code: story.codes[0]!, weight: '10.5' },
      { code: story.codes[1]!, weight: '3', photos: [file('second')] },
    ]
    const execute = (over: Record<string, unknown>) =>
      story.when('keeper', 'disposal.execute', execution(story, over), { signedBy: ['keeper2', 'inspector'] })
    execute({ weight: '10.5' }).refusedWith('step.value-for-several', { field: 'weight' })
    execute({ lines }).gives('ItemDisposed', { weight: '3', photos: [file('second')] })
  })
})

/** Steps over one thing, or over parts that become one. */
const overOne = ['item.join', 'item.recover', 'item.split', 'seal.replace']

describe('the catalogue', () => {
  it('has no step over several things that takes a seal, a weight or an amount for all of them', () => {
    for (const [name, step] of Object.entries(catalogue.steps)) {
      if (step.on !== 'item' || step.perItem || overOne.includes(name)) continue
      const { shape } = step.input as unknown as { shape: Record<string, { shape?: object }> }
      const asked = [...Object.keys(shape), ...Object.keys(shape.checked?.shape ?? {})]
      expect(asked, name).not.to.include.oneOf(['seal', 'weight', 'mileage', 'quantity', 'quantityReceived'])
    }
  })
})

describe('a receipt', () => {
  const checked = { documents: true, quantity: true, condition: '完好' }
  const receive = (story: Story, over: Record<string, unknown>, read: Record<string, unknown> = {}) =>
    story.when('keeper', 'intake.receive', receipt(story, 0, { checked: { ...checked, ...read }, ...over }), {
      signedBy: ['officer', ...secondKeeper(story)],
    })

  it('reads the seal, and has a photograph', () => {
    const story = given(registered({ seal: '封-7' }))
    receive(story, {}).refusedWith('intake.seal-unread', { seal: '封-7' })
    receive(story, { photos: [] }, { seal: '封-7' }).refusedWith('intake.unphotographed')
    receive(story, {}, { seal: '封-7' }).gives('ItemReceived')
    const before = given(ofRules(1), registered({ seal: '封-7' }))
    receive(before, { photos: [] }, { condition: '外壳破损' }).gives('ItemReceived')
  })

  it('takes in what is damaged with a discrepancy, and hears no damage go by', () => {
    const story = given(registered({ seal: '封-7' }))
    receive(story, {}, { seal: '封-7', condition: '外壳破损' }).refusedWith('intake.damage-unstated')
    receive(story, {}, { seal: '封-8', faults: ['seal-broken'], condition: '封条撕开' }).gives('DiscrepancyFound', {
      kinds: ['seal-broken'],
      was: { seal: '封-7' },
      now: { seal: '封-8' },
    })
    expect(story.item.custody.state).to.equal('stored')
    expect(story.item.seal, 'what counts is what was recorded').to.equal('封-7')
    expect(story.item.open).to.have.property('discrepancy')
    receive(given(registered()), {}, { condition: '无破损' }).gives('ItemReceived')
    receive(given(registered()), {}, { condition: '屏幕破损，同登记', faults: [] }).gives('ItemReceived')
  })

  it('receives several things in one go, each with its own', () => {
    const story = given(registered({ quantity: '2', unit: '个' }, { seal: '封-7', quantity: '5', unit: '个' }))
    const lines = [
      { code: story.codes[0]!, quantityReceived: '2' },
      { code: story.codes[1]!, quantityReceived: '5', seal: '封-7', faults: ['damaged'], condition: '压扁' },
    ]
    receive(story, { quantityReceived: undefined, lines }).gives('DiscrepancyFound')
    expect(story.itemAt(0).open).to.deep.equal({})
    expect(story.itemAt(1)).to.deep.include({ quantity: '5', seal: '封-7' })
    expect(decidedAgain(story.log)).to.deep.equal([])
  })
})

it('two things between two sites each arrive under their own seal', () => {
  const story = given(registered({ seal: '封-1' }, { seal: '封-2' }), received())
  const sent = { toSite: places.east, carrier: 'econofficer' }
  story
    .when('keeper', 'relocation.dispatch', { ...sent, seal: '封-1' }, { signedBy: ['econofficer'] })
    .refusedWith('step.value-for-several')
  story.when('keeper', 'relocation.dispatch', { ...sent, lines: marks(story) }, { signedBy: ['econofficer'] })
  story.gives('ItemDispatched')
  const arrival = (lines: unknown) => ({ place: places.eastSlot, checked: { condition: 'intact' }, lines })
  const arrive = (lines: unknown) =>
    story.when('eastkeeper', 'relocation.arrive', arrival(lines), { signedBy: ['econofficer'] })
  arrive([marks(story)[0]]).refusedWith('relocation.seal-unread', { seal: '封-2' })
  arrive(marks(story)).gives('ItemArrived')
  expect(story.decision!.facts).to.have.length(2)
})
