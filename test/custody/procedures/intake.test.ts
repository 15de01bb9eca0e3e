/** intake: what a seizure must state, and what a keeper may take in. */
import { expect } from 'chai'
import {
  approved,
  caseNo,
  decidedAgain,
  document,
  file,
  given,
  type History,
  handedOver,
  line,
  missingFile,
  ofRules,
  otherCaseNo,
  places,
  receipt,
  received,
  registered,
  released,
  requested,
  returnApproved,
  type Story,
  staffIdNumber,
  taken,
  transferred,
} from '../../support/custody.ts'

type Over = Parameters<typeof line>[2]
const seizure = (story: Story, lines: Over[] = [{}], over: Record<string, unknown> = {}) => ({
  caseNo,
  document,
  measure: 'seize',
  items: lines.map((each, index) => line(`${index + 1}`, story, each)),
  ...over,
})

describe('intake.register', () => {
  it('makes an item with its officer, controlled by the officer’s agency, its 24 hours running from the extraction', () => {
    const story = given()
    const input = seizure(story)
    story.when('officer', 'intake.register', input).gives('ItemRegistered', { name: '手机', measure: 'seize' })
    const { custody, control, disposition, clocks, agencies } = story.item
    expect(custody).to.deep.equal({ state: 'with-officer', holder: 'officer', holderName: '陆一舟' })
    expect(control).to.include({ state: 'held', agency: 'psb', stage: 'investigation' })
    expect(disposition).to.deep.equal({ state: 'none' })
    expect(clocks).to.deep.equal([
      { deadline: 'D01', at: new Date(Date.parse(story.item.extractedAt) + 86_400_000).toISOString() },
    ])
    expect(agencies).to.deep.equal(['psb'])
  })

  it('gives every line a code of its own', () => {
    const story = given(registered({}, {}, {}))
    expect(new Set(story.codes).size).to.equal(3)
  })

  it('keeps an outsider’s particulars out of the entry', () => {
    const story = given()
    const takenFrom = { name: '林某', idNumber: '330102199912310008', contact: '13800000000' }
    story
      .when('officer', 'intake.register', seizure(story, [{ takenFrom }]))
      .gives('ItemRegistered', { takenFrom: '林某' })
    expect(JSON.stringify(story.facts)).not.to.include('330102199912310008').and.not.to.include('13800000000')
    expect([...story.sealed.values()]).to.deep.equal([{ idNumber: '330102199912310008', contact: '13800000000' }])
  })

  it('takes no witness from the staff', () => {
    const story = given()
    for (const witness of [{ name: '陆 一舟' }, { name: '王某', idNumber: staffIdNumber }])
      story
        .when('officer', 'intake.register', seizure(story, [{ witness }]))
        .refusedWith('intake.witness-is-staff', { line: '1' })
  })

  it('says why nobody stood by', () => {
    const story = given()
    const said = { takenFrom: { note: '现场无人' }, witness: { absentBecause: '深夜现场无见证人，全程录像' } }
    story.when('officer', 'intake.register', seizure(story, [said])).gives('ItemRegistered', { takenFrom: '现场无人' })
  })

  it('is for officers of the case', () => {
    const story = given()
    story
      .when('officer', 'intake.register', seizure(story, [{}], { caseNo: 'A0000000000000000000000' }))
      .refusedWith('case.unknown')
    story.when('econofficer', 'intake.register', seizure(story)).refusedWith('case.unknown')
    const helper = given()
    helper.world.cases.set(caseNo, { ...helper.case, officers: ['officer2'] })
    helper.when('officer', 'intake.register', seizure(helper)).refusedWith('intake.not-the-officer', { caseNo })
  })

  it('is refused once the case is closed', () => {
    const closed = { caseNo, event: 'closed', date: '2026-03-01', document: { kind: '结案报告', no: '1' } }
    const story = given(taken('legal', 'case.record', closed))
    story.when('officer', 'intake.register', seizure(story)).refusedWith('intake.case-closed')
  })

  it('takes a line of a document once', () => {
    const story = given()
    story
      .when('officer', 'intake.register', seizure(story, [{ line: '1' }, { line: '1' }]))
      .refusedWith('intake.line-used')
    story.when('officer', 'intake.register', seizure(story)).gives('ItemRegistered')
    story.when('officer', 'intake.register', seizure(story)).refusedWith('intake.line-used', { line: '1' })
  })

  it('knows a line again in any width, bracket or leading zero', () => {
    const numbered = (no: string) => ({ document: { ...document, no } })
    const first = given()
    first.take('officer', 'intake.register', seizure(first, [{ line: '1' }], numbered('江公扣字〔2026〕7号')))
    for (const [no, written] of [
      ['江公扣字〔2026〕7号', '01'],
      ['江公扣字［２０２６］007号', '１'],
      ['江公扣字（2026） 7号', '（1）'],
      ['江公扣字[2026]7号', '①'],
    ] as const)
      first
        .when('officer', 'intake.register', seizure(first, [{ line: written }], numbered(no)))
        .refusedWith('intake.line-used', { line: written })
    for (const [no, written] of [
      ['江公扣字〔2026〕70号', '1'],
      ['江公扣字〔2026〕7号', '10'],
      ['江公扣字〔2026〕7号', '1-1'],
    ] as const)
      first
        .when('officer', 'intake.register', seizure(first, [{ line: written }], numbered(no)))
        .gives('ItemRegistered')
    const two = seizure(given(), [{ line: '3' }, { line: '03' }])
    given().when('officer', 'intake.register', two).refusedWith('intake.line-used')
    given(ofRules(1)).when('officer', 'intake.register', two).gives('ItemRegistered')
  })

  describe('knows what is told twice', () => {
    const told: [string, Over, Over][] = [
      ['serial', { serials: ['3541 2345-6789'] }, { name: '另一部', serials: ['x', '３５４１２３４５６７８９'] }],
      [
        'vin',
        { class: 'vehicle' },
        { class: 'vehicle', details: { vin: 'lsvaa4187e2184847', plate: '江B1', mileage: 1 } },
      ],
      [
        'plate',
        { class: 'vehicle' },
        { class: 'vehicle', details: { vin: 'LSVAA4187E0000001', plate: '江A·12345', mileage: 1 } },
      ],
      ['seal', { seal: '封-7' }, { seal: '封 7' }],
    ]
    const again = (story: Story, over: Over) => story.when('officer', 'intake.register', seizure(story, [over]))

    for (const [identifier, first, second] of told)
      it(`by its ${identifier}, however it is written, and records that it was confirmed`, () => {
        const story = given(registered(first ?? {}))
        again(story, second).refusedWith('intake.told-twice', { line: '1', identifier, code: story.codes[0] })
        again(story, { ...second, knownTwins: true }).gives('ItemRegistered', {
          twins: [{ kind: identifier, code: story.codes[0], agency: '江城市公安局' }],
        })
        expect(story.itemAt(1)).to.not.have.any.keys('twins', 'knownTwins')
        expect(decidedAgain(story.log)).to.deep.equal([])
      })

    it('without telling more than where, of a thing that one may not read', () => {
      const story = given(registered({ serials: ['354123456789'] }))
      const elsewhere = { serials: ['354123456789'] }
      const input = { ...seizure(story, [elsewhere]), caseNo: otherCaseNo }
      story.when('econofficer', 'intake.register', input)
      expect(story.refusal!.params).to.have.all.keys('line', 'identifier', 'number', 'agency')
      story.refusedWith('intake.told-elsewhere', { agency: '江城市公安局' })
      const confirmed = { ...input, items: [line('1', story, { ...elsewhere, knownTwins: true })] }
      story.when('econofficer', 'intake.register', confirmed)
      const { twins } = story.decision!.facts[0]!.recorded.data
      expect(twins).to.deep.equal([{ kind: 'serial', value: '354123456789', agency: '江城市公安局' }])
    })

    it('within one list as well; but what lies in one bag has one seal', () => {
      const story = given()
      const two = (over: Over) => story.when('officer', 'intake.register', seizure(story, [over, over]))
      two({ serials: ['354123456789'] }).refusedWith('intake.told-in-this-list', { line: '2', other: '1' })
      two({ seal: '封-7' }).gives('ItemRegistered')
    })

    it('as long as the other thing has not left, and where it is a number at all', () => {
      const story = given(registered({ serials: ['354123456789', '无'] }), received())
      again(story, { serials: ['无'] }).gives('ItemRegistered')
      const back = given(registered({ serials: ['354123456789'] }), received(), returnApproved(), handedOver)
      again(back, { serials: ['354123456789'] }).gives('ItemRegistered')
      const before = given(ofRules(1), registered({ serials: ['354123456789'] }))
      again(before, { serials: ['354123456789'] }).gives('ItemRegistered')
    })
  })

  it('wants photographs that were uploaded', () => {
    const story = given()
    story.when('officer', 'intake.register', seizure(story, [{ photos: [missingFile] }])).refusedWith('file.unknown')
  })

  it('knows when a thing cannot have been extracted', () => {
    const story = given()
    story
      .when('officer', 'intake.register', seizure(story, [{ extractedAt: story.in(1) }]))
      .refusedWith('intake.extracted-in-the-future')
    const early = [{ extractedAt: '2025-12-31T00:00:00.000Z' }]
    story.when('officer', 'intake.register', seizure(story, early)).refusedWith('intake.before-the-case')
    const exception = { reason: '接报后先行到场扣押' }
    story
      .when('officer', 'intake.register', seizure(story, early, { exception }))
      .gives('ItemRegistered', { exception })
  })

  const lacking: [string, Over, string][] = [
    ['cash without denominations', { class: 'cash', details: {} }, 'intake.cash-uncounted'],
    ['cash that adds up to another sum', { class: 'cash', value: '501' }, 'intake.cash-does-not-add-up'],
    ['drugs without gross and net weight', { class: 'drugs', details: { packages: ['1'] } }, 'intake.drugs-unweighed'],
    [
      'drugs heavier net than gross',
      { class: 'drugs', details: { grossWeight: '1', netWeight: '2', packages: ['1'] } },
      'intake.net-over-gross',
    ],
    ['drugs without a seal', { class: 'drugs', seal: undefined }, 'intake.drugs-unsealed'],
    [
      'a firearm not made safe',
      { class: 'firearms', details: { safeCleared: false, calibre: '9mm', rounds: 0 } },
      'intake.firearm-not-cleared',
    ],
    [
      'a firearm without calibre',
      { class: 'firearms', details: { safeCleared: true, rounds: 0 } },
      'intake.firearm-undescribed',
    ],
    ['valuables seen from one side', { class: 'valuables', photos: [file()] }, 'intake.three-sides'],
    ['a relic seen from one side', { class: 'relic', photos: [file()] }, 'intake.three-sides'],
    [
      'a vehicle without mileage',
      { class: 'vehicle', details: { vin: 'V', plate: 'P' } },
      'intake.vehicle-undescribed',
    ],
    ['a medium without serial or hash', { class: 'electronic', serials: [] }, 'intake.medium-unidentified'],
    ['a wallet without serial or hash', { class: 'virtual', serials: [] }, 'intake.medium-unidentified'],
    ['a sample that nobody carries', { class: 'biological', details: {} }, 'intake.carrier-unnamed'],
    ['perishables without a value', { class: 'perishable', value: undefined }, 'intake.unvalued'],
  ]
  for (const [what, over, code] of lacking)
    it(`refuses ${what}`, () => {
      const story = given()
      story.when('officer', 'intake.register', seizure(story, [over])).refusedWith(code, { line: '1' })
    })

  it('takes every class as it should be', () => {
    const classes = [
      'general',
      'document',
      'cash',
      'drugs',
      'firearms',
      'valuables',
      'relic',
      'vehicle',
      'electronic',
      'biological',
      'perishable',
      'hazardous',
      'virtual',
    ] as const
    const story = given(registered(...classes.map((each) => ({ class: each }))))
    expect(story.codes.map((_, index) => story.itemAt(index).class)).to.deep.equal([...classes])
    expect(story.itemAt(3).weight, 'what a later weighing is held against').to.equal('10.5')
  })
})

