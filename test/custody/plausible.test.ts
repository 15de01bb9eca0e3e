/** What can be true of an input: days, moments, and what sort of file a field takes. */
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import { photos, time } from '../../server/custody/fields.ts'
import { fileTypes, kindOfFile } from '../../server/custody/file-kinds.ts'
import { latestDateAt } from '../../server/custody/plausible.ts'
import {
  caseNo,
  disposalApproved,
  document,
  execution,
  file,
  fileOfType,
  given,
  handOver,
  later,
  line,
  ofRules,
  receipt,
  received,
  registered,
  request,
  returnApproved,
  type Story,
} from '../support/custody.ts'

const stored = (story: Story) => story.and(registered(), received())
const seizure = (story: Story, date: string) => ({
  caseNo,
  document: { ...document, date },
  measure: 'seize',
  items: [line('1', story)],
})
const of = (kinds: string[]) => fileTypes.filter((type) => kinds.includes(kindOfFile(type)!))
const notOf = (kinds: string[]) => fileTypes.filter((type) => !kinds.includes(kindOfFile(type)!))

describe('a date', () => {
  it('is of our time', () => {
    const { input } = catalogue.steps['intake.register']!
    const reasons = (date: string) =>
      input.safeParse(seizure(given(), date)).error?.issues.map((issue) => (issue as { params?: unknown }).params)
    expect(reasons('0001-01-01')).to.deep.equal([{ reason: 'early', limit: '1980-01-01' }])
    expect(reasons('2206-03-02')).to.deep.equal([{ reason: 'late', limit: '2099-12-31' }])
    expect(reasons('1980-01-01')).to.equal(undefined)
    expect(time().safeParse('1926-03-02T09:00:00Z').success).to.equal(false)
    expect(time().parse('2026-03-02T09:00:00+08:00')).to.equal('2026-03-02T01:00:00.000Z')
  })

  it('of a paper has come somewhere on earth', () => {
    const story = given()
    const latest = latestDateAt(story.now)
    expect(latest).to.equal('2026-03-02')
    story
      .when('officer', 'intake.register', seizure(story, '2026-03-03'))
      .refusedWith('step.dated-in-the-future', { date: '2026-03-03', latest })
    story.when('officer', 'intake.register', seizure(story, '2099-01-01')).refusedWith('step.dated-in-the-future')
    story.advance(9).when('officer', 'intake.register', seizure(story, '2026-03-03')).gives('ItemRegistered')
    given(ofRules(1)).when('officer', 'intake.register', seizure(given(), '2099-01-01')).gives('ItemRegistered')
  })
})

describe('a moment', () => {
  it('of use is today or later', () => {
    const story = given(stored)
    const asked = (usedAt: string) => story.when('officer', 'retrieval.request', request(story, { usedAt }))
    asked('2020-01-01T01:00:00.000Z').refusedWith('retrieval.use-in-the-past', { earliest: '2026-03-02' })
    asked(story.in(-24)).refusedWith('retrieval.use-in-the-past')
    asked(story.in(-0.5)).gives('RetrievalRequested')
    const before = given(ofRules(1), stored)
    before.when('officer', 'retrieval.request', request(before, { usedAt: before.in(-24) })).gives('RetrievalRequested')
  })

  it('of a destruction lies between approval and now', () => {
    const story = given(stored, later(24), disposalApproved())
    const earliest = story.facts.at(-1)!.recorded.occurredAt
    story.advance(3)
    const done = (at: string) =>
      story.when('keeper', 'disposal.execute', execution(story, { at }), { signedBy: ['keeper2', 'inspector'] })
    done('2019-03-02T01:00:00.000Z').refusedWith('disposal.not-then', { earliest, latest: story.now })
    done(story.in(-4)).refusedWith('disposal.not-then')
    done(story.in(1)).refusedWith('disposal.not-then')
    done(story.in(-1)).gives('ItemDisposed')
  })

  it('is said to the minute, so the minute of the approval will do', () => {
    const story = given(stored, later(40 / 3600), disposalApproved())
    const approvedAt = story.facts.at(-1)!.recorded.occurredAt
    expect(approvedAt).to.match(/:40\.000Z$/)
    const minute = `${approvedAt.slice(0, 16)}:00.000Z`
    const done = (at: string) =>
      story.when('keeper', 'disposal.execute', execution(story, { at }), { signedBy: ['keeper2', 'inspector'] })
    done(new Date(Date.parse(minute) - 60_000).toISOString()).refusedWith('disposal.not-then')
    done(minute).gives('ItemDisposed')

    const returned = given(stored, later(40 / 3600), returnApproved())
    const sentAt = `${returned.facts.at(-1)!.recorded.occurredAt.slice(0, 16)}:00.000Z`
    returned.when('keeper', 'return.notice', { sentAt, how: '邮寄' }).gives('OwnerNotified')
  })

  it('to which a hand-in is put off is to come', () => {
    const story = given(registered())
    const until = story.in(-1)
    story
      .when('head', 'intake.defer', { reason: 'remote-place', until })
      .refusedWith('intake.deferred-into-the-past', { earliest: story.now })
    story.and(ofRules(1)).when('head', 'intake.defer', { reason: 'remote-place', until }).gives('HandInDeferred')
  })
})

describe('a file', () => {
  const receive = (photo: string, ...before: Parameters<typeof given>) => {
    const story = given(...before, registered())
    return story.when('keeper', 'intake.receive', receipt(story, 0, { photos: [photo] }), { signedBy: ['officer'] })
  }
  for (const type of notOf(['picture']))
    it(`of type ${type} is no photograph`, () => {
      receive(fileOfType(type)).refusedWith('file.not-a-picture', { file: fileOfType(type) })
    })
  for (const type of of(['picture']))
    it(`of type ${type} is one`, () => {
      receive(fileOfType(type)).gives('ItemReceived')
    })
  it('was taken whatever it is before version 2 of the rules', () => {
    receive(fileOfType('video/mp4'), ofRules(1)).gives('ItemReceived')
  })

  it('is named once among photographs', () => {
    const issues = photos(3).safeParse([file('1'), file('2'), file('1')]).error?.issues
    expect(issues).to.have.length(1)
    expect(issues![0]).to.deep.include({ params: { reason: 'repeated' } })
  })

  it('that is a report is a paper or a picture of one, and a video moves', () => {
    const executed = (over: Record<string, unknown>) => {
      const story = given(stored, disposalApproved())
      const input = execution(story, over)
      return story.when('keeper', 'disposal.execute', input, { signedBy: ['keeper2', 'inspector'] })
    }
    for (const type of notOf(['paper', 'picture']))
      executed({ report: fileOfType(type) }).refusedWith('file.not-a-paper')
    for (const type of of(['paper', 'picture'])) executed({ report: fileOfType(type) }).gives('ItemDisposed')
    for (const type of notOf(['video'])) executed({ video: fileOfType(type) }).refusedWith('file.not-a-video')
    for (const type of of(['video'])) executed({ video: fileOfType(type) }).gives('ItemDisposed')
  })

  it('that is a signature was drawn, and is no photograph of the thing', () => {
    const signed = (signature: string) =>
      given(stored, returnApproved()).when('keeper', 'return.hand-over', handOver({ signature }), {
        signedBy: ['keeper2'],
      })
    for (const type of fileTypes.filter((each) => each !== 'image/png'))
      signed(fileOfType(type)).refusedWith('file.not-a-signature')
    signed(fileOfType('image/png')).gives('ItemReturned')
    signed(file('line')).refusedWith('return.papers-same')
  })
})
