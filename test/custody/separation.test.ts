/** Separation of duties: which roles nobody holds together, which parts nobody plays together, and what an agency adds. */
import { expect } from 'chai'
import { heldApart, rolesApart } from '../../server/custody/separation.ts'
import { settingsOf } from '../../server/custody/settings.ts'
import type { Role } from '../../server/custody/subjects.ts'
import {
  alsoHolds,
  disposalApproved,
  disposalOf,
  file,
  given,
  judged,
  measured,
  ofRules,
  places,
  received,
  registered,
  request,
  requested,
  type Story,
  taken,
} from '../support/custody.ts'

const scopeOf = (role: Role) => (role === 'keeper' ? places.site : ['officer', 'head'].includes(role) ? 'crim' : 'psb')
const grant = (story: Story, login: string, role: Role) =>
  story.when('admin', 'person.grant', { login, role, scope: scopeOf(role) })
const stored = (story: Story) => story.and(registered(), received())

describe('roles that nobody holds together', () => {
  it('leave an inspector no business role', () => {
    for (const role of ['officer', 'head', 'keeper', 'storehead', 'legal', 'leader', 'principal', 'finance'] as const)
      grant(given(), 'inspector', role).refusedWith('person.inspector-apart', { role, beside: 'inspector' })
    for (const login of ['keeper', 'officer', 'leader', 'finance'])
      grant(given(), login, 'inspector').refusedWith('person.inspector-apart')
    grant(given(), 'recruit', 'inspector').gives('RoleGranted')
  })

  it('keep things apart from money', () => {
    grant(given(), 'keeper', 'finance').refusedWith('person.finance-apart', { beside: 'keeper' })
    grant(given(), 'finance', 'storehead').refusedWith('person.finance-apart', { beside: 'finance' })
  })

  it('are those of version 1 in a log of version 1', () => {
    grant(given(ofRules(1)), 'keeper', 'inspector').gives('RoleGranted')
    grant(given(ofRules(1)), 'keeper', 'finance').gives('RoleGranted')
    grant(given(ofRules(1)), 'keeper', 'head').refusedWith('person.handling-and-keeping')
    grant(given(ofRules(1)), 'keeper', 'admin').refusedWith('person.admin-apart')
  })

  it('are apart in both directions, and never from themselves', () => {
    for (const row of rolesApart)
      for (const one of row.one)
        for (const other of row.other) {
          expect(heldApart(row, one, [other]), `${one} ${other}`).to.equal(other)
          expect(heldApart(row, other, [one]), `${other} ${one}`).to.equal(one)
          expect(one).not.to.equal(other)
        }
  })
})

describe('what an agency adds to the table', () => {
  const own = [{ role: 'legal', apartFrom: 'leader' }]
  const configure = { agency: 'psb', settings: { rolesApart: own } }

  it('holds for its people, and takes the leader’s signature to add and to take away', () => {
    const story = given()
    story.when('admin', 'agency.configure', configure).refusedWith('step.countersignature-missing', { as: 'leader' })
    story.when('admin', 'agency.configure', configure, { signedBy: ['leader'] }).gives('SettingsChanged')
    grant(story, 'legal', 'leader').refusedWith('person.roles-apart', { beside: 'legal' })
    grant(story, 'leader', 'legal').refusedWith('person.roles-apart', { beside: 'leader' })
    grant(story, 'legal', 'principal').gives('RoleGranted')
    const less = { agency: 'psb', settings: { rolesApart: [] } }
    story.when('admin', 'agency.configure', less).refusedWith('step.countersignature-missing', { as: 'leader' })
    story.take('admin', 'agency.configure', less, { signedBy: ['leader'] })
    grant(story, 'legal', 'leader').gives('RoleGranted')
  })

  it('takes nothing off the table itself', () => {
    const story = given()
    story.take('admin', 'agency.configure', { agency: 'psb', settings: { rolesApart: [] } }, { signedBy: ['leader'] })
    expect(settingsOf(story.world.units.get('psb')!).rolesApart).to.deep.equal([])
    grant(story, 'keeper', 'inspector').refusedWith('person.inspector-apart')
  })
})

describe('parts that nobody plays together in one docket', () => {
  const proposed = (story: Story) =>
    story.and(stored, judged, taken('officer', 'disposal.propose', disposalOf('destroy')))

  it('leave no legal review to an officer of the case', () => {
    const lawyer = alsoHolds('officer2', 'legal', 'psb')
    const story = given(proposed, lawyer)
    story.when('officer2', 'disposal.review').refusedWith('step.reviewer-of-own-case')
    story.when('legal', 'disposal.review').gives('DisposalReviewed')
    given(ofRules(1), proposed, lawyer).when('officer2', 'disposal.review').gives('DisposalReviewed')
  })

  it('let no second keeper supervise under another hat', () => {
    const story = given(stored, disposalApproved(), alsoHolds('keeper2', 'inspector', 'psb'))
    story.take('keeper', 'disposal.stage', { place: places.staging }, { signedBy: ['keeper2'] })
    const destroy = {
      method: '焚烧',
      at: story.now,
      site: '处置中心',
      photos: [file()],
      vouchers: [],
      report: file('report'),
    }
    const execute = (...signedBy: string[]) => story.when('keeper', 'disposal.execute', destroy, { signedBy })
    execute('keeper3', 'keeper2').refusedWith('step.two-hats', { login: 'keeper2', as: 'supervisor' })
    execute('keeper2', 'inspector').gives('ItemDisposed')
  })

  it('let whoever released a thing not decide on more time', () => {
    const story = given(stored, requested(), taken('head', 'retrieval.approve'))
    const release = { condition: '完好', photos: [file()], ...measured(story) }
    story.take('keeper', 'retrieval.release', release, { signedBy: ['officer'] })
    story.take('officer', 'retrieval.extend', { dueAt: story.in(200), reason: '未完' })
    story.and(alsoHolds('keeper', 'head', 'crim'))
    story.when('keeper', 'retrieval.approve-extension').refusedWith('step.two-hats')
    story.when('head', 'retrieval.approve-extension').gives('ExtensionApproved')
  })

  it('are told at the refusal by name', () => {
    const story = given(stored, alsoHolds('officer', 'head', 'crim'))
    story.take('officer', 'retrieval.request', request(story))
    story.when('officer', 'retrieval.approve').refusedWith('step.own-request', { name: '陆一舟' })
  })
})
