/** item.join: parts of one thing become one thing again, and nothing is lost between them. */
import { expect } from 'chai'
import {
  asJson,
  file,
  given,
  later,
  places,
  received,
  registered,
  requested,
  type Story,
  taken,
} from '../../../support/custody.ts'

const cartridges = registered({
  name: '子弹',
  unit: '发',
  quantity: '50',
  serials: ['A', 'B'],
  details: { rounds: 50, packages: ['甲', '乙'] },
})
const halves = {
  parts: [
    { quantity: '20', serials: ['A'], details: { rounds: 20, packages: ['甲'] } },
    { quantity: '30', serials: ['B'], details: { rounds: 30, packages: ['乙'] } },
  ],
}
const divided = taken('keeper', 'item.split', halves)
const parts = (story: Story, ...indexes: number[]) => ({ parts: indexes.map((index) => story.codes[index]!) })
const first = (story: Story) => ({ items: [story.codes[0]!] })

describe('item.join', () => {
  it('adds up what was shared out, and leads from the part to the whole', () => {
    const story = given(cartridges, received())
    const before = asJson(story.item)
    story.and(divided, later(1)).when('keeper', 'item.join', { ...parts(story, 1), seal: '合-1' }, first(story))
    story.gives('ItemsJoined', { parts: [story.codes[1]] }).gives('PartJoined', { into: story.codes[0] })
    const { quantity, serials, details } = before
    expect(story.item).to.deep.include({ quantity, serials, details, seal: '合-1' })
    expect(story.itemAt(1)).to.deep.include({ quantity: '30', serials: ['B'] })
    expect(story.itemAt(1).custody).to.include({ state: 'left', how: 'joined', to: story.codes[0] })
    expect(story.itemAt(1).disposition).to.include({ state: 'done', kind: 'joined' })
    story.when('keeper', 'relocation.move', { to: places.slot2, reason: '调整' }, { items: [story.codes[1]!] })
    story.refusedWith('item.left')
  })

  it('takes the other scanned things for parts, also parts of parts', () => {
    const story = given(cartridges, received(), divided)
    const thirds = {
      parts: [{ quantity: '10' }, { quantity: '20' }].map((part, index) => ({
        ...part,
        serials: index ? [] : ['B'],
        details: { rounds: Number(part.quantity), packages: index ? [] : ['乙'] },
      })),
    }
    story.take('keeper', 'item.split', thirds, { items: [story.codes[1]!] })
    story.when('keeper', 'item.join', { parts: [] }, first(story)).refusedWith('item.nothing-to-join')
    story.when('keeper', 'item.join', { parts: [] }, { items: [...story.codes] }).gives('ItemsJoined')
    expect(story.item).to.deep.include({ quantity: '50', serials: ['A', 'B'] })
  })

  it('keeps the hand-in clock that ends soonest', () => {
    const story = given(cartridges, taken('officer', 'item.split', halves))
    const until = story.in(2)
    story.take('head', 'intake.defer', { reason: 'remote-place', until }, first(story))
    story.when('officer', 'item.join', parts(story, 1), first(story)).gives('ItemsJoined')
    expect(story.item.clocks.map(({ deadline }) => deadline)).to.deep.equal(['D01', 'D02'])
    expect(story.itemAt(1).clocks).to.deep.equal([])
  })

  it('is for parts that are alike: in hand together, of one thing, with nothing open on them', () => {
    const story = given(cartridges, received(), divided, registered({}))
    const join = (...indexes: number[]) => story.when('keeper', 'item.join', parts(story, ...indexes), first(story))
    join(2).refusedWith('item.not-alike', { differs: ['family', 'unit', 'whereabouts'] })
    story.take('keeper', 'relocation.move', { to: places.slot2, reason: '调整' }, { items: [story.codes[1]!] })
    join(1).refusedWith('item.not-alike', { differs: ['whereabouts'] })
    story.when('officer', 'item.join', parts(story, 1), first(story)).refusedWith('item.not-in-hand')
    const asked = given(cartridges, received(), divided)
    asked.and(requested({}, { items: [asked.codes[1]!] }))
    asked.when('keeper', 'item.join', parts(asked, 1), first(asked)).refusedWith('item.docket-open')
    const amiss = given(cartridges, received(), divided)
    const reported = { kind: 'damaged', note: '包装破损', photos: [] }
    amiss.take('keeper', 'discrepancy.report', reported, { items: [amiss.codes[1]!] })
    amiss.when('keeper', 'item.join', parts(amiss, 1), first(amiss)).refusedWith('item.docket-open')
  })

  it('asks for what only some of the parts were measured for', () => {
    const story = given(registered({ quantity: '5', unit: '米' }))
    const signedBy = ['officer']
    const checked = { documents: true, quantity: true, condition: '完好' }
    const receive = (quantityReceived: string, weight: string | undefined, index: number) =>
      story.take(
        'keeper',
        'intake.receive',
        {
          place: places.slot,
          checked: { ...checked, ...(weight ? { weight } : {}) },
          photos: [file('receipt')],
          quantityReceived,
        },
        { items: [story.codes[index]!], signedBy },
      )
    receive('2', '200', 0)
    receive('3', undefined, 1)
    const join = (over: Record<string, unknown> = {}) =>
      story.when('keeper', 'item.join', { ...parts(story, 1), ...over }, first(story))
    join().refusedWith('item.joined-unmeasured', { field: 'weight' })
    join({ weight: '510' }).gives('ItemsJoined', { changed: { weight: { was: '200', is: '510' } } })
    expect(story.item).to.include({ quantity: '5', weight: '510' })
  })
})
