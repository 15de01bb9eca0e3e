/** relocation: how things and containers change their place, within a site and between sites. */
import { expect } from 'chai'
import { catalogue } from '../../../server/custody/catalogue.ts'
import type { ItemClass } from '../../../server/custody/classes.ts'
import { possibleSteps } from '../../../server/custody/decide.ts'
import {
  approved,
  file,
  given,
  type History,
  places,
  receipt,
  received,
  registered,
  released,
  requested,
  type Story,
  secondKeeper,
  taken,
  transferred,
} from '../../support/custody.ts'
import { hired } from '../../support/custody-people.ts'

const stored =
  (...classes: ItemClass[]): History =>
  (story) =>
    story.and(
      registered(...(classes.length > 0 ? classes : ['general' as const]).map((one) => ({ class: one }))),
      received(),
    )
const move = (to: string) => ({ to, reason: '整理库位' })
const placeOf = (story: Story, index = 0) => {
  const { custody } = story.itemAt(index)
  return custody.state === 'stored' ? custody.place : custody.state
}

describe('relocation.move', () => {
  it('puts a thing in another place of the site', () => {
    const story = given(stored())
    story
      .when('keeper2', 'relocation.move', move(places.slot2))
      .gives('ItemMoved', { from: places.slot, reason: '整理库位' })
    expect(story.item.custody).to.include({ state: 'stored', place: places.slot2, placeName: 'A-02' })
    expect(story.item.keptBy).to.deep.equal(['keeper', 'keeper2'])
    expect(story.item.lastSeenAt).to.equal(story.item.lastAt)
  })

  it('takes a second keeper for two-person classes', () => {
    const story = given(stored('cash'))
    story.when('keeper', 'relocation.move', move(places.slot2)).refusedWith('step.countersignature-missing')
    story.when('keeper', 'relocation.move', move(places.slot2), { signedBy: ['keeper2'] }).gives('ItemMoved')
  })

  it('goes on while something else is asked for, but not while the thing is out', () => {
    const story = given(stored(), requested(), approved())
    story.when('keeper3', 'relocation.move', move(places.slot2)).gives('ItemMoved')
    story.and(released())
    story.when('keeper', 'relocation.move', move(places.slot)).refusedWith('relocation.not-stored')
  })

  it('stays within the site, and goes to a fit place', () => {
    const story = given(stored())
    const to = (place: string) => story.when('keeper', 'relocation.move', move(place))
    to(places.slot).refusedWith('relocation.already-there')
    to(places.eastSlot).refusedWith('place.elsewhere')
    to(places.drawer).refusedWith('place.unfit')
    to(places.retired).refusedWith('place.not-in-use')
    to(places.room).refusedWith('place.not-a-leaf')
    story.take('admin', 'person.grant', { login: 'keeper', role: 'keeper', scope: places.east })
    to(places.eastSlot).refusedWith('relocation.other-site')
    story.when('eastkeeper', 'relocation.move', move(places.slot2)).refusedWith('item.unknown')
  })
})

