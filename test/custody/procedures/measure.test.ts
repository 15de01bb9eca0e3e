/** Property that is never handed in: a house, an account, a herd. */
import { expect } from 'chai'
import {
  alsoHolds,
  caseNo,
  disposalApproved,
  document,
  execution,
  file,
  given,
  handOver,
  later,
  line,
  offered,
  ofRules,
  places,
  received,
  registered,
  returnApproved,
  returnProposed,
  type Story,
} from '../../support/custody.ts'

const house = { inPlace: { address: '江城市中山路 1 号', keeper: '物业 梁某' } }
const account = { frozen: { institution: '江城银行', account: '6222 0000 0001', assets: 'deposit' } }
const herd = { entrusted: { contractor: '青山养殖场', address: '青山镇' } }
const decision = { kind: '查封决定书', no: '江公（刑）封字〔2026〕1号', date: '2026-03-02' }

/** One thing under a measure, extracted two days ago at 08:30 in Shanghai. */
const under =
  (measure: string, keeping: object, over: object = {}) =>
  (story: Story) => {
    const items = [{ ...line('1', story, { extractedAt: '2026-02-28T00:30:00.000Z', ...over }), ...keeping }]
    story.take('officer', 'intake.register', { caseNo, document, measure, items })
  }
const sealed = under('seal-in-place', house, { seal: '封-1' })
const frozen = under('freeze', account)
const entrusted = under('entrust', herd)
const lifting = { reason: '判决返还', document: decision, to: '林某' }
const inspection = { condition: 'intact', seal: '封-1', photos: [file('spot')] }

describe('what is never handed in', () => {
  it('is kept where its measure says, on no shelf and without the clock of 24 hours', () => {
    const story = given(sealed, frozenToo)
    expect(story.item.custody).to.deep.equal({ state: 'in-place', ...house.inPlace })
    expect(story.itemAt(1).custody).to.deep.equal({ state: 'frozen', ...account.frozen })
    expect(story.item.clocks).to.deep.equal([{ deadline: 'D07', at: '2028-02-28T00:30:00.000Z' }])
    expect(story.itemAt(1).clocks, 'to the last day of a shorter month').to.deep.equal([
      { deadline: 'D07', at: '2026-08-28T00:30:00.000Z' },
    ])
    expect(given(entrusted).item.clocks, 'keeping by contract has no term').to.deep.equal([])
  })
  const frozenToo = (story: Story) => {
    const items = [{ ...line('2', story, { extractedAt: '2026-02-28T00:30:00.000Z' }), ...account }]
    story.take('officer', 'intake.register', { caseNo, document, measure: 'freeze', items })
  }

  it('has the terms of its measure in an administrative case, and two years for securities', () => {
    const administrative = (story: Story) =>
      void story.world.cases.set(caseNo, { ...story.case, kind: 'administrative' })
    expect(given(administrative, sealed).item.clocks).to.deep.equal([
      { deadline: 'D06', at: '2026-03-30T00:30:00.000Z' },
    ])
    const shares = under('freeze', { frozen: { ...account.frozen, assets: 'securities' } })
    expect(given(shares).item.clocks[0]!.at).to.equal('2028-02-28T00:30:00.000Z')
    const deadlines = given(under('preserve', {})).item.clocks.map(({ deadline }) => deadline)
    expect(deadlines, 'handed in and preserved').to.deep.equal(['D01', 'D05'])
    expect(given(administrative, under('seize', {})).item.clocks.map(({ deadline }) => deadline)).to.deep.equal([
      'D01',
      'D06',
    ])
  })

  it('says how it is kept, and what is handed in says nothing of the sort', () => {
    const register = (measure: string, keeping: object) => {
      const story = given()
      const items = [{ ...line('1', story), ...keeping }]
      return story.when('officer', 'intake.register', { caseNo, document, measure, items })
    }
    register('seal-in-place', {}).refusedWith('intake.keeping-unstated', { measure: 'seal-in-place' })
    register('freeze', house).refusedWith('intake.keeping-unstated')
    register('freeze', { ...house, ...account }).refusedWith('intake.keeping-unstated')
    register('seize', house).refusedWith('intake.handed-in')
  })

  it('was with the officer by the first rules, and can be put right', () => {
    const story = given(ofRules(1), under('seal-in-place', {}), ofRules(2))
    expect(story.item.custody.state).to.equal('with-officer')
    const keeping = { ...house, reason: '不动产，就地查封', document: decision }
    story
      .when('officer', 'measure.keep-elsewhere', keeping, { signedBy: ['head'] })
      .gives('ItemKeptElsewhere', { due: { deadline: 'D07', at: '2028-03-02T01:01:00.000Z' } })
    expect(story.item).to.deep.include({ custody: { state: 'in-place', ...house.inPlace } })
    expect(story.item.clocks.map(({ deadline }) => deadline)).to.deep.equal(['D07'])
  })

  it('is received by no keeper and lent to nobody', () => {
    const story = given(sealed)
    story.when('officer', 'retrieval.request', {
      purpose: 'examination',
      reason: '鉴定',
      usedAt: story.in(1),
      dueAt: story.in(9),
    })
    story.refusedWith('retrieval.not-stored')
  })
})

