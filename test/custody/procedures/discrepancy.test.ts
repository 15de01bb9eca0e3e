/** discrepancy: how it is reported and explained, who settles it, and what counts afterwards. */
import { expect } from 'chai'
import { unsoundness } from '../../../server/custody/item.ts'
import {
  approved,
  file,
  given,
  type History,
  measured,
  missingFile,
  offered,
  ofRules,
  places,
  received,
  registered,
  released,
  request,
  requested,
  type Story,
  transferred,
} from '../../support/custody.ts'
import { hired } from '../../support/custody-people.ts'

const stored =
  (line: Parameters<typeof registered>[0] = {}): History =>
  (story) =>
    story.and(registered(line), received())
const report = (over: Record<string, unknown> = {}) => ({ kind: 'missing', note: '架上未见', photos: [], ...over })
const reported =
  (over: Record<string, unknown> = {}, by = 'keeper'): History =>
  (story) => {
    story.take(by, 'discrepancy.report', report(over))
  }
const resolve = (outcome: string, over: Record<string, unknown> = {}) => ({
  outcome,
  note: '已查清',
  documents: [file('record')],
  ...over,
})
const signedBy = ['inspector']
/** Drugs came back from a loan with another seal and less weight. */
const cameBackOdd: History = (story) => {
  story.and(stored({ class: 'drugs' }), requested(), approved(), released())
  const input = {
    place: places.slot,
    condition: 'intact',
    photos: [file('back')],
    ...measured(story),
    seal: 'F-2',
    weight: '10.2',
  }
  story.take('keeper', 'retrieval.give-back', input, { signedBy: ['officer', 'keeper2'] })
}

describe('discrepancy.report', () => {
  it('stops the thing and tells both heads and the inspector', () => {
    const story = given(stored())
    story.when('keeper', 'discrepancy.report', report()).gives('DiscrepancyReported', { kind: 'missing' })
    const { discrepancy } = story.item.open
    expect(discrepancy).to.include({ procedure: 'discrepancy', stage: 'open', requestedBy: 'keeper' })
    expect(discrepancy!.waitsFor).to.deep.equal(['storehead@psb', 'inspector@psb', 'head@crim'])
    story.when('officer', 'retrieval.request', request(story)).refusedWith('item.discrepancy-open')
    story.when('keeper', 'relocation.move', { to: places.slot2, reason: '整理' }).refusedWith('item.discrepancy-open')
    story.when('inspector', 'discrepancy.report', report()).refusedWith('docket.already-open')
  })

  it('asks named people to explain', () => {
    const story = given(stored())
    story.when('inspector', 'discrepancy.report', report({ named: ['legal'] })).gives('DiscrepancyReported')
    expect(story.item.open.discrepancy!.waitsFor).to.include('person:legal')
    const other = given(stored())
    other.when('inspector', 'discrepancy.report', report({ named: ['nobody'] })).refusedWith('person.unknown')
  })

  it('is for keepers of the site and for inspectors', () => {
    const story = given(stored())
    story.when('storehead', 'discrepancy.report', report()).refusedWith('step.no-role')
    const early = given(registered())
    early.when('keeper', 'discrepancy.report', report()).refusedWith('discrepancy.not-at-your-site')
    early.when('inspector', 'discrepancy.report', report()).gives('DiscrepancyReported')
  })

  it('wants photographs that were uploaded', () => {
    given(stored())
      .when('keeper', 'discrepancy.report', report({ photos: [missingFile] }))
      .refusedWith('file.unknown')
  })
})

describe('discrepancy.explain', () => {
  it('is heard from everybody who had the thing or was named', () => {
    const story = given(stored(), requested(), approved(), released('officer'))
    story.take('inspector', 'discrepancy.report', report({ named: ['legal'] }))
    const explain = (by: string) => story.when(by, 'discrepancy.explain', { note: '说明' })
    explain('head').refusedWith('discrepancy.not-named')
    explain('officer').gives('DiscrepancyExplained')
    explain('legal').gives('DiscrepancyExplained')
    explain('keeper').gives('DiscrepancyExplained')
    const { discrepancy } = story.item.open
    expect(discrepancy!.stage).to.equal('explained')
    expect(discrepancy!.waitsFor, 'it waits no more for who has explained').not.to.include('person:legal')
    const told = discrepancy!.data.explanations as { by: string }[]
    expect(told.map(({ by }) => by)).to.deep.equal(['officer', 'legal', 'keeper'])
  })
})

