/** return: a thing goes to whom it belongs, never to the staff; and objections that stop it. */
import { expect } from 'chai'
import { z } from 'zod'
import {
  alsoHolds,
  approved,
  caseNo,
  file,
  given,
  type History,
  handedOver,
  handOver,
  offered,
  ofRules,
  places,
  proposal,
  received,
  registered,
  released,
  requested,
  returnApproved,
  returnProposed,
  staffIdNumber,
  taken,
  transferred,
} from '../../support/custody.ts'

const stored: History = (story) => story.and(registered(), received())
const objected = taken('officer2', 'objection.raise', { objector: '邱某', reason: '主张系本人所有' })

describe('return.propose', () => {
  it('waits for the leader of the agency in control', () => {
    const story = given(stored)
      .when('officer', 'return.propose', proposal())
      .gives('ReturnProposed', { owner: { name: '孟某' } })
    expect(story.item.disposition).to.include({ state: 'proposed', kind: 'return' })
    expect(story.item.open.disposition).to.deep.include({
      procedure: 'return',
      stage: 'proposed',
      waitsFor: ['leader@psb'],
    })
  })

  for (const ground of ['unrelated', 'measure-lifted'])
    it(`waits for the head of the unit when the ground is ${ground}`, () => {
      expect(given(stored, returnProposed({ ground })).item.open.disposition!.waitsFor).to.deep.equal(['head@crim'])
    })

  it('keeps the owner’s particulars out of the entry', () => {
    const owner = { name: '孟某', idNumber: '330102199001011234', contact: '13900000000' }
    const story = given(stored).when('officer', 'return.propose', proposal({ owner })).gives('ReturnProposed')
    expect(JSON.stringify(story.facts)).not.to.include('330102199001011234').and.not.to.include('13900000000')
    expect([...story.sealed.values()]).to.deep.equal([{ idNumber: '330102199001011234', contact: '13900000000' }])
  })

  it('is for who acts for the agency in control', () => {
    given(stored, alsoHolds('recruit', 'officer', 'crim'))
      .when('recruit', 'return.propose', proposal())
      .refusedWith('return.not-the-officer')
    const story = given(stored, transferred)
    story
      .when('officer', 'return.propose', proposal())
      .refusedWith('return.not-in-control', { agency: '江城市人民检察院' })
    story.when('procurator', 'return.propose', proposal()).gives('ReturnProposed')
    expect(story.item.open.disposition!.waitsFor).to.deep.equal(['leader@proc', 'casemanager@proc'])
  })

  it('waits for whatever is open', () => {
    given(stored, offered()).when('officer', 'return.propose', proposal()).refusedWith('return.offered')
    given(stored, objected)
      .when('officer', 'return.propose', proposal())
      .refusedWith('return.objection-open', { objector: '邱某' })
    given(stored, requested()).when('officer', 'return.propose', proposal()).refusedWith('return.custody-open')
    given(stored, returnProposed()).when('officer2', 'return.propose', proposal()).refusedWith('docket.already-open')
  })

  it('shows that it is the victim’s', () => {
    given(stored)
      .when('officer', 'return.propose', proposal({ titleProof: [] }))
      .refusedWith('return.title-unproven')
    given(stored)
      .when('officer', 'return.propose', proposal({ ground: 'unrelated', titleProof: [] }))
      .gives('ReturnProposed')
  })
})

describe('return.approve and return.reject', () => {
  it('let it wait for the keeper, or end it', () => {
    const yes = given(stored, returnProposed())
      .when('leader', 'return.approve', { note: '同意发还' })
      .gives('ReturnApproved')
    expect(yes.item.disposition).to.include({ state: 'approved', kind: 'return' })
    expect(yes.item.open.disposition).to.deep.include({
      stage: 'approved',
      decidedBy: ['leader'],
      waitsFor: [`keeper@${places.site}`],
    })
    const no = given(stored, returnProposed())
      .when('leader', 'return.reject', { note: '权属不清' })
      .gives('ReturnRejected')
    expect(no.item).to.deep.include({ disposition: { state: 'none' }, open: {} })
  })

  it('are for the desk that it waits for', () => {
    given(stored, returnProposed()).when('head', 'return.approve').refusedWith('return.not-your-decision')
    given(stored, returnProposed({ ground: 'unrelated' }))
      .when('leader', 'return.approve')
      .refusedWith('return.not-your-decision')
    given(stored, returnProposed({ ground: 'unrelated' }))
      .when('head', 'return.reject')
      .gives('ReturnRejected')
    const story = given(stored, transferred, taken('procurator', 'return.propose', proposal()))
    story.when('leader', 'return.approve').refusedWith('return.not-your-decision')
    story.when('procurator', 'return.approve').refusedWith('step.own-request')
    story.when('procurator2', 'return.approve').gives('ReturnApproved')
  })

  it('are never the proposer’s', () => {
    given(stored, alsoHolds('officer', 'leader', 'psb'), returnProposed())
      .when('officer', 'return.approve')
      .refusedWith('step.own-request')
  })

  it('wait until an objection is settled, though it may be rejected', () => {
    given(stored, returnProposed(), objected).when('leader', 'return.approve').refusedWith('return.objection-open')
    given(stored, returnProposed(), objected).when('leader', 'return.reject').gives('ReturnRejected')
  })
})

