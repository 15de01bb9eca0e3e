/** case: how a case is opened, given to officers, and what is recorded of it. */
import { expect } from 'chai'
import { caseNo, given, otherCaseNo, received, registered, type Story } from '../../support/custody.ts'

const newNo = 'A3301020000002026039999'
const open = (story: Story, over: Record<string, unknown> = {}) => ({
  caseNo: newNo,
  title: '邱某诈骗案',
  kind: 'criminal',
  acceptedAt: story.in(-24),
  unit: 'crim',
  officers: ['officer2', 'officer', 'officer'],
  ...over,
})

describe('case.open', () => {
  it('makes a case of a unit with its officers, each once', () => {
    const story = given()
    story.when('officer', 'case.open', open(story)).gives('CaseOpened', { unitName: '刑事侦查大队', agency: 'psb' })
    const made = story.world.cases.get(newNo)!
    expect(made.officers).to.deep.equal(['officer', 'officer2'])
    expect(made.agencies).to.deep.equal(['psb'])
    expect(made).to.include({ supplementaryTimes: 0, version: 1 })
    story.when('officer', 'intake.register', {
      caseNo: newNo,
      document: { kind: '扣押决定书', no: '9', date: '2026-03-02' },
      measure: 'seize',
      items: [
        {
          line: '1',
          name: '笔记本',
          class: 'document',
          quantity: '1',
          unit: '本',
          features: '红色',
          source: '办公室',
          extractedAt: story.in(-1),
          takenFrom: { name: '林某' },
          witness: { name: '王某' },
          photos: ['a'.repeat(64)],
        },
      ],
    })
    story.gives('ItemRegistered', { caseNo: newNo })
  })

  it('may be done by the legal reviewer for any unit of the agency, by an officer for his own', () => {
    const story = given()
    const econ = open(story, { unit: 'econ', officers: ['econofficer'] })
    story.when('officer', 'case.open', econ).refusedWith('case.other-unit')
    story.when('procurator', 'case.open', econ).refusedWith('case.other-unit')
    story.when('legal', 'case.open', econ).gives('CaseOpened')
    story.when('keeper', 'case.open', econ).refusedWith('step.no-role')
  })

  it('takes a number once, and only one that the agency knows by its pattern', () => {
    const story = given()
    story.when('officer', 'case.open', open(story, { caseNo })).refusedWith('case.exists')
    story.when('officer', 'case.open', open(story, { caseNo: '江公立字1号' })).refusedWith('case.number-malformed')
    story.take('admin', 'agency.configure', { agency: 'psb', settings: { caseNoPattern: '^江公立字\\d{1,5}号$' } })
    story.when('officer', 'case.open', open(story, { caseNo: '江公立字1号' })).gives('CaseOpened')
  })

  it('belongs to a unit, not to an agency as such, and was not accepted in the future', () => {
    const story = given()
    story.when('legal', 'case.open', open(story, { unit: 'psb' })).refusedWith('case.not-a-unit')
    story.when('legal', 'case.open', open(story, { unit: 'nowhere' })).refusedWith('unit.unknown')
    story
      .when('legal', 'case.open', open(story, { acceptedAt: story.in(1) }))
      .refusedWith('case.accepted-in-the-future')
  })

  it('is given to officers of the agency who keep nothing', () => {
    const story = given()
    const by = (...officers: string[]) => open(story, { officers })
    story.when('legal', 'case.open', by('officer', 'head')).refusedWith('case.not-an-officer', { login: 'head' })
    story.when('legal', 'case.open', by('procurator')).refusedWith('case.not-an-officer')
    story.when('legal', 'case.open', by('gone')).refusedWith('person.disabled')
    story.when('legal', 'case.open', by('nobody')).refusedWith('person.unknown')
    // Nobody is given both roles; an older account might have them.
    const officer = story.world.people.get('officer')!
    const both = { role: 'storehead' as const, scope: 'psb', grantedAt: story.now, grantedBy: 'admin' }
    story.world.people.set('officer', { ...officer, grants: [...officer.grants, both] })
    story.when('legal', 'case.open', by('officer')).refusedWith('case.officer-keeps')
    story.when('legal', 'case.open', by('econofficer')).gives('CaseOpened')
  })
})

