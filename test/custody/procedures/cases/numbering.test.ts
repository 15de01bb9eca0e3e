/** case.renumber: a wrong number is put right everywhere, and still leads to the case. */
import { expect } from 'chai'
import {
  caseNo,
  decidedAgain,
  given,
  handedOver,
  line,
  otherCaseNo,
  received,
  registered,
  returnApproved,
  type Story,
} from '../../../support/custody.ts'

const right = 'A3301020000002026030099'
const renumber = (story: Story, over: Record<string, unknown> = {}, signedBy = ['head'], login = 'officer') =>
  story.when(login, 'case.renumber', { caseNo, newCaseNo: right, reason: '立案时编号录入有误', ...over }, { signedBy })

describe('case.renumber', () => {
  it('gives the case and all its things the right number; the ledger keeps them under one id', () => {
    const story = given(registered({}, {}), received())
    renumber(story).gives('CaseRenumbered', { caseNo: right, from: caseNo }).gives('CaseNumberCorrected')
    expect(story.itemAt(1)).to.deep.include({ caseNo: right, formerCaseNos: [caseNo] })
    const it = story.world.cases.get(right)!
    expect(it).to.deep.include({ caseNo: right, openedAs: caseNo, formerNos: [caseNo] })
    expect(story.world.cases.get(caseNo), 'the old number leads there').to.equal(it)
    story.when('head', 'case.assign', { caseNo: right, officers: ['officer'] }).gives('OfficersChanged')
    const about = story.facts.filter(({ subject }) => subject.kind === 'case').map(({ subject }) => subject.id)
    expect(new Set(about)).to.deep.equal(new Set([caseNo]))
    expect(story.world.cases.get(right)!.version).to.equal(it.version + 1)
    expect(decidedAgain(story.log)).to.deep.equal([])
  })

  it('reaches what has left', () => {
    const story = given(registered(), received(), returnApproved(), handedOver)
    renumber(story).gives('CaseNumberCorrected')
    expect(story.item).to.include({ caseNo: right })
  })

  it('is found under the old number by whoever still has it on paper', () => {
    const story = given(registered(), received())
    renumber(story).gives('CaseRenumbered')
    const { document } = story.item
    const more = (no: string) => ({ caseNo, document, measure: 'seize', items: [line(no, story)] })
    story.when('officer', 'intake.register', more('1')).refusedWith('intake.line-used')
    story.when('officer', 'intake.register', more('2')).gives('ItemRegistered', { caseNo: right })
    story.when('officer', 'case.open', {
      ...{ caseNo, title: '另一案', kind: 'criminal', acceptedAt: story.in(-1), unit: 'crim' },
      officers: ['officer'],
    })
    story.refusedWith('case.exists')
  })

  it('can be taken back, and corrected again', () => {
    const story = given(registered(), received())
    renumber(story).gives('CaseRenumbered')
    renumber(story, { caseNo: right, newCaseNo: caseNo }).gives('CaseRenumbered', { caseNo, from: right })
    expect(story.case).to.deep.include({ caseNo, openedAs: caseNo, formerNos: [right] })
    expect(story.item).to.deep.include({ caseNo, formerCaseNos: [right] })
    expect(decidedAgain(story.log)).to.deep.equal([])
  })

  it('takes a number that no other case has or had', () => {
    const story = given()
    renumber(story, { newCaseNo: caseNo }).refusedWith('case.same-number')
    renumber(story, { newCaseNo: otherCaseNo }, ['head'], 'legal').refusedWith('case.exists', { id: otherCaseNo })
    renumber(story, { newCaseNo: '1号' }).refusedWith('case.number-malformed')
    renumber(story).gives('CaseRenumbered')
    const other = { caseNo: otherCaseNo, newCaseNo: caseNo }
    renumber(story, other, ['econhead'], 'legal').refusedWith('case.exists')
  })

  it('is for its officers and legal reviewers, with the head', () => {
    const story = given()
    renumber(story, {}, []).refusedWith('step.countersignature-missing', { as: 'head' })
    renumber(story, {}, ['head'], 'econofficer').refusedWith('case.unknown')
    story.take('head', 'case.assign', { caseNo, officers: ['officer'] })
    renumber(story, {}, ['head'], 'officer2').refusedWith('case.not-yours')
    renumber(story, {}, ['head'], 'legal').gives('CaseRenumbered')
  })
})
