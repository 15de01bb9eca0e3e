/** seal: two persons open a package and seal it again. */
import { expect } from 'chai'
import { approved, file, given, places, received, registered, released, requested } from '../../support/custody.ts'

const again = (old: string | undefined, fresh = 'F-0002') => ({
  ...(old ? { old } : {}),
  new: fresh,
  reason: '重新封装',
})

describe('seal.replace', () => {
  it('is done by two keepers on the shelf, whatever the class', () => {
    const story = given(registered({ seal: 'F-0001' }), received())
    const by = (...signedBy: string[]) => story.when('keeper', 'seal.replace', again('F-0001'), { signedBy })
    by().refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    by('officer').refusedWith('step.countersignature-missing')
    by('keeper2').gives('SealReplaced', { old: 'F-0001', new: 'F-0002' })
    expect(story.item.seal).to.equal('F-0002')
  })

  it('is done by the holder with a second person while the thing is out, and it comes back with the new number', () => {
    const story = given(
      registered({ seal: 'F-0001', class: 'electronic' }),
      received(),
      requested(),
      approved(),
      released(),
    )
    story
      .when('officer', 'seal.replace', again('F-0001'))
      .refusedWith('step.countersignature-missing', { as: 'second-person' })
    story.when('officer', 'seal.replace', again('F-0001'), { signedBy: ['officer2'] }).gives('SealReplaced')
    const back = { place: places.slot, condition: 'intact', photos: [file('back')], seal: 'F-0002' }
    story.when('keeper', 'retrieval.give-back', back, { signedBy: ['officer'] }).gives('ItemGivenBack')
    expect(story.item.open).to.deep.equal({})
    expect(story.item.seal).to.equal('F-0002')
  })

  it('names the seal that is on the thing', () => {
    const story = given(registered({ seal: 'F-0001' }), received())
    const put = (old: string | undefined, fresh?: string) =>
      story.when('keeper', 'seal.replace', again(old, fresh), { signedBy: ['keeper2'] })
    put('F-9').refusedWith('seal.other-seal')
    put(undefined).refusedWith('seal.other-seal')
    put('F-0001', 'F-0001').refusedWith('seal.same-seal')
    const bare = given(registered(), received())
    bare.when('keeper', 'seal.replace', again('F-1'), { signedBy: ['keeper2'] }).refusedWith('seal.other-seal')
    bare.when('keeper', 'seal.replace', again(undefined), { signedBy: ['keeper2'] }).gives('SealReplaced')
  })

  it('is one thing at a time, by who has it', () => {
    const story = given(registered({}, {}), received())
    story.when('keeper', 'seal.replace', again(undefined), { signedBy: ['keeper2'] }).refusedWith('seal.one-by-one')
    story.when('officer', 'seal.replace', again(undefined), { signedBy: ['officer2'] }).refusedWith('seal.not-in-hand')
  })
})