describe('measure.inspect', () => {
  const inspect = (story: Story, over: object = {}, login = 'officer') =>
    story.when(login, 'measure.inspect', { ...inspection, ...over }, { signedBy: ['officer2'] })

  it('sees the thing where it stands', () => {
    const story = given(sealed, later(24))
    inspect(story).gives('MeasureInspected')
    expect(story.item.lastSeenAt).to.equal(story.decision!.occurredAt)
  })
  it('finds a broken seal, or that it is gone', () => {
    inspect(given(sealed), { seal: '封-2' }).gives('DiscrepancyFound', { kind: 'seal-broken' })
    inspect(given(sealed), { condition: 'lost', note: '房屋已拆' }).gives('DiscrepancyFound', { kind: 'missing' })
    inspect(given(sealed), { condition: 'damaged' }).refusedWith('measure.condition-unexplained')
  })
  it('is for what stands elsewhere, by an officer of its case', () => {
    inspect(given(registered(), received())).refusedWith('measure.not-off-shelf')
    const story = given(sealed)
    story.world.people.get('legal')!.grants.push({ role: 'officer', scope: 'crim', grantedAt: '', grantedBy: '' })
    inspect(story, {}, 'legal').refusedWith('measure.not-the-officer')
  })
})

describe('measure.renew', () => {
  const renewal = { reason: '尚未审结', document: decision }
  const renew = (story: Story) => story.when('officer', 'measure.renew', renewal, { signedBy: ['leader'] })

  it('adds a term to the one that runs, with the leader’s signature', () => {
    const story = given(frozen)
    story.when('officer', 'measure.renew', renewal, { signedBy: ['head'] })
    story.refusedWith('step.countersignature-missing')
    renew(story).gives('MeasureRenewed', { due: { deadline: 'D07', at: '2027-02-28T00:30:00.000Z' } })
    expect(story.item.clocks).to.have.length(1)
    renew(story).gives('MeasureRenewed')
  })
  it('is taken before the term ends, and as often as the law allows', () => {
    renew(given(frozen, later(24 * 200))).refusedWith('measure.term-over')
    renew(given(entrusted)).refusedWith('measure.no-term')
    renew(given(under('preserve', {}))).refusedWith('measure.not-renewable', { deadline: 'D05' })
    const administrative = given(
      (story) => void story.world.cases.set(caseNo, { ...story.case, kind: 'administrative' }),
    )
    renew(administrative.and(sealed)).gives('MeasureRenewed')
    renew(administrative).refusedWith('measure.not-renewable', { deadline: 'D06', most: 1 })
  })
})

describe('measure.lift', () => {
  const lift = (story: Story) => story.when('officer', 'measure.lift', lifting, { signedBy: ['leader'] })

  it('ends it: somebody has free use of it again', () => {
    const story = given(frozen)
    lift(story).gives('MeasureLifted')
    expect(story.item).to.deep.include({
      custody: { state: 'left', how: 'lifted', to: '林某' },
      clocks: [],
      open: {},
    })
    expect(story.item.disposition).to.include({ state: 'done', kind: 'lifted' })
  })
  it('waits for what is under way', () => {
    lift(given(sealed, returnProposed())).refusedWith('measure.docket-open', { procedure: 'return' })
    const objection = { objector: '邱某', reason: '主张所有权' }
    const contested = given(sealed)
    contested.take('officer', 'objection.raise', objection)
    lift(contested).refusedWith('measure.objection-open')
    const leaving = given(sealed, offered())
    const [{ open, ...item }] = [leaving.item]
    leaving.world.items.set(item.code, { ...item, open: {} })
    expect(open.control, 'a transfer').to.include({ procedure: 'transfer' })
    lift(leaving).refusedWith('measure.offered')
  })
  it('is for the agency that decides over it', () => {
    const story = given(sealed)
    const { control, ...item } = story.item
    story.world.items.set(item.code, {
      ...item,
      control: { ...control, agency: 'proc', agencyName: '检察院' } as never,
    })
    lift(story).refusedWith('measure.not-in-control')
  })
})

