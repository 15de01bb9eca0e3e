/** correction: what an entry says wrong is put right beside it. */
import { expect } from 'chai'
import {
  file,
  given,
  type History,
  later,
  ofRules,
  places,
  received,
  registered,
  requested,
  type Story,
} from '../../support/custody.ts'

/** Where the entry with this fact stands that is about the thing of the story. */
const positionOf = (story: Story, fact = 'ItemRegistered', code = story.codes[0]): number =>
  Number([...story.world.entries].find(([, entry]) => entry.fact === fact && entry.subject.id === code)![0])

const note = (story: Story, over: Record<string, unknown> = {}) => ({
  position: positionOf(story),
  field: 'name',
  right: '平板电脑',
  reason: '登记时误写',
  ...over,
})
const signedBy = ['officer2']
const byHead = ['head']
const stored: History = (story) => story.and(registered(), received())

/** Says that the field should be so, on the first thing of the story. */
const saying = (story: Story, name: string, right: unknown, signers = signedBy, over: Record<string, unknown> = {}) =>
  story.when('officer', 'correction.note', note(story, { field: name, right, ...over }), {
    signedBy: signers,
    items: [story.codes[0]!],
  })

describe('correction.note', () => {
  it('names the entry, the right value and why; a second person confirms', () => {
    const story = given(stored)
    const attempt = (signers?: string[]) =>
      story.when('officer', 'correction.note', note(story), signers ? { signedBy: signers } : {})
    attempt().refusedWith('step.countersignature-missing', { as: 'second-person' })
    attempt(['admin']).refusedWith('step.countersignature-missing')
    attempt(['procurator']).refusedWith('step.countersignature-missing')
    attempt(signedBy).gives('FieldCorrected', { field: 'name', was: '手机', right: '平板电脑' })
    expect(story.item.name).to.equal('平板电脑')
  })

  it('takes effect by the rule of the field itself', () => {
    const story = given(registered({ class: 'vehicle', value: '1000' }))
    const put = (name: string, right: unknown, signers?: string[]) =>
      saying(story, name, right, signers).gives('FieldCorrected', { field: name })
    put('details.vin', 'LSVAA4187E2184848')
    put('details.mileage', '52001')
    put('value', '1200.50')
    put('serials', 'SN 12 34')
    expect(story.item.serials).to.deep.equal(['SN 12 34'])
    put('serials', ['A-1', 'A-2'])
    put('externalNo', '物-7')
    put('externalNo', undefined)
    put('document.no', '扣字99号')
    put('quantity', '2')
    put('line', '7')
    expect(story.item).to.deep.include({ serials: ['A-1', 'A-2'], value: '1200.50', line: '7', quantity: '2' })
    expect(story.item.details).to.deep.include({ vin: 'LSVAA4187E2184848', mileage: 52001, plate: '江A12345' })
    expect([story.item.externalNo, story.item.document.no]).to.deep.equal([undefined, '扣字99号'])
  })

  it('knows the fields of the entry and no others, and takes no value that the field cannot have', () => {
    const story = given(stored)
    for (const name of ['名称', 'caseNo', 'VIN', 'custody', '__proto__', 'details.', 'officers'])
      saying(story, name, 'x').refusedWith('correction.unknown-field')
    for (const [name, right] of [
      ['name', '长'.repeat(121)],
      ['value', '一千'],
      ['quantity', '0'],
      ['extractedAt', '昨天'],
      ['class', '枪'],
      ['features', undefined],
      ['details.mileage', -1],
    ] as const)
      saying(story, name, right).refusedWith('correction.wrong-value')
    saying(story, 'name', '手机').refusedWith('correction.nothing-else')
    saying(story, 'name', 'x', signedBy, { place: places.slot }).refusedWith('correction.not-the-class')
  })

  it('corrects the remarks of other entries, and nothing that is put right by a step of its own', () => {
    const story = given(stored, requested())
    const asked = positionOf(story, 'RetrievalRequested')
    const put = (name: string, right: unknown) => saying(story, name, right, signedBy, { position: asked })
    put('dueAt', story.in(1000)).refusedWith('correction.unknown-field')
    put('purpose', 'court').refusedWith('correction.unknown-field')
    put('reason', '组织辨认，第二次').gives('FieldCorrected', { field: 'reason', right: '组织辨认，第二次' })
  })

  it('is about an entry of this item', () => {
    const story = given(registered({}, {}), received())
    const [first, second] = story.codes as [string, string]
    const about = (over: Record<string, unknown>) =>
      story.when('officer', 'correction.note', note(story, over), { signedBy, items: [first] })
    about({ position: positionOf(story, 'ItemRegistered', second) }).refusedWith('correction.of-another-item')
    about({ position: 99 }).refusedWith('entry.unknown')
    about({ hash: file('other') }).refusedWith('correction.other-hash')
    about({ hash: story.world.entries.get(String(positionOf(story)))!.hash }).gives('FieldCorrected')
  })

  it('opens a discrepancy for what a keeper has counted, weighed and read, and takes effect with it', () => {
    const story = given(registered({ quantity: '12', seal: 'F-1', weight: '30' }), received())
    saying(story, 'quantity', '10').gives('CorrectionAsked', { was: '12', right: '10' })
    story.gives('DiscrepancyFound', { kind: 'short', was: { quantity: '12' }, now: { quantity: '10' } })
    expect(story.item.quantity).to.equal('12')
    expect(story.item.open.discrepancy).to.be.an('object')
    saying(story, 'name', '平板电脑').refusedWith('item.discrepancy-open')
    const settle = { outcome: 'explained', note: '清点核对', documents: [] }
    story.when('storehead', 'discrepancy.resolve', settle, { signedBy: ['inspector'] }).gives('DiscrepancyResolved')
    expect(story.item.quantity).to.equal('10')
    saying(story, 'seal', undefined).gives('DiscrepancyFound', { kind: 'seal-broken' })
    story.when('storehead', 'discrepancy.resolve', settle, { signedBy: ['inspector'] }).gives('DiscrepancyResolved')
    expect(story.item.seal).to.equal(undefined)
  })

  it('leaves what is weighed and counted of guarded classes to the head, and sums of money to their notes', () => {
    const drugs = given(registered({ class: 'drugs' }))
    saying(drugs, 'weight', '11').refusedWith('step.countersignature-missing', { roles: ['head'] })
    saying(drugs, 'weight', '9', byHead).refusedWith('intake.net-over-gross')
    saying(drugs, 'weight', '11', byHead).gives('FieldCorrected')
    expect([drugs.item.weight, drugs.item.details.grossWeight]).to.deep.equal(['11', '11'])
    saying(drugs, 'seal', undefined, byHead).refusedWith('intake.drugs-unsealed')
    const gun = given(registered({ class: 'firearms' }), received())
    saying(gun, 'serials', ['G-78']).refusedWith('step.countersignature-missing', { roles: ['head'] })
    saying(gun, 'serials', ['G-78'], byHead).gives('FieldCorrected')
    const cash = given(registered({ class: 'cash' }))
    saying(cash, 'value', '400').refusedWith('correction.amount-of-cash')
    saying(cash, 'details.denominations', [{ face: '100', count: 4 }], byHead).gives('FieldCorrected')
    expect(cash.item.value).to.equal('400')
    cash.and(received())
    saying(cash, 'details.denominations', [{ face: '100', count: 3 }], byHead).gives('DiscrepancyFound')
    expect(cash.item.value).to.equal('400')
  })

  it('moves the day of extraction with the hand-in clock, by the head, within what is possible', () => {
    const story = given(registered())
    saying(story, 'extractedAt', story.in(-3)).refusedWith('step.countersignature-missing')
    saying(story, 'extractedAt', story.now, byHead).refusedWith('correction.extracted-after')
    saying(story, 'extractedAt', '2020-01-01T00:00:00.000Z', byHead).refusedWith('correction.extracted-before')
    const at = story.in(-3)
    saying(story, 'extractedAt', at, byHead).gives('FieldCorrected')
    expect(story.item.clocks).to.deep.equal([
      { deadline: 'D01', at: new Date(Date.parse(at) + 86_400_000).toISOString() },
    ])
  })

  it('takes no line that another thing has, and no witness from among those who sign', () => {
    const story = given(registered({}, {}))
    saying(story, 'line', '2').refusedWith('correction.line-used', { line: '2' })
    saying(story, 'witness', story.world.people.get('officer2')!.name).refusedWith('correction.witness-is-staff')
  })

  it('is for those whose thing it is', () => {
    const by = (login: string, story: Story = given(stored)) =>
      story.when(login, 'correction.note', note(story), { signedBy })
    by('keeper').gives('FieldCorrected')
    by('storehead').gives('FieldCorrected')
    by('legal').gives('FieldCorrected')
    by('leader').refusedWith('step.no-role')
    const moved = given(stored)
    moved.take('head', 'case.assign', { caseNo: moved.item.caseNo, officers: ['officer2'] })
    by('officer', moved).refusedWith('correction.not-yours')
    by('keeper', given(registered())).refusedWith('correction.not-yours')
  })

  it('is possible after the thing has left, but for what was measured; not of a void registration', () => {
    const story = given(stored, later(1))
    story.world.items.set(story.item.code, { ...story.item, custody: { state: 'left', how: 'returned', to: '林某' } })
    saying(story, 'name', '平板电脑').gives('FieldCorrected')
    saying(story, 'quantity', '2').refusedWith('correction.has-left')
    saying(story, 'class', 'document', byHead).refusedWith('correction.has-left')
    const mistaken = given(registered())
    mistaken.take('officer', 'intake.void', { reason: '重复登记' }, { signedBy: byHead })
    saying(mistaken, 'name', '平板电脑').refusedWith('correction.of-a-void')
  })
})

