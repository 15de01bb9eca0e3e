/** delegation: a desk is lent for a time, in the open; what is decided there is decided by neither of the two alone. */
import { expect } from 'chai'
import { agenciesUnder, audienceOf, desksOf, keysOf, mayRead } from '../../../server/custody/audience.ts'
import { actingIn, type Signature } from '../../../server/custody/define.ts'
import { nextChange } from '../../../server/custody/delegation.ts'
import type { Item } from '../../../server/custody/item.ts'
import type { Person } from '../../../server/custody/subjects.ts'
import {
  alsoHolds,
  decidedAgain,
  disposalOf,
  disposalProposed,
  given,
  type History,
  judged,
  ofRules,
  otherCaseNo,
  proposal,
  received,
  registered,
  requested,
  type Story,
  taken,
} from '../../support/custody.ts'
import { document } from '../../support/custody-histories.ts'
import { hired } from '../../support/custody-people.ts'

const of = (story: Story, login: string): Person => story.world.people.get(login)!
const lent = (story: Story, over: Record<string, unknown> = {}) => ({
  ...{ to: 'econhead', role: 'head', scope: 'crim', until: story.in(72), reason: '出差' },
  ...over,
})
/** `head` lends the desk of the crime unit to `econhead` for three days, and the leader knows. */
const delegated =
  (over: Record<string, unknown> = {}, by = 'head', signedBy = ['leader']): History =>
  (story) => {
    story.take(by, 'delegation.grant', lent(story, over), { signedBy })
  }
const kept: History = (story) => story.and(registered(), received())
const idOf = (story: Story, login = 'econhead') => of(story, login).delegations!.at(-1)!.id
const reads = (story: Story, login: string, item: Item = story.item, now = story.now) =>
  mayRead(
    keysOf(of(story, login), agenciesUnder(of(story, login).agency, story.world.units.values()), now),
    audienceOf('item', item),
  )
const by = (story: Story): Signature => story.decision!.actor

describe('delegation.grant', () => {
  it('is told of both, with the signature of who is above or has the same office', () => {
    const story = given()
    const signer = { as: 'superior' }
    story.when('head', 'delegation.grant', lent(story)).refusedWith('step.countersignature-missing', signer)
    for (const signedBy of ['officer2', 'legal', 'econhead'])
      story
        .when('head', 'delegation.grant', lent(story), { signedBy: [signedBy] })
        .refusedWith('step.countersignature-missing', signer)
    story.when('head', 'delegation.grant', lent(story), { signedBy: ['principal'] })
    story.gives('DelegationGranted', {
      role: 'head',
      scope: 'crim',
      of: { login: 'head', name: of(story, 'head').name },
    })
    expect(of(story, 'econhead').delegations).to.deep.equal(of(story, 'head').delegations)
    const other = given(alsoHolds('legal2', 'legal', 'psb'))
    other.when('legal', 'delegation.grant', lent(other, { to: 'leader', role: 'legal', scope: 'psb' }), {
      signedBy: ['legal2'],
    })
    other.gives('DelegationGranted')
  })

  it('is of one’s own office, and never of one that was lent', () => {
    const story = given(delegated())
    const signed = { signedBy: ['leader'] }
    story
      .when('econhead', 'delegation.grant', lent(story, { to: 'officer2' }), signed)
      .refusedWith('delegation.of-a-delegation', { role: 'head' })
    story
      .when('legal', 'delegation.grant', lent(story, { to: 'officer2' }), signed)
      .refusedWith('delegation.not-yours', { role: 'head', scope: 'crim' })
    story.when('officer', 'delegation.grant', lent(story, { to: 'officer2' }), signed).refusedWith('step.no-role')
    // Nor by somebody whom nothing but the lent office lets take the step.
    const recruit = given(delegated({ to: 'recruit' }))
    recruit
      .when('recruit', 'delegation.grant', lent(recruit, { to: 'officer2' }), signed)
      .refusedWith('delegation.of-a-delegation')
  })

  it('goes to a colleague who is there and has not got the office', () => {
    const story = given(alsoHolds('econhead', 'head', 'crim'))
    const signed = { signedBy: ['leader'] }
    const grant = (over: Record<string, unknown>) => story.when('head', 'delegation.grant', lent(story, over), signed)
    grant({ to: 'head' }).refusedWith('delegation.to-oneself')
    grant({ to: 'gone' }).refusedWith('person.disabled')
    grant({ to: 'econhead' }).refusedWith('person.already-granted')
    // Another agency's people are not there for somebody who may not read them.
    grant({ to: 'head3' }).refusedWith('person.unknown')
  })

  it('keeps apart what nobody holds together, both ways round', () => {
    const story = given()
    const storehead = { role: 'storehead', scope: 'psb' }
    const grant = (to: string) =>
      story.when('storehead', 'delegation.grant', lent(story, { ...storehead, to }), { signedBy: ['leader'] })
    grant('officer2').refusedWith('person.handling-and-keeping')
    grant('inspector').refusedWith('person.inspector-apart')
    grant('admin').refusedWith('person.admin-apart')
    grant('keeper').gives('DelegationGranted')
    story
      .when('admin', 'person.grant', { login: 'keeper', role: 'officer', scope: 'crim' })
      .refusedWith('person.handling-and-keeping')
    const recruit = given(delegated({ ...storehead, to: 'recruit' }, 'storehead'))
    const officer = { login: 'recruit', role: 'officer', scope: 'crim' }
    recruit.when('admin', 'person.grant', officer).refusedWith('person.handling-and-keeping')
    recruit.advance(73).when('admin', 'person.grant', officer).gives('RoleGranted')
  })

  it('has a beginning, an end, and no more days than an absence', () => {
    const story = given()
    const grant = (over: Record<string, unknown>) =>
      story.when('head', 'delegation.grant', lent(story, over), { signedBy: ['leader'] })
    grant({ from: story.in(-1) }).refusedWith('delegation.backdated')
    grant({ from: story.in(5), until: story.in(5) }).refusedWith('delegation.ends-before')
    grant({ until: story.in(-1) }).refusedWith('delegation.ends-before')
    grant({ until: story.in(93 * 24) }).refusedWith('delegation.too-long', { days: 92 })
    grant({ until: story.in(92 * 24) }).gives('DelegationGranted')
  })

  it('lends one desk to one person at a time', () => {
    const story = given(delegated())
    const signed = { signedBy: ['leader'] }
    story
      .when('head', 'delegation.grant', lent(story, { to: 'officer2' }), signed)
      .refusedWith('delegation.already-given', { role: 'head' })
    const { until } = of(story, 'head').delegations![0]!
    story
      .when('head', 'delegation.grant', lent(story, { to: 'officer2', from: until, until: story.in(99) }), signed)
      .gives('DelegationGranted')
  })
})

