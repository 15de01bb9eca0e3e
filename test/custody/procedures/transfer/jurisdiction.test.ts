/** 移送管辖: after its acceptance every procedure is the receiving agency's, wherever the thing stands. */
import { expect } from 'chai'
import {
  acceptance,
  caseNo,
  disposalOf,
  file,
  given,
  type History,
  handOver,
  line,
  offer,
  ofRules,
  places,
  proposal,
  received,
  registered,
  request,
  type Story,
  taken,
} from '../../../support/custody.ts'

const paper = { kind: '移送案件通知书', no: '移1号', date: '2026-03-02' }
const give = (story: Story, over: Record<string, unknown> = {}, codes = story.codes) =>
  offer(story, { to: 'psb2', stage: 'jurisdiction', document: paper, ...over }, codes)
const take = (codes: string[], unit: string | undefined = 'crim2') => ({
  ...acceptance(codes),
  ...(unit ? { unit } : {}),
})

/** `psb` has offered the case with these things to `psb2`, and legal and leader agree. */
const sent =
  (index?: number): History =>
  (story) => {
    const items = index === undefined ? story.codes : [story.codes[index]!]
    story.take('officer', 'transfer.offer', give(story, {}, items), { items })
    story.take('legal', 'transfer.endorse', {}, { items })
    story.take('leader', 'transfer.endorse', {}, { items })
  }
const stored: History = (story) => story.and(registered({}, {}), received())
const takenOver: History = (story) => story.and(sent(), taken('legal3', 'transfer.accept', take(story.codes)))
const assigned: History = (story) =>
  story.and(takenOver, taken('head3', 'case.assign', { caseNo, officers: ['officer3'] }))

