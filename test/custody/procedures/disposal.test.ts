/** disposal: destroyed, sold or handed over, on an effective decision, before two keepers and a supervisor. */
import { expect } from 'chai'
import {
  alsoHolds,
  approved,
  disposalApproved,
  disposalOf,
  disposalProposed,
  executed,
  execution,
  file,
  given,
  type History,
  judged,
  offered,
  ofRules,
  places,
  received,
  registered,
  released,
  requested,
  reviewed,
  type Story,
  staged,
  taken,
  transferred,
} from '../../support/custody.ts'

type Line = Parameters<typeof registered>[0]
const stored =
  (line: Line = {}): History =>
  (story) =>
    story.and(registered(line), received())
const decision = { kind: 'decision', no: '江公行罚决字〔2026〕1号', date: '2026-03-01' }
const consent = { kind: 'consent', no: '同意书1号', date: '2026-03-01', document: file('consent') }
const objected = taken('officer2', 'objection.raise', { objector: '邱某', reason: '主张系本人所有' })

describe('disposal.propose', () => {
  it('waits for the legal reviewer', () => {
    const story = given(stored(), judged)
      .when('officer', 'disposal.propose', disposalOf('destroy'))
      .gives('DisposalProposed')
    expect(story.item.disposition).to.include({ state: 'proposed', kind: 'destroy' })
    expect(story.item.open.disposition).to.deep.include({
      procedure: 'disposal',
      stage: 'proposed',
      waitsFor: ['legal@psb'],
    })
  })

  it('needs an effective judgment or a decision; consent is enough for an early sale only', () => {
    const story = given(stored())
    story.when('officer', 'disposal.propose', disposalOf('destroy')).refusedWith('disposal.judgment-missing')
    story
      .when('officer', 'disposal.propose', disposalOf('destroy', { basis: consent }))
      .refusedWith('disposal.consent-not-enough')
    const attached = { ...decision, document: file('decision') }
    story.when('officer', 'disposal.propose', disposalOf('destroy', { basis: attached })).gives('DisposalProposed')
    given(stored({ class: 'perishable' }))
      .when('officer', 'disposal.propose', disposalOf('early-sale', { basis: consent }))
      .gives('DisposalProposed')
  })

  it('rests on a paper that is recorded in the case, however it is written there, or attached', () => {
    const story = given(stored(), judged)
    const judgment = { kind: 'judgment', no: '(2026) 江01刑初1号', date: '2026-03-01' }
    const propose = (basis: Record<string, unknown>) =>
      story.when('officer', 'disposal.propose', disposalOf('destroy', { basis }))
    propose({ ...judgment, no: '（2026）江01刑初2号' }).refusedWith('disposal.basis-unproven', {
      no: '（2026）江01刑初2号',
    })
    propose(decision).refusedWith('disposal.basis-unproven')
    propose(judgment).gives('DisposalProposed')
    const { document: _paper, ...bare } = consent
    const perishable = given(stored({ class: 'perishable' }))
    const early = disposalOf('early-sale', { basis: bare })
    perishable.when('officer', 'disposal.propose', early).refusedWith('disposal.consent-unattached')
    perishable.and(ofRules(1)).when('officer', 'disposal.propose', early).gives('DisposalProposed')
  })

  for (const kind of ['drugs', 'firearms', 'hazardous'] as const)
    for (const sale of ['auction', 'sale', 'early-sale'])
      it(`never lets ${kind} go by ${sale}`, () => {
        const story = given(stored({ class: kind }), judged)
        story
          .when('officer', 'disposal.propose', disposalOf(sale))
          .refusedWith('disposal.contraband-sold', { class: kind })
      })

  it('lets relics go to the heritage authority only, and only cash to the account', () => {
    const relic = given(stored({ class: 'relic' }), judged)
    relic.when('officer', 'disposal.propose', disposalOf('auction')).refusedWith('disposal.relic-to-authority')
    relic.when('officer', 'disposal.propose', disposalOf('hand-to-authority')).gives('DisposalProposed')
    given(stored(), judged)
      .when('officer', 'disposal.propose', disposalOf('deposit'))
      .refusedWith('disposal.deposit-is-cash')
  })

  it('is for who acts for the agency in control, the head of the store among them', () => {
    given(stored(), judged).when('storehead', 'disposal.propose', disposalOf('destroy')).gives('DisposalProposed')
    given(stored(), judged, alsoHolds('recruit', 'officer', 'crim'))
      .when('recruit', 'disposal.propose', disposalOf('destroy'))
      .refusedWith('disposal.not-the-officer')
    const story = given(stored(), transferred, judged)
    story.when('storehead', 'disposal.propose', disposalOf('destroy')).refusedWith('disposal.not-in-control')
    story.when('procurator', 'disposal.propose', disposalOf('destroy')).gives('DisposalProposed')
    expect(story.item.open.disposition!.waitsFor).to.deep.equal(['legal@proc', 'casemanager@proc'])
  })

  it('waits for whatever is open', () => {
    given(stored(), judged, offered())
      .when('officer', 'disposal.propose', disposalOf('destroy'))
      .refusedWith('disposal.offered', { to: '江城市人民检察院' })
    given(stored(), judged, objected)
      .when('officer', 'disposal.propose', disposalOf('destroy'))
      .refusedWith('disposal.objection-open')
    given(stored(), judged, requested(), approved(), released())
      .when('officer', 'disposal.propose', disposalOf('destroy'))
      .refusedWith('disposal.custody-open')
  })
})

