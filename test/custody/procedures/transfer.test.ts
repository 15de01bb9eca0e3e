/** transfer: control goes to another agency, and only when that agency accepts; the thing stays where it is. */
import { expect } from 'chai'
import {
  acceptance,
  accepted,
  alsoHolds,
  endorsed,
  given,
  type History,
  offer,
  offered,
  received,
  registered,
  requested,
  returnApproved,
  type Story,
  sentBack,
  taken,
  transferred,
} from '../../support/custody.ts'

/** Two items lie on their shelf. */
const stored: History = (story) => story.and(registered({}, { seal: 'F-1' }), received())
const controls = (story: Story) => story.codes.map((_, index) => story.itemAt(index).control)

describe('transfer.offer', () => {
  it('offers control with a proposal for each item, and moves nothing', () => {
    const story = given(stored)
    const { custody } = story.item
    story.when('officer', 'transfer.offer', offer(story)).gives('TransferOffered', { to: 'proc', proposal: '随案移送' })
    expect(story.item.control).to.include({ state: 'offered', agency: 'psb', to: 'proc', toStage: 'prosecution' })
    expect(story.item.custody).to.deep.equal(custody)
    expect(story.item.open.control!.waitsFor).to.deep.equal(['legal@psb'])
  })

  it('lets the receiving agency read the items and the case from now on', () => {
    const story = given(stored, offered())
    expect(story.item.agencies).to.deep.equal(['psb', 'proc'])
    expect(story.case.agencies).to.deep.equal(['psb', 'proc'])
    expect(story.facts.at(-1)!.audience).to.include('agency:proc')
  })

  it('tells the case once', () => {
    const story = given(stored, transferred, sentBack('补侦〔2026〕1号'))
    story.when('officer', 'transfer.offer', offer(story)).gives('TransferOffered')
    expect(story.facts.filter(({ recorded }) => recorded.fact === 'CaseOffered')).to.have.length(1)
  })

  it('names each scanned item once, and no other', () => {
    const story = given(stored)
    const [first, second] = story.codes as [string, string]
    const list = (...codes: string[]) => offer(story, {}, codes)
    story.when('officer', 'transfer.offer', list(first)).refusedWith('transfer.items-differ', { items: [second] })
    story
      .when('officer', 'transfer.offer', list(first, second), { items: [first] })
      .refusedWith('transfer.items-differ')
    story
      .when('officer', 'transfer.offer', list(first, first, second))
      .refusedWith('transfer.items-differ', { items: [first] })
  })

  it('goes to an agency that the stage leads to', () => {
    const story = given(stored)
    const to = (agency: string, stage = 'prosecution') =>
      story.when('officer', 'transfer.offer', offer(story, { to: agency, stage }))
    to('crim').refusedWith('transfer.not-an-agency')
    to('psb', 'jurisdiction').refusedWith('transfer.to-itself')
    to('court').refusedWith('transfer.wrong-receiver', { stage: 'prosecution' })
    to('nowhere').refusedWith('unit.unknown')
    to('proc').gives('TransferOffered')
  })

  it('is for who acts for the agency in control', () => {
    const story = given(stored, alsoHolds('recruit', 'officer', 'crim'))
    story.when('recruit', 'transfer.offer', offer(story)).refusedWith('transfer.not-the-officer')
    const gone = given(stored, transferred)
    gone
      .when('officer', 'transfer.offer', offer(gone, { to: 'court', stage: 'trial' }))
      .refusedWith('transfer.not-in-control')
    gone.when('procurator', 'transfer.offer', offer(gone, { to: 'court', stage: 'trial' })).gives('TransferOffered')
  })

  it('needs no endorsement of ours when a procuratorate or a court sends', () => {
    const story = given(stored, transferred)
    story.take('procurator', 'transfer.offer', offer(story, { to: 'court', stage: 'trial' }))
    expect(story.item.open.control!.waitsFor).to.deep.equal(['casemanager@court'])
    story.when('judge', 'transfer.accept', acceptance(story.codes)).gives('TransferAccepted')
    expect(story.item.control).to.include({ state: 'held', agency: 'court', stage: 'trial' })
  })

  it('is made while the thing is out: the axes are independent', () => {
    const story = given(stored, requested())
    story.when('officer', 'transfer.offer', offer(story)).gives('TransferOffered')
    expect(story.item.open).to.have.keys('custody', 'control')
  })

  it('comes once', () => {
    const story = given(stored, offered())
    story.when('officer2', 'transfer.offer', offer(story)).refusedWith('docket.already-open', { procedure: 'transfer' })
  })
})