describe('intake.defer', () => {
  const until = '2026-03-02T09:00:00.000Z'
  it('lets the 24 hours run from the end of the examination', () => {
    const story = given(registered()).when('head', 'intake.defer', { reason: 'urgent-examination', until })
    story.gives('HandInDeferred')
    expect(story.item.clocks).to.deep.equal([{ deadline: 'D02', at: '2026-03-03T09:00:00.000Z' }])
  })
  it('is the head’s of that unit, before the hand-in, and never backwards', () => {
    const input = { reason: 'remote-place', until }
    given(registered()).when('econhead', 'intake.defer', input).refusedWith('item.unknown')
    const story = given(registered())
    story.world.people.get('legal')!.grants.push({ role: 'head', scope: 'econ', grantedAt: until, grantedBy: 'admin' })
    story.when('legal', 'intake.defer', input).refusedWith('intake.not-of-this-unit')
    story
      .when('head', 'intake.defer', { ...input, until: '2026-03-01T00:00:00.000Z' })
      .refusedWith('intake.deferred-into-the-past')
    given(registered(), received()).when('head', 'intake.defer', input).refusedWith('intake.not-with-officer')
  })
})

describe('the longest time that a hand-in is put off', () => {
  const defer = (login: string, days: number, ...before: History[]) => {
    const story = given(registered(), ...before)
    const until = new Date(Date.parse(story.item.extractedAt) + days * 86_400_000).toISOString()
    return story.when(login, 'intake.defer', { reason: 'remote-place', until })
  }
  it('is a head’s, and beyond it the leader’s', () => {
    defer('head', 7).gives('HandInDeferred')
    defer('head', 8).refusedWith('intake.leader-defers', { days: 7, leaderDays: 30 })
    defer('leader', 30).gives('HandInDeferred')
    defer('leader', 31).refusedWith('intake.deferred-too-long', { days: 30 })
  })
  it('was not limited by the first rules, and the leader had no say', () => {
    defer('head', 26_000, ofRules(1)).gives('HandInDeferred')
    defer('leader', 1, ofRules(1)).refusedWith('step.no-role')
  })
})