describe('case.assign', () => {
  it('gives the case and each of its things to other officers', () => {
    const story = given(registered({}, {}), received())
    story.when('head', 'case.assign', { caseNo, officers: ['officer2'] })
    story.gives('CaseAssigned', { officers: ['officer2'], before: ['officer', 'officer2'] })
    story.gives('OfficersChanged', { officers: ['officer2'] })
    expect(story.decision!.facts).to.have.length(3)
    expect(story.case.officers).to.deep.equal(['officer2'])
    expect(story.itemAt(1).officers).to.deep.equal(['officer2'])
    const heard = story.decision!.facts.find(({ subject }) => subject.kind === 'item')!.audience
    expect(heard, 'who lost it hears of it too').to.include.members(['person:officer', 'person:officer2'])
  })

  it('leaves alone what has left', () => {
    const story = given(registered({}, {}), received())
    const [first] = story.codes as [string]
    story.take('inspector', 'discrepancy.report', { kind: 'missing', note: '不在', photos: [] }, { items: [first] })
    story.world.people.set('witness', { ...story.world.people.get('inspector')!, login: 'witness', id: 'PW' })
    const off = { outcome: 'written-off', note: '灭失', documents: ['b'.repeat(64)] }
    story.take('storehead', 'discrepancy.resolve', off, { items: [first], signedBy: ['witness'] })
    story.take('head', 'case.assign', { caseNo, officers: ['officer2'] })
    expect(story.itemAt(0).officers).to.deep.equal(['officer', 'officer2'])
    expect(story.itemAt(1).officers).to.deep.equal(['officer2'])
  })

  it('is the head’s of that unit', () => {
    const story = given()
    story.when('econhead', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('case.unknown')
    story.when('officer', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('step.no-role')
    story.when('head', 'case.assign', { caseNo: 'B1', officers: ['officer'] }).refusedWith('case.unknown')
    // A head of two units reads both; the case is assigned by the head of its own.
    const both = { ...story.world.people.get('econhead')!, unit: 'crim' }
    const also = { role: 'officer' as const, scope: 'crim', grantedAt: story.now, grantedBy: 'admin' }
    story.world.people.set('econhead', { ...both, grants: [...both.grants, also] })
    story.when('econhead', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('case.other-unit')
  })

  it('is taken by a head of several units as the head of the case’s unit', () => {
    const story = given()
    story.take('admin', 'person.grant', { login: 'head', role: 'head', scope: 'econ' })
    story.when('head', 'case.assign', { caseNo: otherCaseNo, officers: ['officer'] }).gives('CaseAssigned')
    expect(story.decision!.actor.role).to.equal('head')
  })

  it('changes something, for officers who may have it', () => {
    const story = given()
    const assign = (...officers: string[]) => story.when('head', 'case.assign', { caseNo, officers })
    assign('officer2', 'officer').refusedWith('case.same-officers')
    assign('keeper').refusedWith('case.not-an-officer')
  })

  it('reaches ten thousand things and no more', () => {
    const story = given(registered())
    const { item } = story
    for (let count = 0; count < 10_000; count += 1)
      story.world.items.set(`many-${count}`, { ...item, code: `many-${count}`, line: `${count}` })
    story.when('head', 'case.assign', { caseNo, officers: ['officer'] }).refusedWith('case.too-many-items')
  })
})

describe('case.record', () => {
  const judgment = { event: 'judgment-effective', date: '2026-03-02', document: { kind: '判决书', no: '1号' } }

  it('keeps what has become of the case', () => {
    const story = given()
    story.when('officer', 'case.record', { caseNo, ...judgment, note: '已生效' })
    story.gives('CaseEventRecorded', { note: '已生效' })
    expect(story.case.events).to.deep.equal([judgment])
    story.when('legal', 'case.record', { caseNo: otherCaseNo, ...judgment }).gives('CaseEventRecorded')
  })

  it('counts each decision to send the case back', () => {
    const story = given()
    story.take('legal', 'case.record', { caseNo, ...judgment, event: 'supplementary-investigation' })
    expect(story.case.supplementaryTimes).to.equal(1)
    story.take('legal', 'case.record', { caseNo, ...judgment })
    expect(story.case.supplementaryTimes).to.equal(1)
  })

  it('is for its officers and the agency’s legal reviewers', () => {
    const story = given()
    story.when('econofficer', 'case.record', { caseNo, ...judgment }).refusedWith('case.unknown')
    story.take('head', 'case.assign', { caseNo, officers: ['officer'] })
    story.when('officer2', 'case.record', { caseNo, ...judgment }).refusedWith('case.not-yours')
  })

  it('takes an event once, and none that has not happened', () => {
    const story = given()
    story.take('officer', 'case.record', { caseNo, ...judgment })
    story.when('legal', 'case.record', { caseNo, ...judgment }).refusedWith('case.event-recorded')
    const tomorrow = { ...judgment, date: '2026-03-04' }
    story.when('officer', 'case.record', { caseNo, ...tomorrow }).refusedWith('case.event-in-the-future')
  })
})

describe('case.correct', () => {
  const right = (name: string, value: unknown) => ({ caseNo, field: name, right: value, reason: '笔误' })

  it('puts a described field right, and keeps what was said before', () => {
    const story = given()
    story.when('officer', 'case.correct', right('title', '林某等人盗窃案')).refusedWith('step.countersignature-missing')
    story
      .when('officer', 'case.correct', right('title', '林某等人盗窃案'), { signedBy: ['officer2'] })
      .gives('CaseCorrected', { field: 'title', was: '林某盗窃案', right: '林某等人盗窃案' })
    expect(story.case.title).to.equal('林某等人盗窃案')
    expect(story.case.corrections).to.have.length(1)
    expect(story.case.corrections![0]).to.include({ field: 'title', was: '林某盗窃案', by: '陆一舟' })
  })

  it('leaves kind and day of acceptance to the head', () => {
    const story = given(registered())
    story
      .when('officer', 'case.correct', right('kind', 'administrative'), { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing', { roles: ['head'] })
    story
      .when('officer', 'case.correct', right('kind', 'administrative'), { signedBy: ['head'] })
      .gives('CaseCorrected')
    const accepted = (at: string) =>
      story.when('officer', 'case.correct', right('acceptedAt', at), { signedBy: ['head'] })
    accepted(story.in(1)).refusedWith('case.accepted-in-the-future')
    accepted(story.in(-1)).refusedWith('case.accepted-after-extraction', { code: story.codes[0]! })
    accepted(story.in(-48)).gives('CaseCorrected')
  })

  it('knows no other fields, and is for those whose case it is', () => {
    const story = given()
    const by = (login: string, name: string, value: unknown) =>
      story.when(login, 'case.correct', right(name, value), { signedBy: ['officer2'] })
    by('officer', 'officers', ['officer']).refusedWith('correction.unknown-field')
    by('officer', 'kind', 'civil').refusedWith('correction.wrong-value')
    by('officer', 'title', '林某盗窃案').refusedWith('correction.nothing-else')
    story.take('head', 'case.assign', { caseNo, officers: ['officer2'] })
    by('officer', 'title', '新名').refusedWith('case.not-yours')
    story.when('head', 'case.correct', right('title', '新名'), { signedBy: ['officer2'] }).gives('CaseCorrected')
  })
})
