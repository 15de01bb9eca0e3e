/** label: a new label for the same thing. */
import { expect } from 'chai'
import { parseCode } from '../../../server/custody/codes.ts'
import { approved, given, places, received, registered, released, requested } from '../../support/custody.ts'
import { codeSource } from '../../support/custody-world.ts'

const mint = codeSource(4_000_000)
const worn = { reason: '标签破损' }

describe('label.replace', () => {
  it('gives the thing a new code; the thing is the same by each of its codes', () => {
    const story = given(registered(), received())
    const { code } = story.item
    story.when('keeper', 'label.replace', worn).gives('LabelReplaced', { old: code })
    const [second] = story.item.labels as [string]
    expect(parseCode(second)?.kind).to.equal('item')
    story
      .when('keeper', 'relocation.move', { to: places.slot2, reason: '整理' }, { items: [second] })
      .gives('ItemMoved')
    expect(story.item).to.include({ code })
    const third = mint('item')
    story
      .when('keeper', 'label.replace', { ...worn, newCode: third })
      .gives('LabelReplaced', { old: second, new: third })
    expect(story.item.labels).to.deep.equal([second, third])
    const { facts } = story.decision!
    expect(facts[0]!.subject, 'its chain stays one chain').to.deep.equal({ kind: 'item', id: code })
  })

  it('counts a thing once that is scanned by two of its labels', () => {
    const story = given(registered(), received())
    story.take('keeper', 'label.replace', worn)
    const items = [story.item.code, story.item.labels[0]!]
    story.when('keeper', 'relocation.move', { to: places.slot2, reason: '整理' }, { items }).gives('ItemMoved')
    expect(story.decision!.facts).to.have.length(1)
  })

  it('is for who has the thing in hand', () => {
    const story = given(registered())
    story.when('officer2', 'label.replace', worn).refusedWith('label.not-in-hand')
    story.when('keeper', 'label.replace', worn).refusedWith('label.not-in-hand')
    story.when('officer', 'label.replace', worn).gives('LabelReplaced')
    story.and(received())
    story.when('officer', 'label.replace', worn).refusedWith('label.not-in-hand')
    story.and(requested(), approved(), released())
    story.when('keeper', 'label.replace', worn).refusedWith('label.not-in-hand')
    story.when('officer', 'label.replace', worn).gives('LabelReplaced')
  })

  it('takes a printed label that is on nothing else, one at a time', () => {
    const story = given(registered({}, {}), received())
    const [first, second] = story.codes as [string, string]
    const put = (newCode: string) => story.when('keeper', 'label.replace', { ...worn, newCode }, { items: [first] })
    put(second).refusedWith('label.code-in-use')
    put(first).refusedWith('label.code-in-use')
    story.when('keeper', 'label.replace', { ...worn, newCode: mint('item') }).refusedWith('label.one-by-one')
    story.when('keeper', 'label.replace', worn).gives('LabelReplaced')
    expect(story.itemAt(0).labels).not.to.deep.equal(story.itemAt(1).labels)
  })

  it('takes a second keeper for two-person classes', () => {
    const story = given(registered({ class: 'relic' }), received())
    story.when('keeper', 'label.replace', worn).refusedWith('step.countersignature-missing')
    story.when('keeper', 'label.replace', worn, { signedBy: ['keeper2'] }).gives('LabelReplaced')
  })
})
