/** place: how a store is laid out, renamed and given up. */
import { expect } from 'chai'
import { itemClasses } from '../../../server/custody/classes.ts'
import { parseCode } from '../../../server/custody/codes.ts'
import type { Place, PlaceKind } from '../../../server/custody/subjects.ts'
import { given, ofRules, places, received, registered, type Story } from '../../support/custody.ts'
import { codeSource } from '../../support/custody-world.ts'

const mint = codeSource(3_000_000)
const made = (story: Story): Place => story.decision!.facts[0]!.after as Place
const add = (kind: PlaceKind, parent: string | undefined, over: Record<string, unknown> = {}) => ({
  kind,
  name: '新处',
  ...(parent ? { parent } : {}),
  ...over,
})

describe('place.add', () => {
  it('puts a place under its parent with a fresh code', () => {
    const story = given()
    story.when('storehead', 'place.add', add('slot', places.room, { name: 'A-03' })).gives('PlaceAdded')
    const slot = made(story)
    expect(parseCode(slot.code)?.kind).to.equal('place')
    expect(slot.path).to.deep.equal([places.site, places.room, slot.code])
    expect(slot.pathNames).to.deep.equal(['涉案财物管理中心', '一号库房', 'A-03'])
    expect(slot).to.include({ parent: places.room, site: places.site, agency: 'psb', inUse: true })
    story.when('admin', 'place.add', add('container', slot.code)).gives('PlaceAdded')
    expect(parseCode(made(story).code)?.kind).to.equal('container')
  })

  it('is fit for what its parent is fit for, unless it says otherwise', () => {
    const story = given()
    story.take('admin', 'place.add', add('rack', places.room, { classes: ['cash', 'relic', 'cash'] }))
    const rack = (story.facts.at(-1)!.after as Place).code
    story.when('admin', 'place.add', add('slot', rack)).gives('PlaceAdded')
    expect(made(story).classes).to.deep.equal(['cash', 'relic'])
    story.when('admin', 'place.add', add('slot', rack, { classes: ['relic'], name: '文物格' }))
    expect(made(story).classes).to.deep.equal(['relic'])
  })

  it('is fit for nothing that its parent is not', () => {
    const more = add('container', places.drawer, { classes: ['document', 'cash', 'relic'] })
    given()
      .when('admin', 'place.add', more)
      .refusedWith('place.fit-for-more', { classes: ['cash', 'relic'] })
    given(ofRules(1)).when('admin', 'place.add', more).gives('PlaceAdded')
  })

  it('has a name that nothing beside it has, however it is written', () => {
    const story = given()
    const slot = (name: string, parent = places.room) => story.when('admin', 'place.add', add('slot', parent, { name }))
    slot('ａ－０１').refusedWith('place.name-taken', { code: places.slot })
    slot('停用格').gives('PlaceAdded')
    slot('A-01', places.eastRoom).gives('PlaceAdded')
    story.when('admin', 'place.add', add('site', undefined, { name: '城东 分库' })).refusedWith('place.name-taken')
    story.and(ofRules(1))
    slot('A-01').gives('PlaceAdded')
  })

  it('makes a site of the agency whose people add it, fit for everything', () => {
    const story = given()
    story.when('storehead', 'place.add', add('site', undefined)).gives('PlaceAdded')
    const site = made(story)
    expect(site).to.include({ site: site.code, agency: 'psb' }).and.not.to.have.property('parent')
    expect(site.classes).to.deep.equal([...itemClasses])
    story.when('storehead', 'place.add', add('site', places.site)).refusedWith('place.site-has-no-parent')
  })

  it('takes the code of a label that was printed before, once and of its kind', () => {
    const story = given()
    const code = mint('container')
    story.when('admin', 'place.add', add('slot', places.room, { code })).refusedWith('place.code-of-another-kind')
    story.when('admin', 'place.add', add('container', places.slot, { code })).gives('PlaceAdded', { code })
    story.when('admin', 'place.add', add('container', places.slot, { code })).refusedWith('place.exists')
  })

  const wrong: [PlaceKind, keyof typeof places][] = [
    ['room', 'room'],
    ['rack', 'slot'],
    ['slot', 'site'],
    ['container', 'box'],
    ['container', 'staging'],
    ['staging', 'slot'],
    ['slot', 'box'],
  ]
  for (const [kind, parent] of wrong)
    it(`refuses a ${kind} in ${parent}`, () => {
      given().when('admin', 'place.add', add(kind, places[parent])).refusedWith('place.wrong-parent')
    })

  it('stands in a place of the same agency that is in use', () => {
    const story = given()
    story.when('admin', 'place.add', add('slot', undefined)).refusedWith('place.parent-missing')
    story.when('admin', 'place.add', add('slot', mint('place'))).refusedWith('place.unknown')
    story.when('admin', 'place.add', add('container', places.retired)).refusedWith('place.not-in-use')
    const foreign = { ...story.world.places.get(places.room)!, agency: 'court' }
    story.world.places.set(places.room, foreign)
    story.when('admin', 'place.add', add('slot', places.room)).refusedWith('place.other-agency')
    story.when('keeper', 'place.add', add('slot', places.room)).refusedWith('step.no-role')
  })
})