describe('transfer.endorse and transfer.object', () => {
  it('are the legal reviewer’s, and then it waits for the receiver', () => {
    const story = given(stored, offered())
      .when('legal', 'transfer.endorse', { note: '手续齐全' })
      .gives('TransferEndorsed')
    expect(story.item.open.control).to.deep.include({
      stage: 'endorsed',
      decidedBy: ['legal'],
      waitsFor: ['casemanager@proc'],
    })
    expect(story.item.control, 'still offered, not given').to.include({ state: 'offered', agency: 'psb' })
  })

  it('are the leader’s too, where the stage needs it', () => {
    const story = given(stored, offered({ to: 'court', stage: 'trial' }))
    story.when('leader', 'transfer.endorse').refusedWith('transfer.not-your-decision')
    story.when('legal', 'transfer.endorse').gives('TransferEndorsed')
    expect(story.item.open.control).to.deep.include({ stage: 'reviewed', waitsFor: ['leader@psb'] })
    story.when('judge', 'transfer.accept', acceptance(story.codes)).refusedWith('docket.wrong-stage')
    story.when('legal2', 'transfer.endorse').refusedWith('transfer.not-your-decision')
    story.when('leader', 'transfer.endorse').gives('TransferEndorsed')
    story.when('judge', 'transfer.accept', acceptance(story.codes)).gives('TransferAccepted')
  })

  it('are two people', () => {
    const story = given(stored, alsoHolds('legal', 'leader', 'psb'), offered({ to: 'court', stage: 'trial' }))
    story.when('legal', 'transfer.endorse').gives('TransferEndorsed')
    story.when('legal', 'transfer.endorse').refusedWith('step.decided-before')
  })

  it('are not the sender’s own', () => {
    const story = given(stored, alsoHolds('officer', 'legal', 'psb'), offered())
    story.when('officer', 'transfer.endorse').refusedWith('step.own-request')
  })

  it('leave control where it is when there is an objection', () => {
    const story = given(stored, offered())
      .when('legal', 'transfer.object', { note: '清单缺页' })
      .gives('TransferObjected')
    expect(story.item.control).to.deep.equal({
      state: 'held',
      agency: 'psb',
      agencyName: '江城市公安局',
      stage: 'investigation',
    })
    expect(story.item.open).to.deep.equal({})
  })
})

describe('transfer.offer of what was never handed in', () => {
  it('is for what is kept', () => {
    const story = given(registered())
    story.when('officer', 'transfer.offer', offer(story)).refusedWith('transfer.not-kept')
  })
})

describe('transfer.accept and transfer.decline', () => {
  it('give control, and touch neither place nor custody', () => {
    const story = given(stored, offered(), endorsed())
    const before = story.codes.map((_, index) => story.itemAt(index))
    story.when('procurator', 'transfer.accept', acceptance(story.codes)).gives('TransferAccepted')
    for (const [index, { custody, lastSeenAt, keptBy, heldBy }] of before.entries())
      expect(story.itemAt(index)).to.deep.include({ custody, lastSeenAt, keptBy, heldBy, open: {} })
    expect(story.item.control).to.deep.equal({
      state: 'held',
      agency: 'proc',
      agencyName: '江城市人民检察院',
      stage: 'prosecution',
    })
  })

  it('answer item by item', () => {
    const story = given(stored, offered(), endorsed())
    const [first, second] = story.codes as [string, string]
    story.when('procurator', 'transfer.accept', acceptance([first]), { items: [first] }).gives('TransferAccepted')
    expect(controls(story).map(({ state, agency }) => [state, agency])).to.deep.equal([
      ['held', 'proc'],
      ['offered', 'psb'],
    ])
    const no = { items: [{ code: second, reason: '与本案无关' }] }
    story
      .when('procurator', 'transfer.decline', no, { items: [second] })
      .gives('TransferDeclined', { reason: '与本案无关' })
    expect(controls(story).map(({ state, agency }) => [state, agency])).to.deep.equal([
      ['held', 'proc'],
      ['held', 'psb'],
    ])
    expect(story.itemAt(1).agencies, 'who was offered it goes on reading').to.include('proc')
  })

  it('are for the receiving agency', () => {
    const story = given(stored, offered(), endorsed())
    story.when('judge', 'transfer.accept', acceptance(story.codes)).refusedWith('item.unknown')
    story.when('legal2', 'transfer.accept', acceptance(story.codes)).refusedWith('transfer.not-the-receiver')
    story
      .when('legal2', 'transfer.decline', { items: story.codes.map((code) => ({ code, reason: '否' })) })
      .refusedWith('transfer.not-the-receiver')
    story.when('officer', 'transfer.accept', acceptance(story.codes)).refusedWith('step.no-role')
  })

  it('come after the endorsement', () => {
    const story = given(stored, offered())
    story
      .when('procurator', 'transfer.accept', acceptance(story.codes))
      .refusedWith('docket.wrong-stage', { stage: 'offered' })
  })

  it('want record, photographs, seal and last sighting looked at', () => {
    const story = given(stored, offered(), endorsed())
    const [first, second] = story.codes as [string, string]
    const accept = (code: string, over: Record<string, boolean>) =>
      story.when('procurator', 'transfer.accept', acceptance([code], over), { items: [code] })
    accept(first, { record: false }).refusedWith('transfer.unverified')
    accept(first, { photos: false }).refusedWith('transfer.unverified')
    accept(first, { lastSeenAt: false }).refusedWith('transfer.unverified')
    accept(second, { sealNo: false }).refusedWith('transfer.unverified', { code: second })
    accept(first, { sealNo: false }).gives('TransferAccepted')
    accept(second, {}).gives('TransferAccepted')
  })

  it('wait until the sender has settled what it meant to do with the thing', () => {
    const story = given(stored, returnApproved(), offered(), endorsed())
    story.when('procurator', 'transfer.accept', acceptance(story.codes)).refusedWith('transfer.disposition-under-way')
    story.when('officer', 'return.withdraw').gives('ReturnWithdrawn')
    story.when('procurator', 'transfer.accept', acceptance(story.codes)).gives('TransferAccepted')
  })
})

