/** A docket by line: each thing goes its own way, and what happens to one stops no other. */
import { expect } from 'chai'
import { advanceDocket, type Docket, docketsMovedBy } from '../../server/custody/docket.ts'
import {
  approved,
  file,
  given,
  handOver,
  later,
  offered,
  ofRules,
  places,
  proposal,
  received,
  registered,
  requested,
  type Story,
} from '../support/custody.ts'

const out = { condition: '完好', photos: [file('out')] }
const loan = (...more: Parameters<typeof given>) => given(registered({}, {}, {}), received(), requested(), ...more)
const resolution = { outcome: 'written-off', note: '确已灭失', documents: [file('report')] }

/** The docket on the first item's axis, as its page shows it after everything that was recorded. */
function docketIn(story: Story, code: string): Docket {
  let docket: Docket | undefined
  const moved = story.facts.filter((fact) => docketsMovedBy(fact).includes(code))
  for (const fact of moved) docket = advanceDocket(docket, code, [fact])
  return docket!
}

describe('a docket by line', () => {
  it('is decided line by line and never mixed with another', () => {
    const story = given(registered({}, {}, {}), received())
    const [first, second, third] = story.codes as [string, string, string]
    story.and(requested({}, { items: [first, second] }), requested({}, { items: [third] }))
    story.when('head', 'retrieval.approve', {}, { items: [first, third] }).refusedWith('docket.mixed', { code: third })
    story.when('head', 'retrieval.approve', {}, { items: [first] }).gives('RetrievalApproved')
    story.when('head', 'retrieval.reject', {}, { items: [second] }).gives('RetrievalRejected')
    const docket = docketIn(story, story.item.open.custody!.docket)
    expect(docket.open).to.equal(true)
    expect(docket.items.map(({ stage }) => stage)).to.deep.equal(['approved', undefined])
    expect(docket.waitsFor, 'what each line waits for').to.deep.equal([`keeper@${places.site}`])
  })

  it('was answered whole by the first rules', () => {
    const story = loan(ofRules(1))
    const [first, second, third] = story.codes
    story
      .when('head', 'retrieval.approve', {}, { items: [first!] })
      .refusedWith('docket.incomplete', { items: [second, third] })
    story.when('head', 'retrieval.approve').gives('RetrievalApproved')
  })

  it('lends the others when one is missing, and lets the missing one leave the docket', () => {
    const story = loan(approved())
    const [first, second, third] = story.codes
    story.take('keeper', 'discrepancy.report', { kind: 'missing', note: '架上无', photos: [] }, { items: [first!] })
    const lend = (items: string[]) => story.when('keeper', 'retrieval.release', out, { items, signedBy: ['officer'] })
    lend([first!]).refusedWith('item.discrepancy-open')
    lend([second!]).gives('ItemReleased')
    const { docket } = story.item.open.custody!
    expect(docketIn(story, docket).items.map(({ stage }) => stage)).to.deep.equal(['approved', 'released', 'approved'])
    story.when('officer', 'retrieval.withdraw', {}, { items: [first!, third!] }).gives('RetrievalWithdrawn')
    expect(story.item.open).to.have.all.keys('discrepancy')
    expect(docketIn(story, docket)).to.deep.include({ open: true, stages: ['released'] })
  })

  it('says on its way only what was said of all its things alike', () => {
    const story = loan(approved())
    const lines = story.codes.map((code, index) => ({ code, condition: `第${index + 1}件` }))
    const { docket, facts } = story.take('keeper', 'retrieval.release', { ...out, lines }, { signedBy: ['officer'] })
    const stop = advanceDocket(undefined, docket!, facts).route.at(-1)!
    expect(stop.data).to.include({ holder: 'officer' })
    expect(stop.data).not.to.have.property('condition')
  })

  it('extends two of three', () => {
    const story = loan(approved())
    story.take('keeper', 'retrieval.release', out, { signedBy: ['officer'] })
    const [, second, third] = story.codes
    story.and(later(1))
    story.take(
      'keeper',
      'discrepancy.report',
      { kind: 'damaged', note: '破损', photos: [] },
      { items: [story.codes[0]!] },
    )
    const longer = { dueAt: story.in(90), reason: '未完' }
    story.when('officer', 'retrieval.extend', longer, { items: [second!, third!] }).gives('ExtensionRequested')
    story.when('head', 'retrieval.approve-extension', {}, { items: [third!] }).gives('ExtensionApproved')
    expect(story.itemAt(1).open.custody!.stage).to.equal('extension-requested')
    expect(story.itemAt(2).clocks).to.deep.equal([{ deadline: 'D03', at: longer.dueAt }])
  })

  it('returns two of three whose return was approved, and ends when the third was rejected', () => {
    const story = given(registered({}, {}, {}), received())
    const [first, second, third] = story.codes
    story.take('officer', 'return.propose', proposal())
    const { docket } = story.item.open.disposition!
    story.when('leader', 'return.reject', {}, { items: [third!] }).gives('ReturnRejected')
    story.when('leader', 'return.approve', {}, { items: [first!, second!] }).gives('ReturnApproved')
    story
      .when('keeper', 'return.hand-over', handOver(), { items: [second!], signedBy: ['keeper2'] })
      .gives('ItemReturned')
    expect(docketIn(story, docket)).to.deep.include({ open: true, stages: ['approved'] })
    story
      .when('keeper', 'return.hand-over', handOver(), { items: [first!], signedBy: ['keeper2'] })
      .gives('ItemReturned')
    expect(docketIn(story, docket)).to.deep.include({ open: false, waitsFor: [] })
  })

  it('offers on what was not objected to', () => {
    const story = given(registered({}, {}), received(), offered())
    const [first, second] = story.codes
    story.when('legal', 'transfer.object', { note: '缺页' }, { items: [first!] }).gives('TransferObjected')
    story.when('legal', 'transfer.endorse', {}, { items: [second!] }).gives('TransferEndorsed')
    expect(story.item.control.state).to.equal('held')
    expect(story.itemAt(1).control.state).to.equal('offered')
  })

  it('ends for a thing that is written off, also where that is not what the docket is about', () => {
    const story = loan(approved())
    const { docket } = story.item.open.custody!
    story.and(later(1)).take('keeper', 'discrepancy.report', { kind: 'missing', note: '架上无', photos: [] })
    story.take('storehead', 'discrepancy.resolve', resolution, { signedBy: ['inspector'] })
    expect(docketIn(story, docket)).to.deep.include({ open: false, stages: [], waitsFor: [] })
  })
})