describe('discrepancy.resolve', () => {
  it('takes the storehead and an inspector, whoever of them acts', () => {
    const story = given(stored(), reported())
    const found = resolve('found-intact')
    story
      .when('storehead', 'discrepancy.resolve', found)
      .refusedWith('step.countersignature-missing', { as: 'inspector' })
    story
      .when('storehead', 'discrepancy.resolve', found, { signedBy: ['legal'] })
      .refusedWith('step.countersignature-missing')
    story
      .when('inspector', 'discrepancy.resolve', found)
      .refusedWith('step.countersignature-missing', { as: 'storehead' })
    story.when('legal', 'discrepancy.resolve', found, { signedBy }).refusedWith('step.no-role')
    story.when('inspector', 'discrepancy.resolve', found, { signedBy: ['storehead'] })
    story.gives('DiscrepancyResolved', { outcome: 'found-intact', accepted: {} })
    expect(story.item.open).to.deep.equal({})
    story.when('officer', 'retrieval.request', request(story)).gives('RetrievalRequested')
  })

  it('may be signed by the inspector of the agency above', () => {
    const story = given(stored(), reported())
    story.world.units.set('prov', { ...story.world.units.get('psb')!, id: 'prov', agency: 'prov', name: '省厅' })
    story.world.units.set('psb', { ...story.world.units.get('psb')!, parent: 'prov' })
    const above = { ...story.world.people.get('inspector')!, login: 'above', id: 'PA', agency: 'prov', unit: 'prov' }
    const grants = [{ role: 'inspector' as const, scope: 'prov', grantedAt: story.now, grantedBy: 'admin' }]
    story.world.people.set('above', { ...above, grants })
    const signed = { signedBy: ['above'] }
    story.when('storehead', 'discrepancy.resolve', resolve('found-intact'), signed).gives('DiscrepancyResolved')
  })

  it('is not for whoever had the thing, is an officer of the case, or reported it', () => {
    const story = given(stored(), hired('inspector2', ['inspector', 'psb']), reported({}, 'inspector'))
    const found = resolve('found-intact')
    story.when('inspector', 'discrepancy.resolve', found, { signedBy: ['storehead'] }).refusedWith('step.own-request')
    story.when('storehead', 'discrepancy.resolve', found, { signedBy }).refusedWith('step.two-hats')
    story.world.items.set(story.item.code, { ...story.item, keptBy: ['storehead'] })
    story
      .when('storehead', 'discrepancy.resolve', found, { signedBy: ['inspector2'] })
      .refusedWith('discrepancy.involved')
    story
      .when('inspector2', 'discrepancy.resolve', found, { signedBy: ['storehead'] })
      .refusedWith('step.countersignature-missing', { as: 'outside-supervisor' })
    story.world.items.set(story.item.code, { ...story.item, keptBy: [], heldBy: ['inspector2'] })
    story
      .when('inspector2', 'discrepancy.resolve', found, { signedBy: ['storehead'] })
      .refusedWith('discrepancy.involved')
    story.world.items.set(story.item.code, { ...story.item, heldBy: [], officers: ['inspector2'] })
    story
      .when('inspector2', 'discrepancy.resolve', found, { signedBy: ['storehead'] })
      .refusedWith('discrepancy.involved')
  })

  describe('when everybody who could is involved', () => {
    it('is signed by a supervisor of the procuratorate', () => {
      const story = given(stored(), reported({}, 'inspector'))
      const sign = (...people: string[]) =>
        story.when('storehead', 'discrepancy.resolve', resolve('found-intact'), { signedBy: people })
      sign().refusedWith('step.countersignature-missing', { as: 'outside-supervisor', roles: ['casemanager'] })
      sign('judge').refusedWith('step.countersignature-missing')
      sign('procurator').gives('DiscrepancyResolved')
    })

    it('is still for the agency’s own people as long as there is one', () => {
      const story = given(stored(), hired('inspector2', ['inspector', 'psb']), reported({}, 'inspector'))
      story
        .when('storehead', 'discrepancy.resolve', resolve('found-intact'), { signedBy: ['procurator'] })
        .refusedWith('step.countersignature-missing', { as: 'inspector' })
    })

    it('is settled from outside alone when neither storehead nor inspector is left', () => {
      const story = given(stored(), transferred, reported({}, 'inspector'))
      const settle = (login: string, ...people: string[]) =>
        story.when(login, 'discrepancy.resolve', resolve('found-intact'), { signedBy: people })
      story.world.items.set(story.item.code, { ...story.item, keptBy: ['storehead'] })
      settle('procurator').refusedWith('step.countersignature-missing', { as: 'outside-supervisor' })
      settle('procurator', 'procurator2').gives('DiscrepancyResolved')
    })

    it('is settled by the leader with somebody from outside where nobody outside may read of it', () => {
      const settle = (story: Story, ...people: string[]) =>
        story.when('leader', 'discrepancy.resolve', resolve('found-intact'), { signedBy: people })
      const story = given(stored(), reported({}, 'inspector'))
      settle(story, 'procurator').refusedWith('discrepancy.settled-inside')
      story.world.items.set(story.item.code, { ...story.item, keptBy: ['storehead'] })
      settle(story, 'head').refusedWith('step.countersignature-missing', { as: 'outside-supervisor' })
      settle(story, 'procurator').gives('DiscrepancyResolved')
    })

    it('is not settled from outside before that', () => {
      const story = given(stored(), transferred, reported())
      story
        .when('procurator', 'discrepancy.resolve', resolve('found-intact'), { signedBy: ['procurator2'] })
        .refusedWith('discrepancy.settled-inside')
    })

    it('waited for ever by version 1 of the rules', () => {
      const story = given(ofRules(1), stored(), reported({}, 'inspector'))
      story
        .when('storehead', 'discrepancy.resolve', resolve('found-intact'), { signedBy: ['procurator'] })
        .refusedWith('step.countersignature-missing', { as: 'inspector' })
    })
  })

  it('is for the storehead of the agency whose thing it is', () => {
    const story = given(stored(), transferred, reported())
    const grant = { role: 'storehead' as const, scope: 'proc', grantedAt: story.now, grantedBy: 'admin' }
    const procurator = story.world.people.get('procurator')!
    story.world.people.set('procurator', { ...procurator, grants: [...procurator.grants, grant] })
    story
      .when('procurator', 'discrepancy.resolve', resolve('found-intact'), { signedBy })
      .refusedWith('discrepancy.other-store')
  })

  it('answers several things one by one, signed once for all of them', () => {
    const story = given(registered({}, {}), received())
    story.take('keeper', 'discrepancy.report', report())
    story.world.items.set(story.codes[1]!, { ...story.itemAt(1), keptBy: ['keeper2'] })
    const [first] = story.codes as [string]
    const both = given(registered({}, {}), received(), reported())
    both.world.items.set(both.codes[1]!, { ...both.itemAt(1), keptBy: ['keeper2'] })
    both.when('storehead', 'discrepancy.resolve', resolve('explained'), { signedBy }).gives('DiscrepancyResolved')
    story
      .when('storehead', 'discrepancy.resolve', resolve('explained'), { signedBy, items: [first] })
      .gives('DiscrepancyResolved')
    expect(story.itemAt(1).open).to.have.property('discrepancy')
  })

  it('wants papers for what was made good or written off', () => {
    const story = given(stored(), reported())
    for (const outcome of ['made-good', 'written-off'])
      story
        .when('storehead', 'discrepancy.resolve', resolve(outcome, { documents: [] }), { signedBy })
        .refusedWith('discrepancy.undocumented')
    story
      .when('storehead', 'discrepancy.resolve', resolve('explained', { documents: [] }), { signedBy })
      .gives('DiscrepancyResolved')
  })

  it('takes seal and weight as found for what counts once they are explained', () => {
    const story = given(cameBackOdd)
    expect(story.item).to.include({ seal: 'F-0001', weight: '10.5' })
    story.when('storehead', 'discrepancy.resolve', resolve('explained'), { signedBy })
    story.gives('DiscrepancyResolved', { accepted: { seal: 'F-2', weight: '10.2' } })
    expect(story.item).to.include({ seal: 'F-2', weight: '10.2' })
    story.and(requested(), approved(), released())
    const back = { place: places.slot, condition: 'intact', photos: [file('back')], ...measured(story) }
    story.when('keeper', 'retrieval.give-back', back, { signedBy: ['officer', 'keeper2'] }).gives('ItemGivenBack')
    expect(story.item.open).to.deep.equal({})
  })

  it('keeps what was recorded when the thing was found intact, or takes what is stated', () => {
    const intact = given(cameBackOdd)
    intact.take('storehead', 'discrepancy.resolve', resolve('found-intact'), { signedBy })
    expect(intact.item).to.include({ seal: 'F-0001', weight: '10.5' })
    const stated = given(cameBackOdd)
    stated.take('storehead', 'discrepancy.resolve', resolve('explained', { seal: 'F-3', weight: '10.4' }), { signedBy })
    expect(stated.item).to.include({ seal: 'F-3', weight: '10.4' })
  })

  it('corrects the amount of what dried', () => {
    const plants = { class: 'drugs', unit: '克', quantity: '1000', weight: '1010' } as const
    const wet = { grossWeight: '1010', netWeight: '1000', packages: ['1'] }
    const dried = (over: Record<string, unknown>) => {
      const story = given(stored({ ...plants, details: wet }), reported({ kind: 'short' }))
      return story.when('storehead', 'discrepancy.resolve', resolve('explained', over), { signedBy })
    }
    dried({ weight: '5' }).refusedWith('discrepancy.nothing-left')
    dried({ weight: '430', quantity: '430' }).refusedWith('discrepancy.amounts-disagree', { weight: '420' })
    for (const over of [
      { weight: '430' },
      { quantity: '420' },
      { netWeight: '420' },
      { weight: '430', quantity: '420' },
    ]) {
      const story = dried(over).gives('DiscrepancyResolved', { changed: { quantity: { was: '1000', is: '420' } } })
      expect(story.item).to.include({ quantity: '420', weight: '430' })
      expect(story.item.details).to.include({ netWeight: '420', grossWeight: '430' })
    }
  })

  it('says what left the books, and which of the listed is left', () => {
    const phones = { class: 'electronic', quantity: '3', serials: ['1', '2', '3'] } as const
    const short = given(stored(phones), reported({ kind: 'short' }))
    const settle = (outcome: string, over: Record<string, unknown> = {}) =>
      short.when('storehead', 'discrepancy.resolve', resolve(outcome, over), { signedBy })
    settle('explained', { quantity: '2' }).refusedWith('item.a-number-each')
    settle('explained', { quantity: '2.5' }).refusedWith('item.not-whole')
    settle('explained', { quantity: '2', left: { serials: ['1', '3'] } })
    short.gives('DiscrepancyResolved', { changed: { serials: { was: ['1', '2', '3'], is: ['1', '3'] } } })
    expect(short.item).to.deep.include({ quantity: '2', serials: ['1', '3'] })
    const gone = given(stored(phones), reported({}))
    gone.when('storehead', 'discrepancy.resolve', resolve('written-off'), { signedBy })
    gone.gives('DiscrepancyResolved', { lost: { quantity: '3', serials: ['1', '2', '3'] } })
  })

  it('may leave less, never more', () => {
    const story = given(stored({ quantity: '10' }), reported({ kind: 'short' }))
    const left = (quantity: string) =>
      story.when('storehead', 'discrepancy.resolve', resolve('made-good', { quantity }), { signedBy })
    left('11').refusedWith('discrepancy.more-than-before')
    left('9').gives('DiscrepancyResolved')
    expect(story.item.quantity).to.equal('9')
  })

  it('lets a thing that was lost on loan be given back once it is found', () => {
    const story = given(stored(), requested(), approved(), released())
    const lost = { place: places.slot, condition: 'lost', note: '遗失', photos: [file('none')] }
    story.take('keeper', 'retrieval.give-back', lost, { signedBy: ['officer'] })
    expect(story.item.open).to.have.keys('custody', 'discrepancy')
    story.take('storehead', 'discrepancy.resolve', resolve('found-intact'), { signedBy })
    const back = { place: places.slot, condition: 'intact', photos: [file('back')] }
    story.when('keeper', 'retrieval.give-back', back, { signedBy: ['officer'] }).gives('ItemGivenBack')
  })

  it('refuses to lend what is not as recorded, so that nothing dwindles loan by loan', () => {
    const story = given(stored({ class: 'drugs' }), requested(), approved())
    const out = { condition: '完好', photos: [file('out')], seal: 'F-0001', weight: '10.3' }
    story
      .when('keeper', 'retrieval.release', out, { signedBy: ['officer', 'keeper2'] })
      .refusedWith('retrieval.not-as-recorded', { kinds: ['short'] })
    story
      .when('keeper', 'retrieval.release', { ...out, weight: '10.4' }, { signedBy: ['officer', 'keeper2'] })
      .gives('ItemReleased')
    const back = { place: places.slot, condition: 'intact', photos: [file('back')], seal: 'F-0001', weight: '10.32' }
    story.take('keeper', 'retrieval.give-back', back, { signedBy: ['officer', 'keeper2'] })
    expect(story.item.open, 'within the tolerance of what went out').to.deep.equal({})
    expect(story.item.weight, 'but what counts stays as recorded').to.equal('10.5')
  })
})

