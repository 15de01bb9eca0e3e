/** retrieval: how a thing leaves its shelf for a purpose and a term, and comes back. */
import { expect } from 'chai'
import { Refusal } from '../../../server/custody/define.ts'
import {
  alsoHolds,
  approved,
  file,
  given,
  type History,
  later,
  measured,
  offered,
  ofRules,
  places,
  received,
  registered,
  released,
  request,
  requested,
  returnProposed,
  type Story,
  transferred,
} from '../../support/custody.ts'

const out = (story: Story, over: Record<string, unknown> = {}) => ({
  condition: '完好',
  photos: [file('out')],
  ...measured(story),
  ...over,
})
const back = (story: Story, over: Record<string, unknown> = {}) => ({
  place: places.slot,
  condition: 'intact',
  photos: [file('back')],
  ...measured(story),
  ...over,
})
/** One item lies on its shelf. */
const stored =
  (line: Parameters<typeof registered>[0] = {}): History =>
  (story) =>
    story.and(registered(line), received())
const lent: History = (story) => story.and(requested(), approved(), released())

describe('retrieval.request', () => {
  it('opens a docket that waits for the head of the unit', () => {
    const story = given(stored())
    story.when('officer', 'retrieval.request', request(story)).gives('RetrievalRequested', { borrower: 'officer' })
    expect(story.item.open.custody).to.include({ procedure: 'retrieval', stage: 'requested', requestedBy: 'officer' })
    expect(story.item.open.custody!.waitsFor).to.deep.equal(['head@crim'])
    expect(story.item.custody.state, 'the thing has not moved').to.equal('stored')
  })

  it('waits for the leader when it is a vehicle or for publicity', () => {
    const vehicle = given(stored({ class: 'vehicle' }), requested())
    expect(vehicle.item.open.custody!.waitsFor).to.deep.equal(['leader@psb'])
    const publicity = given(stored(), requested({ purpose: 'publicity' }))
    expect(publicity.item.open.custody!.waitsFor).to.deep.equal(['leader@psb'])
  })

  it('waits for the agency in control when that is another', () => {
    const story = given(stored(), transferred)
    story.when('procurator', 'retrieval.request', request(story)).gives('RetrievalRequested')
    expect(story.item.open.custody!.waitsFor).to.deep.equal(['casemanager@proc'])
  })

  it('wants the thing on its shelf, free of other plans', () => {
    const early = given(registered())
    early.when('officer', 'retrieval.request', request(early)).refusedWith('retrieval.not-stored')
    const offering = given(stored(), offered())
    offering.when('officer', 'retrieval.request', request(offering)).refusedWith('retrieval.offered')
    const going = given(stored(), returnProposed())
    going.when('officer', 'retrieval.request', request(going)).refusedWith('retrieval.disposition-under-way')
    const twice = given(stored(), requested())
    twice
      .when('officer2', 'retrieval.request', request(twice))
      .refusedWith('docket.already-open', { procedure: 'retrieval' })
    const loan = given(stored(), lent)
    loan.when('officer2', 'retrieval.request', request(loan)).refusedWith('docket.already-open')
  })

  it('is for officers of the case, or the case manager of the agency in control', () => {
    const story = given(stored(), alsoHolds('recruit', 'officer', 'crim'))
    story.when('recruit', 'retrieval.request', request(story)).refusedWith('retrieval.not-the-officer')
    const seen = given(stored(), transferred)
    seen.and(alsoHolds('legal', 'casemanager', 'psb')).when('legal', 'retrieval.request', request(seen))
    seen.refusedWith('retrieval.not-in-control')
    seen.when('judge', 'retrieval.request', request(seen)).refusedWith('item.unknown')
  })

  it('keeps terms', () => {
    const story = given(stored())
    const ask = (over: Record<string, unknown>) => story.when('officer', 'retrieval.request', request(story, over))
    ask({ dueAt: story.in(2) }).refusedWith('retrieval.due-before-use')
    ask({ usedAt: story.in(-3), dueAt: story.in(-1) }).refusedWith('retrieval.due-before-use')
    ask({ dueAt: story.in(15 * 24 + 1) }).refusedWith('retrieval.term-too-long', { days: 15 })
    ask({ dueAt: story.in(15 * 24) }).gives('RetrievalRequested')
  })

  it('lends some classes for some purposes only', () => {
    const gun = given(stored({ class: 'firearms' }))
    gun
      .when('officer', 'retrieval.request', request(gun, { purpose: 'publicity' }))
      .refusedWith('retrieval.purpose-not-allowed')
    gun.when('officer', 'retrieval.request', request(gun, { purpose: 'examination' })).gives('RetrievalRequested')
    const acid = given(stored({ class: 'hazardous' }))
    acid.when('officer', 'retrieval.request', request(acid)).refusedWith('retrieval.class-not-lent')
  })
})