describe('a container', () => {
  const packed =
    (...classes: ItemClass[]): History =>
    (story) =>
      story.and(
        stored(...classes),
        (told) =>
          void told.take('keeper', 'relocation.pack', { container: places.box }, { signedBy: secondKeeper(told) }),
      )
  const box = { items: [places.box] }

  it('moves with what is in it', () => {
    const story = given(packed('general', 'document'))
    story.when('keeper', 'relocation.move', move(places.slot), box).gives('PlaceMoved', { from: places.slot2 })
    expect(story.decision!.facts.map(({ recorded }) => recorded.fact)).to.deep.equal([
      'ItemMoved',
      'ItemMoved',
      'PlaceMoved',
    ])
    const moved = story.world.places.get(places.box)!
    expect(moved.path).to.deep.equal([places.site, places.room, places.slot, places.box])
    expect(moved.pathNames).to.deep.equal(['涉案财物管理中心', '一号库房', 'A-01', '周转箱'])
    const { custody } = story.itemAt(1)
    expect(custody).to.deep.include({ place: places.box, path: moved.path, pathNames: moved.pathNames })
  })

  it('moves empty, too', () => {
    const story = given()
    story.when('keeper', 'relocation.move', move(places.slot), box).gives('PlaceMoved')
    expect(story.decision!.facts).to.have.length(1)
  })

  it('takes a second keeper when something in it does', () => {
    const story = given(packed('drugs', 'general'))
    story.when('keeper', 'relocation.move', move(places.slot), box).refusedWith('step.countersignature-missing')
    story.when('keeper', 'relocation.move', move(places.slot), { ...box, signedBy: ['keeper2'] }).gives('PlaceMoved')
  })

  it('stands where boxes stand, in its own site', () => {
    const story = given(packed())
    const to = (place: string, by = 'keeper') => story.when(by, 'relocation.move', move(place), box)
    to(places.slot2).refusedWith('relocation.already-there')
    to(places.staging).refusedWith('place.wrong-parent')
    to(places.retired).refusedWith('place.not-in-use')
    to(places.drawer).refusedWith('place.unfit')
    to(places.eastSlot).refusedWith('relocation.other-site')
    story.when('eastkeeper', 'relocation.move', move(places.slot), box).refusedWith('item.unknown')
    const rest = given()
    rest.when('eastkeeper', 'relocation.move', move(places.slot), box).refusedWith('place.elsewhere')
    rest
      .when('keeper', 'relocation.move', move(places.slot), { items: [places.slot2] })
      .refusedWith('relocation.not-a-container')
    rest.take('storehead', 'place.retire', { place: places.box })
    to(places.slot).gives('PlaceMoved')
    rest.when('keeper', 'relocation.move', move(places.slot), box).refusedWith('place.not-in-use')
  })

  it('lets a thing go by itself when that is scanned and not the box', () => {
    const story = given(packed('general', 'general'))
    story.when('keeper', 'relocation.move', move(places.slot), { items: [story.codes[0]!] }).gives('ItemMoved')
    expect(placeOf(story, 0)).to.equal(places.slot)
    expect(placeOf(story, 1)).to.equal(places.box)
  })

  it('offers the steps that take containers when it is scanned', () => {
    const story = given(packed())
    const source = { newCode: () => 'x', seal: () => '' }
    const steps = possibleSteps(
      catalogue,
      story.world,
      { items: [places.box], actor: 'keeper', now: story.now },
      source,
    )
    expect(steps.map(({ step, refusal }) => [step, refusal?.code])).to.deep.equal([
      ['relocation.move', undefined],
      ['relocation.unpack', undefined],
    ])
  })
})

describe('relocation.pack', () => {
  it('puts things into a container', () => {
    const story = given(stored())
    story.when('keeper', 'relocation.pack', { container: places.box }).gives('ItemMoved', { from: places.slot })
    expect(placeOf(story)).to.equal(places.box)
    story.when('keeper', 'relocation.pack', { container: places.box }).refusedWith('relocation.already-there')
  })

  it('wants a container of the same site that is fit', () => {
    const story = given(stored())
    story.when('keeper', 'relocation.pack', { container: places.slot2 }).refusedWith('relocation.not-a-container')
    story.take('storehead', 'place.add', { kind: 'container', parent: places.eastSlot, name: '东箱' })
    const east = [...story.world.places.values()].find(({ name }) => name === '东箱')!.code
    story.when('keeper', 'relocation.pack', { container: east }).refusedWith('place.elsewhere')
    story.take('storehead', 'place.add', {
      kind: 'container',
      parent: places.slot,
      name: '文件箱',
      classes: ['document'],
    })
    const files = [...story.world.places.values()].find(({ name }) => name === '文件箱')!.code
    story.when('keeper', 'relocation.pack', { container: files }).refusedWith('place.unfit')
    const early = given(registered())
    early.when('keeper', 'relocation.pack', { container: places.box }).refusedWith('relocation.not-stored')
  })
})