describe('place.rename', () => {
  it('names the place anew, and the path of every place below it', () => {
    const story = given()
    story.when('admin', 'place.rename', { place: places.room, name: '甲库' })
    story.gives('PlaceRenamed', { before: '一号库房', name: '甲库' }).gives('PathRenamed')
    const { world } = story
    expect(world.places.get(places.box)!.pathNames).to.deep.equal(['涉案财物管理中心', '甲库', 'A-02', '周转箱'])
    expect(world.places.get(places.eastSlot)!.pathNames).to.deep.equal(['城东分库', '东一库', 'E-01'])
    expect(world.places.get(places.room)!.name).to.equal('甲库')
  })

  it('is refused where there is nothing to rename', () => {
    const story = given()
    story.when('admin', 'place.rename', { place: places.room, name: '一号库房' }).refusedWith('place.same-name')
    story.when('admin', 'place.rename', { place: places.retired, name: '新' }).refusedWith('place.not-in-use')
    story.when('admin', 'place.rename', { place: places.slot, name: 'a-02' }).refusedWith('place.name-taken')
    story.when('admin', 'place.rename', { place: places.slot, name: 'a-01' }).gives('PlaceRenamed')
    const slot = story.world.places.get(places.slot)!
    for (let count = 0; count < 10_001; count += 1)
      story.world.places.set(`S${count}`, { ...slot, code: `S${count}`, path: [places.site, places.room, `S${count}`] })
    story.when('admin', 'place.rename', { place: places.room, name: '新' }).refusedWith('place.too-many-below')
  })
})

describe('place.retire', () => {
  it('gives up a place that is empty', () => {
    const story = given()
    story.when('storehead', 'place.retire', { place: places.slot, reason: '拆除' }).gives('PlaceRetired')
    expect(story.world.places.get(places.slot)!.inUse).to.equal(false)
    story.when('storehead', 'place.retire', { place: places.slot }).refusedWith('place.not-in-use')
  })

  it('keeps a place that holds things or places', () => {
    const story = given(registered(), received())
    story.when('storehead', 'place.retire', { place: places.slot }).refusedWith('place.not-empty')
    story.when('storehead', 'place.retire', { place: places.slot2 }).refusedWith('place.not-empty')
    story.take('storehead', 'place.retire', { place: places.box })
    story.when('storehead', 'place.retire', { place: places.slot2 }).gives('PlaceRetired')
  })
})

describe('place.correct', () => {
  const signedBy = ['keeper']
  const suits = (story: Story, place: string, classes: string[], login = 'storehead') =>
    story.when(login, 'place.correct', { place, field: 'classes', right: classes, reason: '库房改造' }, { signedBy })

  it('says for which classes a place is fit', () => {
    const story = given(registered(), received())
    suits(story, places.slot, ['document']).refusedWith('place.lying-there', { class: 'general' })
    suits(story, places.slot, ['document', 'general']).gives('PlaceCorrected')
    expect(story.world.places.get(places.slot)!.classes).to.deep.equal(['document', 'general'])
    expect(story.world.places.get(places.slot)!.corrections).to.have.length(1)
  })

  it('keeps what stands in it and around it fit', () => {
    const story = given()
    suits(story, places.slot2, ['document']).refusedWith('place.fit-below', { below: '周转箱' })
    suits(story, places.box, ['document']).gives('PlaceCorrected')
    suits(story, places.slot2, ['document']).gives('PlaceCorrected')
    suits(story, places.box, ['document', 'cash']).refusedWith('place.unfit-around', { class: 'cash' })
  })

  it('is for the agency whose store it is, of a place in use', () => {
    const story = given()
    suits(story, places.retired, ['document']).refusedWith('place.not-in-use')
    suits(story, places.slot, []).refusedWith('correction.wrong-value')
    story.when(
      'storehead',
      'place.correct',
      { place: places.slot, field: 'name', right: '甲', reason: '误' },
      { signedBy },
    )
    story.refusedWith('correction.unknown-field')
  })
})
