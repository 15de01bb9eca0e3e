/** Cash: its currency, counterfeit notes, and a count at the counter that is not the list. */
import { expect } from 'chai'
import {
  caseNo,
  document,
  file,
  given,
  line,
  places,
  receipt,
  received,
  registered,
  type Story,
} from '../../../support/custody.ts'

type Notes = { face: string; count: number; currency?: string; counterfeit?: boolean }[]
const ten = [{ face: '100', count: 100 }]
const cash = (over: Record<string, unknown> = {}, notes: Notes = ten) =>
  registered({ class: 'cash', value: '10000', ...over, details: { denominations: notes, ...(over.details as object) } })

const count = (story: Story, counted: Notes, over: Record<string, unknown> = {}, signedBy = ['officer', 'keeper2']) =>
  story.when('keeper', 'intake.receive', receipt(story, 0, { counted, ...over }), { signedBy })

describe('cash on a list', () => {
  const register = (value: string, details: object) => {
    const story = given()
    const items = [line('1', story, { class: 'cash', value, details: { ...details } })]
    return story.when('officer', 'intake.register', { caseNo, document, measure: 'seize', items })
  }

  it('is in one currency, yuan where nothing is said', () => {
    const dollars = register('5000', { currency: 'USD', denominations: [{ face: '100', count: 50 }] })
    dollars.gives('ItemRegistered', { value: '5000', details: { currency: 'USD' } })
    register('5000', { currency: 'USD', denominations: [{ face: '100', count: 50, currency: 'USD' }] }).gives(
      'ItemRegistered',
    )
    register('5000', { denominations: [{ face: '100', count: 50, currency: 'USD' }] }).refusedWith(
      'intake.two-currencies',
      { currency: 'CNY', other: 'USD' },
    )
    expect(() => register('1', { currency: 'ABC' }), 'no such currency').to.throw()
    expect(() => register('1', { currency: 'usd' }), 'as it is written').to.throw()
  })
  it('counts counterfeit notes and gives nothing for them', () => {
    const notes = [
      { face: '100', count: 4 },
      { face: '100', count: 1, counterfeit: true },
    ]
    register('400', { denominations: notes }).gives('ItemRegistered', { value: '400' })
    register('500', { denominations: notes }).refusedWith('intake.cash-does-not-add-up', { counted: '400' })
    register('0', { denominations: [notes[1]] }).gives('ItemRegistered', { value: '0' })
  })
  it('goes to parts with its counterfeit notes and its currency', () => {
    const notes = [
      { face: '100', count: 4 },
      { face: '100', count: 1, counterfeit: true },
    ]
    const story = given(cash({ quantity: '5', value: '400', details: { currency: 'HKD' } }, notes), received())
    const split = (second: Notes) =>
      story.when(
        'keeper',
        'item.split',
        {
          parts: [
            { quantity: '4', value: '400', details: { denominations: [notes[0]!] } },
            { quantity: '1', value: '0', details: { denominations: second } },
          ],
        },
        { items: [story.codes[0]!], signedBy: ['keeper2'] },
      )
    split([{ face: '100', count: 1 }]).refusedWith('item.notes-are-not-the-value')
    split([notes[1]!]).gives('PartMade')
    expect(story.itemAt(1)).to.deep.include({ value: '0' })
    expect(story.itemAt(1).details).to.deep.equal({ currency: 'HKD', denominations: [notes[1]] })
  })
})