describe('a desk that was lent', () => {
  it('is decided at in the name of who lent it, and the entry says so', () => {
    const story = given(kept, requested())
    story.when('econhead', 'retrieval.approve', {}).refusedWith('item.unknown')
    story.and(delegated()).when('econhead', 'retrieval.approve', {}).gives('RetrievalApproved')
    const { name } = of(story, 'head')
    expect(by(story)).to.deep.include({ login: 'econhead', role: 'head', for: { login: 'head', name } })
    expect(story.item.open.custody!.decidedBy).to.deep.equal(['econhead', 'head'])
    expect(decidedAgain(story.log)).to.deep.equal([])
    // Whoever says it was in nobody's place, or in another's, is found out.
    for (const wrong of [undefined, { login: 'leader', name: of(story, 'leader').name }]) {
      const log = story.log.map((entry) =>
        entry.step === 'retrieval.approve' ? { ...entry, actor: { ...entry.actor, for: wrong! } } : entry,
      )
      expect(decidedAgain(log).map(({ code, about }) => [code, about])).to.deep.equal([['other-facts', 'by']])
    }
  })

  it('begins and ends by the clock, for decisions, for reading and for the list of what waits', () => {
    const story = given(kept, requested())
    const { now } = story
    const [from, until] = [story.in(24), story.in(72)]
    story.and(delegated({ from, until }))
    const sits = (at: string) => desksOf(of(story, 'econhead'), at).includes('head@crim')
    expect(nextChange(of(story, 'econhead'), now)).to.equal(from)
    expect(nextChange(of(story, 'econhead'), from)).to.equal(until)
    expect(nextChange(of(story, 'econhead'), until)).to.equal(undefined)
    const justBefore = new Date(Date.parse(until) - 1).toISOString()
    for (const [at, runs] of [
      [now, false],
      [from, true],
      [justBefore, true],
      [until, false],
    ] as const) {
      expect(sits(at), at).to.equal(runs)
      expect(reads(story, 'econhead', story.item, at), at).to.equal(runs)
    }
    story.when('econhead', 'retrieval.approve', {}).refusedWith('item.unknown')
    story.now = until
    story.when('econhead', 'retrieval.approve', {}).refusedWith('item.unknown')
    story.now = justBefore
    story.when('econhead', 'retrieval.approve', {}).gives('RetrievalApproved')
    expect(decidedAgain(story.log)).to.deep.equal([])
  })

  it('lets its holder read what the desk reads, and nothing else of who lent it', () => {
    const story = given(kept, delegated(), alsoHolds('head', 'officer', 'econ'))
    const keys = [...keysOf(of(story, 'econhead'), ['psb'], story.now)]
    expect(keys).to.include('unit:crim').and.not.include('person:head')
    expect(keys).to.have.members(['everyone', 'person:econhead', 'staff:psb', 'unit:econ', 'unit:crim'])
  })

  it('is no way around what they asked for, decided or are officers of themselves', () => {
    // The one in whose place it is decided asked for it.
    const asked = given(kept, requested(), alsoHolds('officer', 'head', 'crim'), delegated({}, 'officer'))
    asked.when('econhead', 'retrieval.approve', {}).refusedWith('step.own-request', { name: of(asked, 'officer').name })
    // So did the one who stands in.
    const standing = given(kept, requested(), delegated({ to: 'officer' }))
    standing.when('officer', 'retrieval.approve', {}).refusedWith('step.own-request')
    // The reviewer is an officer of the case.
    const own = given(
      kept,
      alsoHolds('officer', 'legal', 'psb'),
      judged,
      taken('officer2', 'disposal.propose', disposalOf('destroy')),
    )
    own.and(delegated({ to: 'leader2', role: 'legal', scope: 'psb' }, 'officer', ['leader']))
    own.when('leader2', 'disposal.review', {}).refusedWith('step.reviewer-of-own-case')
  })

  it('keeps the two from deciding twice in one docket', () => {
    const story = given(kept, disposalProposed('destroy'))
    story.and(alsoHolds('legal', 'leader', 'psb'), delegated({ to: 'leader2', role: 'legal', scope: 'psb' }, 'legal'))
    story.take('leader2', 'disposal.review', {})
    expect(story.item.open.disposition!.decidedBy).to.deep.equal(['leader2', 'legal'])
    for (const login of ['leader2', 'legal'])
      story.when(login, 'disposal.approve', {}).refusedWith('step.decided-before')
  })

  it('is used only where their own office does not do', () => {
    const story = given(kept, delegated({ to: 'leader', role: 'legal', scope: 'psb' }, 'legal', ['leader2']))
    story.and(taken('officer', 'return.propose', proposal()))
    story.when('leader', 'return.approve', {}).gives('ReturnApproved')
    expect(by(story)).to.include({ role: 'leader' }).and.not.have.property('for')
    const both = given(
      kept,
      disposalProposed('destroy'),
      delegated({ to: 'leader', role: 'legal', scope: 'psb' }, 'legal', ['leader2']),
    )
    both.when('leader', 'disposal.review', {}).gives('DisposalReviewed')
    expect(by(both)).to.deep.include({ role: 'legal' }).and.have.property('for')
  })

  it('signs in the place of who lent it, but never beside them', () => {
    const story = given(delegated({ to: 'legal', role: 'leader', scope: 'psb' }, 'leader', ['principal']))
    const settings = { agency: 'psb', settings: { twoPersonClasses: ['drugs'] } }
    story.when('admin', 'agency.configure', settings, { signedBy: ['legal'] }).gives('SettingsChanged')
    const [signature] = story.decision!.countersigners
    expect(signature).to.deep.include({ login: 'legal', for: { login: 'leader', name: of(story, 'leader').name } })
    expect(decidedAgain(story.log)).to.deep.equal([])
    // Nobody signs for themselves through somebody else.
    story.and(alsoHolds('leader', 'finance', 'psb'))
    story
      .when('leader', 'delegation.grant', lent(story, { to: 'officer2', role: 'finance', scope: 'psb' }), {
        signedBy: ['legal'],
      })
      .refusedWith('step.countersignature-missing')
    // Nor beside who acts for them.
    const acted = given(kept, delegated())
    const into = { caseNo: otherCaseNo, document, line: '1', reason: '登记错案' }
    acted.when('econhead', 'item.reassign', into, { signedBy: ['head'] }).refusedWith('step.signed-twice')
    acted.when('econhead', 'item.reassign', into, { signedBy: ['econofficer'] }).gives('ItemReassigned')
    expect(by(acted).for).to.include({ login: 'head' })
  })

  it('lets whoever acts be told from whom they act for', () => {
    const actor = of(given(), 'head')
    expect(actingIn({ actor }).map(({ login }) => login)).to.deep.equal(['head'])
    expect(actingIn({ actor, for: { login: 'x', name: 'X' } }).map(({ login }) => login)).to.deep.equal(['head', 'x'])
  })
})