describe('return.notice', () => {
  const input = { sentAt: '2026-02-28T08:00:00.000Z', how: '邮政特快专递' }
  it('starts the six months of unclaimed property', () => {
    const story = given(stored, returnApproved()).when('officer', 'return.notice', input).gives('OwnerNotified')
    expect(story.item.clocks).to.deep.equal([{ deadline: 'D08', at: '2026-08-28T08:00:00.000Z' }])
  })
  it('ends on the last day of a short month', () => {
    const story = given(stored, returnApproved()).when('keeper', 'return.notice', {
      ...input,
      sentAt: '2025-08-31T00:00:00.000Z',
    })
    story.gives('OwnerNotified')
    expect(story.item.clocks[0]!.at).to.equal('2026-02-28T00:00:00.000Z')
  })
  it('runs three months more in an administrative case', () => {
    const story = given(stored, returnApproved())
    story.world.cases.set(caseNo, { ...story.case, kind: 'administrative' })
    story.when('officer', 'return.notice', input).gives('OwnerNotified')
    expect(story.item.clocks[0]!.at).to.equal('2026-11-28T08:00:00.000Z')
  })
  it('is of an approved return, by officers of the case, and not of tomorrow', () => {
    given(stored, returnProposed()).when('officer', 'return.notice', input).refusedWith('docket.wrong-stage')
    const story = given(stored, returnApproved(), alsoHolds('recruit', 'officer', 'crim'))
    story.when('recruit', 'return.notice', input).refusedWith('return.not-the-officer')
    story.when('officer', 'return.notice', { ...input, sentAt: story.in(1) }).refusedWith('return.notice-in-the-future')
  })
})