describe('intake.register of what is weighed or counted', () => {
  const register = (over: Over) => {
    const story = given()
    return story.when('officer', 'intake.register', seizure(story, [over]))
  }
  it('takes one amount of a powder', () => {
    const powder = (quantity: string, unit: string, netWeight = '10', grossWeight = '12') =>
      register({
        class: 'drugs',
        quantity,
        unit,
        weight: grossWeight,
        details: { netWeight, grossWeight, packages: ['1'] },
      })
    powder('12', '克').refusedWith('intake.quantity-is-not-net', { quantity: '12', unit: '克', weight: '10' })
    powder('0.01', 'ＫＧ').gives('ItemRegistered')
    powder('10', '克').gives('ItemRegistered')
    powder('3', '包').gives('ItemRegistered')
    register({ class: 'general', quantity: '10', unit: '克', weight: '9' }).refusedWith('intake.net-over-gross')
  })
  it('takes no half of what is whole', () => {
    register({ class: 'firearms', quantity: '2.5', unit: '条支' }).refusedWith('item.not-whole')
    register({ class: 'vehicle', quantity: '0.5', unit: '台车' }).refusedWith('item.not-whole', { quantity: '0.5' })
    register({ quantity: '1.5', unit: '部' }).refusedWith('item.not-whole')
    register({ quantity: '1.5', unit: '米' }).gives('ItemRegistered')
    const then = given(ofRules(1))
    then.when('officer', 'intake.register', seizure(then, [{ quantity: '1.5', unit: '部' }])).gives('ItemRegistered')
  })
})