describe('correction.note of the class', () => {
  const drugs = { weight: '10.5', seal: 'F-1', details: { grossWeight: '10.5', netWeight: '10', packages: ['1'] } }

  it('asks what the right class asks for, and is decided by the head', () => {
    const story = given(registered())
    saying(story, 'class', 'drugs', signedBy, { asked: drugs }).refusedWith('step.countersignature-missing')
    saying(story, 'class', 'drugs', byHead).refusedWith('intake.drugs-unweighed')
    saying(story, 'class', 'drugs', byHead, { asked: drugs }).gives('FieldCorrected', {
      was: 'general',
      right: 'drugs',
    })
    expect(story.item).to.deep.include({ class: 'drugs', weight: '10.5', seal: 'F-1', details: drugs.details })
  })

  it('asks where a thing in store lies from now on: a keeper says so, two where a class wants two', () => {
    const story = given(stored)
    const put = (signers: string[], over: Record<string, unknown> = {}) =>
      saying(story, 'class', 'drugs', signers, { asked: drugs, ...over })
    put([...byHead, 'keeper', 'keeper2']).refusedWith('correction.place-missing')
    put([...byHead, 'keeper', 'keeper2'], { place: places.eastSlot }).refusedWith('place.elsewhere')
    put(byHead, { place: places.slot }).refusedWith('step.countersignature-missing', { as: 'keeper' })
    put([...byHead, 'keeper'], { place: places.slot }).refusedWith('step.countersignature-missing', {
      as: 'second-keeper',
    })
    put([...byHead, 'keeper', 'keeper2'], { place: places.slot2 }).gives('FieldCorrected')
    expect(story.item.custody).to.deep.include({ state: 'stored', place: places.slot2 })
  })

  it('refuses a place that is not fit for the right class', () => {
    const story = given(stored)
    const slot = story.world.places.get(places.slot)!
    story.world.places.set(places.slot, { ...slot, classes: ['general'] })
    saying(story, 'class', 'document', [...byHead, 'keeper'], { place: places.slot }).refusedWith('place.unfit')
  })

  it('waits for what is under way, and says nothing again that was said before', () => {
    const story = given(stored, requested())
    saying(story, 'class', 'document', byHead, { place: places.slot }).refusedWith('correction.docket-open')
    const weighed = given(registered({ weight: '30' }))
    saying(weighed, 'class', 'drugs', byHead, { asked: drugs }).refusedWith('correction.said-before', {
      field: 'weight',
    })
  })
})

describe('correction.note by version 1 of the rules', () => {
  const before: History = (story) => story.and(stored, ofRules(1))

  it('shows a few descriptions corrected and only notes everything else', () => {
    const story = given(before)
    const put = (name: string, right: string) => saying(story, name, right).gives('CorrectionNoted', { field: name })
    put('serials', 'IMEI-1、IMEI 2')
    put('value', '1200.50')
    put('features', '白色')
    const known = story.item
    put('quantity', '12')
    put('__proto__', 'x')
    expect(story.item).to.deep.include({ serials: ['IMEI-1', 'IMEI', '2'], value: '1200.50', features: '白色' })
    expect({ ...story.item, version: 0, lastAt: '' }).to.deep.equal({ ...known, version: 0, lastAt: '' })
    saying(story, 'value', '一千').refusedWith('correction.not-an-amount')
  })
})
