/** The rules that hold for every step, whatever the procedure. */
import { expect } from 'chai'
import { agenciesUnder, audienceOf, keysOf, mayRead } from '../../server/custody/audience.ts'
import { possibleSteps } from '../../server/custody/decide.ts'
import type { Refusal } from '../../server/custody/define.ts'
import { unsoundness } from '../../server/custody/item.ts'
import {
  alsoHolds,
  approved,
  caseNo,
  file,
  given,
  type History,
  handedOver,
  missingFile,
  type Options,
  offered,
  places,
  receipt,
  received,
  registered,
  request,
  requested,
  returnApproved,
  type Story,
  start,
  taken,
} from '../support/custody.ts'

const stored: History = (story) => story.and(registered(), received())
/** Who may read the item. */
const readers = ({ world, item }: Story): string[] =>
  [...world.people.values()]
    .filter((person) =>
      mayRead(keysOf(person, agenciesUnder(person.agency, world.units.values()), start), audienceOf('item', item)),
    )
    .map(({ login }) => login)
const out = { condition: '完好', photos: [file('out')] }

const codes = { newCode: () => 'D00000000000', seal: () => '' }

describe('a step', () => {
  it('must exist', () => {
    given(stored).when('officer', 'retrieval.borrow').refusedWith('step.unknown')
  })
  it('is for its roles', () => {
    const story = given(stored)
    story
      .when('legal', 'retrieval.request', request(story))
      .refusedWith('step.no-role', { roles: ['officer', 'casemanager'] })
  })
  it('is not for who has left', () => {
    const story = given(stored)
    story.when('gone', 'retrieval.request', request(story)).refusedWith('person.disabled', { login: 'gone' })
    story.when('nobody', 'retrieval.request', request(story)).refusedWith('person.unknown', { login: 'nobody' })
  })
  it('takes items or takes none', () => {
    const story = given(stored)
    story.when('officer', 'retrieval.request', request(story), { items: [] }).refusedWith('step.needs-items')
    const event = {
      caseNo: story.case.caseNo,
      event: 'closed',
      date: '2026-03-01',
      document: { kind: '结案报告', no: '1' },
    }
    story.when('legal', 'case.record', event, { items: story.codes }).refusedWith('step.takes-no-items')
  })
  it('takes an item that was scanned twice once', () => {
    const story = given(stored)
    const twice = [...story.codes, ...story.codes]
    expect(story.take('officer', 'retrieval.request', request(story), { items: twice }).facts).to.have.length(1)
  })
})

