/** item.recover: what was written off or booked out by mistake is in store again. */
import { expect } from 'chai'
import {
  disposalApproved,
  document,
  executed,
  file,
  given,
  type History,
  handedOver,
  later,
  line as lineOf,
  places,
  received,
  registered,
  returnApproved,
  type Story,
  staged,
  taken,
  transferred,
} from '../../support/custody.ts'

const back = (over: Record<string, unknown> = {}) => ({
  how: 'found',
  place: places.slot2,
  photos: [file('back')],
  document,
  ...over,
})
const signedBy = ['keeper2', 'storehead']
const stored = (...lines: Parameters<typeof registered>) => [registered(...lines), received()] as const

const missing = { kind: 'missing', note: '盘点未见', photos: [] }
const writeOff = { outcome: 'written-off', note: '多次查找未果', documents: [file('paper')] }
const writtenOff: History = (story) => {
  story.take('keeper', 'discrepancy.report', missing, { items: [story.codes[0]!] })
  story.take('storehead', 'discrepancy.resolve', writeOff, { items: [story.codes[0]!], signedBy: ['inspector'] })
}
/** The first thing of the story goes to its owner. */
const returned: History = (story) => only(story, story.codes[0]!, returnApproved(), handedOver)
const recover = (story: Story, over: Record<string, unknown> = {}, signers = signedBy, login = 'keeper') =>
  story.when(login, 'item.recover', back(over), { items: [story.codes[0]!], signedBy: signers })

