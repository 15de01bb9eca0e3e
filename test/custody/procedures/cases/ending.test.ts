/** case.record and case.reopen: a case ends with a look at what is still held, and goes on again when it must. */
import { expect } from 'chai'
import { isOngoing } from '../../../../server/custody/subjects.ts'
import {
  caseNo,
  document,
  given,
  line,
  ofRules,
  otherCaseNo,
  received,
  registered,
  type Story,
} from '../../../support/custody.ts'

const end = (over: Record<string, unknown> = {}) => ({
  caseNo,
  event: 'closed',
  date: '2026-03-02',
  document: { kind: '结案报告', no: '结1号' },
  ...over,
})
const seen = { held: 2, heldBecause: '等待发还' }
const reopening = {
  caseNo,
  reason: '发现新的犯罪事实',
  document: { kind: '恢复侦查决定书', no: '复1号', date: '2026-03-02' },
}
const reopen = (story: Story, over: Record<string, unknown> = {}, signedBy = ['head'], login = 'legal') =>
  story.when(login, 'case.reopen', { ...reopening, ...over }, { signedBy })
const register = (story: Story) =>
  story.when('officer', 'intake.register', { caseNo, document, measure: 'seize', items: [line('9', story)] })

describe('ending a case', () => {
  it('asks for the number of things still held, as it was shown, and why', () => {
    const story = given(registered({}, {}), received())
    story.when('officer', 'case.record', end()).refusedWith('case.held-differs', { held: 2, seen: 0 })
    story
      .when('officer', 'case.record', end({ ...seen, held: 3 }))
      .refusedWith('case.held-differs', { held: 2, seen: 3 })
    story.when('officer', 'case.record', end({ held: 2 })).refusedWith('case.held-unexplained', { held: 2 })
    story.when('officer', 'case.record', end(seen)).gives('CaseEventRecorded', { held: 2, heldBecause: '等待发还' })
    expect(isOngoing(story.case)).to.equal(false)
  })

  it('asks the same of every end, and of nothing else', () => {
    for (const event of ['withdrawn', 'not-prosecuted'])
      given(registered()).when('legal', 'case.record', end({ event })).refusedWith('case.held-differs', { held: 1 })
    const story = given(registered())
    story.when('legal', 'case.record', end({ event: 'judgment-effective', held: 7 })).gives('CaseEventRecorded')
    expect(story.decision!.facts[0]!.recorded.data).to.not.have.property('held')
  })

  it('needs no reason where nothing is held', () => {
    given().when('officer', 'case.record', end()).gives('CaseEventRecorded')
  })

  it('was not looked at by version 1 of the rules, which let a withdrawn case take more', () => {
    const story = given(ofRules(1), registered())
    story.when('officer', 'case.record', end({ event: 'withdrawn' })).gives('CaseEventRecorded')
    register(story).gives('ItemRegistered')
    story.when('officer', 'case.record', end()).gives('CaseEventRecorded')
    register(story).refusedWith('intake.case-closed')
  })
})

describe('case.reopen', () => {
  it('lets a case that was closed, withdrawn or not prosecuted take things again', () => {
    for (const event of ['closed', 'withdrawn', 'not-prosecuted']) {
      const story = given()
      story.take('officer', 'case.record', end({ event }))
      register(story).refusedWith('intake.case-closed', { caseNo })
      reopen(story).gives('CaseReopened', { reason: '发现新的犯罪事实' })
      expect(isOngoing(story.case)).to.equal(true)
      expect(story.case.events.at(-1)).to.include({ event: 'reopened', date: '2026-03-02' })
      register(story).gives('ItemRegistered')
      story.when(
        'officer',
        'case.record',
        end({ event, held: 1, heldBecause: '随案', document: { kind: '结案报告', no: '结2号' } }),
      )
      story.gives('CaseEventRecorded')
    }
  })

  it('is decided by the legal reviewer with the head of the unit or a leader', () => {
    const story = given()
    story.take('officer', 'case.record', end())
    reopen(story, {}, []).refusedWith('step.countersignature-missing', { as: 'head-or-leader' })
    reopen(story, {}, ['econhead']).refusedWith('step.countersignature-missing')
    reopen(story, {}, ['head'], 'officer').refusedWith('step.no-role')
    reopen(story, {}, ['leader']).gives('CaseReopened')
  })

  it('is for what has ended, on a decision that was made', () => {
    const story = given()
    reopen(story).refusedWith('case.not-ended', { caseNo })
    story.take('officer', 'case.record', end())
    const late = { ...reopening.document, date: '2026-03-09' }
    reopen(story, { document: late }).refusedWith('case.event-in-the-future')
    reopen(story, { caseNo: otherCaseNo }).refusedWith('case.not-ended')
  })
})