describe('return.hand-over', () => {
  const signedBy = ['keeper2']
  const to = (over: Record<string, unknown>) => handOver({ recipient: { ...handOver().recipient, ...over } })

  it('gives the thing to its owner; it has left for good', () => {
    const story = given(stored, returnApproved()).when('keeper', 'return.hand-over', handOver(), { signedBy })
    story.gives('ItemReturned', { recipient: { name: '孟某', relation: 'owner' } })
    expect(story.item.custody).to.deep.include({ state: 'left', how: 'returned', to: '孟某' })
    expect(story.item.custody).to.have.nested.property('from.place', places.slot)
    expect(story.item.disposition).to.include({ state: 'done', kind: 'returned' })
    expect(story.item).to.deep.include({ open: {}, clocks: [] })
    story.when('officer', 'transfer.offer', {
      to: 'proc',
      stage: 'prosecution',
      document: { kind: '函', no: '1', date: '2026-03-02' },
      items: [{ code: story.item.code, proposal: '移送' }],
    })
    story.refusedWith('item.left')
  })

  it('keeps the recipient’s identity number out of the entry', () => {
    const story = given(stored, returnApproved(), handedOver)
    expect(JSON.stringify(story.facts)).not.to.include('330102199001011234')
    expect([...story.sealed.values()]).to.deep.equal([{ idNumber: '330102199001011234' }])
  })

  it('is never to the staff', () => {
    const story = given(stored, returnApproved())
    story
      .when('keeper', 'return.hand-over', to({ idNumber: staffIdNumber }), { signedBy })
      .refusedWith('return.recipient-is-staff')
    const wide = [...staffIdNumber].map((digit) => String.fromCodePoint(digit.codePointAt(0)! + 0xfee0)).join('')
    for (const idNumber of [`${staffIdNumber.slice(0, 6)} ${staffIdNumber.slice(6)}`, `${staffIdNumber}\u200b`, wide])
      story.when('keeper', 'return.hand-over', to({ idNumber }), { signedBy }).refusedWith('return.recipient-is-staff')
    expect(() => story.attempt('keeper', 'return.hand-over', to({ idNumber: ' - ' }))).to.throw(z.ZodError)
  })

  for (const [who, name] of [
    ['officer', '陆一舟'],
    ['other officer', '唐小禾'],
    ['keeper', '顾仓'],
    ['second keeper', '纪库'],
    ['leader who approved', '上官领'],
    ['officer, written apart', '陆 一舟'],
  ])
    it(`is never to one of the name of the ${who}`, () => {
      const input = handOver({
        recipient: { ...handOver().recipient, name, relation: 'agent' },
        authority: file('authority'),
      })
      given(stored, returnApproved())
        .when('keeper', 'return.hand-over', input, { signedBy })
        .refusedWith('return.recipient-took-part', { name })
    })

  it('is to the owner, or to an agent with a power of attorney', () => {
    const story = given(stored, returnApproved())
    story
      .when('keeper', 'return.hand-over', to({ name: '邱某' }), { signedBy })
      .refusedWith('return.not-the-owner', { owner: '孟某' })
    const agent = to({ name: '邱某', relation: 'agent' })
    story.when('keeper', 'return.hand-over', agent, { signedBy }).refusedWith('return.authority-missing')
    story
      .when('keeper', 'return.hand-over', { ...agent, authority: file('authority') }, { signedBy })
      .gives('ItemReturned')
  })

  it('has a second person, who did not decide', () => {
    const story = given(stored, alsoHolds('leader', 'inspector', 'psb'), returnApproved())
    const handOverWith = (...people: string[]) =>
      story.when('keeper', 'return.hand-over', handOver(), { signedBy: people })
    handOverWith().refusedWith('step.countersignature-missing', { as: 'second-person' })
    handOverWith('leader').refusedWith('step.countersignature-missing', { as: 'second-person' })
    handOverWith('econofficer').refusedWith('step.countersignature-missing', { as: 'second-person' })
    handOverWith('officer2').gives('ItemReturned')
  })

  it('has a second keeper where the class asks for two', () => {
    const story = given(registered({ class: 'valuables' }), received(), returnApproved())
    story
      .when('keeper', 'return.hand-over', handOver(), { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    story.when('keeper', 'return.hand-over', handOver(), { signedBy }).gives('ItemReturned')
  })

  it('is executed by nobody who decided', () => {
    const story = given(stored, alsoHolds('leader', 'keeper', places.site), returnApproved())
    story.when('leader', 'return.hand-over', handOver(), { signedBy }).refusedWith('step.executor-decided')
  })

  it('waits while control is offered, an objection is open or the thing is not on its shelf', () => {
    given(stored, returnApproved(), offered())
      .when('keeper', 'return.hand-over', handOver(), { signedBy })
      .refusedWith('return.offered')
    given(stored, returnApproved(), objected)
      .when('keeper', 'return.hand-over', handOver(), { signedBy })
      .refusedWith('return.objection-open')
    given(ofRules(1), registered(), returnApproved())
      .when('keeper', 'return.hand-over', handOver(), { signedBy })
      .refusedWith('return.not-stored')
  })
})

describe('return.withdraw', () => {
  it('is the proposer’s; the clock of the notice stops', () => {
    const story = given(
      stored,
      returnApproved(),
      taken('officer', 'return.notice', { sentAt: '2026-03-01T00:00:00.000Z', how: '公告' }),
    )
    story.when('officer2', 'return.withdraw').refusedWith('return.not-the-proposer')
    story.when('officer', 'return.withdraw').gives('ReturnWithdrawn')
    expect(story.item).to.deep.include({ disposition: { state: 'none' }, open: {} })
    expect(story.item).to.have.property('clocks').that.is.empty
  })
  it('leaves the clock of the hand-in running', () => {
    const notice = { sentAt: '2026-03-01T00:00:00.000Z', how: '公告' }
    const story = given(ofRules(1), registered(), returnApproved(), taken('officer', 'return.notice', notice))
    expect(story.item.clocks.map(({ deadline }) => deadline)).to.deep.equal(['D01', 'D08'])
    story.and(ofRules(2)).when('officer', 'return.withdraw').gives('ReturnWithdrawn')
    expect(story.item.clocks.map(({ deadline }) => deadline)).to.deep.equal(['D01'])
  })
  it('has nothing to propose for a thing that was never handed in', () => {
    given(registered()).when('officer', 'return.propose', proposal()).refusedWith('return.not-kept')
  })
})

describe('objection', () => {
  const settlement = { outcome: 'dismissed', note: '无证据证明' }
  it('stops a return until it is settled by somebody else', () => {
    const story = given(stored, returnProposed())
    story
      .when('legal', 'objection.raise', { objector: '邱某', contact: '13700000000', reason: '主张所有权' })
      .gives('ObjectionRaised')
    expect(JSON.stringify(story.facts)).not.to.include('13700000000')
    story.when('officer', 'objection.raise', { objector: '甲', reason: '乙' }).refusedWith('objection.already-open')
    story.when('legal', 'objection.settle', settlement).refusedWith('step.own-request')
    story.when('legal2', 'objection.settle', settlement).gives('ObjectionSettled')
    story.when('leader', 'return.approve').gives('ReturnApproved')
  })
  it('is raised by officers of the case and settled in the agency in control', () => {
    given(stored, alsoHolds('recruit', 'officer', 'crim'))
      .when('recruit', 'objection.raise', { objector: '甲', reason: '乙' })
      .refusedWith('objection.not-the-officer')
    given(stored).when('legal', 'objection.settle', settlement).refusedWith('objection.none')
    const story = given(stored, transferred, objected)
    story.when('legal', 'objection.settle', settlement).refusedWith('objection.not-in-control')
    story.when('procurator', 'objection.settle', { ...settlement, outcome: 'upheld' }).gives('ObjectionSettled')
  })
})

describe('a thing on loan', () => {
  it('is not handed over before it is given back', () => {
    given(stored, requested(), approved(), released())
      .when('officer', 'return.propose', proposal())
      .refusedWith('return.custody-open')
  })
})
