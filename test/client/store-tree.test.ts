// The store as a map: what holds places is a block, what holds things a cell, and all things are counted once.

import { expect } from 'chai'
import { spotsOf } from '../../client/pages/store/tree.ts'
import type { PlaceCard } from '../../server/contract/cards.ts'

const place = (code: string, kind: PlaceCard['kind'], parent?: string, items = 0, inUse = true) =>
  ({ code, kind, name: code, parent, items, children: 0, inUse }) as PlaceCard

const store = [
  place('site', 'site'),
  place('room', 'room', 'site'),
  place('A', 'rack', 'room'),
  place('A1', 'slot', 'A', 2),
  place('box', 'container', 'A1', 3),
  place('A2', 'slot', 'A'),
  place('old', 'slot', 'A', 0, false),
  place('wait', 'staging', 'site', 1),
]
const all = { kindName: (kind: string) => kind, wanted: () => true, isNarrowed: false }

describe('the store as a map', () => {
  it('nests blocks and counts what lies in containers for their slot', () => {
    const [site] = spotsOf(store, all)
    expect(site).to.deep.include({ key: 'site', count: 6 })
    const [room, wait] = site!.spots
    expect(wait).to.deep.include({ key: 'wait', count: 1, spots: [] })
    const rack = room!.spots[0]!
    expect(rack.spots.map(({ key, count }) => [key, count])).to.deep.equal([
      ['A1', 5],
      ['A2', 0],
    ])
  })

  it('leaves out retired places that are empty, and shows those that are not', () => {
    const full = store.map((each) => (each.code === 'old' ? { ...each, items: 1 } : each))
    const keys = (places: PlaceCard[]) => spotsOf(places, all)[0]!.spots[0]!.spots[0]!.spots.map(({ key }) => key)
    expect(keys(store)).not.to.include('old')
    expect(keys(full)).to.include('old')
  })

  it('keeps of a narrowed map what is wanted and the way to it', () => {
    const wanted = (each: PlaceCard) => each.code === 'A2'
    const [site] = spotsOf(store, { ...all, wanted, isNarrowed: true })
    expect(site!.spots.map(({ key }) => key)).to.deep.equal(['room'])
    expect(site!.spots[0]!.spots[0]!.spots.map(({ key }) => key)).to.deep.equal(['A2'])
  })

  it('draws a part of the store by itself', () => {
    const below = store.filter(({ code }) => ['A1', 'A2'].includes(code))
    expect(spotsOf(below, all).map(({ key }) => key)).to.deep.equal(['A1', 'A2'])
  })
})
