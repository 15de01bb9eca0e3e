/** item.reassign: a thing that was registered under the wrong case goes to the right one. */
import { expect } from 'chai'
import {
  alsoHolds,
  caseNo,
  document,
  given,
  line,
  offered,
  otherCaseNo,
  received,
  registered,
  requested,
  type Story,
  transferred,
} from '../../../support/custody.ts'

const right = { caseNo: otherCaseNo, document: { ...document, no: '经扣1号' }, line: '3', reason: '登记时选错案件' }
const reassign = (story: Story, over: Record<string, unknown> = {}, signedBy = ['econhead'], login = 'officer') =>
  story.when(login, 'item.reassign', { ...right, ...over }, { signedBy, items: [story.codes[0]!] })
const stored = [registered({}, {}), received()]

describe('item.reassign', () => {
  it('takes the thing to the other case, with its unit, its officers and a line of its own', () => {
    const story = given(...stored)
    const { clocks, custody } = story.item
    reassign(story).gives('ItemReassigned', { caseNo: otherCaseNo, from: caseNo, line: '3', reason: '登记时选错案件' })
    story.gives('CaseTookIn', { from: caseNo, items: 1 })
    expect(story.item).to.deep.include({ caseNo: otherCaseNo, document: right.document, line: '3', clocks, custody })
    expect(story.item).to.deep.include({ owningUnit: 'econ', officers: ['econofficer'], formerCaseNos: [caseNo] })
    const heard = story.decision!.facts[0]!.audience
    expect(heard, 'both hear of it').to.include.members(['unit:crim', 'unit:econ'])
  })

  it('keeps the clock of what was not handed in', () => {
    const story = given(registered())
    const { clocks } = story.item
    reassign(story).gives('ItemReassigned')
    expect(story.item.clocks).to.deep.equal(clocks)
    expect(story.item.clocks).to.have.length(1)
  })

  it('is asked by an officer of the one case and agreed by the head of the other, or decided by the head', () => {
    const story = given(...stored)
    reassign(story, {}, ['head']).refusedWith('step.countersignature-missing', { as: 'head' })
    reassign(story, {}, ['econhead'], 'econofficer').refusedWith('item.unknown')
    story.take('head', 'case.assign', { caseNo, officers: ['officer'] })
    reassign(story, {}, ['econhead'], 'officer2').refusedWith('item.not-yours')
    story.and(alsoHolds('econhead', 'keeper', story.item.custody.state === 'stored' ? story.item.custody.site : ''))
    reassign(story, {}, ['econofficer'], 'econhead').refusedWith('item.not-yours')
    reassign(story, {}, ['econofficer'], 'head').gives('ItemReassigned')
  })

  it('needs a free line in a case of the agency that goes on', () => {
    const story = given(...stored)
    story.take('econofficer', 'intake.register', {
      ...{ caseNo: otherCaseNo, document: right.document, measure: 'seize' },
      items: [line('3', story)],
    })
    reassign(story).refusedWith('case.line-used', { no: '经扣1号', line: '3' })
    reassign(story, { caseNo }, ['head']).refusedWith('item.same-case')
    reassign(story, { caseNo: 'X9' }).refusedWith('case.unknown')
    story.when(
      'officer',
      'item.reassign',
      { ...right, line: '4' },
      { signedBy: ['econhead'], items: story.codes.slice(0, 2) },
    )
    story.refusedWith('item.one-by-one')
    const it = story.world.cases.get(otherCaseNo)!
    const ended = { event: 'closed' as const, date: '2026-03-01', document: { kind: '报告', no: '1' } }
    story.world.cases.set(otherCaseNo, { ...it, events: [ended] })
    reassign(story, { line: '4' }).refusedWith('case.ended')
    story.world.cases.set(otherCaseNo, { ...it, mergedInto: caseNo })
    reassign(story, { line: '4' }).refusedWith('case.merged')
    story.world.cases.set(otherCaseNo, { ...it, agency: 'psb2' })
    reassign(story, { line: '4' }).refusedWith('case.other-agency')
  })

  it('waits for what the unit or another agency has to decide', () => {
    const asked = given(...stored, requested())
    reassign(asked).refusedWith('case.docket-open', { docket: asked.item.open.custody!.docket })
    reassign(given(...stored, transferred)).refusedWith('item.not-in-control')
    reassign(given(...stored, offered())).refusedWith('item.not-in-control')
  })
})