describe('reading', () => {
  it('comes before everything: what one may not read is not there', () => {
    const story = given(stored)
    for (const login of ['econofficer', 'econhead', 'eastkeeper', 'procurator', 'judge', 'admin', 'finance'])
      story.when(login, 'retrieval.request', request(story)).refusedWith('item.unknown')
    story.when('officer', 'retrieval.request', request(story), { items: [places.nowhere] }).refusedWith('item.unknown')
  })

  /** Whether two attempts ended in the same words, but for what they named. */
  const alike = (story: Story, login: string, step: string, attempts: [string, object, Options?][]) => {
    const told = attempts.map(([name, input, options]) => {
      const { code, params } = story.attempt(login, step, input, options) as Refusal
      return JSON.stringify({ code, params }).replaceAll(name, '…')
    })
    expect(new Set(told).size, `${login} ${step}: ${told.join(' or ')}`).to.equal(1)
  }

  it('tells nobody what is there that they may not read', () => {
    const story = given(stored)
    const other = 'A3301020000002026039999'
    const cases = [caseNo, other]
    for (const login of ['econofficer', 'econhead', 'keeper', 'judge', 'admin']) {
      const ended = { event: 'closed', date: '2026-03-01', document: { kind: '结案报告', no: '1' } }
      alike(
        story,
        login,
        'case.record',
        cases.map((no) => [no, { caseNo: no, ...ended }]),
      )
      alike(
        story,
        login,
        'case.assign',
        cases.map((no) => [no, { caseNo: no, officers: ['econofficer'] }]),
      )
    }
    const rooms = [places.room, places.nowhere]
    alike(
      story,
      'judge',
      'place.rename',
      rooms.map((place) => [place, { place, name: '库' }]),
    )

    // A label of later, a thing named in a list, the version that somebody says to have seen.
    story.take('keeper', 'label.replace', { reason: '破损' })
    const label = story.item.labels[0]!
    const absent = 'E00000000000'
    alike(
      story,
      'econofficer',
      'retrieval.request',
      [label, absent].map((code) => [code, request(story), { items: [code] }]),
    )
    story.and(offered())
    expect(JSON.stringify(story.attempt('judge', 'transfer.withdraw', {}, { items: [label] }))).not.to.include(
      story.item.code,
    )
  })

  it('tells nobody what is in a box that they may not read', () => {
    const story = given(stored, taken('keeper', 'relocation.pack', { container: places.box }))
    for (const login of ['judge', 'finance'])
      for (const items of [[places.box], [places.nowhere]]) {
        const refusal = story.attempt(
          login,
          'relocation.move',
          { to: places.slot, reason: '整理' },
          { items },
        ) as Refusal
        expect([refusal.code, refusal.params]).to.deep.equal(['item.unknown', { code: items[0] }])
      }
    const steps = (code: string) =>
      possibleSteps(story.catalogue, story.world, { items: [code], actor: 'judge', now: story.now }, codes)
    expect(steps(places.box).map(({ step }) => step)).to.deep.equal(steps(places.nowhere).map(({ step }) => step))
  })
})

describe('an administrator', () => {
  it('reads no case content, whoever names them and whatever they were before', () => {
    const story = given(stored)
    const report = { kind: 'damaged', note: '外壳裂', photos: [], named: ['admin', 'recruit'] }
    story.take('keeper', 'discrepancy.report', report)
    expect(readers(story)).to.include('recruit').and.not.include('admin')
    const former = given(stored, (world) => {
      const officer = world.world.people.get('officer')!
      const grants = [{ role: 'admin' as const, scope: 'psb', grantedAt: world.now, grantedBy: 'admin' }]
      world.world.people.set('officer', { ...officer, grants })
    })
    expect(former.item.officers).to.include('officer')
    expect(readers(former)).not.to.include('officer')
  })
  it('signs for no business', () => {
    const story = given(stored)
    const dispatch = { toSite: places.east, carrier: 'admin' }
    story
      .when('keeper', 'relocation.dispatch', dispatch, { signedBy: ['admin'] })
      .refusedWith('step.countersignature-missing', { as: 'carrier' })
  })
})

describe('time', () => {
  it('lies between the item’s last entry and now', () => {
    const story = given(stored)
    story.when('officer', 'retrieval.request', request(story), { at: story.in(1) }).refusedWith('step.in-the-future')
    story.when('officer', 'retrieval.request', request(story), { at: story.in(-1) }).refusedWith('step.before-the-last')
  })
  it('may be past: an older seizure is handed in now', () => {
    const story = given(registered()).advance(10)
    const at = story.in(-5)
    story.when('keeper', 'intake.receive', receipt(story), { signedBy: ['officer'], at }).gives('ItemReceived')
    expect(story.item.lastAt).to.equal(at)
  })
})

describe('an item that has moved on', () => {
  it('refuses who saw an older version', () => {
    const story = given(stored)
    const { code, version } = story.item
    story
      .when('officer', 'retrieval.request', request(story), { expect: { [code]: version - 1 } })
      .refusedWith('item.changed', { seen: version - 1, version })
    story
      .when('officer', 'retrieval.request', request(story), { expect: { [code]: version } })
      .gives('RetrievalRequested')
  })
  it('takes no step after it has left', () => {
    given(stored, returnApproved(), handedOver)
      .when('officer', 'return.propose', { ground: 'unrelated', owner: { name: '孟某' }, titleProof: [] })
      .refusedWith('item.left')
  })
})

