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
  later,
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
  type Story,
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
  const sent = (story: Story, over: object = {}) => ({ sentAt: story.now, how: '邮政特快专递', ...over })
  const noticed = (story: Story, over: object = {}) => story.when('officer', 'return.notice', sent(story, over))
  const approvedAt =
    (at: string): History =>
    (story) => {
      story.and(stored, later((Date.parse(at) - Date.parse(story.now)) / 3_600_000), returnApproved())
    }

  it('starts the six months of unclaimed property', () => {
    const story = noticed(given(approvedAt('2026-03-10T08:00:00.000Z'))).gives('OwnerNotified')
    expect(story.item.clocks.map(({ deadline, at }) => [deadline, at.slice(0, 13)])).to.deep.equal([
      ['D08', '2026-09-10T08'],
    ])
  })
  it('ends on the last day of a short month, where the agency is', () => {
    // Half past midnight of 31 August in Shanghai.
    const story = given(approvedAt('2026-08-30T16:20:00.000Z'), later(1))
    noticed(story, { sentAt: '2026-08-30T16:30:00.000Z' }).gives('OwnerNotified')
    expect(story.item.clocks[0]!.at, 'half past midnight of 28 February').to.equal('2027-02-27T16:30:00.000Z')
  })
  it('counted months in Greenwich by the first rules', () => {
    const story = given(ofRules(1), stored, returnApproved())
    noticed(story, { sentAt: '2025-08-31T00:00:00.000Z' }).gives('OwnerNotified')
    expect(story.item.clocks[0]!.at).to.equal('2026-02-28T00:00:00.000Z')
  })
  it('runs three months more in an administrative case', () => {
    const story = given(approvedAt('2026-03-10T08:00:00.000Z'))
    story.world.cases.set(caseNo, { ...story.case, kind: 'administrative' })
    noticed(story).gives('OwnerNotified')
    expect(story.item.clocks[0]!.at.slice(0, 10)).to.equal('2026-12-10')
  })
  it('is of an approved return, by officers of the case, neither of tomorrow nor from before the approval', () => {
    noticed(given(stored, returnProposed())).refusedWith('docket.wrong-stage')
    const story = given(stored, returnApproved(), alsoHolds('recruit', 'officer', 'crim'))
    story.when('recruit', 'return.notice', sent(story)).refusedWith('return.not-the-officer')
    noticed(story, { sentAt: story.in(1) }).refusedWith('return.notice-in-the-future')
    noticed(story, { sentAt: '2020-01-01T00:00:00.000Z' }).refusedWith('return.notice-before-approval')
  })
  it('may be sent again, which shortens nobody’s term', () => {
    const story = given(stored, returnApproved(), later(1))
    const first = story.now
    story.and(later(48))
    noticed(story).gives('OwnerNotified')
    noticed(story, { sentAt: first }).refusedWith('return.notice-shortens')
    story.and(later(24))
    noticed(story).gives('OwnerNotified')
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
    expect([...story.sealed.values()].at(-1)).to.deep.equal({ idNumber: '330102199001011234' })
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

  describe('compares who comes with who was approved', () => {
    const li = { name: '李雷', idNumber: '330102199001011234' }
    const han = { name: '韩梅', idNumber: '330102199912310008' }
    const agentOf = (owner?: string, name = '邱某') => ({
      recipient: { name, idNumber: '330102197505051230', relation: 'agent', ...(owner ? { for: owner } : {}) },
      authority: file('authority'),
    })
    const give = (story: Story, over: Record<string, unknown>, more = signedBy) =>
      story.when('keeper', 'return.hand-over', handOver(over), { signedBy: more })
    const one = () => given(stored, returnApproved({ owner: li }))
    const both = () =>
      given(stored, returnApproved({ owner: { ...li, share: '1/2' }, others: [{ ...han, share: '1/2' }] }))
    const coming = (person: object, more: object = {}) => ({ recipient: { ...person, relation: 'owner', ...more } })

    it('by the number, not by the name', () => {
      give(one(), coming({ ...li, idNumber: han.idNumber })).refusedWith('return.other-identity', { name: '李雷' })
      give(one(), coming(li, { idKind: 'passport' })).refusedWith('return.other-identity')
      give(one(), coming({ ...li, idNumber: '330102 19900101 1234' })).gives('ItemReturned')
    })
    it('and knows nobody without a number', () => {
      const story = given(stored)
      story.when('officer', 'return.propose', proposal({ owner: { name: '李雷' } }))
      story.refusedWith('return.owner-unidentified', { name: '李雷' })
      story.when('officer', 'return.propose', proposal({ owner: li, others: [{ name: '韩梅' }] }))
      story.refusedWith('return.owner-unidentified', { name: '韩梅' })
    })
    it('and takes no number that cannot be right', () => {
      const proposing = (owner: object) => () => given(stored).attempt('officer', 'return.propose', proposal({ owner }))
      expect(proposing({ ...li, idNumber: '330102199001011235' })).to.throw(/idNumber/)
      expect(proposing({ ...li, idNumber: '330102199013011237' })).to.throw(/idNumber/)
      expect(proposing({ name: '公司', idKind: 'company-code', idNumber: '91350100M000100Y43' })).not.to.throw()
      expect(proposing({ name: '公司', idKind: 'company-code', idNumber: '91350100M000100Y44' })).to.throw(/idNumber/)
      expect(proposing({ name: 'J. Doe', idKind: 'passport', idNumber: 'X1234567' })).not.to.throw()
    })
    it('and passes over no owner: each comes, is represented, or has agreed in writing', () => {
      give(both(), coming(li)).refusedWith('return.owner-missing', { names: '韩梅' })
      give(both(), { ...coming(li), consent: file('consent') }).gives('ItemReturned')
      const also = { ...coming(han), signature: file('signature of 韩梅') }
      give(both(), { ...coming(li), others: [also] }).gives('ItemReturned')
      const acting = { ...agentOf('韩梅'), signature: file('signature of 邱某') }
      const story = give(both(), { ...coming(li), others: [acting] }).gives('ItemReturned')
      expect(JSON.stringify(story.facts)).not.to.include(han.idNumber).and.not.to.include('330102197505051230')
    })
    it('and asks whom an agent acts for', () => {
      give(both(), agentOf()).refusedWith('return.agent-for-nobody', { name: '邱某' })
      give(both(), agentOf('王某')).refusedWith('return.agent-for-nobody')
      give(both(), { ...agentOf('李雷'), consent: file('consent') }).gives('ItemReturned')
    })
    it('and takes authority, signature and photograph for papers of their own', () => {
      give(one(), { ...agentOf(), authority: file('signature') }).refusedWith('return.papers-same')
    })
    it('and lets whom it was taken from fetch it for another only when the leader agrees', () => {
      const story = one()
      const acting = agentOf('李雷', story.item.takenFrom)
      give(story, acting).refusedWith('step.countersignature-missing', { as: 'leader' })
      give(story, acting, ['keeper2', 'leader2']).gives('ItemReturned')
    })
    it('by the name alone where the first rules approved it so', () => {
      const story = given(ofRules(1), stored, returnApproved({ owner: { name: '李雷' } }), ofRules(2))
      give(story, coming({ ...li, name: '王某' })).refusedWith('return.not-the-owner')
      give(story, coming(li)).gives('ItemReturned')
    })
  })

  it('has a second person, who did not decide', () => {
    const story = given(stored, alsoHolds('leader', 'inspector', 'psb'), returnApproved())
    const handOverWith = (...people: string[]) =>
      story.when('keeper', 'return.hand-over', handOver(), { signedBy: people })
    handOverWith().refusedWith('step.countersignature-missing', { as: 'second-person' })
    handOverWith('leader').refusedWith('step.two-hats', { login: 'leader', as: 'second-person' })
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
  it('is taken over by a colleague of the case when the proposer has left, or has no role any more', () => {
    for (const left of [
      taken('admin', 'person.disable', { login: 'officer' }),
      taken('admin', 'person.revoke', { login: 'officer', role: 'officer', scope: 'crim' }),
    ]) {
      const story = given(stored, returnApproved(), left)
      story.when('procurator', 'return.withdraw').refusedWith('item.unknown')
      story.when('officer2', 'return.withdraw').gives('ReturnWithdrawn')
    }
    given(ofRules(1), stored, returnApproved(), taken('admin', 'person.disable', { login: 'officer' }))
      .when('officer2', 'return.withdraw')
      .refusedWith('return.not-the-proposer')
  })

  it('is the proposer’s; the clock of the notice stops', () => {
    const story = given(stored, returnApproved(), (one) =>
      one.take('officer', 'return.notice', { sentAt: one.now, how: '公告' }),
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
  it('is settled by the leader where the only reviewer raised it, since version 2 of the rules', () => {
    const raised = (...before: History[]) =>
      given(...before, stored, taken('legal', 'objection.raise', { objector: '邱某', reason: '主张系本人所有' }))
    const settle = (story: Story) => story.when('leader', 'objection.settle', settlement)
    settle(raised()).gives('ObjectionSettled')
    settle(raised(ofRules(1))).refusedWith('step.no-role')
  })
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