describe('delegation.end', () => {
  it('is for either of them and for a leader', () => {
    for (const login of ['head', 'econhead', 'leader']) {
      const story = given(delegated())
      story.when(login, 'delegation.end', { to: 'econhead', delegation: idOf(story), reason: '已返岗' })
      story.gives('DelegationEnded', { role: 'head', scope: 'crim' })
      for (const side of ['head', 'econhead']) expect(of(story, side).delegations).to.deep.equal([])
      expect(desksOf(of(story, 'econhead'), story.now)).to.not.include('head@crim')
      expect(decidedAgain(story.log)).to.deep.equal([])
    }
  })

  it('is for nobody else, and of what runs', () => {
    const story = given(delegated())
    const end = { to: 'econhead', delegation: idOf(story), reason: '已返岗' }
    story.when('officer2', 'delegation.end', end).refusedWith('delegation.not-a-party')
    story.when('head', 'delegation.end', { ...end, delegation: 'other' }).refusedWith('delegation.none')
    story.advance(73).when('head', 'delegation.end', end).refusedWith('delegation.none')
  })

  it('comes with the end of the role, or of the account at once', () => {
    const revoked = given(delegated(), taken('admin', 'person.revoke', { login: 'head', role: 'head', scope: 'crim' }))
    expect(of(revoked, 'econhead').delegations).to.deep.equal([])
    const other = given(alsoHolds('head', 'legal', 'psb'), delegated())
    other.take('admin', 'person.revoke', { login: 'head', role: 'legal', scope: 'psb' })
    expect(of(other, 'econhead').delegations).to.have.length(1)
    const away = given(delegated(), taken('admin', 'person.disable', { login: 'head' }))
    expect(desksOf(of(away, 'econhead'), away.now)).to.include('head@crim')
    const atOnce = given(
      delegated(),
      taken('admin', 'person.disable', { login: 'head', atOnce: true }, { signedBy: ['leader'] }),
    )
    expect(desksOf(of(atOnce, 'econhead'), atOnce.now)).to.not.include('head@crim')
    for (const story of [revoked, away, atOnce]) expect(decidedAgain(story.log)).to.deep.equal([])
  })
})

