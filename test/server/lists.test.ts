// Lists: every order goes through all pages once, numbers stand as people count, and filters take what they say.

import { expect } from 'chai'
import { caseSorts, docketSorts, itemSorts, personSorts, placeSorts } from '../../server/contract/queries.ts'
import {
  type Browser,
  caseNo,
  populate,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows of five lists.
type Row = any

describe('lists', function () {
  this.timeout(60_000)
  let server: TestServer
  let world: World
  let leader: Browser

  const rowsOf = async (path: string, query: Record<string, string | number> = {}): Promise<Row[]> => {
    const name = path.slice('/api/'.length)
    const rows: Row[] = []
    let next: string | undefined
    do {
      const asked = new URLSearchParams({ ...query, ...(next ? { cursor: next } : {}) } as Record<string, string>)
      const { status, body, text } = await leader.get(`${path}?${asked}`)
      expect(status, text).to.equal(200)
      rows.push(...body[name])
      next = body.next
    } while (next)
    return rows
  }
  const idOf = (row: Row): string => row.id ?? row.code ?? row.caseNo

  before(async () => {
    server = await startServer()
    world = await populate(server)
    const take = taking(server.parts)
    for (const name of ['货架10', '货架2', '货架１', '阿架', '包架'])
      await take('admin', 'place.add', { kind: 'room', parent: world.place.east, name })
    leader = await signedIn(server, 'leader')
  })
  after(() => server?.close())

  const lists = {
    '/api/items': itemSorts,
    '/api/cases': caseSorts,
    '/api/dockets': docketSorts,
    '/api/people': personSorts,
    '/api/places': placeSorts,
  }
  for (const [path, sorts] of Object.entries(lists))
    it(`${path} go through every page in every order, each row once`, async () => {
      const all = (await rowsOf(path, { limit: 200 })).map(idOf).sort()
      expect(all.length).to.be.greaterThan(1)
      for (const sort of sorts.flatMap((name) => [name, `-${name}`])) {
        const whole = (await rowsOf(path, { sort, limit: 200 })).map(idOf)
        expect(whole, sort).to.have.members(all)
        expect((await rowsOf(path, { sort, limit: 1 })).map(idOf), sort).to.deep.equal(whole)
      }
    })

  it('stand as they are asked to, numbers as people count and Chinese by its sound', async () => {
    const names = async (sort: string) =>
      (await rowsOf('/api/places', { parent: world.place.east, sort })).map(({ name }) => name)
    const inOrder = ['阿架', '包架', '货架１', '货架2', '货架10', '一号库']
    expect(await names('name')).to.deep.equal(inOrder)
    expect(await names('path')).to.deep.equal(inOrder)
    expect(await names('-name')).to.deep.equal(inOrder.toReversed())
    const lines = (await rowsOf('/api/items', { case: caseNo, sort: '-case' })).map(({ line }) => line)
    expect(lines).to.deep.equal(['6', '5', '4', '3', '2', '1'])
    const due = (await rowsOf('/api/items', { sort: 'due' })).map(({ clocks }) => clocks[0]?.at ?? '9999')
    expect(due).to.deep.equal(due.toSorted())
    expect(due[0]).to.not.equal(due.at(-1))
  })

  it('are narrowed by officer, unit, deadline, date, class and state', async () => {
    const items = await rowsOf('/api/items')
    const narrowed = async (query: Record<string, string | number>, holds: (item: Row) => boolean) => {
      const expected = items.filter(holds).map(idOf)
      expect(expected.length, JSON.stringify(query)).to.be.within(1, items.length - 1)
      expect((await rowsOf('/api/items', query)).map(idOf), JSON.stringify(query)).to.have.members(expected)
    }
    await narrowed({ officer: 'econofficer' }, ({ officers }) => officers.includes('econofficer'))
    await narrowed({ unit: 'econ' }, ({ owningUnit }) => owningUnit === 'econ')
    await narrowed({ class: 'cash', custody: 'stored' }, (item) => item.class === 'cash')
    await narrowed({ overdue: 'true' }, ({ overdue }) => overdue)
    const soon = new Date(Date.now() + 6 * 86_400_000).toISOString()
    await narrowed({ dueWithin: 6 }, ({ clocks }) => clocks.length > 0 && clocks[0].at < soon)
    const moments = items.map(({ lastAt }) => lastAt).sort()
    const middle = moments[Math.floor(moments.length / 2)]
    await narrowed({ from: middle }, ({ lastAt }) => lastAt >= middle)
    await narrowed({ to: middle }, ({ lastAt }) => lastAt < middle)

    expect((await rowsOf('/api/cases', { officer: 'econofficer' })).map(idOf)).to.have.length(1)
    expect(await rowsOf('/api/cases', { kind: 'administrative' })).to.deep.equal([])
    expect(await rowsOf('/api/cases', { from: '2026-02-02' })).to.deep.equal([])
    expect((await rowsOf('/api/cases', { to: '2026-02-02' })).length).to.be.greaterThan(1)
    const opened = await rowsOf('/api/dockets', { officer: 'officer' })
    expect(opened.length).to.be.greaterThan(1)
    expect(await rowsOf('/api/dockets', { officer: 'head' })).to.deep.equal([])
    expect(await rowsOf('/api/dockets', { from: '2099-01-01' })).to.deep.equal([])
    expect((await rowsOf('/api/places', { class: 'cash', kind: 'site' })).length).to.equal(2)
    expect(await rowsOf('/api/people', { disabled: 'true' })).to.deep.equal([])
  })

  it('of movements are narrowed by who, what and when', async () => {
    const movements = async (query: string) =>
      (await leader.get(`/api/movements?limit=500${query}`)).body.movements as Row[]
    const all = await movements('')
    const is = async (query: string, holds: (line: Row) => boolean) => {
      const expected = all.filter(holds).map(({ position }) => position)
      expect(expected.length, query).to.be.within(1, all.length - 1)
      expect(
        (await movements(query)).map(({ position }) => position),
        query,
      ).to.deep.equal(expected)
    }
    await is('&officer=keeper', ({ by }) => by.login === 'keeper')
    await is('&procedure=retrieval', ({ step }) => step.startsWith('retrieval.'))
    await is('&axis=control', ({ axis }) => axis === 'control')
    const middle = all[Math.floor(all.length / 2)].recordedAt
    await is(`&from=${middle}`, ({ recordedAt }) => recordedAt >= middle)
    await is(`&to=${middle}`, ({ recordedAt }) => recordedAt < middle)
  })

  it('refuse a cursor of another order', async () => {
    const { next } = (await leader.get('/api/items?limit=1&sort=item')).body
    expect((await leader.get(`/api/items?limit=1&sort=item&cursor=${next}`)).status).to.equal(200)
    for (const sort of ['due', '-item', 'nothing'])
      expect((await leader.get(`/api/items?limit=1&sort=${sort}&cursor=${next}`)).status, sort).to.equal(400)
  })
})
