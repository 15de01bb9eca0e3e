/** correction: what an entry says wrong is put right beside it. */
import { expect } from 'chai'
import { file, given, type History, later, received, registered, type Story } from '../../support/custody.ts'

const registeredAt = 7
/** The item's first entry stands in the ledger at position 7, another item's at 8, the case's at 9. */
const entered: History = (story) => {
  const entry = (id: string, kind: 'item' | 'case') => ({
    subject: { kind, id },
    fact: 'ItemRegistered',
    hash: file(id),
  })
  story.world.entries.set('7', entry(story.codes[0]!, 'item'))
  story.world.entries.set('8', entry(story.codes[1] ?? 'E0', 'item'))
  story.world.entries.set('9', entry(story.item.caseNo, 'case'))
}
const note = (over: Record<string, unknown> = {}) => ({
  position: registeredAt,
  field: 'name',
  right: '平板电脑',
  reason: '登记时误写',
  ...over,
})
const signedBy = ['officer2']
const stored: History = (story) => story.and(registered(), received(), entered)

describe('correction.note', () => {
  it('names the entry, the right value and why; a second person confirms', () => {
    const story = given(stored)
    story
      .when('officer', 'correction.note', note())
      .refusedWith('step.countersignature-missing', { as: 'second-person' })
    story
      .when('officer', 'correction.note', note(), { signedBy: ['admin'] })
      .refusedWith('step.countersignature-missing')
    story
      .when('officer', 'correction.note', note(), { signedBy: ['procurator'] })
      .refusedWith('step.countersignature-missing')
    story
      .when('officer', 'correction.note', note(), { signedBy })
      .gives('CorrectionNoted', { position: 7, right: '平板电脑' })
    expect(story.item.name).to.equal('平板电脑')
  })

  it('shows descriptions corrected and only notes everything else', () => {
    const story = given(stored)
    const put = (field: string, right: string) =>
      story.take('officer', 'correction.note', note({ field, right }), { signedBy })
    put('serials', 'IMEI-1、IMEI-2')
    put('value', '1200.50')
    put('features', '白色')
    const before = story.item
    put('quantity', '12')
    put('custody', 'left')
    put('__proto__', 'x')
    expect(story.item).to.deep.include({ serials: ['IMEI-1', 'IMEI-2'], value: '1200.50', features: '白色' })
    expect({ ...story.item, version: 0, lastAt: '' }).to.deep.equal({ ...before, version: 0, lastAt: '' })
  })

  it('is about an entry of this item', () => {
    const story = given(registered({}, {}), received(), entered)
    const [first] = story.codes as [string]
    const about = (over: Record<string, unknown>) =>
      story.when('officer', 'correction.note', note(over), { signedBy, items: [first] })
    about({ position: 8 }).refusedWith('correction.of-another-item')
    about({ position: 9 }).refusedWith('correction.of-another-item')
    about({ position: 10 }).refusedWith('entry.unknown')
    about({ hash: file('other') }).refusedWith('correction.other-hash')
    about({ hash: file(first) }).gives('CorrectionNoted')
  })

  it('takes amounts for amounts, and corrects no sum of money', () => {
    const story = given(stored)
    const worth = note({ field: 'value', right: '一千' })
    story.when('officer', 'correction.note', worth, { signedBy }).refusedWith('correction.not-an-amount')
    const cash = given(registered({ class: 'cash' }), received(), entered)
    const sum = note({ field: 'value', right: '400' })
    cash.when('officer', 'correction.note', sum, { signedBy }).refusedWith('correction.amount-of-cash')
  })

  it('is for those whose thing it is', () => {
    const by = (login: string, story: Story = given(stored)) =>
      story.when(login, 'correction.note', note(), { signedBy })
    by('keeper').gives('CorrectionNoted')
    by('storehead').gives('CorrectionNoted')
    by('legal').gives('CorrectionNoted')
    by('leader').refusedWith('step.no-role')
    const moved = given(stored)
    moved.take('head', 'case.assign', { caseNo: moved.item.caseNo, officers: ['officer2'] })
    by('officer', moved).refusedWith('correction.not-yours')
    by('keeper', given(registered(), entered)).refusedWith('correction.not-yours')
  })

  it('is possible after the thing has left', () => {
    const story = given(stored, later(1))
    story.world.items.set(story.item.code, { ...story.item, custody: { state: 'left', how: 'returned', to: '林某' } })
    story.when('officer', 'correction.note', note(), { signedBy }).gives('CorrectionNoted')
  })
})