describe('retrieval.approve and retrieval.reject', () => {
  it('let it wait for the keeper of the site, or end it', () => {
    const yes = given(stored(), requested())
      .when('head', 'retrieval.approve', { note: '同意' })
      .gives('RetrievalApproved')
    expect(yes.item.open.custody).to.deep.include({
      stage: 'approved',
      decidedBy: ['head'],
      waitsFor: [`keeper@${places.site}`],
    })
    const no = given(stored(), requested()).when('head', 'retrieval.reject', {}).gives('RetrievalRejected')
    expect(no.item.open).to.deep.equal({})
  })

  it('are for the desk that it waits for', () => {
    given(stored(), requested())
      .when('leader', 'retrieval.approve')
      .refusedWith('retrieval.not-your-decision', { desk: 'head@crim' })
    given(stored(), requested({ purpose: 'publicity' }))
      .when('head', 'retrieval.approve')
      .refusedWith('retrieval.not-your-decision')
    given(stored(), requested({ purpose: 'publicity' }))
      .when('leader', 'retrieval.approve')
      .gives('RetrievalApproved')
    const elsewhere = given(stored(), transferred)
    elsewhere.take('procurator', 'retrieval.request', request(elsewhere))
    elsewhere.when('head', 'retrieval.approve').refusedWith('retrieval.not-your-decision')
    elsewhere.when('procurator', 'retrieval.approve').refusedWith('step.own-request')
    elsewhere.when('procurator2', 'retrieval.approve').gives('RetrievalApproved')
  })

  it('are never for the requester', () => {
    const story = given(stored(), alsoHolds('officer', 'head', 'crim'), requested())
    story.when('officer', 'retrieval.approve').refusedWith('step.own-request')
    story.when('officer', 'retrieval.reject').refusedWith('step.own-request')
  })

  it('come once', () => {
    given(stored(), requested(), approved())
      .when('head', 'retrieval.approve')
      .refusedWith('docket.wrong-stage', { stage: 'approved' })
    given(stored()).when('head', 'retrieval.approve').refusedWith('docket.none')
  })
})