describe('a desk that nobody would sit at', () => {
  const leave = { login: 'head' }
  const lose = { login: 'head', role: 'head', scope: 'crim' }

  it('is not left while dockets wait there', () => {
    const story = given(kept, requested())
    const params = { desk: 'head@crim', count: 1 }
    story.when('admin', 'person.disable', leave).refusedWith('person.desk-empty', params)
    story.when('admin', 'person.revoke', lose).refusedWith('person.desk-empty', params)
    const idle = given(kept)
    idle.when('admin', 'person.disable', leave).gives('PersonDisabled')
  })

  it('may be left when a leader signs for it', () => {
    for (const [step, input] of [
      ['person.disable', leave],
      ['person.revoke', lose],
    ] as const) {
      const story = given(kept, requested())
      story
        .when('admin', step, { ...input, atOnce: true })
        .refusedWith('step.countersignature-missing', { as: 'leader' })
      story.take('admin', step, { ...input, atOnce: true }, { signedBy: ['leader'] })
      expect(decidedAgain(story.log)).to.deep.equal([])
    }
  })

  it('is not empty while another holds it, or somebody to whom it is lent and stays lent', () => {
    const shared = given(kept, requested(), alsoHolds('econhead', 'head', 'crim'))
    shared.when('admin', 'person.disable', leave).gives('PersonDisabled')
    const standsIn = given(kept, requested(), delegated())
    standsIn.when('admin', 'person.revoke', lose).refusedWith('person.desk-empty')
    standsIn.when('admin', 'person.disable', leave).gives('PersonDisabled')
    standsIn.when('admin', 'person.disable', { login: 'econhead' }).refusedWith('person.desk-empty')
    expect(decidedAgain(standsIn.log)).to.deep.equal([])
    const toCome = given(kept, requested())
    toCome.and(delegated({ from: toCome.in(24) }))
    toCome.when('admin', 'person.disable', leave).refusedWith('person.desk-empty')
  })

  it('is empty by a count that the ledger comes to as well', () => {
    const story = given(kept, requested(), hired('newhead', ['head', 'crim']))
    story.take('admin', 'person.disable', leave)
    expect(decidedAgain(story.log)).to.deep.equal([])
    // Without the other head the same entry would not have been made.
    const alone = story.log.filter(({ step }) => step !== 'person.grant')
    expect(decidedAgain(alone).map(({ refusal }) => refusal?.code)).to.include('person.desk-empty')
  })

  it('could be left by version 1 of the rules', () => {
    const story = given(ofRules(1), kept, requested())
    story.when('admin', 'person.disable', leave).gives('PersonDisabled')
  })
})