describe('files', () => {
  it('must have been uploaded', () => {
    const story = given(stored, requested(), approved())
    story
      .when('keeper', 'retrieval.release', { ...out, photos: [missingFile] }, { signedBy: ['officer'] })
      .refusedWith('file.unknown', { files: [missingFile] })
  })
})

describe('a docket', () => {
  it('is all or none', () => {
    const story = given(registered({}, {}), received(), requested({}, {}))
    const before = JSON.stringify([...story.world.items])
    story
      .when('head', 'retrieval.approve', {}, { items: [story.codes[0]!, places.nowhere] })
      .refusedWith('item.unknown')
    expect(JSON.stringify([...story.world.items])).to.equal(before)
  })
})

describe('requester, approver and executor', () => {
  it('are different people', () => {
    const asker = given(stored, alsoHolds('officer', 'head', 'crim'), requested())
    asker.when('officer', 'retrieval.approve').refusedWith('step.own-request')
    const decider = given(stored, alsoHolds('head', 'keeper', places.site), requested(), approved())
    decider.when('head', 'retrieval.release', out, { signedBy: ['officer'] }).refusedWith('step.executor-decided')
    const both = given(
      stored,
      alsoHolds('legal', 'leader', 'psb'),
      offered({ to: 'court', stage: 'trial' }),
      taken('legal', 'transfer.endorse'),
    )
    both.when('legal', 'transfer.endorse').refusedWith('step.decided-before')
  })
})

describe('handling and keeping', () => {
  it('are apart: an officer of the case keeps nothing of it', () => {
    const story = given(registered(), alsoHolds('officer2', 'keeper', places.site))
    story
      .when('officer2', 'intake.receive', receipt(story), { signedBy: ['officer'] })
      .refusedWith('step.keeper-of-own-case')
    const guarded = given(registered({ class: 'cash' }), alsoHolds('officer2', 'keeper', places.site))
    guarded
      .when('keeper', 'intake.receive', receipt(guarded), { signedBy: ['officer', 'officer2'] })
      .refusedWith('step.countersignature-missing', { as: 'second-keeper' })
  })
  it('keep to their site', () => {
    const story = given(stored, requested(), approved(), alsoHolds('inspector', 'keeper', places.east))
    story
      .when('inspector', 'retrieval.release', out, { signedBy: ['officer'] })
      .refusedWith('step.other-site', { site: places.site })
    story.and(alsoHolds('eastkeeper', 'legal', 'psb'))
    story.when('eastkeeper', 'retrieval.release', out, { signedBy: ['officer'] }).refusedWith('step.other-site')
  })
})

describe('countersignatures', () => {
  const receive = (...signedBy: string[]) => {
    const story = given(registered({ class: 'cash' }))
    return story.when('keeper', 'intake.receive', receipt(story), { signedBy })
  }
  it('are given by others, once each', () => {
    receive('officer', 'keeper').refusedWith('step.signed-twice')
    receive('officer', 'officer').refusedWith('step.signed-twice')
  })
  it('are all there and none too many', () => {
    receive().refusedWith('step.countersignature-missing')
    receive('keeper2').refusedWith('step.countersignature-missing', { as: 'officer' })
    receive('officer').refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    receive('officer', 'eastkeeper').refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    receive('officer', 'keeper2', 'keeper3').refusedWith('step.countersignature-unasked')
    receive('officer', 'keeper2').gives('ItemReceived')
  })
  it('are not given by who has left or is not known', () => {
    receive('officer', 'gone').refusedWith('person.disabled')
    receive('officer', 'nobody').refusedWith('person.unknown')
  })
  it('find their places in whatever order they come', () => {
    receive('keeper2', 'officer').gives('ItemReceived')
  })
})