describe('measure.take-in', () => {
  const take = (story: Story) =>
    story.when(
      'officer',
      'measure.take-in',
      { reason: '易地保管', photos: [file('taken')] },
      { signedBy: ['officer2'] },
    )

  it('gives it to the officer, who hands it in within 24 hours', () => {
    const story = given(entrusted, later(100))
    take(story).gives('ItemTakenIn')
    expect(story.item.custody).to.include({ state: 'with-officer', holder: 'officer' })
    expect(story.item.clocks).to.deep.equal([
      { deadline: 'D01', at: new Date(Date.parse(story.decision!.occurredAt) + 86_400_000).toISOString() },
    ])
    story.and(received())
    expect(story.item.custody.state).to.equal('stored')
  })
  it('takes no right on an account', () => {
    take(given(frozen)).refusedWith('measure.nothing-to-take')
  })
})

describe('measure.keep-elsewhere', () => {
  const keeping = { ...herd, reason: '大宗物品，不宜入库', document: decision }

  it('gives what is in store to a contractor, by its keeper and the head of the property department', () => {
    const story = given(registered(), received())
    story
      .when('keeper', 'measure.keep-elsewhere', keeping, { signedBy: ['storehead'] })
      .gives('ItemKeptElsewhere', { custody: { state: 'entrusted', ...herd.entrusted } })
  })
  it('is for who has the thing in hand, and says one way', () => {
    const elsewhere = (login: string, story: Story, input: object = keeping) =>
      story.when(login, 'measure.keep-elsewhere', input, { signedBy: ['head'] })
    elsewhere('officer', given(registered(), received())).refusedWith('measure.not-in-hand', { state: 'stored' })
    elsewhere('officer', given(registered()), { ...keeping, ...house }).refusedWith('measure.nowhere')
    const stored = given(registered(), received())
    stored.world.people.get('keeper')!.grants = [
      { role: 'keeper', scope: places.east, grantedAt: '', grantedBy: '' },
      { role: 'inspector', scope: 'psb', grantedAt: '', grantedBy: '' },
    ]
    elsewhere('keeper', stored).refusedWith('step.other-site')
  })
})

describe('the end of what stands elsewhere', () => {
  it('is handed to its owner by an officer of the case who did not ask for it', () => {
    const story = given(alsoHolds('keeper', 'inspector', 'psb'), sealed, returnApproved())
    expect(story.item.open.disposition!.waitsFor).to.deep.equal(['officer@crim'])
    const give = (login: string, signedBy: string[]) => story.when(login, 'return.hand-over', handOver(), { signedBy })
    give('keeper', ['keeper2']).refusedWith('return.not-stored')
    give('officer', ['officer2']).refusedWith('step.executor-decided')
    give('officer2', ['keeper']).gives('ItemReturned')
    expect(story.item.custody).to.include({ state: 'left', how: 'returned', to: '孟某' })
  })
  it('is disposed of by an officer, a second person and a supervisor', () => {
    const story = given(alsoHolds('keeper', 'inspector', 'psb'), sealed, disposalApproved('auction'))
    const vouchers = [{ kind: '成交确认书', no: '001' }]
    const input = execution(story, { vouchers })
    story.when('keeper', 'disposal.execute', input, { signedBy: ['inspector'] }).refusedWith('disposal.not-stored')
    story.when('officer2', 'disposal.execute', input, { signedBy: ['inspector'] })
    story.refusedWith('step.countersignature-missing')
    story.when('officer2', 'disposal.execute', input, { signedBy: ['inspector', 'keeper'] }).gives('ItemDisposed')
  })
  it('is the keeper’s for what is in store', () => {
    const returning = given(registered(), received(), returnApproved())
    returning.when('officer2', 'return.hand-over', handOver(), { signedBy: ['keeper'] })
    returning.refusedWith('return.on-the-shelf')
    const disposing = given(registered(), received(), disposalApproved('auction'))
    disposing.when('officer2', 'disposal.execute', execution(disposing), { signedBy: ['inspector', 'keeper'] })
    disposing.refusedWith('disposal.on-the-shelf')
  })
  it('is transferred like anything else', () => {
    expect(given(sealed, offered()).item.control.state).to.equal('offered')
  })
})
