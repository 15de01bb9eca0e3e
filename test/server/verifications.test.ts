// Reports of checks of the whole log: handed in by inspectors, held against the log, shown to everybody.

import { expect } from 'chai'
import { newestCheckpoint } from '../../server/ledger/checkpoints.ts'
import { populate, signedIn, startServer, type TestServer, until } from '../support/server.ts'

describe('the report of a check of the whole log', () => {
  let server: TestServer
  let report: { origin: string; size: number; root: string; sound: boolean }

  const handIn = async (login: string, said: object) =>
    (await signedIn(server, login)).post('/api/log/verifications', said)
  const last = async () => (await (await signedIn(server, 'officer')).get('/api/log')).body.lastVerification

  before(async () => {
    server = await startServer()
    await populate(server)
    const { logOrigin: origin } = server.config
    const { pool } = server.database
    await until(async () => (await newestCheckpoint(pool, origin)) !== undefined, 'a checkpoint')
    const { size, root } = (await newestCheckpoint(pool, origin))!
    report = { origin, size, root: root.toString('hex'), sound: true }
  })
  after(() => server?.close())

  it('is taken from inspectors and from nobody else', async () => {
    expect(await last()).to.equal(undefined)
    expect((await handIn('officer', report)).body).to.include({ status: 403, code: 'step.no-role' })
    expect(await last()).to.equal(undefined)
    const { status, body } = await handIn('inspector', report)
    expect({ status, body }).to.deep.equal({ status: 201, body: { ok: true } })
    expect(await last()).to.deep.include({ size: report.size, ok: true, by: 'inspector' })
  })

  it('is not one of soundness when it saw another root, or found something wrong', async () => {
    for (const said of [
      { ...report, root: '0'.repeat(64) },
      { ...report, sound: false },
    ]) {
      expect((await handIn('inspector', said)).body).to.deep.equal({ ok: false })
      expect(await last()).to.deep.include({ ok: false })
    }
  })

  it('is refused when it is about another log, or about more than is signed', async () => {
    for (const [said, code] of [
      [{ ...report, origin: 'other.example/log' }, 'ledger.report-of-another'],
      [{ ...report, size: report.size + 1_000 }, 'ledger.report-ahead'],
    ] as const)
      expect((await handIn('inspector', said)).body).to.include({ status: 409, code })
    expect((await handIn('inspector', { ...report, size: 0 })).status).to.equal(400)
    expect((await handIn('inspector', { ...report, extra: 1 })).status).to.equal(400)
  })
})
