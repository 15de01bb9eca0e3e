/** The same facts make the same states again, from nothing and from what the ledger keeps of them. */
import { expect } from 'chai'
import type { LoggedFact } from '../../server/custody/replay.ts'
import {
  approved,
  asJson,
  decidedAgain,
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
import { newWorld, start } from '../support/custody-world.ts'

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
      (story) => story.take('keeper', 'return.notice', { sentAt: story.now, how: '公告' }),
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

  for (const [what, history] of lives)
    it(`decides once more what was ${what}`, () => {
      expect(decidedAgain(given(...history).log)).to.deep.equal([])
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

describe('a ledger that tells what the rules refuse', () => {
  const story = given(registered(), received(), lent, back)
  const positionOf = (fact: string) => story.log.findIndex((entry) => entry.fact === fact)
  /** What is wrong when one entry says something else. */
  const when = (fact: string, change: (entry: LoggedFact) => Partial<LoggedFact>) => {
    const log = asJson(story.log)
    const at = positionOf(fact)
    log[at] = { ...log[at]!, ...change(log[at]!) }
    return decidedAgain(log)[0]
  }
  const asking = (entry: LoggedFact, change: object) => ({
    command: { ...entry.command, asked: JSON.stringify({ ...JSON.parse(entry.command.asked), ...change }) },
  })

  it('is sound as it was written', () => {
    expect(decidedAgain(story.log)).to.deep.equal([])
  })

  it('is found out where somebody approves their own request', () => {
    const { actor } = story.log[positionOf('RetrievalRequested')]!
    const problem = when('RetrievalApproved', () => ({ actor }))
    expect(problem).to.deep.include({ position: positionOf('RetrievalApproved'), code: 'refused' })
    expect(problem!.refusal!.code).to.equal('step.no-role')
  })

  it('is found out where the role in the entry is not the one that was held', () => {
    const problem = when('RetrievalApproved', ({ actor }) => ({ actor: { ...actor, role: 'principal' } }))
    expect(problem).to.deep.include({ code: 'other-facts', about: 'by' })
  })

  it('is found out where a role was never given', () => {
    const world = newWorld()
    const head = world.people.get('head')!
    world.people.set('head', { ...head, grants: [] })
    const [problem] = decidedAgain(story.log, world)
    expect(problem).to.deep.include({ position: positionOf('RetrievalApproved'), code: 'refused' })
    expect(problem!.refusal!.code).to.equal('item.unknown')
  })

  it('is found out where it is dated back, or ahead of its recording', () => {
    const back = when('ItemGivenBack', (entry) => ({
      occurredAt: start,
      ...asking(entry, { at: entry.recordedAt }),
    }))
    expect(back).to.deep.include({ position: positionOf('ItemGivenBack'), code: 'refused' })
    expect(back!.refusal!.code).to.equal('step.before-the-last')
    const ahead = when('ItemGivenBack', (entry) => asking(entry, { at: story.in(1) }))
    expect(ahead).to.deep.include({ position: positionOf('ItemGivenBack'), code: 'other-facts' })
  })

  it('is found out where a countersignature is missing', () => {
    const problem = when('ItemGivenBack', () => ({ countersigners: [] }))
    expect(problem!.refusal!.code).to.equal('step.countersignature-missing')
  })

  it('is found out where it says something else than was asked for', () => {
    const problem = when('ItemReceived', ({ data }) => ({ data: { ...data, quantity: '99' } }))
    expect(problem).to.deep.include({ code: 'other-facts', about: 'data' })
  })

  it('is found out where an entry of a command, or a whole command, is left out', () => {
    const many = given(registered({}, {}), received())
    expect(decidedAgain(many.log.slice(1))[0]).to.deep.include({ code: 'incomplete' })
    const released = positionOf('ItemReleased')
    const without = decidedAgain(story.log.filter((_, at) => at !== released))[0]
    expect(without).to.deep.include({ position: released + 1, code: 'refused' })
  })

  it('is found out where what was asked for cannot be read', () => {
    const problem = when('ItemReceived', ({ command }) => ({ command: { ...command, asked: command.asked.slice(1) } }))
    expect(problem).to.deep.include({ position: positionOf('ItemReceived'), code: 'unreadable' })
  })

  it('accuses one entry, not all that follow', () => {
    const log = asJson(story.log)
    const at = positionOf('RetrievalApproved')
    log[at] = { ...log[at]!, actor: { ...log[at]!.actor, role: 'principal' } }
    expect(decidedAgain(log)).to.have.length(1)
  })
})