describe('a thing written off', () => {
  it('has left for good', () => {
    const story = given(stored(), reported())
    story.when('storehead', 'discrepancy.resolve', resolve('written-off'), { signedBy }).gives('DiscrepancyResolved')
    expect(story.item.custody).to.include({ state: 'left', how: 'written-off' })
    expect(story.item.disposition).to.include({ state: 'done', kind: 'lost' })
    expect(unsoundness(story.item)).to.deep.equal([])
    story.when('inspector', 'discrepancy.report', report()).refusedWith('item.left')
  })

  it('is on no other docket any more', () => {
    const lent = given(stored(), requested(), approved(), released(), reported({}, 'inspector'))
    lent.and(hired('inspector2', ['inspector', 'psb']))
    lent.take('storehead', 'discrepancy.resolve', resolve('written-off'), { signedBy: ['inspector2'] })
    expect(lent.item.open).to.deep.equal({})
    expect(lent.item.clocks).to.deep.equal([])
    expect(unsoundness(lent.item)).to.deep.equal([])
    const between = given(stored(), offered(), reported())
    between.take('storehead', 'discrepancy.resolve', resolve('written-off'), { signedBy })
    expect(between.item.control, 'nobody accepted it').to.include({ state: 'held', agency: 'psb' })
    expect(unsoundness(between.item)).to.deep.equal([])
  })

  it('is gone with the consent of the agency that controls it', () => {
    const story = given(stored(), transferred, reported())
    const off = resolve('written-off')
    story
      .when('storehead', 'discrepancy.resolve', off, { signedBy })
      .refusedWith('step.countersignature-missing', { as: 'casemanager' })
    story
      .when('storehead', 'discrepancy.resolve', off, { signedBy: ['inspector', 'judge'] })
      .refusedWith('step.countersignature-missing')
    story
      .when('storehead', 'discrepancy.resolve', off, { signedBy: ['inspector', 'procurator'] })
      .gives('DiscrepancyResolved')
    expect(story.item.control).to.include({ agency: 'proc' })
  })
})