describe('taking jurisdiction over', () => {
  it('gives the case and its things to a unit of the receiver, and moves nothing', () => {
    const story = given(stored, sent())
    const { custody } = story.item
    story.when('legal3', 'transfer.accept', take(story.codes)).gives('TransferAccepted')
    story.gives('ItemTakenOver', { unit: 'crim2', agency: 'psb2', officers: [] })
    story.gives('CaseTakenOver', { unit: 'crim2', from: { unit: 'crim', agency: 'psb' } })
    expect(story.item).to.deep.include({ owningUnit: 'crim2', owningAgency: 'psb2', formerAgencies: ['psb'], custody })
    expect(story.item.control).to.include({ state: 'held', agency: 'psb2', stage: 'jurisdiction' })
    expect(story.case).to.include({ unit: 'crim2', agency: 'psb2' })
    expect(story.facts.at(-2)!.audience).to.include.members([
      'agency:psb',
      'unit:crim2',
      'store:psb',
      `site:${places.site}`,
    ])
  })

  it('is the head’s there, who gives it to officers', () => {
    const story = given(stored, takenOver)
    story.when('head', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('case.unknown')
    story.when('head3', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('case.not-an-officer')
    story.when('head3', 'case.assign', { caseNo, officers: ['officer3'] }).gives('OfficersChanged')
    expect(story.itemAt(1).officers).to.deep.equal(['officer3'])
  })

  it('names the unit that is to handle it', () => {
    const story = given(stored, sent())
    story.when('legal3', 'transfer.accept', take(story.codes, '')).refusedWith('transfer.unit-missing', { caseNo })
    story.when('legal3', 'transfer.accept', take(story.codes, 'crim')).refusedWith('case.not-a-unit')
    story.when('legal3', 'transfer.accept', take(story.codes, 'psb2')).refusedWith('case.not-a-unit')
    const other = given(stored)
    other.take('officer', 'transfer.offer', offer(other))
    other.take('legal', 'transfer.endorse')
    const input = { ...acceptance(other.codes), unit: 'crim2' }
    other.when('procurator', 'transfer.accept', input).refusedWith('transfer.unit-unasked')
  })

  it('happens between police agencies, from the one that has it', () => {
    const story = given(stored)
    story.when('officer', 'transfer.offer', give(story, { to: 'proc' })).refusedWith('transfer.wrong-receiver')
    story
      .when('officer', 'transfer.offer', give(story, { stage: 'execution' }))
      .refusedWith('transfer.without-jurisdiction')
    const elsewhere = given(stored)
    elsewhere.take('officer', 'transfer.offer', offer(elsewhere))
    elsewhere.take('legal', 'transfer.endorse')
    elsewhere.take('procurator', 'transfer.accept', acceptance(elsewhere.codes))
    elsewhere.when('procurator', 'transfer.offer', give(elsewhere)).refusedWith('transfer.no-jurisdiction')
  })
})

describe('after jurisdiction went', () => {
  it('things are lent there from the sender’s store', () => {
    const story = given(stored, assigned)
    story.when('officer', 'retrieval.request', request(story)).refusedWith('item.unknown')
    story.when('officer3', 'retrieval.request', request(story)).gives('RetrievalRequested', { decidesAt: 'head@crim2' })
    story.when('head3', 'retrieval.approve').gives('RetrievalApproved')
    const out = { condition: '完好', photos: [file('out')] }
    story.when('keeper', 'retrieval.release', out, { signedBy: ['officer3'] }).gives('ItemReleased')
    const back = { place: places.slot, condition: 'intact', photos: [file('back')] }
    story.when('keeper', 'retrieval.give-back', back, { signedBy: ['officer3'] }).gives('ItemGivenBack')
  })

  it('things are returned to their owner', () => {
    const story = given(stored, assigned)
    story
      .when('officer3', 'return.propose', proposal({ ground: 'unrelated' }))
      .gives('ReturnProposed', { deciders: ['head@crim2'] })
    story.when('head3', 'return.approve').gives('ReturnApproved')
    story.when('keeper', 'return.hand-over', handOver(), { signedBy: ['keeper2'] }).gives('ItemReturned')
  })

  it('things are disposed of, and more are registered', () => {
    const story = given(stored, assigned)
    const more = { caseNo, document: { ...paper, kind: '扣押决定书' }, measure: 'seize', items: [line('7', story)] }
    const items = [...story.codes]
    story.take('legal3', 'case.record', {
      caseNo,
      event: 'judgment-effective',
      date: '2026-03-01',
      document: { kind: '刑事判决书', no: '（2026）江01刑初1号' },
    })
    story
      .when('officer3', 'disposal.propose', disposalOf('destroy'))
      .gives('DisposalProposed', { approvers: ['leader@psb2'] })
    story.when('legal3', 'disposal.review').gives('DisposalReviewed')
    story.when('leader3', 'disposal.approve').gives('DisposalApproved')
    story
      .when('officer3', 'intake.register', more)
      .gives('ItemRegistered', { owningUnit: 'crim2', owningAgency: 'psb2' })
    story
      .when('keeper', 'disposal.stage', { place: places.staging }, { items, signedBy: ['keeper2'] })
      .gives('ItemStaged')
  })

  it('things are carried to a store of the receiver, both keepers with the carrier', () => {
    const story = given(stored, assigned)
    story.when(
      'keeper',
      'relocation.dispatch',
      { toSite: places.river, carrier: 'officer2' },
      { signedBy: ['officer2'] },
    )
    story.gives('ItemDispatched')
    const checked = { condition: 'intact' }
    story.when('riverkeeper', 'relocation.arrive', { place: places.riverSlot, checked }, { signedBy: ['officer2'] })
    story.gives('ItemArrived')
    story.when('officer3', 'retrieval.request', request(story)).gives('RetrievalRequested')
  })

  it('things go on to the procuratorate, come back there, and not to who had them before', () => {
    const story = given(stored, assigned)
    story.take('officer3', 'transfer.offer', offer(story))
    story.take('legal3', 'transfer.endorse')
    story.take('procurator', 'transfer.accept', acceptance(story.codes))
    const back = (to: string) => offer(story, { to, stage: 'supplementary-investigation', document: paper })
    story.when('procurator', 'transfer.offer', back('psb')).refusedWith('transfer.without-jurisdiction')
    story.when('procurator', 'transfer.offer', back('psb2')).gives('TransferOffered')
    story.when('legal3', 'transfer.accept', acceptance(story.codes)).gives('TransferAccepted')
    story.when('officer3', 'retrieval.request', request(story)).gives('RetrievalRequested')
  })

  it('it is sent back the same way', () => {
    const story = given(stored, assigned)
    story.take('officer3', 'transfer.offer', give(story, { to: 'psb' }))
    story.take('legal3', 'transfer.endorse')
    story.take('leader3', 'transfer.endorse')
    story
      .when('legal', 'transfer.accept', take(story.codes, 'econ'))
      .gives('CaseTakenOver', { unit: 'econ', agency: 'psb' })
    expect(story.item).to.deep.include({ owningAgency: 'psb', formerAgencies: ['psb2'] })
    story.when('econhead', 'case.assign', { caseNo, officers: ['econofficer'] }).gives('OfficersChanged')
    story.when('econofficer', 'retrieval.request', request(story)).gives('RetrievalRequested')
  })

  it('the storehead in whose store a thing stands can settle what is wrong with it', () => {
    const story = given(stored, assigned)
    const items = [story.codes[0]!]
    story.take('keeper3', 'discrepancy.report', { kind: 'damaged', note: '外壳破损', photos: [] }, { items })
    expect(story.item.open.discrepancy!.waitsFor).to.include.members([
      'storehead@psb',
      'storehead@psb2',
      'inspector@psb2',
    ])
    const settled = { outcome: 'explained', note: '运输所致', documents: [] }
    story
      .when('storehead', 'discrepancy.resolve', settled, { items, signedBy: ['riverinspector'] })
      .gives('DiscrepancyResolved')
  })
})

describe('a case whose things went in part', () => {
  const first: History = (story) =>
    story.and(sent(0), taken('legal3', 'transfer.accept', take([story.codes[0]!]), { items: [story.codes[0]!] }))
  const second = (story: Story) => ({ items: [story.codes[1]!] })

  it('is the receiver’s; what stayed with the sender is lent and sent after it', () => {
    const story = given(stored, first, taken('head3', 'case.assign', { caseNo, officers: ['officer3'] }))
    expect(story.itemAt(1)).to.deep.include({ owningAgency: 'psb', officers: ['officer', 'officer2'] })
    story
      .when('officer', 'retrieval.request', request(story), second(story))
      .gives('RetrievalRequested', { decidesAt: 'head@crim' })
    story.take('officer', 'retrieval.withdraw', {}, second(story))
    story.and(sent(1))
    const wrong = () => story.world.units.set('econ2', { ...story.world.units.get('crim2')!, id: 'econ2' })
    wrong()
    story
      .when('legal3', 'transfer.accept', take([story.codes[1]!], 'econ2'), second(story))
      .refusedWith('transfer.handled-by-another')
    story.when('legal3', 'transfer.accept', take([story.codes[1]!], ''), second(story))
    story.gives('ItemTakenOver', { unit: 'crim2', officers: ['officer3'] })
    expect(story.decision!.facts).to.have.length(2)
  })

  it('lets the sender make a case of what stayed', () => {
    const story = given(stored, first)
    const made = { caseNo: 'A3301020000002026039999', title: '余案', items: [story.codes[1]], reason: '未随案移送' }
    story
      .when('officer', 'case.split', made, { signedBy: ['head'] })
      .gives('CaseSplitOff', { unit: 'crim', agency: 'psb' })
  })

  it('does not go on to a third agency', () => {
    const story = given(stored, first)
    story.world.units.set('psb3', { ...story.world.units.get('psb2')!, id: 'psb3', agency: 'psb3' })
    const on = give(story, { to: 'psb3' }, [story.codes[1]!])
    story.when('officer', 'transfer.offer', on, second(story)).refusedWith('transfer.case-elsewhere', { caseNo })
  })
})

describe('a leader of the agency', () => {
  it('gives a case to another of its units', () => {
    const story = given(stored)
    const input = { caseNo, unit: 'econ', officers: ['econofficer'] }
    story.when('head', 'case.assign', input).refusedWith('case.other-unit')
    story.when('leader', 'case.assign', { ...input, unit: 'crim2' }).refusedWith('case.not-a-unit')
    story.when('leader', 'case.assign', input).gives('CaseTakenOver', { unit: 'econ' }).gives('ItemTakenOver')
    expect(story.itemAt(1)).to.deep.include({ owningUnit: 'econ', officers: ['econofficer'] })
    expect(story.itemAt(1)).to.not.have.property('formerAgencies')
  })

  it('waits for what the unit has to decide', () => {
    const story = given(stored)
    story.take('officer', 'retrieval.request', request(story))
    story
      .when('leader', 'case.assign', { caseNo, unit: 'econ', officers: ['econofficer'] })
      .refusedWith('case.docket-open')
  })

  it('takes up what version 1 of the rules left in nobody’s hands', () => {
    const story = given(ofRules(1), stored, sent())
    story.when('legal3', 'transfer.accept', acceptance(story.codes)).gives('TransferAccepted')
    expect(story.decision!.facts).to.have.length(2)
    const input = { caseNo, unit: 'crim2', officers: ['officer3'] }
    story.when('leader3', 'case.assign', input).refusedWith('step.no-role')
    story.and(ofRules(2))
    story.when('head3', 'case.assign', { caseNo, officers: ['officer3'] }).refusedWith('case.unknown')
    story.when('leader3', 'case.assign', input).gives('CaseTakenOver', { agency: 'psb2' }).gives('ItemTakenOver')
    story.when('officer3', 'retrieval.request', request(story)).gives('RetrievalRequested', { decidesAt: 'head@crim2' })
  })
})
