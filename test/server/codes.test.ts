// Scanned codes: session, person and thing are read together, and each as it is at that moment.

import { expect } from 'chai'
import {
  Browser,
  populate,
  requesting,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

describe('a scanned code', () => {
  let server: TestServer
  let world: World
  const look = async (browser: Browser, code: string) => {
    const { status, body } = await browser.get(`/api/codes/${code}`)
    return status === 200 ? { status, ...body } : { status, code: body.code }
  }
  const unknown = { status: 404, code: 'code.unknown' }
  const nobody = { status: 401, code: 'session.none' }

  before(async () => {
    server = await startServer()
    world = await populate(server)
  })
  after(() => server?.close())

  it('is answered to everybody by what they may read, also when they all scan at once', async () => {
    const [officer, econ, stranger] = [
      await signedIn(server, 'officer'),
      await signedIn(server, 'econofficer'),
      new Browser(server.url),
    ]
    const answers = await Promise.all(
      Array.from({ length: 40 }, async () => ({
        own: await look(officer, world.item.stored),
        others: await look(officer, world.item.econ),
        theirs: await look(econ, world.item.econ),
        place: await look(econ, world.place.slot),
        none: await look(stranger, world.item.stored),
      })),
    )
    for (const { own, others, theirs, place, none } of answers) {
      expect(own).to.deep.include({ status: 200, kind: 'item' })
      expect(own.item.code).to.equal(world.item.stored)
      expect(others).to.deep.equal(unknown)
      expect(theirs.item.code).to.equal(world.item.econ)
      expect(place.place.code).to.equal(world.place.slot)
      expect(none).to.deep.equal(nobody)
    }
  })

  it('tells nobody without a session whether it is known, nor whether it is a code', async () => {
    const stranger = new Browser(server.url)
    for (const text of [world.item.stored, 'E00000000000', 'nothing'])
      expect(await look(stranger, text), text).to.deep.equal(nobody)
    const signed = (await signedIn(server, 'officer')).cookie
    stranger.cookie = signed.replace(/\.(.)/, (_, first) => (first === 'A' ? '.B' : '.A'))
    expect(await look(stranger, world.item.stored), 'a cookie that was tampered with').to.deep.equal(nobody)
    const officer = await signedIn(server, 'officer')
    expect(await look(officer, 'nothing')).to.deep.equal({ status: 400, code: 'input.invalid' })
  })

  it('shows the thing as the last step left it', async () => {
    const officer = await signedIn(server, 'officer')
    const { version } = (await look(officer, world.item.stored)).item
    await taking(server.parts)('officer', 'retrieval.request', requesting(), [world.item.stored])
    const { item } = await look(officer, world.item.stored)
    expect(item.version).to.be.greaterThan(version)
    expect(item.open.custody.requestedBy).to.equal('officer')
  })

  it('is kept, with the next scan, from whoever lost the role, the account or the session', async () => {
    const take = taking(server.parts)
    const [head, leaving, out] = [
      await signedIn(server, 'head'),
      await signedIn(server, 'legal'),
      await signedIn(server, 'officer2'),
    ]
    for (const browser of [head, leaving, out])
      expect((await look(browser, world.item.stored)).status, browser.login).to.equal(200)
    const atOnce = { atOnce: true }
    await take('admin', 'person.revoke', { login: 'head', role: 'head', scope: 'crim', ...atOnce }, [], ['leader'])
    expect(await look(head, world.item.stored)).to.deep.equal(unknown)
    await take('admin', 'person.disable', { login: 'legal', reason: '调离', ...atOnce }, [], ['leader'])
    expect(await look(leaving, world.item.stored)).to.deep.equal(nobody)
    const { cookie } = out
    await out.delete('/api/session')
    out.cookie = cookie
    expect(await look(out, world.item.stored)).to.deep.equal(nobody)
  })
})