describe('a box in a place', () => {
  /** The box is fit for everything, its slot for documents only. */
  const unfit: History = ({ world }) => {
    const slot = world.places.get(places.slot2)!
    world.places.set(places.slot2, { ...slot, classes: ['document'] })
  }

  it('holds nothing that the place is not fit for', () => {
    const shelved = given(stored(), unfit)
    shelved
      .when('keeper', 'relocation.pack', { container: places.box })
      .refusedWith('place.unfit', { code: places.slot2, class: 'general' })
    shelved.when('keeper', 'relocation.move', move(places.box)).refusedWith('place.unfit', { code: places.slot2 })
    const waiting = given(registered(), unfit)
    waiting
      .when('keeper', 'intake.receive', receipt(waiting, 0, { place: places.box }), { signedBy: ['officer'] })
      .refusedWith('place.unfit', { code: places.slot2 })
  })
})

describe('relocation.unpack', () => {
  const packed: History = (story) =>
    story.and(stored('general', 'general'), taken('keeper', 'relocation.pack', { container: places.box }))

  it('takes everything out when the container is scanned, to where it stands', () => {
    const story = given(packed)
    story.when('keeper', 'relocation.unpack', { container: places.box }, { items: [places.box] }).gives('ItemMoved')
    expect([placeOf(story, 0), placeOf(story, 1)]).to.deep.equal([places.slot2, places.slot2])
  })

  it('takes single things out to a place that is named', () => {
    const story = given(packed)
    const one = { items: [story.codes[1]!] }
    story.when('keeper', 'relocation.unpack', { container: places.box, place: places.slot }, one).gives('ItemMoved')
    expect([placeOf(story, 0), placeOf(story, 1)]).to.deep.equal([places.box, places.slot])
    story.when('keeper', 'relocation.unpack', { container: places.box }, one).refusedWith('relocation.not-in-container')
  })

  it('knows an empty container, and a place that is none', () => {
    const story = given(stored())
    const box = { items: [places.box] }
    story.when('keeper', 'relocation.unpack', { container: places.box }, box).refusedWith('relocation.container-empty')
    story.when('keeper', 'relocation.unpack', { container: places.slot }).refusedWith('relocation.not-a-container')
    story.take('keeper', 'relocation.pack', { container: places.box })
    story.take('keeper', 'relocation.move', move(places.room), { items: [places.box] })
    story.when('keeper', 'relocation.unpack', { container: places.box }, box).refusedWith('place.not-a-leaf')
  })
})