describe('retrieval.release', () => {
  it('puts the thing into the borrower’s hands until it is due', () => {
    const story = given(stored(), requested(), approved())
    story
      .when('keeper', 'retrieval.release', out(story), { signedBy: ['officer'] })
      .gives('ItemReleased', { holder: 'officer' })
    expect(story.item.custody).to.deep.include({ state: 'out', holder: 'officer' })
    expect(story.item.custody).to.have.nested.property('from.place', places.slot)
    expect(story.item.clocks[0]).to.include({ deadline: 'D03' })
    expect(story.item.heldBy).to.include('officer')
  })

  it('is signed by the borrower and no other', () => {
    const story = given(stored(), requested(), approved())
    story
      .when('keeper', 'retrieval.release', out(story))
      .refusedWith('step.countersignature-missing', { as: 'borrower' })
    story
      .when('keeper', 'retrieval.release', out(story), { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing')
  })

  it('needs an approval that has not lapsed', () => {
    given(stored(), requested())
      .when('keeper', 'retrieval.release', { condition: '完好', photos: [file()] })
      .refusedWith('docket.wrong-stage')
    const late = given(stored(), requested({ dueAt: '2026-03-12T00:00:00.000Z' }), approved(), later(73))
    late
      .when('keeper', 'retrieval.release', out(late), { signedBy: ['officer'] })
      .refusedWith('retrieval.approval-lapsed', { days: 3 })
    late
      .when('keeper', 'retrieval.release', out(late), { signedBy: ['officer'], at: late.in(-72) })
      .refusedWith('retrieval.approval-lapsed')
  })

  it('needs the approval of the agency that is in control by now', () => {
    const asked = given(stored(), requested(), transferred)
    asked.when('head', 'retrieval.approve').refusedWith('retrieval.control-moved', { agency: '江城市人民检察院' })
    asked.when('procurator', 'retrieval.approve').refusedWith('retrieval.not-your-decision')
    asked.when('head', 'retrieval.reject').gives('RetrievalRejected')
    const granted = given(stored(), requested(), approved(), transferred)
    granted
      .when('keeper', 'retrieval.release', out(granted), { signedBy: ['officer'] })
      .refusedWith('retrieval.control-moved')
    granted.when('officer', 'retrieval.withdraw').gives('RetrievalWithdrawn')
  })

  it('weighs drugs and reads a vehicle’s mileage', () => {
    const drugs = given(stored({ class: 'drugs' }), requested(), approved())
    drugs
      .when('keeper', 'retrieval.release', out(drugs, { weight: undefined }), { signedBy: ['officer', 'keeper2'] })
      .refusedWith('retrieval.unweighed')
    drugs.when('keeper', 'retrieval.release', out(drugs), { signedBy: ['officer', 'keeper2'] }).gives('ItemReleased')
    const car = given(stored({ class: 'vehicle' }), requested(), approved('leader'))
    car
      .when('keeper', 'retrieval.release', out(car, { mileage: undefined }), { signedBy: ['officer'] })
      .refusedWith('retrieval.mileage-unread')
  })

  it('lets nothing out that is not as it is recorded', () => {
    const story = given(stored({ class: 'drugs' }), requested(), approved())
    const signedBy = ['officer', 'keeper2']
    story
      .when('keeper', 'retrieval.release', out(story, { weight: '10.3' }), { signedBy })
      .refusedWith('retrieval.not-as-recorded', { kinds: ['short'] })
    story
      .when('keeper', 'retrieval.release', out(story, { seal: 'F-0002' }), { signedBy })
      .refusedWith('retrieval.not-as-recorded', { kinds: ['seal-broken'] })
  })

  it('is executed by nobody who decided', () => {
    const story = given(stored(), alsoHolds('head', 'keeper', places.site), requested(), approved())
    story.when('head', 'retrieval.release', out(story), { signedBy: ['officer'] }).refusedWith('step.executor-decided')
  })
})

describe('a borrower who has left', () => {
  const left: History = ({ world }) => {
    world.people.set('officer', { ...world.people.get('officer')!, disabled: true })
  }

  it('is given nothing more; another officer of the case withdraws what they asked for', () => {
    const story = given(stored(), requested(), approved(), left)
    for (const signedBy of [['officer'], ['head']])
      expect(story.attempt('keeper', 'retrieval.release', out(story), { signedBy })).to.be.instanceOf(Refusal)
    story.and(alsoHolds('econofficer', 'officer', 'crim')).when('econofficer', 'retrieval.withdraw')
    story.refusedWith('retrieval.not-the-borrower')
    story.when('officer2', 'retrieval.withdraw').gives('RetrievalWithdrawn')
    given(stored(), requested()).when('officer2', 'retrieval.withdraw').refusedWith('retrieval.not-the-borrower')
  })

  it('has the head of the unit give back what they had', () => {
    const story = given(stored(), lent, left)
    story
      .when('keeper', 'retrieval.give-back', back(story), { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing', { as: 'head' })
    story.when('keeper', 'retrieval.give-back', back(story), { signedBy: ['head'] }).gives('ItemGivenBack')
    const there = given(stored(), lent)
    there
      .when('keeper', 'retrieval.give-back', back(there), { signedBy: ['head'] })
      .refusedWith('step.countersignature-missing', { as: 'borrower' })
  })
})

describe('retrieval.extend', () => {
  it('is decided by the agency in control, though another let the thing out', () => {
    const story = given(stored(), lent, transferred)
    story.take('officer', 'retrieval.extend', { dueAt: story.in(80), reason: '辨认未完' })
    expect(story.item.open.custody!.waitsFor).to.deep.equal(['casemanager@proc'])
    story.when('head', 'retrieval.approve-extension').refusedWith('retrieval.not-your-decision')
    story.when('procurator', 'retrieval.approve-extension').gives('ExtensionApproved')
    const waiting = given(stored(), lent)
    waiting.take('officer', 'retrieval.extend', { dueAt: waiting.in(80), reason: '辨认未完' })
    waiting.and(transferred).when('head', 'retrieval.approve-extension').refusedWith('retrieval.control-moved')
  })

  const longer = (story: Story) => ({ dueAt: story.in(72), reason: '鉴定未完成' })

  it('is asked by the borrower and decided at the same level', () => {
    const story = given(stored(), lent)
    const input = longer(story)
    story.when('officer', 'retrieval.extend', input).gives('ExtensionRequested')
    expect(story.item.open.custody).to.deep.include({ stage: 'extension-requested', waitsFor: ['head@crim'] })
    story.when('leader', 'retrieval.approve-extension').refusedWith('retrieval.not-your-decision')
    story.when('head', 'retrieval.approve-extension').gives('ExtensionApproved')
    expect(story.item.clocks).to.deep.equal([{ deadline: 'D03', at: input.dueAt }])
  })

  it('ends with the longest time that a thing may be out in all', () => {
    const story = given(stored(), lent)
    for (let days = 14; days <= 56; days += 14) {
      story.take('officer', 'retrieval.extend', { dueAt: story.in(14 * 24), reason: '未完' })
      story.take('head', 'retrieval.approve-extension')
      story.and(later(13.9 * 24))
    }
    const more = { dueAt: story.in(14 * 24), reason: '未完' }
    story.when('officer', 'retrieval.extend', more).refusedWith('retrieval.total-too-long', { days: 60 })
  })

  it('leaves the old term when it is rejected', () => {
    const story = given(stored(), lent)
    const { clocks } = story.item
    story.when('officer', 'retrieval.extend', longer(story)).gives('ExtensionRequested')
    story.when('head', 'retrieval.reject-extension').gives('ExtensionRejected')
    expect(story.item.clocks).to.deep.equal(clocks)
    expect(story.item.open.custody!.stage).to.equal('released')
  })

  it('is for the borrower, for longer, and not for ever', () => {
    const story = given(stored(), lent)
    story.when('officer2', 'retrieval.extend', longer(story)).refusedWith('retrieval.not-the-borrower')
    story
      .when('officer', 'retrieval.extend', { ...longer(story), dueAt: story.in(1) })
      .refusedWith('retrieval.not-longer')
    story
      .when('officer', 'retrieval.extend', { ...longer(story), dueAt: story.in(999) })
      .refusedWith('retrieval.term-too-long')
  })

  it('is never decided by the borrower', () => {
    const story = given(stored(), lent, alsoHolds('officer', 'head', 'crim'))
    story.when('officer', 'retrieval.extend', longer(story)).gives('ExtensionRequested')
    story.when('officer', 'retrieval.approve-extension').refusedWith('step.own-request')
    story.when('officer', 'retrieval.reject-extension').refusedWith('step.own-request')
  })
})

describe('retrieval.give-back', () => {
  const signedBy = ['officer']

  it('puts the thing back on a shelf; the clock stops and the docket ends', () => {
    const story = given(stored({ seal: 'F-1' }), lent)
    story
      .when('keeper', 'retrieval.give-back', back(story, { place: places.slot2 }), { signedBy })
      .gives('ItemGivenBack')
    expect(story.item.custody).to.include({ state: 'stored', place: places.slot2 })
    expect(story.item).to.deep.include({ clocks: [], open: {} })
  })

  it('is signed by the borrower', () => {
    const story = given(stored(), lent)
    story
      .when('keeper', 'retrieval.give-back', back(story))
      .refusedWith('step.countersignature-missing', { as: 'borrower' })
  })

  it('may come while an extension is asked for', () => {
    const story = given(stored(), lent)
    story.when('officer', 'retrieval.extend', { dueAt: story.in(72), reason: '未完' }).gives('ExtensionRequested')
    story.when('keeper', 'retrieval.give-back', back(story), { signedBy }).gives('ItemGivenBack')
  })

  it('says what happened when it is not intact', () => {
    const story = given(stored(), lent)
    story
      .when('keeper', 'retrieval.give-back', back(story, { condition: 'damaged' }), { signedBy })
      .refusedWith('retrieval.condition-unexplained')
  })

  it('weighs drugs again', () => {
    const story = given(stored({ class: 'drugs' }), lent)
    story
      .when('keeper', 'retrieval.give-back', back(story, { weight: undefined }), { signedBy: ['officer', 'keeper2'] })
      .refusedWith('retrieval.unweighed')
  })

  it('answers the items of a docket one by one', () => {
    const story = given(registered({}, {}), received(), requested(), approved(), released())
    const [first, second] = story.codes as [string, string]
    story.when('keeper', 'retrieval.give-back', back(story), { items: [first], signedBy }).gives('ItemGivenBack')
    expect(story.itemAt(1).custody.state).to.equal('out')
    story.when('keeper', 'retrieval.give-back', back(story), { items: [second], signedBy }).gives('ItemGivenBack')
  })

  const odd: [string, Record<string, unknown>, string][] = [
    ['another seal', { seal: 'F-0002' }, 'seal-broken'],
    ['no seal', { seal: undefined, condition: 'other', note: '封条脱落' }, 'damaged'],
    ['less weight', { weight: '10.3' }, 'short'],
    ['damage', { condition: 'damaged', note: '外壳开裂' }, 'damaged'],
    ['another thing', { condition: 'substituted', note: '序列号不符' }, 'substituted'],
    ['some of it', { condition: 'short', note: '少一包' }, 'short'],
    ['something else wrong', { condition: 'other', note: '受潮' }, 'damaged'],
  ]
  for (const [what, over, kind] of odd)
    it(`opens a discrepancy when it comes back with ${what}`, () => {
      const story = given(stored({ class: 'drugs' }), lent)
      story.when('keeper', 'retrieval.give-back', back(story, over), { signedBy: ['officer', 'keeper2'] })
      story.gives('ItemGivenBack').gives('DiscrepancyFound', { kind })
      expect(story.item.custody.state, 'it lies on the shelf all the same').to.equal('stored')
      expect(story.item.open).to.have.property('discrepancy')
      story.when('officer', 'retrieval.request', request(story)).refusedWith('item.discrepancy-open')
    })

  it('takes a lawful loss for no discrepancy', () => {
    const story = given(stored({ class: 'drugs' }), lent)
    const sampled = { used: '0.5', proof: file('laboratory') }
    story
      .when('keeper', 'retrieval.give-back', back(story, { weight: '10', sampled }), {
        signedBy: ['officer', 'keeper2'],
      })
      .gives('ItemGivenBack')
    expect(story.item.open).to.deep.equal({})
    expect(story.item.weight).to.equal('10')
  })

  const powder = { class: 'drugs', unit: '克', quantity: '10', weight: '12' } as const
  const details = { grossWeight: '12', netWeight: '10', packages: ['1'] }
  const examined = (over: Parameters<typeof registered>[0] = {}, purpose = 'examination') =>
    given(stored({ ...powder, details, ...over }), requested({ purpose }), approved(), released())
  const twoKeepers = { signedBy: ['officer', 'keeper2'] }
  const giveBack = (story: Story, over: Record<string, unknown>) =>
    story.when('keeper', 'retrieval.give-back', back(story, over), twoKeepers)

  it('takes a sample off quantity, net and gross weight alike', () => {
    const story = examined()
    giveBack(story, { weight: '11.4', sampled: { used: '0.6', proof: file('laboratory') } }).gives('ItemGivenBack')
    expect(story.item).to.include({ quantity: '9.4', weight: '11.4' })
    expect(story.item.details).to.include({ netWeight: '9.4', grossWeight: '11.4' })
    expect(story.item.open).to.deep.equal({})
    const kilos = examined({ unit: 'kg', quantity: '0.01' })
    giveBack(kilos, { weight: '11.4', sampled: { used: '0.6', proof: file('laboratory') } }).gives('ItemGivenBack')
    expect(kilos.item).to.include({ quantity: '0.0094', weight: '11.4' })
    const then = given(ofRules(1), stored({ ...powder, details }), lent)
    giveBack(then, { weight: '11.4', sampled: { used: '0.6', proof: file('laboratory') } }).gives('ItemGivenBack')
    expect(then.item, 'by version 1 of the rules').to.include({ quantity: '10', weight: '11.4' })
  })

  it('ends a thing that the laboratory used up, with its report', () => {
    const story = examined()
    const sampled = { used: '10', proof: file('laboratory') }
    giveBack(story, { weight: '2', sampled }).refusedWith('retrieval.all-sampled')
    const used = { condition: 'used-up', place: undefined, seal: undefined, weight: undefined }
    giveBack(story, used).refusedWith('retrieval.used-up-unreported')
    const input = back(story, { ...used, report: file('report') })
    story.when('keeper', 'retrieval.give-back', input, { signedBy: ['keeper2'] })
    story.refusedWith('step.countersignature-missing', { as: 'borrower' })
    giveBack(story, { ...used, report: file('report') }).gives('ItemUsedUp', {
      used: { quantity: '10', netWeight: '10' },
    })
    expect(story.item.custody).to.include({ state: 'left', how: 'used-up' })
    expect(story.item.disposition).to.include({ state: 'done', kind: 'used-up' })
    expect([story.item.open, story.item.clocks]).to.deep.equal([{}, []])
    const shown = examined({}, 'court')
    giveBack(shown, { ...used, report: file('report') }).refusedWith('retrieval.used-up-elsewhere', {
      purpose: 'court',
    })
    const gold = examined({ class: 'valuables', unit: '件', quantity: '1', details: {} })
    giveBack(gold, { ...used, report: file('report') }).refusedWith('retrieval.not-consumable', { class: 'valuables' })
  })

  it('is put somewhere, but for what is lost', () => {
    const story = given(stored(), lent)
    story.when('keeper', 'retrieval.give-back', back(story, { place: undefined }), { signedBy })
    story.refusedWith('retrieval.place-missing')
    const lost = back(story, { place: undefined, condition: 'lost', note: '途中遗失' })
    story.when('keeper', 'retrieval.give-back', lost, { signedBy }).gives('ItemNotGivenBack')
  })

  it('keeps the loan open when the thing is lost', () => {
    const story = given(stored(), lent)
    const lost = back(story, { condition: 'lost', note: '途中遗失' })
    story
      .when('keeper', 'retrieval.give-back', lost, { signedBy })
      .gives('ItemNotGivenBack')
      .gives('DiscrepancyFound', { kind: 'missing' })
    expect(story.item.custody).to.include({ state: 'out', holder: 'officer' })
    expect(story.item.open).to.have.keys('custody', 'discrepancy')
  })
})

describe('retrieval.withdraw', () => {
  it('is the borrower’s, before the release', () => {
    const story = given(stored(), requested(), approved())
    story.when('officer2', 'retrieval.withdraw').refusedWith('retrieval.not-the-borrower')
    story.when('officer', 'retrieval.withdraw').gives('RetrievalWithdrawn')
    expect(story.item.open).to.deep.equal({})
    given(stored(), lent).when('officer', 'retrieval.withdraw').refusedWith('docket.wrong-stage')
  })
})

describe('retrieval.hand-on', () => {
  const lent = (over: Record<string, unknown> = {}) =>
    given(registered(over), received(), requested(), approved(), released())
  const handOn = (story: Story, to: string, signedBy: string[] = [to], over: Record<string, unknown> = {}) => {
    const input = { to, condition: '完好', photos: [file('on')], ...measured(story), ...over }
    return story.when('officer', 'retrieval.hand-on', input, { signedBy })
  }

  it('puts the thing into a colleague’s hands, and everything else stays', () => {
    const story = lent()
    const before = story.item
    handOn(story, 'officer2').gives('ItemHandedOn', { holder: 'officer2', holderName: '唐小禾' })
    expect(story.item.custody).to.include({ state: 'out', holder: 'officer2', holderName: '唐小禾' })
    expect(story.item.clocks).to.deep.equal(before.clocks)
    expect(story.item.heldBy).to.include.members(['officer', 'officer2'])
    const { stage, waitsFor, data } = story.item.open.custody!
    expect({ stage, waitsFor }).to.deep.equal({
      stage: 'released',
      waitsFor: ['person:officer2', `keeper@${places.site}`],
    })
    expect(data).to.include({ borrower: 'officer2', dueAt: before.open.custody!.data.dueAt, purpose: 'identification' })
  })

  it('leaves the colleague to ask for more time and to give it back, and nobody else', () => {
    const story = lent()
    handOn(story, 'officer2')
    const back = { place: places.slot, condition: 'intact', photos: [file('back')], ...measured(story) }
    story.when('officer', 'retrieval.extend', { dueAt: story.in(100), reason: '未完' })
    story.refusedWith('retrieval.not-the-borrower')
    story.when('officer2', 'retrieval.extend', { dueAt: story.in(100), reason: '未完' }).gives('ExtensionRequested')
    story.when('keeper', 'retrieval.give-back', back, { signedBy: ['officer'] })
    story.refusedWith('step.countersignature-missing', { as: 'borrower' })
    story.when('keeper', 'retrieval.give-back', back, { signedBy: ['officer2'] }).gives('ItemGivenBack')
  })

  it('is taken while more time was asked for, which goes to the colleague', () => {
    const story = lent()
    story.take('officer', 'retrieval.extend', { dueAt: story.in(100), reason: '未完' })
    handOn(story, 'officer2').gives('ItemHandedOn')
    story.when('head', 'retrieval.approve-extension').gives('ExtensionApproved')
    expect(story.item.open.custody!.waitsFor).to.include('person:officer2')
  })

  it('is signed by both', () => {
    handOn(lent(), 'officer2', []).refusedWith('step.countersignature-missing', { as: 'colleague' })
    handOn(lent(), 'officer2', ['head']).refusedWith('step.countersignature-missing')
  })

  it('is for the borrower and goes to somebody of the case with no other part in it', () => {
    const story = lent()
    const input = { to: 'officer2', condition: '完好', photos: [file('on')] }
    story.when('officer2', 'retrieval.hand-on', input).refusedWith('retrieval.not-the-borrower')
    for (const other of ['econofficer', 'keeper', 'officer'])
      handOn(lent(), other).refusedWith('retrieval.not-a-colleague')
    const decider = given(registered(), received(), alsoHolds('officer2', 'head', 'crim'), requested())
    decider.and(approved('officer2'), released())
    handOn(decider, 'officer2').refusedWith('step.two-hats')
  })

  it('passes no difference on', () => {
    handOn(lent({ seal: '封-1' }), 'officer2', undefined, { seal: '封-2' }).refusedWith('retrieval.not-as-lent')
  })
})
