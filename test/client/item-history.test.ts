// What a chain tells on its page: the item replayed entry by entry, its two tracks, its stays and its fields.

import { expect } from 'chai'
import { linesOf, stepOfWords } from '../../client/pages/item/fields-of-entry.ts'
import { controlStays, custodyStays, historyOf, movesOf } from '../../client/pages/item/history.ts'
import { CONTROL, rowOf, shortened, THING, tracksOf } from '../../client/pages/item/tracks.ts'
import type { ChainEntry } from '../../server/contract/movements.ts'
import { given, places, type Story } from '../support/custody.ts'
import { approved, measured, received, registered, released, requested } from '../support/custody-histories.ts'
import { file } from '../support/custody-world.ts'

/** The chain of the story's first item, as the server gives it. */
const chainOf = (story: Story): ChainEntry[] =>
  story.facts
    .filter(({ subject }) => subject.id === story.codes[0])
    .map(
      ({ subject, recorded, version }, position) =>
        ({ ...recorded, subject, version, position, recordedAt: recorded.occurredAt }) as unknown as ChainEntry,
    )

const givenBack =
  (over: object = {}) =>
  (story: Story): void => {
    const input = { place: places.slot, condition: 'intact', photos: [file('back')], ...measured(story), ...over }
    story.take('keeper', 'retrieval.give-back', input, { signedBy: ['officer'] })
  }

const offered = (story: Story): void => {
  const items = [{ code: story.codes[0], proposal: '随案移送' }]
  const document = { kind: '起诉意见书', no: '江公诉字〔2026〕1号', date: '2026-03-02' }
  story.take('officer', 'transfer.offer', { to: 'proc', stage: 'prosecution', document, items })
  story.take('legal', 'transfer.endorse', {})
}
const accepted = (story: Story): void => {
  const verified = { record: true, photos: true, sealNo: true, lastSeenAt: true }
  story.take('procurator', 'transfer.accept', { items: [{ code: story.codes[0], verified }] })
}

const words = {
  thing: '实物',
  control: '手续',
  withOfficer: '办案人员',
  stored: '在库',
  elsewhere: '库外保管',
  out: '库外',
}