describe('relocation.dispatch', () => {
  const east = (over: Record<string, unknown> = {}) => ({ toSite: places.east, carrier: 'econofficer', ...over })
  const signedBy = ['econofficer']

  it('hands things to a carrier who signs for them', () => {
    const story = given(stored())
    story.when('keeper', 'relocation.dispatch', east()).refusedWith('step.countersignature-missing', { as: 'carrier' })
    story
      .when('keeper', 'relocation.dispatch', east(), { signedBy: ['officer2'] })
      .refusedWith('step.countersignature-missing')
    story
      .when('keeper', 'relocation.dispatch', east(), { signedBy })
      .gives('ItemDispatched', { toSiteName: '城东分库' })
    expect(story.item.custody).to.include({
      state: 'in-transit',
      toSite: places.east,
      carrier: 'econofficer',
      carrierName: '白桦',
    })
    expect(story.item.open.custody).to.include({ procedure: 'relocation', stage: 'in-transit' })
    expect(story.item.open.custody!.waitsFor).to.deep.equal([`keeper@${places.east}`, 'person:econofficer'])
    expect(story.item.heldBy).to.include('econofficer')
    const [fact] = story.decision!.facts
    expect(fact!.audience).to.include.members([`site:${places.east}`, `site:${places.site}`, 'person:econofficer'])
  })

  it('goes to another site, with somebody who has no part in it', () => {
    const story = given(stored())
    const send = (over: Record<string, unknown>, by: string[] = []) =>
      story.when('keeper', 'relocation.dispatch', east(over), { signedBy: by })
    send({ toSite: places.eastRoom }).refusedWith('relocation.not-a-site')
    send({ toSite: places.site }).refusedWith('relocation.same-site')
    send({ carrier: 'keeper' }).refusedWith('relocation.carrier-acts')
    send({ carrier: 'officer' }).refusedWith('relocation.carrier-is-officer')
    send({ carrier: 'nobody' }).refusedWith('person.unknown')
    story.world.places.set(places.east, { ...story.world.places.get(places.east)!, inUse: false })
    send({}).refusedWith('place.not-in-use')
  })

  it('goes to a site of another agency only when that agency is in control', () => {
    const abroad: History = ({ world }) => {
      const site = world.places.get(places.east)!
      world.places.set(places.east, { ...site, agency: 'proc' })
    }
    const story = given(stored(), abroad)
    story.when('keeper', 'relocation.dispatch', east(), { signedBy }).refusedWith('relocation.site-of-another-agency')
    story.and(transferred).when('keeper', 'relocation.dispatch', east(), { signedBy }).gives('ItemDispatched')
  })

  it('weighs drugs, and sends nothing that is not as recorded', () => {
    const story = given(stored('drugs'))
    const send = (over: Record<string, unknown>) =>
      story.when('keeper', 'relocation.dispatch', east(over), { signedBy: ['econofficer', 'keeper2'] })
    send({}).refusedWith('relocation.unweighed')
    send({ weight: '10.5' }).refusedWith('relocation.seal-unread', { seal: 'F-0001' })
    send({ weight: '10', seal: 'F-0001' }).refusedWith('relocation.not-as-recorded', { kinds: ['short'] })
    send({ weight: '10.5', seal: 'F-9' }).refusedWith('relocation.not-as-recorded', { kinds: ['seal-broken'] })
    send({ weight: '10.5', seal: 'F-0001' }).gives('ItemDispatched')
  })

  it('waits until nothing else is open on the thing', () => {
    const story = given(stored(), requested())
    story.when('keeper', 'relocation.dispatch', east(), { signedBy }).refusedWith('docket.already-open')
    const early = given(registered())
    early.when('keeper', 'relocation.dispatch', east(), { signedBy }).refusedWith('relocation.not-stored')
  })
})