describe('what could be done now', () => {
  const offeredTo = (login: string, story = given(stored, requested())) => {
    const command = { items: story.codes, actor: login, now: story.now }
    const source = { newCode: () => 'D', seal: () => '' }
    return new Map(possibleSteps(story.catalogue, story.world, command, source).map((each) => [each.step, each]))
  }
  it('is said with the reason where it cannot', () => {
    expect(offeredTo('head').get('retrieval.approve'))
      .to.deep.include({ signers: [] })
      .and.not.to.have.property('refusal')
    expect(offeredTo('officer').get('retrieval.request')!.refusal!.code).to.equal('docket.already-open')
    expect(offeredTo('leader').get('retrieval.approve')!.refusal!.code).to.equal('retrieval.not-your-decision')
  })
  it('is said of each thing of a docket, where some cannot go on', () => {
    const story = given(registered({}, {}), received(), requested(), approved())
    story.take(
      'keeper',
      'discrepancy.report',
      { kind: 'missing', note: '不见', photos: [] },
      { items: [story.codes[1]!] },
    )
    const command = { items: story.codes, actor: 'keeper', now: story.now }
    const steps = possibleSteps(
      story.catalogue,
      story.world,
      command,
      { newCode: () => 'D', seal: () => '' },
      'retrieval',
    )
    const release = steps.find(({ step }) => step === 'retrieval.release')!
    expect(release.refusal!.code).to.equal('item.discrepancy-open')
    expect(release.aside!.map(({ code, refusal }) => [code, refusal.code])).to.deep.equal([
      [story.codes[1], 'item.discrepancy-open'],
    ])
    expect(steps.find(({ step }) => step === 'relocation.move')).not.to.have.property('aside')
  })
  it('names who has to countersign', () => {
    const story = given(registered({ class: 'cash' }))
    expect(
      offeredTo('keeper', story)
        .get('intake.receive')!
        .signers.map((signer) => signer.as),
    ).to.deep.equal(['officer', 'second-keeper'])
  })
})

describe('unsoundness', () => {
  const { item } = given(stored)
  const at = '2026-03-02T00:00:00.000Z'
  const docket = {
    docket: 'D',
    procedure: 'intake',
    stage: 's',
    openedAt: at,
    requestedBy: 'officer',
    decidedBy: [],
    waitsFor: [],
    data: {},
  }
  const { state: _stored, ...from } = item.custody as {
    state: 'stored'
    place: string
    placeName: string
    site: string
    path: string[]
    pathNames: string[]
  }
  const left = {
    custody: { state: 'left' as const, how: 'returned', to: '孟某' },
    disposition: { state: 'done' as const, kind: 'returned', at },
  }
  const wrong: [string, Partial<typeof item>, RegExp][] = [
    ['left with a docket', { ...left, open: { custody: docket } }, /left with an open docket/],
    ['left, but nothing done', { custody: left.custody }, /done and left/],
    [
      'offered without transfer',
      { control: { ...item.control, state: 'offered', to: 'proc', toName: '', toStage: 'trial' } },
      /offered without/,
    ],
    ['out without retrieval', { custody: { state: 'out', holder: 'officer', holderName: '', from } }, /out without/],
    [
      'in transit without relocation',
      { custody: { state: 'in-transit', from, toSite: '', toSiteName: '', carrier: '', carrierName: '' } },
      /in transit/,
    ],
    ['proposed without docket', { disposition: { state: 'proposed', kind: 'return', at } }, /without a docket/],
    ['a docket without disposition', { open: { disposition: docket } }, /without a disposition/],
    ['controlled by a stranger', { control: { ...item.control, agency: 'court' } }, /not among/],
  ]
  it('is nothing in what steps make', () => expect(unsoundness(item)).to.deep.equal([]))
  for (const [what, over, sentence] of wrong)
    it(`sees ${what}`, () => expect(unsoundness({ ...item, ...over }).join()).to.match(sentence))
})
