// Lists and counts of items: what they count from must never leave one out, nor hinder one from being written.

import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { countItems, readItems } from '../../server/views/items.ts'
import { populate, startServer, type TestServer, type World } from '../support/server.ts'

describe('items that are counted', () => {
  let server: TestServer
  let world: World
  const leader = ['everyone', 'staff:psb', 'person:leader', 'agency:psb']
  const source = () => server.database.database.dataSource
  const listed = async (keys: string[]) => (await readItems(source(), keys, { limit: 200 })).items

  before(async () => {
    server = await startServer()
    world = await populate(server)
  })
  after(() => server?.close())

  it('are those that are listed, for whoever reads most and for whoever reads some', async () => {
    for (const keys of [leader, [`site:${world.place.site}`], ['unit:crim'], ['person:officer', 'everyone']]) {
      const items = await listed(keys)
      const counts = await countItems(source(), keys)
      expect(items, keys.join()).not.to.be.empty
      const custody = (state: string) => items.filter((item) => item.custody.state === state).length
      expect(counts, keys.join()).to.deep.include({
        withOfficer: custody('with-officer'),
        stored: custody('stored'),
        out: custody('out'),
        overdue: items.filter(({ overdue }) => overdue).length,
        offered: items.filter(({ control }) => control.state === 'offered').length,
      })
    }
    for (const keys of [[], ['everyone', 'staff:psb', 'admin:psb'], ['agency:none']]) {
      expect(await listed(keys)).to.be.empty
      expect(Object.values(await countItems(source(), keys)).every((count) => count === 0)).to.equal(true)
    }
  })

  it('may be read by more people than an index has room for', async () => {
    const before = await countItems(source(), leader)
    const people = Array.from({ length: 200 }, () => `person:${randomBytes(20).toString('hex')}`)
    await server.database.pool.query('UPDATE items SET audience = audience || $1 WHERE code = $2', [
      people,
      world.item.stored,
    ])
    expect(await countItems(source(), leader)).to.deep.equal(before)
    const one = [people[150]!]
    expect((await listed(one)).map(({ code }) => code)).to.deep.equal([world.item.stored])
    expect(await countItems(source(), one)).to.include({ stored: 1, withOfficer: 0 })
    expect(await countItems(source(), [...one, 'agency:none'])).to.include({ stored: 1, withOfficer: 0 })
  })
})
