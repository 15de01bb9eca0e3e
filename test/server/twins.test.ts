// Things with one number: told before they are registered, to whom it may be told, and never missed by two at once.

import { expect } from 'chai'
import {
  caseNo,
  newItem,
  otherCaseNo,
  populate,
  signedIn,
  startServer,
  type TestServer,
  taking,
  type World,
} from '../support/server.ts'

const imei = '35 412345 678901 2'

describe('things with one number', () => {
  let server: TestServer
  let world: World
  let code: string
  const registering = (no: string, line: string, serials: string[], more: object = {}) => ({
    caseNo: no,
    document: { kind: '扣押清单', no: '扣 900', date: '2026-03-01' },
    measure: 'seize',
    items: [newItem(line, world.photo, { serials, ...more })],
  })
  const asking = (value: string) => ({ identifiers: [{ kind: 'serial', value }] })

  before(async () => {
    server = await startServer()
    world = await populate(server)
    const { items } = await taking(server.parts)('officer', 'intake.register', registering(caseNo, '1', [imei]))
    code = items[0]!.code
  })
  after(() => server?.close())

  it('are told with the other thing to who may read it, to others only where it is', async () => {
    const written = '３５４１２３４５６７８９０１２'
    const asked = async (login: string) => (await signedIn(server, login)).post('/api/twins', asking(written))
    const { status, body } = await asked('officer')
    expect(status).to.equal(200)
    expect(body.twins).to.deep.equal([
      { kind: 'serial', value: written, code, name: '黑色手机 1', agency: '江城市公安局' },
    ])
    for (const login of ['econofficer', 'procofficer'])
      expect((await asked(login)).body.twins, login).to.deep.equal([
        { kind: 'serial', value: written, agency: '江城市公安局' },
      ])
    for (const login of ['admin', 'finance', 'keeper']) expect((await asked(login)).status, login).to.equal(403)
    expect((await (await signedIn(server, 'officer')).post('/api/twins', asking('0000'))).body.twins).to.deep.equal([])
  })

  it('are registered all the same when that is confirmed, and then each shows the other to who may read it', async () => {
    const officer = await signedIn(server, 'officer')
    const refused = await officer.step('intake.register', registering(caseNo, '2', [imei]))
    expect(refused.status).to.equal(409)
    expect(refused.body.code).to.equal('intake.told-twice')
    expect(refused.body.detail).to.include('序列号')
    const answer = await officer.step('intake.register', registering(caseNo, '2', [imei], { knownTwins: true }))
    expect(answer.status, answer.text).to.equal(201)
    const second = answer.body.items[0]!.code
    const econ = await signedIn(server, 'econofficer')
    const third = await econ.step('intake.register', registering(otherCaseNo, '1', [imei], { knownTwins: true }))
    expect(third.status, third.text).to.equal(201)
    const twinsOf = async (login: string, of: string) => (await signedIn(server, login)).get(`/api/items/${of}/twins`)
    const codes = async (login: string, of: string) =>
      (await twinsOf(login, of)).body.twins.map((twin: { code: string }) => twin.code).sort()
    expect(await codes('officer', code)).to.deep.equal([second])
    expect(await codes('officer', second)).to.deep.equal([code])
    expect(await codes('econofficer', third.body.items[0]!.code)).to.deep.equal([])
    expect(await codes('leader', code)).to.deep.equal([second, third.body.items[0]!.code].sort())
    expect((await twinsOf('econofficer', code)).status).to.equal(404)
  })

  it('are not both registered when two do it at once', async () => {
    const take = taking(server.parts)
    for (let round = 0; round < 5; round += 1) {
      const serials = [`SN-RACE-${round}`]
      const both = await Promise.allSettled([
        take('officer', 'intake.register', registering(caseNo, `1${round}`, serials)),
        take('econofficer', 'intake.register', registering(otherCaseNo, `1${round}`, serials)),
      ])
      expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected'])
      const [refused] = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
      expect(refused.code).to.equal('intake.told-elsewhere')
    }
  })
})
