/** The same facts make the same states again, from nothing and from what the ledger keeps of them. */
import { expect } from 'chai'
import {
  approved,
  asJson,
  disposalApproved,
  executed,
  file,
  given,
  type History,
  handedOver,
  later,
  received,
  registered,
  released,
  replayed,
  requested,
  returnApproved,
  sentBack,
  staged,
  taken,
  transferred,
} from '../support/custody.ts'

const lent: History = (story) => story.and(requested(), approved(), released())
const back: History = (story) => {
  const input = {
    place: story.item.custody.state === 'out' ? story.item.custody.from.place : '',
    condition: 'intact',
    photos: [file('back')],
  }
  story.take('keeper', 'retrieval.give-back', input, { signedBy: ['officer'] })
}

const lives: [string, History[]][] = [
  ['registered in many classes', [registered({}, { class: 'cash' }, { class: 'drugs' }, { class: 'vehicle' })]],
  [
    'lent, extended and given back',
    [
      registered(),
      received(),
      lent,
      (story) =>
        story.and(
          taken('officer', 'retrieval.extend', { dueAt: story.in(90), reason: '未完' }),
          taken('head', 'retrieval.approve-extension'),
        ),
      later(5),
      back,
    ],
  ],
  [
    'transferred, sent back and transferred again',
    [registered({}, {}), received(), transferred, sentBack('1号'), transferred],
  ],
  [
    'returned after an objection',
    [
      registered(),
      received(),
      returnApproved(),
      taken('officer2', 'objection.raise', { objector: '邱某', reason: '主张' }),
      taken('legal', 'objection.settle', { outcome: 'withdrawn', note: '撤回' }),
      taken('keeper', 'return.notice', { sentAt: '2026-03-01T00:00:00.000Z', how: '公告' }),
      handedOver,
    ],
  ],
  ['destroyed', [registered({ class: 'drugs' }), received(), disposalApproved(), staged, executed({ weight: '10.5' })]],
  [
    'refused and taken in by parts',
    [
      registered({ quantity: '9' }),
      taken('keeper', 'intake.refuse', { reason: 'no-document', note: '缺清单' }),
      received({ quantityReceived: '4' }),
    ],
  ],
]

describe('replay', () => {
  for (const [what, history] of lives)
    it(`makes what was ${what}`, () => {
      const story = given(...history)
      const again = replayed(story.facts)
      expect(asJson([...again.items])).to.deep.equal(asJson([...story.world.items]))
      expect(asJson([...again.cases])).to.deep.equal(asJson([...story.world.cases]))
    })

  it('changes no state that it was given', () => {
    for (const [, history] of lives) {
      const story = given(...history)
      for (const { before, after } of story.facts) expect(before).not.to.equal(after)
      const frozen = JSON.stringify(story.facts)
      replayed(story.facts)
      expect(JSON.stringify(story.facts)).to.equal(frozen)
    }
  })
})