describe('item.recover', () => {
  it('brings what was written off back under its code, by two keepers and the storehead', () => {
    const story = given(...stored(), writtenOff)
    recover(story, {}, ['keeper2']).refusedWith('step.countersignature-missing', { as: 'storehead' })
    recover(story, {}, ['storehead']).refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    recover(story).gives('ItemRecovered', { how: 'found' })
    expect(story.item.custody).to.deep.include({ state: 'stored', place: places.slot2 })
    expect(story.item).to.deep.include({ disposition: { state: 'none' }, open: {}, clocks: [] })
    expect(story.item.control).to.deep.include({ state: 'held', agency: 'psb' })
    recover(story).refusedWith('item.not-left')
    story.when('officer', 'retrieval.request', requestOf(story)).gives('RetrievalRequested')
  })

  it('is not how a part comes back that was joined to another', () => {
    const story = given(registered({ quantity: '4' }), received())
    const parts = [{ quantity: '3' }, { quantity: '1' }]
    story.take('keeper', 'item.split', { parts })
    story.take('keeper', 'item.join', { parts: [story.codes[1]] }, { items: [story.codes[0]!] })
    const input = back({ how: 'left-by-mistake' })
    story.when('keeper', 'item.recover', input, { items: [story.codes[1]!], signedBy })
    story.refusedWith('item.is-joined', { into: story.codes[0] })
  })

  it('may be begun by the storehead, with two keepers of the site', () => {
    const story = given(...stored(), writtenOff)
    recover(story, {}, ['keeper'], 'storehead').refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    recover(story, {}, ['keeper', 'keeper2'], 'storehead').gives('ItemRecovered')
  })

  it('puts the twin right that left instead, in the same command', () => {
    const story = given(...stored({}, {}), returned)
    const [, twin] = story.codes as [string, string]
    recover(story, { how: 'left-by-mistake', twin })
    story.gives('ItemRecovered', { twin }).gives('TwinLeft', { insteadOf: story.codes[0]!, how: 'returned' })
    expect(story.item.custody.state).to.equal('stored')
    const other = story.itemAt(1)
    expect(other.custody).to.deep.include({ state: 'left', how: 'returned', to: '孟某' })
    expect(other.disposition).to.deep.include({ state: 'done', kind: 'returned' })
    story.when('keeper', 'item.recover', back({ how: 'left-by-mistake' }), { items: [twin], signedBy })
    story.gives('ItemRecovered')
  })

  it('ends what was under way over the twin, and the discrepancy that it is missing', () => {
    const story = given(...stored({}, {}), returned)
    const [, twin] = story.codes as [string, string]
    story.take('keeper', 'discrepancy.report', missing, { items: [twin] })
    recover(story, { how: 'left-by-mistake', twin }).gives('TwinLeft')
    expect(story.itemAt(1).open).to.deep.equal({})
  })

  it('takes for a twin only what is like it and on the shelf', () => {
    const story = given(...stored({}, { class: 'document' }, {}), returned)
    const [first, other, third] = story.codes as [string, string, string]
    const by = (over: Record<string, unknown>) => recover(story, { how: 'left-by-mistake', ...over })
    by({ twin: other }).refusedWith('item.no-twin')
    by({ twin: first }).refusedWith('item.no-twin')
    story.and(taken('officer', 'retrieval.request', requestOf(story), { items: [third] }))
    story.take('head', 'retrieval.approve', {}, { items: [third] })
    const release = { condition: '完好', photos: [file('out')] }
    story.take('keeper', 'retrieval.release', release, { items: [third], signedBy: ['officer'] })
    by({ twin: third }).refusedWith('item.twin-not-stored')
  })

  it('leaves a twin that another agency decides over', () => {
    const story = given(...stored({}, {}), returned)
    const [, twin] = story.codes as [string, string]
    only(story, twin, transferred)
    recover(story, { how: 'left-by-mistake', twin }).refusedWith('item.twin-controlled-elsewhere')
  })

  it('finds what was lost, and takes back what left by mistake: neither for the other', () => {
    recover(given(...stored(), writtenOff), { how: 'left-by-mistake' }).refusedWith('item.left-otherwise')
    const story = given(...stored(), returned)
    recover(story).refusedWith('item.left-otherwise', { kind: 'returned' })
    recover(story, { how: 'left-by-mistake' }).gives('ItemRecovered')
  })

  it('has an inspector sign for what was said to be destroyed', () => {
    const story = given(...stored())
    story.and(disposalApproved(), staged, executed())
    recover(story).refusedWith('step.countersignature-missing', { as: 'inspector' })
    recover(story, {}, [...signedBy, 'inspector']).gives('ItemRecovered')
  })

  it('compares what is found with what was recorded', () => {
    const story = given(...stored({ seal: 'F-1' }), writtenOff)
    recover(story, { seal: 'F-2' }).gives('DiscrepancyFound', { kind: 'seal-broken' })
    const drugs = given(...stored({ class: 'drugs' }), (each) => {
      each.take('keeper', 'discrepancy.report', missing)
      each.take('storehead', 'discrepancy.resolve', writeOff, { signedBy: ['inspector'] })
    })
    recover(drugs, { seal: 'F-0001' }).refusedWith('item.unweighed')
    recover(drugs, { seal: 'F-0001', weight: '10.5' }).gives('ItemRecovered')
    expect(drugs.item.open).to.deep.equal({})
  })

  it('takes back a registration that was void by mistake, where its line is free and it was in store', () => {
    const mistaken: History = (story) => {
      story.take('officer', 'intake.void', { reason: '误认为重复' }, { signedBy: ['head', 'keeper'] })
    }
    const story = given(...stored(), mistaken)
    const again = given(...stored(), mistaken)
    recover(story, { how: 'left-by-mistake' }).gives('ItemRecovered')
    const { line, document: paper, caseNo } = again.item
    again.take('officer', 'intake.register', {
      caseNo,
      document: paper,
      measure: 'seize',
      items: [lineOf(line, again)],
    })
    recover(again, { how: 'left-by-mistake' }).refusedWith('item.line-taken', { line })
    const never = given(registered(), (each) => {
      each.take('officer', 'intake.void', { reason: '重复' }, { signedBy: ['head'] })
    })
    recover(never, { how: 'left-by-mistake' }, ['keeper', 'keeper2'], 'storehead').refusedWith('item.never-received')
  })

  it('is for one thing at a time, in a fit place of the agency', () => {
    const story = given(...stored({}, {}), returned, later(1))
    story.when('keeper', 'item.recover', back({ how: 'left-by-mistake', place: places.room }), {
      items: [story.codes[0]!],
      signedBy,
    })
    story.refusedWith('place.not-a-leaf')
    recover(story, { how: 'left-by-mistake', place: places.eastSlot }).refusedWith('place.elsewhere')
    const both = given(...stored({}, {}))
    for (const code of [...both.codes]) only(both, code, returnApproved(), handedOver)
    both.when('keeper', 'item.recover', back({ how: 'left-by-mistake' }), { signedBy }).refusedWith('item.one-by-one')
  })
})

const requestOf = (story: Story) => ({
  purpose: 'identification',
  reason: '组织辨认',
  usedAt: story.in(4),
  dueAt: story.in(48),
})

/** What happens to this thing and to no other of the story. */
function only(story: Story, code: string, ...history: History[]): void {
  const codes = story.codes.splice(0, story.codes.length, code)
  story.and(...history)
  story.codes.splice(0, story.codes.length, ...codes)
}
