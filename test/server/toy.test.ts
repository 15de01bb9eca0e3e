// A procedure in one file goes through route, ledger, view and form with nothing else touched.

import { expect } from 'chai'
import { shapeOf } from '../../client/steps/shape.ts'
import { catalogue, catalogueOf } from '../../server/custody/catalogue.ts'
import { airing } from '../custody/toy-procedure.ts'
import { type Browser, populate, signedIn, startServer, type TestServer, type World } from '../support/server.ts'

describe('a procedure in one file, served', () => {
  let server: TestServer
  let world: World
  let officer: Browser
  let keeper: Browser
  let docket = ''
  const asked = { reason: '受潮，需要晾晒', until: new Date(Date.now() + 86_400_000).toISOString() }

  before(async () => {
    server = await startServer({ catalogue: catalogueOf([...Object.values(catalogue.procedures), airing]) })
    world = await populate(server)
    officer = await signedIn(server, 'officer')
    keeper = await signedIn(server, 'keeper')
  })
  after(() => server?.close())

  it('is offered, and says why not to whom it is not', async () => {
    const offered = async (browser: Browser) =>
      (await browser.get(`/api/steps?item=${world.item.stored}`)).body.steps.find(
        ({ step }: { step: string }) => step === 'airing.ask',
      )
    expect(await offered(officer)).to.deep.include({ possible: true, signers: [] })
    expect((await offered(keeper)).refusal.code).to.equal('step.no-role')
  })

  it('is taken through the one route, checked by its schema and refused by its rules', async () => {
    const items = [world.item.stored]
    expect((await officer.step('airing.ask', { reason: '受潮' }, items)).status).to.equal(400)
    const late = await officer.step('airing.ask', { ...asked, until: '2026-01-01T00:00:00.000Z' }, items)
    expect([late.status, late.body.code]).to.deep.equal([409, 'airing.too-late'])
    const { status, body } = await officer.step('airing.ask', asked, items)
    expect(status).to.equal(201)
    docket = body.docket!
    expect(body.entries[0]!.fact).to.equal('AiringAsked')
    expect(body.items[0]!.open.custody).to.deep.include({ docket, procedure: 'airing', stage: 'asked' })
  })

  it('stands in the ledger and on the chain, waits on a desk and is a line of the log', async () => {
    const { body } = await officer.get(`/api/items/${world.item.stored}/chain`)
    expect(body.entries.at(-1)).to.deep.include({ fact: 'AiringAsked', step: 'airing.ask', docket, data: asked })
    const { rows } = await server.database.pool.query('SELECT body FROM ledger WHERE docket = $1', [docket])
    expect(JSON.parse(rows[0].body.toString()).data).to.deep.equal(asked)
    const waiting = (await keeper.get('/api/dockets?waiting=me&procedure=airing')).body.dockets
    expect(waiting.map(({ code }: { code: string }) => code)).to.deep.equal([docket])
    const { movements } = (await keeper.get(`/api/movements?item=${world.item.stored}&limit=500`)).body
    expect(movements.at(-1)).to.include({ fact: 'AiringAsked', docket })
  })

  it('is closed by its last step', async () => {
    const air = { place: world.place.slot, photos: [world.photo] }
    const { status, body } = await keeper.step('airing.air', air, [world.item.stored])
    expect(status, JSON.stringify(body)).to.equal(201)
    expect(
      (await officer.get(`/api/dockets/${docket}`)).body.docket ?? (await officer.get(`/api/dockets/${docket}`)).body,
    ).to.include({
      open: false,
    })
  })

  it('is described in OpenAPI', async () => {
    const { body } = await officer.get('/api/openapi.json')
    expect(JSON.stringify(body)).to.contain('airing.ask')
  })

  it('has a form with its special fields', () => {
    const shape = shapeOf(airing.steps.air.input)
    if (shape.type !== 'object') throw new Error('not a form')
    expect(
      shape.fields.map(({ name, shape: field, optional }) => [
        name,
        'kind' in field ? field.kind : field.type,
        optional,
      ]),
    ).to.deep.equal([
      ['place', 'place', false],
      ['photos', 'photos', false],
      ['weight', 'weight', true],
    ])
  })

  it('leaves the product without it', () => {
    expect(Object.keys(catalogue.steps)).not.to.include('airing.ask')
  })
})