describe('intake.receive', () => {
  const signedBy = ['officer']

  it('puts the thing on a shelf, countersigned by the officer who brings it; the clock stops', () => {
    const story = given(registered())
    story.when('keeper', 'intake.receive', receipt(story), { signedBy }).gives('ItemReceived', { by: 'keeper' })
    expect(story.item.custody).to.include({ state: 'stored', place: places.slot, site: places.site })
    expect(story.item.clocks).to.deep.equal([])
    expect(story.item.keptBy).to.deep.equal(['keeper'])
    expect(story.item.lastSeenAt).to.equal(story.item.lastAt)
  })

  it('is signed by that officer and no other', () => {
    const story = given(registered())
    story
      .when('keeper', 'intake.receive', receipt(story))
      .refusedWith('step.countersignature-missing', { as: 'officer' })
    story
      .when('keeper', 'intake.receive', receipt(story), { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing', { logins: ['officer'] })
  })

  for (const kind of ['cash', 'drugs', 'firearms', 'valuables', 'relic', 'hazardous', 'virtual'] as const)
    it(`takes a second keeper for ${kind}`, () => {
      const story = given(registered({ class: kind }))
      story
        .when('keeper', 'intake.receive', receipt(story), { signedBy })
        .refusedWith('step.countersignature-missing', { as: 'second-keeper' })
      story.when('keeper', 'intake.receive', receipt(story), { signedBy: ['officer', 'keeper2'] }).gives('ItemReceived')
    })

  it('splits off what did not come: the rest stays with the officer', () => {
    const story = given(registered({ quantity: '5' }))
    story.when('keeper', 'intake.receive', receipt(story, 0, { quantityReceived: '3' }), { signedBy }).gives('RestLeft')
    expect(story.item).to.include({ quantity: '3' })
    expect(story.itemAt(1)).to.deep.include({
      quantity: '2',
      parent: story.codes[0],
      custody: { state: 'with-officer', holder: 'officer', holderName: '陆一舟' },
    })
    expect(story.itemAt(1).clocks[0], 'its clock keeps running').to.include({ deadline: 'D01' })
  })

  it('accounts for the weight and the value of both parts', () => {
    const story = given(registered({ class: 'valuables', quantity: '10', weight: '100' }))
    const part = (weight?: string, value?: string) =>
      story.when(
        'keeper',
        'intake.receive',
        receipt(story, 0, {
          quantityReceived: '9',
          checked: { documents: true, quantity: true, condition: '完好', ...(weight ? { weight } : {}) },
          ...(value ? { part: { value } } : {}),
        }),
        { signedBy: ['officer', 'keeper2'] },
      )
    part(undefined, '8000').refusedWith('intake.part-unweighed')
    part('100', '8000').refusedWith('intake.weight-out-of-tolerance')
    part('89.5').refusedWith('item.part-unvalued')
    part('89.5', '9001').refusedWith('item.more-than-there', { amount: '9001', there: '9000' })
    part('89.5', '8000').gives('RestLeft')
    expect([story.item.weight, story.itemAt(1).weight]).to.deep.equal(['89.5', '10.5'])
    expect([story.item.value, story.itemAt(1).value]).to.deep.equal(['8000', '1000'])
  })

  it('takes the serial numbers of what came; the rest keeps its own', () => {
    const story = given(registered({ class: 'electronic', quantity: '3', serials: ['1', '2', '3'] }))
    const two = (part: Record<string, unknown> = {}, quantityReceived = '2') =>
      story.when('keeper', 'intake.receive', receipt(story, 0, { quantityReceived, part }), { signedBy })
    two().refusedWith('item.a-number-each', { quantity: '2' })
    two({ serials: ['1', '4'] }).refusedWith('item.not-of-it', { names: ['4'] })
    two({ serials: ['1', '3'] }, '2.5').refusedWith('item.not-whole', { quantity: '2.5' })
    two({ serials: ['1', '2', '3'] }, '3').refusedWith('intake.all-came')
    two({ serials: ['1', '3'] })
      .gives('ItemReceived')
      .gives('RestLeft')
    expect([story.item.serials, story.itemAt(1).serials]).to.deep.equal([['1', '3'], ['2']])
    const then = given(ofRules(1), registered({ class: 'electronic', quantity: '3', serials: ['1', '2', '3'] }))
    then.when('keeper', 'intake.receive', receipt(then, 0, { quantityReceived: '2' }), { signedBy }).gives('RestLeft')
    expect(then.itemAt(1).serials, 'as version 1 of the rules had it').to.deep.equal(['1', '2', '3'])
  })

  it('takes packages and weights of a powder that came in part', () => {
    const details = { grossWeight: '12', netWeight: '10', packages: ['1', '2'] }
    const powder = registered({ class: 'drugs', unit: '克', quantity: '10', weight: '12', details })
    const story = given(powder)
    const checked = { documents: true, quantity: true, condition: '完好', weight: '5', seal: 'F-0001' }
    const input = receipt(story, 0, { quantityReceived: '4', checked, part: { details: { packages: ['2'] } } })
    story.when('keeper', 'intake.receive', input, { signedBy: ['officer', 'keeper2'] }).gives('RestLeft')
    expect(story.item.details).to.deep.equal({ grossWeight: '5', netWeight: '4', packages: ['2'] })
    expect(story.itemAt(1)).to.deep.include({
      quantity: '6',
      weight: '7',
      details: { grossWeight: '7', netWeight: '6', packages: ['1'] },
    })
  })

  it('is for what is still with an officer of the agency', () => {
    given(registered(), received())
      .when('keeper', 'intake.receive', { ...receipt(given(registered())) }, { signedBy })
      .refusedWith('intake.not-with-officer')
    const story = given(registered())
    const stranger = story.world.people.get('judge')!
    const grants = [
      { role: 'keeper' as const, scope: places.site, grantedAt: '', grantedBy: 'admin' },
      { role: 'casemanager' as const, scope: 'psb', grantedAt: '', grantedBy: 'admin' },
    ]
    story.world.people.set('judge', { ...stranger, grants })
    story.when('judge', 'intake.receive', receipt(story), { signedBy }).refusedWith('intake.not-of-this-agency')
  })

  it('puts nothing where it must not lie', () => {
    const story = given(registered())
    const into = (place: string) => story.when('keeper', 'intake.receive', receipt(story, 0, { place }), { signedBy })
    into(places.retired).refusedWith('place.not-in-use')
    into(places.room).refusedWith('place.not-a-leaf')
    into(places.eastSlot).refusedWith('place.elsewhere')
    into(places.drawer).refusedWith('place.unfit')
    const room = story.world.places.get(places.room)!
    story.world.places.set(places.room, { ...room, classes: ['document'] })
    into(places.slot).refusedWith('place.unfit', { code: places.room })
    story.world.places.set(places.room, room)
    into(places.nowhere).refusedWith('place.unknown')
    into(places.slot2).gives('ItemReceived')
  })

  it('is no answer to papers or quantities that are wrong', () => {
    const story = given(registered({ weight: '100', seal: 'F-1' }))
    const checked = { documents: true, quantity: true, weight: '100', seal: 'F-1', condition: '完好' }
    const receive = (over: Record<string, unknown>, input: Record<string, unknown> = {}) =>
      story.when('keeper', 'intake.receive', receipt(story, 0, { checked: { ...checked, ...over }, ...input }), {
        signedBy,
      })
    receive({ documents: false }).refusedWith('intake.check-failed')
    receive({ quantity: false }).refusedWith('intake.check-failed')
    receive({}, { quantityReceived: '2' }).refusedWith('intake.more-than-listed', { received: '2', listed: '1' })
    receive({ weight: '98.9' }).refusedWith('intake.weight-out-of-tolerance', { weighed: '98.9', listed: '100' })
    receive({ seal: 'F-2' }).refusedWith('intake.other-seal', { seal: 'F-1' })
    receive({ weight: '99' }).gives('ItemReceived')
  })

  it('weighs drugs, and counts cash that comes in part', () => {
    const drugs = given(registered({ class: 'drugs' }))
    const unweighed = receipt(drugs, 0, { checked: { documents: true, quantity: true, condition: '完好' } })
    drugs
      .when('keeper', 'intake.receive', unweighed, { signedBy: ['officer', 'keeper2'] })
      .refusedWith('intake.drugs-unweighed')
    const some = (story: Story, value?: string) => {
      const part = value ? { value, details: { denominations: [{ face: '100', count: 4 }] } } : undefined
      const input = receipt(story, 0, { quantityReceived: '4', ...(part ? { part } : {}) })
      return story.when('keeper', 'intake.receive', input, { signedBy: ['officer', 'keeper2'] })
    }
    some(given(ofRules(1), registered({ class: 'cash', quantity: '5' }))).refusedWith('intake.cash-in-parts')
    const cash = given(registered({ class: 'cash', quantity: '5' }))
    some(cash).refusedWith('item.part-unvalued')
    some(cash, '400').gives('RestLeft')
    expect(cash.itemAt(1)).to.deep.include({ value: '100', details: { denominations: [{ face: '100', count: 1 }] } })
  })
})

describe('intake.refuse', () => {
  const input = { reason: 'does-not-match', note: '清单写两部，实有一部' }
  it('leaves the thing with the officer, the clock running', () => {
    const story = given(registered())
    const { custody, clocks } = story.item
    story.when('keeper', 'intake.refuse', input).gives('IntakeRefused', { reason: 'does-not-match' })
    expect(story.item).to.deep.include({ custody, clocks })
  })
  it('is too late for what was taken in', () => {
    given(registered(), received()).when('keeper', 'intake.refuse', input).refusedWith('intake.not-with-officer')
  })
})

describe('intake of another unit’s case', () => {
  it('is that unit’s own', () => {
    const story = given()
    story.when('econofficer', 'intake.register', seizure(story, [{}], { caseNo: otherCaseNo })).gives('ItemRegistered')
    story
      .when('officer', 'retrieval.request', {
        purpose: 'other',
        reason: '查看',
        usedAt: story.in(1),
        dueAt: story.in(2),
      })
      .refusedWith('item.unknown')
  })
})

describe('intake.register of a thing that was here before', () => {
  const seizedAgain = (story: Story, again: string, over: Over = {}) =>
    story.when(
      'officer',
      'intake.register',
      seizure(story, [{ again, ...over }], { document: { ...document, no: '扣字〔2026〕9号' } }),
    )
  const returned = (...lines: NonNullable<Over>[]) =>
    given(registered(...lines), received(), returnApproved(), handedOver)

  it('links both lives, both ways', () => {
    const story = returned({ serials: ['SN-1'] })
    const [first] = story.codes as [string]
    seizedAgain(story, first, { serials: ['SN-1'] }).gives('ItemRegistered', { earlier: first })
    const [, second] = story.codes as [string, string]
    story.gives('SeizedAgain', { as: second })
    expect(story.itemAt(0)).to.deep.include({ later: [second] })
    expect(story.itemAt(0).custody.state).to.equal('left')
    expect(story.itemAt(1)).to.deep.include({ earlier: first })
  })

  it('is for what had lawfully gone, and what the officer may read', () => {
    const kept = given(registered(), received())
    seizedAgain(kept, kept.codes[0]!).refusedWith('intake.not-seized-again', { code: kept.codes[0]! })
    const story = returned()
    const [first] = story.codes as [string]
    const twice = seizure(story, [{ again: first }, { again: first }], { document: { ...document, no: '9' } })
    story.when('officer', 'intake.register', twice).refusedWith('intake.not-seized-again')
    const other = seizure(story, [{ again: first }], { caseNo: otherCaseNo })
    story.when('econofficer', 'intake.register', other).refusedWith('item.unknown')
  })
})

describe('intake.void', () => {
  const mistake = { reason: '同一物品登记了两次' }
  const by = (story: Story, signers: string[], login = 'officer') =>
    story.when(login, 'intake.void', mistake, { signedBy: signers })

  it('is signed by the officer and the head; clocks end and nothing can be done with it any more', () => {
    const story = given(registered())
    by(story, []).refusedWith('step.countersignature-missing', { as: 'head' })
    by(story, ['head']).gives('RegistrationVoided')
    expect(story.item.custody).to.deep.equal({ state: 'left', how: 'void', to: '' })
    expect(story.item).to.deep.include({
      disposition: { state: 'done', kind: 'void', at: story.item.lastAt },
      clocks: [],
    })
    story.when('keeper', 'intake.receive', receipt(story), { signedBy: ['officer'] }).refusedWith('item.left')
    by(story, ['head']).refusedWith('item.left')
  })

  it('takes the keeper too once it is in store, and the storehead for what two persons guard', () => {
    const story = given(registered(), received())
    by(story, ['head']).refusedWith('step.countersignature-missing', { as: 'keeper' })
    by(story, ['head', 'keeper']).gives('RegistrationVoided')
    expect(story.item.custody).to.deep.include({ state: 'left', how: 'void' })
    const drugs = given(registered({ class: 'drugs' }), received())
    by(drugs, ['head', 'keeper']).refusedWith('step.countersignature-missing', { as: 'storehead' })
    by(drugs, ['head', 'keeper', 'storehead']).gives('RegistrationVoided')
  })

  it('frees the line for a right registration', () => {
    const story = given()
    story.take('officer', 'intake.register', seizure(story))
    const again = seizure(story)
    story.when('officer', 'intake.register', again).refusedWith('intake.line-used')
    by(story, ['head']).gives('RegistrationVoided')
    story.when('officer', 'intake.register', again).gives('ItemRegistered')
  })

  it('is for officers of the case, while the thing is here and nothing is under way', () => {
    const moved = given(registered(), taken('head', 'case.assign', { caseNo, officers: ['officer2'] }))
    by(moved, ['head']).refusedWith('intake.not-of-your-case')
    const story = given(registered(), received(), requested())
    by(story, ['head', 'keeper']).refusedWith('intake.docket-open')
    by(story.and(approved(), released()), ['head', 'keeper']).refusedWith('intake.not-here')
    const gone = given(registered(), received(), transferred)
    by(gone, ['head', 'keeper']).refusedWith('intake.controlled-elsewhere')
  })
})