describe('history of an item on its page', () => {
  const lent = given(registered(), received(), requested(), approved(), released(), givenBack())

  it('replays the rules, so that the last episode ends with the item as it is', () => {
    const history = historyOf(chainOf(lent))
    expect(history).to.have.length(lent.facts.length)
    expect(history[0]!.before).to.equal(undefined)
    expect(history.at(-1)!.after!.custody).to.deep.equal(lent.item.custody)
    for (const [index, episode] of history.slice(1).entries()) expect(episode.before).to.equal(history[index]!.after)
  })

  it('keeps what was true when an entry is of a fact it does not know', () => {
    const [first, ...rest] = chainOf(lent)
    const strange = { ...rest[0]!, fact: 'SomethingOfTomorrow' }
    const history = historyOf([first!, strange])
    expect(history[1]!.after).to.equal(history[0]!.after)
  })

  it('tells where the thing stood and how often it moved', () => {
    const history = historyOf(chainOf(lent))
    expect(custodyStays(history).map(({ aspect }) => aspect.state)).to.deep.equal([
      'with-officer',
      'stored',
      'out',
      'stored',
    ])
    expect(custodyStays(history).map(({ to }) => to === undefined)).to.deep.equal([false, false, false, true])
    expect(movesOf(history)).to.deep.equal({ things: 3, papers: 0 })
  })

  it('lets control travel while the thing stands still', () => {
    const history = historyOf(chainOf(given(registered(), received(), offered, accepted)))
    expect(movesOf(history)).to.deep.equal({ things: 1, papers: 1 })
    expect(controlStays(history).map(({ aspect }) => `${aspect.state} ${aspect.agency}`)).to.deep.equal([
      'held psb',
      'offered psb',
      'held proc',
    ])
    const [thing, control] = tracksOf(history, words)
    expect(thing!.lanes.map(({ name }) => name)).to.deep.equal(['办案人员', '在库'])
    expect(control!.lanes.map(({ key }) => key)).to.deep.equal(['psb', 'proc'])
    const offer = rowOf(history.find(({ entry }) => entry.fact === 'TransferOffered')!)
    expect(offer.after[CONTROL]).to.deep.equal({ lane: 'psb', towards: 'proc' })
    const accept = rowOf(history.at(-1)!)
    expect(accept).to.deep.include({ on: CONTROL, mark: 'moved' })
    expect(accept.before[THING]).to.deep.equal(accept.after[THING])
    expect(accept.after[CONTROL]).to.deep.equal({ lane: 'proc' })
  })

  it('tells agencies apart that hold control at the same stage', () => {
    const history = historyOf(chainOf(lent))
    const last = history.at(-1)!
    const control = { ...last.after!.control, agency: 'other', agencyName: '邻市公安局' }
    const entry = { ...last.entry, occurredAt: '2026-12-01T00:00:00.000Z' }
    const moved = [...history, { ...last, entry, before: last.after, after: { ...last.after!, control } }]
    expect(controlStays(moved).map(({ aspect }) => aspect.agency)).to.deep.equal(['psb', 'other'])
  })

  it('marks papers on the track of control, and a discrepancy on the thing', () => {
    const rows = historyOf(chainOf(lent)).map(rowOf)
    expect(rows.map(({ on, mark }) => `${on} ${mark}`)).to.deep.equal([
      'custody moved',
      'custody moved',
      'control noted',
      'control noted',
      'custody moved',
      'custody moved',
    ])
    const sealed = given(registered({ seal: 'F-1' }), received(), requested(), approved(), released())
    givenBack({ seal: 'F-2' })(sealed)
    expect(rowOf(historyOf(chainOf(sealed)).at(-1)!)).to.deep.include({ on: THING, mark: 'warned' })
  })

  it('ends both tracks where the thing leaves', () => {
    const history = historyOf(chainOf(lent))
    const last = history.at(-1)!
    const left = { ...last.after!, custody: { state: 'left' as const, how: 'returned', to: '某乙' } }
    const row = rowOf({ ...last, before: last.after, after: left })
    expect(row.after).to.deep.equal({ [THING]: undefined, [CONTROL]: undefined })
  })

  it('leaves out of names what all agencies begin with', () => {
    const lanes = ['江城市公安局', '江城市人民检察院'].map((name) => ({ key: name, name }))
    expect(shortened(lanes).map(({ name }) => name)).to.deep.equal(['公安局', '人民检察院'])
    expect(shortened(lanes.slice(0, 1))).to.deep.equal(lanes.slice(0, 1))
  })

  it('says an entry by its fields, without what the page shows elsewhere', () => {
    const [, receipt] = chainOf(lent)
    const paths = linesOf(receipt!.data).map(({ path }) => path)
    expect(paths).to.include.members(['checked.condition', 'quantityReceived'])
    expect(paths).not.to.include.members(['photos'])
    expect(paths.filter((path) => /photos|place$|site$|^by$/.test(path))).to.deep.equal([])
  })

  it('numbers the rows of a list and keeps lists of words together', () => {
    const data = {
      denominations: [
        { face: '100', count: 5 },
        { face: '50', count: 2 },
      ],
      serials: ['A', 'B'],
      empty: [],
    }
    expect(linesOf(data)).to.deep.equal([
      { path: 'denominations.face', values: ['100'], rows: [0] },
      { path: 'denominations.count', values: [5], rows: [0] },
      { path: 'denominations.face', values: ['50'], rows: [1] },
      { path: 'denominations.count', values: [2], rows: [1] },
      { path: 'serials', values: ['A', 'B'], rows: [] },
    ])
  })

  it('says a fact in the words of the procedure that owns it', () => {
    expect(stepOfWords({ step: 'retrieval.give-back', fact: 'DiscrepancyFound' })).to.match(/^discrepancy\./)
    expect(stepOfWords({ step: 'retrieval.give-back', fact: 'ItemGivenBack' })).to.equal('retrieval.give-back')
  })
})
