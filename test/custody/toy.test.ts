/** Adding a procedure takes one file: what it states is enough for every general rule to hold for it. */
import { expect } from 'chai'
import { type Catalogue, catalogue, catalogueOf } from '../../server/custody/catalogue.ts'
import { possibleSteps } from '../../server/custody/decide.ts'
import { advanceDocket } from '../../server/custody/docket.ts'
import { asJson, file, givenIn, type History, places, received, registered, replayed } from '../support/custody.ts'
import { airing } from './toy-procedure.ts'

const withAiring: Catalogue = catalogueOf([...Object.values(catalogue.procedures), airing])
const stored: History = (story) => story.and(registered({ class: 'relic' }), received())
const airIt = { place: places.slot, photos: [file('aired')] }

describe('a procedure in one file', () => {
  it('is taken by its steps, with the general rules', () => {
    const story = givenIn(withAiring, registered({ class: 'relic' }))
    const asked = { reason: '受潮', until: story.in(24) }
    story.when('officer', 'airing.ask', asked).refusedWith('airing.not-stored')
    story.and(received())
    story.when('officer', 'airing.ask', { ...asked, until: story.in(-1) }).refusedWith('airing.too-late')
    story.when('keeper', 'airing.ask', asked).refusedWith('step.no-role')
    story.when('officer', 'airing.ask', asked).gives('AiringAsked')
    expect(story.item.open.custody).to.deep.include({ stage: 'asked', waitsFor: [`keeper@${places.site}`] })
    story.when('officer', 'airing.ask', asked).refusedWith('docket.already-open')
    story.when('eastkeeper', 'airing.air', airIt).refusedWith('item.unknown')
    story.when('keeper', 'airing.air', airIt).refusedWith('step.countersignature-missing', { as: 'second-keeper' })
    story.when('keeper', 'airing.air', airIt, { signedBy: ['keeper2'] }).gives('ItemAired')
    expect(story.item.open).to.deep.equal({})
    expect(story.item.lastSeenAt).to.equal(story.item.lastAt)
  })

  it('has its dockets, its possible steps and its replay without another line', () => {
    const story = givenIn(withAiring, stored)
    const source = { newCode: () => 'D', seal: () => '' }
    const offered = possibleSteps(
      withAiring,
      story.world,
      { items: story.codes, actor: 'officer', now: story.now },
      source,
    )
    expect(offered.find(({ step }) => step === 'airing.ask')).to.deep.include({ signers: [] })
    expect(offered.find(({ step }) => step === 'airing.air')!.refusal!.code).to.equal('step.no-role')

    const asked = story.take('officer', 'airing.ask', { reason: '受潮', until: story.in(24) })
    const docket = advanceDocket(undefined, asked.docket!, asked.facts)
    expect(docket).to.include({ procedure: 'airing', axis: 'custody', open: true })
    const aired = story.take('keeper', 'airing.air', airIt, { signedBy: ['keeper2'] })
    const closed = advanceDocket(docket, asked.docket!, aired.facts)
    expect(closed.open).to.equal(false)
    expect(closed.route.map(({ step }) => step)).to.deep.equal(['airing.ask', 'airing.air'])

    const again = replayed(story.facts, withAiring)
    expect(asJson([...again.items])).to.deep.equal(asJson([...story.world.items]))
  })

  it('cannot take the name of a fact that is there', () => {
    expect(() => catalogueOf([airing, { ...airing, name: 'drying' }])).to.throw('AiringAsked')
  })

  it('leaves the catalogue of the product alone', () => {
    expect(catalogue.steps).not.to.have.property('airing.ask')
  })
})