describe('transfer.withdraw', () => {
  it('is the sender’s while it is unanswered', () => {
    const story = given(stored, offered(), endorsed())
    story.when('procurator', 'transfer.withdraw').refusedWith('transfer.not-in-control')
    story.when('officer2', 'transfer.withdraw', { note: '补充材料' }).gives('TransferWithdrawn')
    expect(story.item.control).to.include({ state: 'held', agency: 'psb', stage: 'investigation' })
    given(stored, transferred).when('officer', 'transfer.withdraw').refusedWith('docket.none')
  })

  it('takes back what is left after a part was accepted', () => {
    const story = given(stored, offered(), endorsed())
    const [first, second] = story.codes as [string, string]
    story.and(accepted('procurator', { items: [first] }))
    story.when('officer', 'transfer.withdraw', {}, { items: [second] }).gives('TransferWithdrawn')
    expect(controls(story).map(({ agency }) => agency)).to.deep.equal(['proc', 'psb'])
  })
})

describe('supplementary investigation', () => {
  it('is a transfer the other way, taken over by the legal reviewer of the police', () => {
    const story = given(stored, transferred, sentBack('补侦〔2026〕1号'))
    expect(story.item.control).to.include({ state: 'held', agency: 'psb', stage: 'supplementary-investigation' })
    expect(story.case.supplementaryTimes).to.equal(1)
  })

  it('happens at most twice per case', () => {
    const story = given(stored, transferred, sentBack('1号'), transferred, sentBack('2号'), transferred)
    expect(story.case.supplementaryTimes).to.equal(2)
    const document = { kind: '补充侦查决定书', no: '3号', date: '2026-03-02' }
    const back = offer(story, { to: 'psb', stage: 'supplementary-investigation', document })
    story.when('procurator', 'transfer.offer', back).refusedWith('transfer.sent-back-too-often', { times: 2 })
  })

  it('counts a decision once, however many dockets carry it', () => {
    const story = given(stored, transferred)
    const document = { kind: '补充侦查决定书', no: '1号', date: '2026-03-02' }
    for (const code of story.codes) {
      const back = offer(story, { to: 'psb', stage: 'supplementary-investigation', document }, [code])
      story.and(taken('procurator', 'transfer.offer', back, { items: [code] }), accepted('legal', { items: [code] }))
    }
    expect(story.case.supplementaryTimes).to.equal(1)
  })

  it('does not count what was not accepted', () => {
    const story = given(stored, transferred)
    const document = { kind: '补充侦查决定书', no: '1号', date: '2026-03-02' }
    story.take(
      'procurator',
      'transfer.offer',
      offer(story, { to: 'psb', stage: 'supplementary-investigation', document }),
    )
    story.when('procurator', 'transfer.withdraw').gives('TransferWithdrawn')
    expect(story.case.supplementaryTimes).to.equal(0)
  })
})