describe('relocation.arrive', () => {
  const onTheWay =
    (kind: ItemClass = 'general'): History =>
    (story) => {
      story.and(stored(kind))
      const { weight, seal } = story.item
      const input = { toSite: places.east, carrier: 'econofficer', ...(weight ? { weight, seal } : {}) }
      story.take('keeper', 'relocation.dispatch', input, { signedBy: ['econofficer', ...secondKeeper(story)] })
    }
  const arrival = (over: Record<string, unknown> = {}, place: string = places.eastSlot) => ({
    place,
    checked: { condition: 'intact', ...over },
    photos: [file('arrival')],
  })
  const signedBy = ['econofficer']

  it('puts the thing on a shelf of the other site, countersigned by the carrier', () => {
    const story = given(onTheWay())
    story
      .when('eastkeeper', 'relocation.arrive', arrival())
      .refusedWith('step.countersignature-missing', { as: 'carrier' })
    story.when('eastkeeper', 'relocation.arrive', arrival(), { signedBy }).gives('ItemArrived')
    expect(story.item.custody).to.include({ state: 'stored', place: places.eastSlot, site: places.east })
    expect(story.item.open).to.deep.equal({})
    expect(story.item.keptBy).to.deep.equal(['keeper', 'eastkeeper'])
  })

  it('takes a second keeper of that site for two-person classes', () => {
    const story = given(onTheWay('drugs'))
    const input = arrival({ weight: '10.5', seal: 'F-0001' })
    const by = (...more: string[]) =>
      story.when('eastkeeper', 'relocation.arrive', input, { signedBy: [...signedBy, ...more] })
    by().refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    by('keeper2').refusedWith('step.countersignature-missing')
    by('eastkeeper2').gives('ItemArrived')
  })

  it('takes that second keeper from there, though the first keeps at both sites', () => {
    const story = given(onTheWay('relic'))
    story.take('admin', 'person.grant', { login: 'keeper2', role: 'keeper', scope: places.east })
    const by = (second: string) =>
      story.when('keeper2', 'relocation.arrive', arrival(), { signedBy: [...signedBy, second] })
    by('keeper3').refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    by('eastkeeper').gives('ItemArrived')
  })

  it('may bring the thing back, but to no third site', () => {
    const story = given(onTheWay(), hired('thirdkeeper'))
    story.when('keeper2', 'relocation.arrive', arrival({}, places.slot), { signedBy }).gives('ItemArrived')
    expect(placeOf(story)).to.equal(places.slot)
    const lost = given(onTheWay())
    lost.take('storehead', 'place.add', { kind: 'site', name: '三库' })
    const site = [...lost.world.places.values()].find(({ name }) => name === '三库')!.code
    lost.take('storehead', 'place.add', { kind: 'room', parent: site, name: '三库房' })
    const room = [...lost.world.places.values()].find(({ name }) => name === '三库房')!.code
    lost.take('storehead', 'place.add', { kind: 'slot', parent: room, name: 'T-01' })
    const slot = [...lost.world.places.values()].find(({ name }) => name === 'T-01')!.code
    lost.take('admin', 'person.grant', { login: 'eastkeeper', role: 'keeper', scope: site })
    lost
      .when('eastkeeper', 'relocation.arrive', arrival({}, slot), { signedBy })
      .refusedWith('relocation.other-destination')
  })

  it('is not for who sent it, and not before it is sent', () => {
    const story = given(stored())
    story.when('keeper', 'relocation.arrive', arrival(), { signedBy }).refusedWith('docket.none')
    const sent = given(onTheWay())
    sent
      .when('keeper', 'relocation.arrive', arrival({}, places.slot), { signedBy })
      .refusedWith('step.executor-decided')
    sent.when('eastkeeper', 'relocation.arrive', arrival({}, places.slot), { signedBy }).refusedWith('place.elsewhere')
  })

  it('wants a word about what is not intact, and the weight of drugs', () => {
    const story = given(onTheWay('drugs'))
    const both = { signedBy: ['econofficer', 'eastkeeper2'] }
    story
      .when('eastkeeper', 'relocation.arrive', arrival({ condition: 'damaged' }), both)
      .refusedWith('relocation.condition-unexplained')
    story.when('eastkeeper', 'relocation.arrive', arrival(), both).refusedWith('relocation.unweighed')
  })

  const odd: [string, Record<string, unknown>, string][] = [
    ['another seal', { weight: '10.5', seal: 'F-2' }, 'seal-broken'],
    ['less weight', { weight: '9', seal: 'F-0001' }, 'short'],
    ['damage', { weight: '10.5', seal: 'F-0001', condition: 'damaged', note: '破' }, 'damaged'],
  ]
  for (const [what, over, kind] of odd)
    it(`opens a discrepancy when it arrives with ${what}`, () => {
      const story = given(onTheWay('drugs'))
      story.when('eastkeeper', 'relocation.arrive', arrival(over), { signedBy: ['econofficer', 'eastkeeper2'] })
      story.gives('ItemArrived').gives('DiscrepancyFound', { kind })
      expect(story.item.open.discrepancy).to.include({
        procedure: 'discrepancy',
        stage: 'open',
        requestedBy: 'eastkeeper',
      })
      expect(story.item.open.discrepancy!.waitsFor).to.include('person:econofficer')
      expect(story.item, 'what counts is what was recorded').to.include({ weight: '10.5', seal: 'F-0001' })
    })

  it('lets the carrier explain', () => {
    const story = given(onTheWay())
    story.take('eastkeeper', 'relocation.arrive', arrival({ condition: 'damaged', note: '破' }), { signedBy })
    story.when('econofficer', 'discrepancy.explain', { note: '急刹车' }).gives('DiscrepancyExplained')
  })

  it('leaves what did not arrive on its way', () => {
    const story = given(onTheWay())
    story.when('eastkeeper', 'relocation.arrive', arrival({ condition: 'lost', note: '途中遗失' }), { signedBy })
    story.gives('ItemNotArrived').gives('DiscrepancyFound', { kind: 'missing' })
    expect(story.item.custody.state).to.equal('in-transit')
    expect(story.item.open.custody!.stage).to.equal('in-transit')
  })
})