describe('disposal.review, disposal.approve and disposal.reject', () => {
  it('come one after the other, from three people; then a short clock runs', () => {
    const story = given(stored(), disposalProposed())
    story.when('leader', 'disposal.approve').refusedWith('docket.wrong-stage')
    story.when('legal', 'disposal.review', { note: '依据充分' }).gives('DisposalReviewed')
    expect(story.item.open.disposition!.waitsFor).to.deep.equal(['leader@psb'])
    const { now } = story
    story.when('leader', 'disposal.approve').gives('DisposalApproved')
    expect(story.item.disposition).to.include({ state: 'approved', kind: 'destroy' })
    expect(story.item.clocks).to.deep.equal([
      {
        deadline: 'D15',
        at: new Date(Date.parse(now) + 7 * 86_400_000).toISOString(),
      },
    ])
    expect(story.item.open.disposition).to.deep.include({
      waitsFor: [`keeper@${places.site}`],
      decidedBy: ['legal', 'leader'],
    })
  })

  it('are the principal’s for an early sale', () => {
    const story = given(stored({ class: 'perishable' }), disposalProposed('early-sale', { basis: consent }), reviewed)
    story.when('leader', 'disposal.approve').refusedWith('disposal.not-your-decision', { desks: ['principal@psb'] })
    story.when('principal', 'disposal.approve').gives('DisposalApproved')
  })

  it('are never the proposer’s, nor twice the same person’s', () => {
    given(stored(), alsoHolds('officer', 'legal', 'psb'), disposalProposed())
      .when('officer', 'disposal.review')
      .refusedWith('step.own-request')
    given(stored(), alsoHolds('legal', 'leader', 'psb'), disposalProposed(), reviewed)
      .when('legal', 'disposal.approve')
      .refusedWith('step.decided-before')
  })

  it('are three case managers’ where the agency in control has no other offices', () => {
    const story = given(stored(), transferred, judged, taken('procurator', 'disposal.propose', disposalOf('destroy')))
    story.when('legal', 'disposal.review').refusedWith('disposal.not-your-decision')
    story.when('procurator', 'disposal.review').refusedWith('step.own-request')
    story.when('procurator2', 'disposal.review').gives('DisposalReviewed')
    story.when('procurator2', 'disposal.approve').refusedWith('step.decided-before')
    story.when('procurator3', 'disposal.approve').gives('DisposalApproved')
  })

  it('name the provincial reference of a firearm', () => {
    const story = given(stored({ class: 'firearms' }), disposalProposed(), reviewed)
    story.when('leader', 'disposal.approve').refusedWith('disposal.provincial-number-missing')
    story.when('leader', 'disposal.approve', { provincialNo: '省公枪销〔2026〕7号' }).gives('DisposalApproved')
  })

  it('wait while an objection is open or control is offered', () => {
    given(stored(), disposalProposed(), reviewed, objected)
      .when('leader', 'disposal.approve')
      .refusedWith('disposal.objection-open')
    given(stored(), disposalProposed(), reviewed, offered())
      .when('leader', 'disposal.approve')
      .refusedWith('disposal.offered')
  })

  it('end the docket when one of them says no', () => {
    for (const [login, history] of [
      ['legal', disposalProposed()],
      ['leader', (story: Story) => story.and(disposalProposed(), reviewed)],
    ] as const) {
      const story = given(stored(), history)
        .when(login, 'disposal.reject', { note: '依据不足' })
        .gives('DisposalRejected')
      expect(story.item).to.deep.include({ disposition: { state: 'none' }, open: {} })
    }
    given(stored(), disposalProposed()).when('leader', 'disposal.reject').refusedWith('disposal.not-your-decision')
  })
})

