/** case.split and case.merge: things go to another case, and both cases say so. */
import { expect } from 'chai'
import {
  caseNo,
  given,
  line,
  otherCaseNo,
  received,
  registered,
  requested,
  type Story,
  taken,
  transferred,
} from '../../../support/custody.ts'

const newNo = 'A3301020000002026039999'
const splitOff = (story: Story, over: Record<string, unknown> = {}, signedBy = ['head'], login = 'officer') => {
  const input = { caseNo: newNo, title: '邱某诈骗案', items: [story.codes[0]], reason: '另案处理', ...over }
  return story.when(login, 'case.split', input, { signedBy })
}
const merge = (story: Story, over: Record<string, unknown> = {}, signedBy = ['econhead'], login = 'legal') =>
  story.when(login, 'case.merge', { caseNo, into: otherCaseNo, reason: '系同一犯罪事实', ...over }, { signedBy })
const closed = (no: string) => ({
  caseNo: no,
  event: 'closed',
  date: '2026-03-01',
  document: { kind: '报告', no: '1' },
  held: 0,
})
/** A thing of the other unit's case, on the same document and line as the first thing here. */
const twin = (story: Story) => {
  const { document } = story.item
  const input = { caseNo: otherCaseNo, document, measure: 'seize', items: [line('1', story)] }
  story.take('econofficer', 'intake.register', input)
}

describe('case.split', () => {
  it('makes a case of its own of some things, with their officers and the age of the case', () => {
    const story = given(registered({}, {}), received())
    const { clocks } = story.item
    splitOff(story).gives('CaseSplitOff', {
      caseNo: newNo,
      splitFrom: caseNo,
      unit: 'crim',
      officers: ['officer', 'officer2'],
    })
    story.gives('CaseSplit', { into: newNo, items: 1 }).gives('ItemReassigned', { caseNo: newNo, from: caseNo })
    const made = story.world.cases.get(newNo)!
    expect(made).to.include({ splitFrom: caseNo, acceptedAt: story.case.acceptedAt, kind: 'criminal', agency: 'psb' })
    expect(story.item).to.deep.include({ caseNo: newNo, formerCaseNos: [caseNo], clocks })
    expect(story.itemAt(1).caseNo).to.equal(caseNo)
    story.when('officer', 'intake.register', {
      caseNo: newNo,
      document: story.item.document,
      measure: 'seize',
      items: [line('1', story)],
    })
    story.refusedWith('intake.line-used')
  })

  it('gives it to other officers when some are named', () => {
    const story = given(registered())
    splitOff(story, { officers: ['officer2'] }).gives('ItemReassigned', { officers: ['officer2'] })
    splitOff(given(registered()), { officers: ['keeper'] }).refusedWith('case.not-an-officer')
  })

  it('counts how often it went back before', () => {
    const story = given(
      registered(),
      taken('legal', 'case.record', { ...closed(caseNo), event: 'supplementary-investigation' }),
    )
    splitOff(story).gives('CaseSplitOff', { supplementaryTimes: 1 })
  })

  it('is decided with the head, by who handles the things', () => {
    const story = given(registered())
    splitOff(story, {}, ['econhead']).refusedWith('step.countersignature-missing', { as: 'head' })
    splitOff(story, {}, ['head'], 'econofficer').refusedWith('item.unknown')
    story.take('head', 'case.assign', { caseNo, officers: ['officer'] })
    splitOff(story, {}, ['head'], 'officer2').refusedWith('case.not-yours')
    splitOff(story, {}, ['head'], 'legal').gives('CaseSplitOff')
  })

  it('takes a number that nobody has, and things of one case that are here', () => {
    const story = given(registered({}, {}), received(), twin)
    splitOff(story, { caseNo: 'X1' }).refusedWith('case.number-malformed')
    splitOff(story, { caseNo: otherCaseNo }).refusedWith('case.exists')
    splitOff(story, { items: [story.codes[0], story.codes[2]] }, ['head'], 'legal').refusedWith(
      'case.things-of-several',
    )
    const gone = { kind: 'missing', note: '不在', photos: [] }
    story.take('inspector', 'discrepancy.report', gone, { items: [story.codes[1]!] })
    splitOff(story, { items: [story.codes[1]] }).gives('CaseSplitOff')
  })

  it('leaves alone what another agency controls, and a case that has ended', () => {
    splitOff(given(registered(), received(), transferred)).refusedWith('case.not-in-control')
    const story = given(registered())
    story.take('officer', 'case.record', { ...closed(caseNo), held: 1, heldBecause: '待处理' })
    splitOff(story).refusedWith('case.ended', { caseNo })
  })

  it('lets nobody act on what has left', () => {
    const story = given(registered())
    story.world.items.set(story.codes[0]!, { ...story.item, custody: { state: 'left', how: 'returned', to: '孟某' } })
    splitOff(story).refusedWith('item.left')
  })
})