describe('cash counted at the counter', () => {
  it('is received as counted when less is there, and who handed it in explains', () => {
    const story = given(cash())
    count(story, [{ face: '100', count: 99 }])
      .gives('ItemReceived')
      .gives('DiscrepancyFound', {
        kind: 'short',
        listed: { value: '10000', denominations: ten },
        counted: { value: '9900', denominations: [{ face: '100', count: 99 }] },
        currency: 'CNY',
      })
    expect(story.item).to.deep.include({ value: '9900', details: { denominations: [{ face: '100', count: 99 }] } })
    expect(story.item.custody).to.include({ state: 'stored', place: places.slot })
    const { waitsFor } = story.item.open.discrepancy!
    expect(waitsFor).to.include('person:officer').and.not.include('person:keeper2')
    story.when('officer', 'discrepancy.explain', { note: '清点有误' }).gives('DiscrepancyExplained')
  })
  it('takes the signatures of the officer and of a second keeper', () => {
    for (const signedBy of [['officer'], ['keeper2']])
      count(given(cash()), [{ face: '100', count: 99 }], {}, signedBy).refusedWith('step.countersignature-missing')
  })
  it('tells more, false notes and other notes from less', () => {
    count(given(cash()), [{ face: '100', count: 101 }]).gives('DiscrepancyFound', { kind: 'surplus' })
    const [good, bad] = [
      { face: '100', count: 99 },
      { face: '100', count: 1, counterfeit: true },
    ]
    count(given(cash()), [good, bad]).gives('DiscrepancyFound', { kinds: ['short', 'counterfeit'] })
    count(given(cash()), [{ face: '50', count: 200 }]).gives('DiscrepancyFound', { kind: 'substituted' })
  })
  it('finds nothing where list and count agree, in whatever order and writing', () => {
    const listed = [
      { face: '100', count: 99 },
      { face: '50', count: 2 },
    ]
    const story = given(cash({}, listed))
    count(story, [
      { face: '50.0', count: 2, currency: 'CNY' },
      { face: '100', count: 99, counterfeit: false },
    ]).gives('ItemReceived')
    expect(story.decision!.facts).to.have.length(1)
    expect(story.item.value).to.equal('10000')
  })
  it('lets a quantity that says the sum or the notes go on saying it', () => {
    const sum = given(cash({ quantity: '10000' }))
    count(sum, [{ face: '100', count: 99 }])
    expect(sum.item).to.include({ quantity: '9900', value: '9900' })
    const notes = given(cash({ quantity: '100', unit: '张' }))
    count(notes, [{ face: '100', count: 101 }], { quantityReceived: '101' })
    expect(notes.item).to.include({ quantity: '101', value: '10100' })
  })
  it('is no part: either all is counted, or it is said what came', () => {
    const part = { value: '9900', details: { denominations: [{ face: '100', count: 99 }] } }
    count(given(cash()), [{ face: '100', count: 99 }], { part }).refusedWith('intake.counted-or-part')
    const story = given(cash({ quantity: '100', unit: '张' }))
    story
      .when('keeper', 'intake.receive', receipt(story, 0, { quantityReceived: '99', part }), {
        signedBy: ['officer', 'keeper2'],
      })
      .gives('RestLeft')
    expect(story.item.open, 'what is still to come is no discrepancy').to.deep.equal({})
    expect(story.itemAt(1)).to.deep.include({ value: '100', details: { denominations: [{ face: '100', count: 1 }] } })
  })
  it('is cash, in its currency, one thing at a time', () => {
    count(given(registered()), ten, {}, ['officer']).refusedWith('intake.counted-is-cash')
    count(given(cash()), [{ face: '100', count: 100, currency: 'USD' }]).refusedWith('intake.two-currencies')
    const two = given(cash(), cash())
    count(two, ten).refusedWith('intake.counted-one-by-one')
  })
  it('is counted again when the difference is settled', () => {
    const story = given(cash())
    count(story, [{ face: '100', count: 99 }])
    const found = { outcome: 'made-good', note: '补交一张', documents: [file('paper')], counted: ten }
    story
      .when('storehead', 'discrepancy.resolve', found, { signedBy: ['inspector'] })
      .gives('DiscrepancyResolved', { changed: { value: { was: '9900', is: '10000' } } })
    expect(story.item).to.deep.include({ value: '10000', open: {}, details: { denominations: ten } })
  })
})