describe('disposal.stage', () => {
  const signedBy = ['keeper2']
  it('brings the thing to the staging place, two keepers whatever its class', () => {
    const story = given(stored(), disposalApproved())
    story
      .when('keeper', 'disposal.stage', { place: places.staging })
      .refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    story
      .when('keeper', 'disposal.stage', { place: places.staging }, { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing')
    story.when('keeper', 'disposal.stage', { place: places.staging }, { signedBy }).gives('ItemStaged')
    expect(story.item.custody).to.include({ state: 'stored', place: places.staging })
    expect(story.item.open.disposition!.stage).to.equal('staged')
    expect(story.item.clocks[0], 'the clock goes on').to.include({ deadline: 'D15' })
  })
  it('is to a place of that kind, of an approved disposal', () => {
    given(stored(), disposalApproved())
      .when('keeper', 'disposal.stage', { place: places.slot2 }, { signedBy })
      .refusedWith('place.not-a-leaf')
    given(stored(), disposalProposed())
      .when('keeper', 'disposal.stage', { place: places.staging }, { signedBy })
      .refusedWith('docket.wrong-stage')
  })
})

describe('disposal.execute', () => {
  const signedBy = ['keeper2', 'inspector']

  it('ends the thing’s stay', () => {
    const story = given(stored(), disposalApproved(), staged)
    story.when('keeper', 'disposal.execute', execution(story), { signedBy }).gives('ItemDisposed', { kind: 'destroy' })
    expect(story.item.custody).to.deep.include({ state: 'left', how: 'destroy', to: '江城市危险废物处置中心' })
    expect(story.item.custody).to.have.nested.property('from.place', places.staging)
    expect(story.item.disposition).to.include({ state: 'done', kind: 'destroy' })
    expect(story.item).to.deep.include({ open: {}, clocks: [] })
  })

  it('happens before a second keeper and a supervisor who had no part in it', () => {
    const story = given(stored(), alsoHolds('leader', 'inspector', 'psb'), disposalApproved())
    const executeBefore = (...people: string[]) =>
      story.when('keeper', 'disposal.execute', execution(story), { signedBy: people })
    executeBefore('keeper2').refusedWith('step.countersignature-missing', { as: 'supervisor' })
    executeBefore('inspector').refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    executeBefore('keeper2', 'leader').refusedWith('step.two-hats', { login: 'leader', as: 'supervisor' })
    executeBefore('keeper2', 'procurator').refusedWith('step.countersignature-missing', { as: 'supervisor' })
    executeBefore('keeper2', 'inspector').gives('ItemDisposed')
  })

  it('may be supervised by a case manager of an agency that it went to', () => {
    const story = given(stored(), transferred, judged, taken('procurator', 'disposal.propose', disposalOf('destroy')))
    story.and(taken('procurator2', 'disposal.review'), taken('procurator3', 'disposal.approve'))
    story
      .when('keeper', 'disposal.execute', execution(story), { signedBy: ['keeper2', 'procurator3'] })
      .refusedWith('step.two-hats')
    story
      .when('keeper', 'disposal.execute', execution(story), { signedBy: ['keeper2', 'inspector'] })
      .gives('ItemDisposed')
  })

  it('weighs drugs again', () => {
    const story = given(stored({ class: 'drugs' }), disposalApproved(), staged)
    story.when('keeper', 'disposal.execute', execution(story), { signedBy }).refusedWith('disposal.unweighed')
    story
      .when('keeper', 'disposal.execute', execution(story, { weight: '10.3' }), { signedBy })
      .refusedWith('disposal.weight-out-of-tolerance', { listed: '10.5' })
    story.when('keeper', 'disposal.execute', execution(story, { weight: '10.45' }), { signedBy }).gives('ItemDisposed')
  })

  for (const kind of ['auction', 'sale', 'treasury', 'hand-to-authority', 'keep-in-file'])
    it(`leaves a voucher when it is ${kind}`, () => {
      const story = given(stored(), disposalApproved(kind))
      story
        .when('keeper', 'disposal.execute', execution(story), { signedBy })
        .refusedWith('disposal.voucher-missing', { kind })
      const vouchers = [{ kind: '收据', no: '001' }]
      story
        .when('keeper', 'disposal.execute', execution(story, { vouchers }), { signedBy })
        .gives('ItemDisposed', { kind })
    })

  for (const kind of ['deposit', 'treasury'])
    it(`accounts for cash to the fen when it is ${kind}`, () => {
      // By the first rules a deposit was a disposal; what is open by them goes on.
      const story = given(
        ofRules(1),
        registered({ class: 'cash' }, { class: 'cash' }),
        received(),
        disposalApproved(kind),
      )
      story.and(ofRules(2))
      const paid = (...amounts: string[]) => ({
        vouchers: amounts.map((amount, index) => ({ kind: '缴款书', no: `${index}`, amount })),
      })
      const execute = (...amounts: string[]) =>
        story.when('keeper', 'disposal.execute', execution(story, paid(...amounts)), { signedBy })
      execute('999.99').refusedWith('disposal.voucher-does-not-add-up', { amount: '1000', paid: '999.99' })
      execute('500.5', '499.5').gives('ItemDisposed')
    })

  it('takes cash of one currency at a time', () => {
    const dollars = { currency: 'USD', denominations: [{ face: '100', count: 5 }] }
    const story = given(registered({ class: 'cash' }, { class: 'cash', details: dollars }), received())
    story.and(disposalApproved('treasury'))
    const vouchers = [{ kind: '缴款书', no: '1', amount: '1000' }]
    const execute = (items: string[], amount: string) =>
      story.when('keeper', 'disposal.execute', execution(story, { vouchers: [{ ...vouchers[0], amount }] }), {
        signedBy,
        items,
      })
    execute(story.codes, '1000').refusedWith('disposal.several-currencies', { currencies: ['CNY', 'USD'] })
    execute([story.codes[1]!], '500').gives('ItemDisposed')
  })

  it('is executed by nobody who decided', () => {
    const story = given(stored(), alsoHolds('leader', 'keeper', places.site), disposalApproved())
    story.when('leader', 'disposal.execute', execution(story), { signedBy }).refusedWith('step.executor-decided')
  })

  it('waits while control is offered, an objection is open or the thing is not on its shelf', () => {
    const run = (...history: History[]) => {
      const story = given(...history)
      return story.when('keeper', 'disposal.execute', execution(story), { signedBy })
    }
    run(stored(), disposalApproved(), offered()).refusedWith('disposal.offered')
    run(stored(), disposalApproved(), objected).refusedWith('disposal.objection-open')
    run(ofRules(1), registered(), disposalApproved()).refusedWith('disposal.not-stored')
    const drawer = given(registered(), judged)
    drawer.when('officer', 'disposal.propose', disposalOf('destroy')).refusedWith('disposal.not-kept')
  })

  it('keeps photographs and the report', () => {
    const story = given(stored(), disposalApproved())
    expect(() => story.when('keeper', 'disposal.execute', execution(story, { photos: [] }), { signedBy })).to.throw(
      /photos/,
    )
    expect(() =>
      story.when('keeper', 'disposal.execute', execution(story, { report: undefined }), { signedBy }),
    ).to.throw(/report/)
    story.and(executed({ video: file('video') }))
    expect(story.facts.at(-1)!.recorded.data).to.include({ video: file('video'), report: file('report') })
  })
})

describe('disposal.withdraw', () => {
  it('is taken over by a colleague of the case when the proposer has left, or has no role any more', () => {
    for (const left of [
      taken('admin', 'person.disable', { login: 'officer' }),
      taken('admin', 'person.revoke', { login: 'officer', role: 'officer', scope: 'crim' }),
    ]) {
      const story = given(stored(), disposalApproved(), left)
      story.when('procurator', 'disposal.withdraw').refusedWith('item.unknown')
      story.when('officer2', 'disposal.withdraw').gives('DisposalWithdrawn')
    }
    given(ofRules(1), stored(), disposalApproved(), taken('admin', 'person.disable', { login: 'officer' }))
      .when('officer2', 'disposal.withdraw')
      .refusedWith('disposal.not-the-proposer')
  })

  it('is the proposer’s, before the execution; the clock stops', () => {
    const story = given(stored(), disposalApproved(), staged)
    story.when('officer2', 'disposal.withdraw').refusedWith('disposal.not-the-proposer')
    story.when('officer', 'disposal.withdraw').gives('DisposalWithdrawn')
    expect(story.item).to.deep.include({ disposition: { state: 'none' }, open: {} })
    expect(story.item).to.have.property('clocks').that.is.empty
    given(stored(), disposalApproved(), executed()).when('officer', 'disposal.withdraw').refusedWith('item.left')
  })
})