describe('case.merge', () => {
  it('takes every thing to the other case, its unit and its officers', () => {
    const story = given(registered({}, {}), received())
    merge(story).gives('CaseMerged', { into: otherCaseNo, items: 2 }).gives('CaseTookIn', { from: caseNo, items: 2 })
    expect(story.itemAt(1)).to.deep.include({ caseNo: otherCaseNo, owningUnit: 'econ', officers: ['econofficer'] })
    expect(story.itemAt(1).formerCaseNos).to.deep.equal([caseNo])
    expect(story.case.mergedInto).to.equal(otherCaseNo)
    story.when('econofficer', 'retrieval.request', {
      purpose: 'identification',
      reason: '辨认',
      usedAt: story.in(1),
      dueAt: story.in(20),
    })
    story.gives('RetrievalRequested', { decidesAt: 'head@econ' })
  })

  it('leaves a case that leads on and takes nothing more', () => {
    const story = given(registered(), received())
    merge(story).gives('CaseMerged')
    const into = { caseNo, into: otherCaseNo }
    story.when('officer', 'intake.register', {
      caseNo,
      document: story.item.document,
      measure: 'seize',
      items: [line('8', story)],
    })
    story.refusedWith('case.merged', into)
    story.when('officer', 'case.record', closed(caseNo)).refusedWith('case.merged', into)
    story.when('head', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('case.merged')
    merge(story).refusedWith('case.merged', into)
    merge(story, { caseNo: otherCaseNo, into: caseNo }, ['head']).refusedWith('case.merged', into)
  })

  it('lets the agencies of its things read the case that they came to, and no others', () => {
    const story = given(registered({}, {}), received(), transferred)
    merge(story).gives('CaseTookIn')
    expect(story.world.cases.get(otherCaseNo)!.agencies).to.deep.equal(['psb', 'proc'])
    expect(story.item.control).to.include({ agency: 'proc' })
  })

  it('waits for what the old unit has still to decide', () => {
    const story = given(registered(), received(), requested())
    const { docket } = story.item.open.custody!
    merge(story).refusedWith('case.docket-open', { code: story.codes[0], docket })
    story.take('officer', 'retrieval.withdraw')
    merge(story).gives('CaseMerged')
  })

  it('is not held up by a thing that is missing', () => {
    const story = given(registered({}, {}), received())
    const [first] = story.codes as [string]
    story.take('inspector', 'discrepancy.report', { kind: 'missing', note: '不在', photos: [] }, { items: [first] })
    merge(story).gives('CaseMerged', { items: 2 })
  })

  it('is between two cases of one agency that go on, and no two things share a line', () => {
    const story = given(registered(), twin)
    merge(story).refusedWith('case.line-used', { caseNo: otherCaseNo, line: '1' })
    merge(story, { into: caseNo }, ['head']).refusedWith('case.into-itself')
    merge(given(), {}, ['head']).refusedWith('step.countersignature-missing', { as: 'head' })
    story.take('head', 'case.assign', { caseNo, officers: ['officer'] })
    merge(story, {}, ['econhead'], 'officer2').refusedWith('case.not-yours')
    story.take('econofficer', 'case.record', { ...closed(otherCaseNo), held: 1, heldBecause: '待处理' })
    merge(story).refusedWith('case.ended', { caseNo: otherCaseNo })
    const elsewhere = story.world.cases.get(otherCaseNo)!
    story.world.cases.set(otherCaseNo, { ...elsewhere, events: [], agency: 'psb2' })
    merge(story).refusedWith('case.other-agency')
  })
})
