// When entries are lost or changed: it comes to light, nothing more is recorded, and a new epoch says what is missing.

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import { Refusal } from '../../server/custody/define.ts'
import { type NewKey, statementOfKey } from '../../server/custody/procedures/ledger.ts'
import type { LoggedFact } from '../../server/custody/replay.ts'
import { leadTree } from '../../server/followers/tree.ts'
import { coveredSize, logKeys, newestCheckpoint } from '../../server/ledger/checkpoints.ts'
import { headOf, readEntries } from '../../server/ledger/read.ts'
import { openLogKey } from '../../server/ledger/sign.ts'
import { findBreak, refusalFor, rememberCheckpoint, sightings } from '../../server/log/continuity.ts'
import { nextOrigin, openEpoch } from '../../server/log/epoch.ts'
import { changeLogKey } from '../../server/log/key-change.ts'
import { setPassword } from '../../server/people/passwords.ts'
import { establish, type Parts, recordForSystem } from '../../server/perform.ts'
import { openCheckpoint, parseNote, parsePolicy, parseVerifierKey, verifyNote } from '../../server/proof/index.ts'
import { commandsIn, replayOver } from '../support/custody.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { newKey } from '../support/reference-log.ts'
import { password, signedIn, startServer, taking, until } from '../support/server.ts'

const origin = 'test.example/custody'

describe('a log that is not what was seen of it', () => {
  let folder: string
  const opened: TestDatabase[] = []
  const keyFile = () => join(folder, 'log-key')

  const partsOf = ({ pool }: TestDatabase, name = origin): Parts => ({ pool, catalogue, origin: name, secret: 's' })

  async function open(copied?: TestDatabase): Promise<TestDatabase> {
    const database = await freshDatabase(copied)
    opened.push(database)
    return database
  }

  /** Some entries, in three commands. */
  async function founded(): Promise<TestDatabase> {
    const database = await open()
    const agency = { id: 'psb', name: '江城市公安局', type: 'police' } as const
    await establish(partsOf(database), { agency, admin: { login: 'admin', name: '管理员', number: '000001' } })
    await addUnits(database, 'crim', 'econ')
    return database
  }

  async function addUnits(database: TestDatabase, ...ids: string[]): Promise<void> {
    for (const id of ids) await taking(partsOf(database))('admin', 'unit.add', { id, name: id, agency: 'psb' })
  }

  /** Signs what there is, with a leader that then goes. Gives the newest checkpoint. */
  async function sign({ pool, database }: TestDatabase, name = origin): Promise<string> {
    const key = await openLogKey(keyFile(), name)
    const { size } = await headOf(pool)
    let failure: unknown
    const leader = leadTree({ url: database.signerUrl!, origin: name, key, failed: (error) => (failure = error) })
    await until(async () => failure !== undefined || (await coveredSize(pool, name)) === size, 'a checkpoint')
    await leader.close()
    if (failure) throw failure
    return (await newestCheckpoint(pool, name))!.note
  }

  const breakOf = async (database: TestDatabase, note: string) =>
    findBreak(database.pool, [(await openLogKey(keyFile(), origin)).vkey], [{ by: 'server', note }])

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stillpoint-epoch-'))
  })
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is what was seen of it, as long as it only grows', async () => {
    const database = await founded()
    const early = await sign(database)
    await addUnits(database, 'more')
    const late = await sign(database)
    expect(await breakOf(database, early)).to.equal(undefined)
    expect(await breakOf(database, late)).to.equal(undefined)
  })

  it('is shorter after an old backup was restored, and the refusal tells by how much', async () => {
    const database = await founded()
    await database.database.close()
    const backup = await open(database)
    const again = await open(database)
    await addUnits(again, 'lost')
    const seen = await sign(again)
    const found = await breakOf(backup, seen)
    expect(found).to.deep.include({ kind: 'log-shorter', here: { size: 7 } })
    expect(found!.seen).to.deep.include({ by: 'server', size: 8 })
    const refusal = refusalFor(found!)
    expect(refusal).to.be.instanceOf(Refusal)
    expect(refusal.params).to.deep.equal({ kind: 'log-shorter', by: 'server', seen: 8, here: 7 })

    const halted: Parts = { ...partsOf(backup), halted: () => refusal }
    const attempt = taking(halted)('admin', 'unit.add', { id: 'x', name: 'x', agency: 'psb' })
    expect((await attempt.catch((error: Refusal) => error)) as Refusal).to.have.property('code', 'ledger.read-only')
    expect((await headOf(backup.pool)).size).to.equal(7)
  })

  it('is different after other entries took the place of those that were lost', async () => {
    const database = await founded()
    await database.database.close()
    const [real, other] = [await open(database), await open(database)]
    await addUnits(real, 'one')
    await addUnits(other, 'other', 'another')
    const found = await breakOf(other, await sign(real))
    expect(found).to.deep.include({ kind: 'log-different' })
    expect(found!.here.root).not.to.equal(found!.seen.root)
  })

  it('is not accused by a note that its key never signed', async () => {
    const database = await founded()
    const note = (await sign(database)).replace('\n7\n', '\n9\n')
    expect(await breakOf(database, note)).to.equal(undefined)
    expect(await breakOf(database, 'nothing at all')).to.equal(undefined)
  })

  it('is remembered beside the database', async () => {
    expect(await sightings(folder, origin, undefined)).to.deep.equal([])
    await rememberCheckpoint(folder, 'one')
    await rememberCheckpoint(folder, 'two')
    expect(await sightings(folder, origin, undefined)).to.deep.equal([{ by: 'server', note: 'two' }])
  })

  it('is compared without a witness that begins to answer and never ends', async () => {
    const stuck = createServer((_request, response) => response.write('test.example/custody\n')).listen(0, '127.0.0.1')
    await once(stuck, 'listening')
    try {
      const { vkey } = newKey('stuck.example/w', 4)
      const url = `http://127.0.0.1:${(stuck.address() as AddressInfo).port}`
      const policy = parsePolicy(Buffer.from(`witness stuck ${vkey} ${url}\nquorum none\n`))
      expect(await sightings(folder, origin, policy)).to.deep.equal([])
    } finally {
      stuck.closeAllConnections()
      stuck.close()
    }
  })

  it('goes on in a new epoch whose first entry names the log before, and which the rules confirm', async () => {
    const database = await founded()
    await database.database.close()
    const [backup, real] = [await open(database), await open(database)]
    await addUnits(real, 'lost')
    const found = (await breakOf(backup, await sign(real)))!

    const next = await openEpoch(backup.database, partsOf(backup), found, 'restored from a backup')
    expect(next).to.equal(`${origin}/epoch-2`)
    const entries = await readEntries(backup.pool, { limit: 100 })
    const { body } = entries.at(-1)!
    const ofAgency = entries.filter(({ body: { subject } }) => subject.id === 'psb')
    expect(body).to.deep.include({ origin: next, fact: 'EpochOpened', previous: ofAgency.at(-2)!.hash })
    expect(body.data).to.deep.equal({
      origin: next,
      before: { origin, size: 8, root: found.seen.root, checkpoint: found.seen.note },
      kept: 7,
      reason: 'restored from a backup',
    })

    await taking(partsOf(backup, next))('admin', 'unit.add', { id: 'after', name: 'after', agency: 'psb' })
    const checkpoint = openCheckpoint(await sign(backup, next), [
      parseVerifierKey((await openLogKey(keyFile(), next)).vkey),
    ])
    expect(checkpoint.checkpoint).to.deep.include({ origin: next, size: 9n })
    const old = taking(partsOf(backup))('admin', 'unit.add', { id: 'old', name: 'old', agency: 'psb' })
    expect(String(await old.catch((error) => error))).to.include('a ledger keeps its name')

    const logged = (await readEntries(backup.pool, { limit: 100 })).map(
      ({ position, body: said }) => ({ position, ...said }) as unknown as LoggedFact,
    )
    const replay = replayOver(logged)
    expect(commandsIn(logged).flatMap((command) => replay.take(command))).to.deep.equal([])
  })

  it('goes on where a new epoch was interrupted, after the name and before the entry', async () => {
    const database = await founded()
    await database.database.close()
    const [backup, real] = [await open(database), await open(database)]
    await addUnits(real, 'lost')
    const found = (await breakOf(backup, await sign(real)))!
    await backup.database.renameLedger(origin, nextOrigin(origin))
    expect(await openEpoch(backup.database, partsOf(backup), found, 'again')).to.equal(nextOrigin(origin))
    expect((await readEntries(backup.pool, { limit: 100 })).at(-1)!.body.fact).to.equal('EpochOpened')
    expect((await headOf(backup.pool)).size).to.equal(8)
  })

  it('is recovered by the same command once more when it was interrupted there', async () => {
    const database = await founded()
    await database.database.close()
    const [backup, real] = [await open(database), await open(database)]
    await addUnits(real, 'lost')
    await rememberCheckpoint(folder, await sign(real))
    await backup.database.renameLedger(origin, nextOrigin(origin))
    const env = { ...process.env, DATABASE_URL: backup.adminUrl, DATA_DIR: folder, LOG_KEY_FILE: keyFile() }
    const recover = () => promisify(execFile)('npx', ['tsx', 'scripts/recover-epoch.ts', 'again'], { env })
    expect((await recover()).stdout).to.include(`The epoch ${nextOrigin(origin)} is open`)
    const { body } = (await readEntries(backup.pool, { limit: 100 })).at(-1)!
    expect(body).to.deep.include({ origin: nextOrigin(origin), fact: 'EpochOpened' })
    // And it does not open a further one.
    expect(await recover().catch(({ code }) => code)).to.equal(1)
    expect((await headOf(backup.pool)).size).to.equal(8)
  })

  it('is served for reading only, with the reason on every grey step, and evidence is kept', async () => {
    const database = await founded()
    await database.database.close()
    const [backup, real] = [await open(database), await open(database)]
    await addUnits(real, 'lost')
    await rememberCheckpoint(folder, await sign(real))
    const { rows } = await backup.pool.query(`SELECT id FROM people WHERE login = 'admin'`)
    await setPassword(backup.pool, rows[0].id, password)

    const config = { dataDir: folder, logKeyFile: keyFile(), logOrigin: origin }
    const server = await startServer({ database: backup, config })
    try {
      const admin = await signedIn(server, 'admin')
      const attempt = await admin.step('unit.add', { id: 'x', name: 'x', agency: 'psb' })
      expect(attempt).to.have.property('status', 409)
      expect(attempt.body).to.include({ code: 'ledger.read-only' })
      expect(attempt.body.detail).to.match(/7.*8/)
      expect((await admin.get('/api/people')).status).to.equal(200)
      const { body } = await admin.get('/api/log')
      expect(body.readOnly).to.deep.include({ code: 'ledger.read-only' })
      expect((await admin.get('/api/session')).body.readOnly).to.deep.equal(body.readOnly)
      expect(body.evidence[0]).to.deep.include({ kind: 'log-shorter' })
      expect(body.checkpoint).to.equal(undefined)
      expect(server.log.some((line) => line.includes('READ-ONLY'))).to.equal(true)
      expect((await headOf(backup.pool)).size).to.equal(7)
    } finally {
      await server.close()
    }
    // What was seen is not overwritten by what is left.
    expect((await sightings(folder, origin, undefined))[0]!.note).to.include('\n8\n')
  })

  it('is served as ever when it agrees, and what is signed is remembered', async () => {
    const database = await founded()
    const config = { dataDir: folder, logKeyFile: keyFile(), logOrigin: origin }
    const server = await startServer({ database, config })
    try {
      await until(async () => (await sightings(folder, origin, undefined))[0]?.note.includes('\n7\n') ?? false, 'seven')
      await addUnits(database, 'more')
      await until(async () => (await sightings(folder, origin, undefined))[0]?.note.includes('\n8\n') ?? false, 'eight')
    } finally {
      await server.close()
    }
  })

  it('counts its epochs', () => {
    expect(nextOrigin('a.example/log')).to.equal('a.example/log/epoch-2')
    expect(nextOrigin('a.example/log/epoch-2')).to.equal('a.example/log/epoch-3')
    expect(nextOrigin('a.example/epoch-9x')).to.equal('a.example/epoch-9x/epoch-2')
  })
})

describe('the key of the log', () => {
  let folder: string
  let database: TestDatabase
  let parts: Parts
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stillpoint-key-'))
    database = await freshDatabase()
    parts = { pool: database.pool, catalogue, origin, secret: 's' }
    const agency = { id: 'psb', name: '江城市公安局', type: 'police' } as const
    await establish(parts, { agency, admin: { login: 'admin', name: '管理员', number: '000001' } })
  })
  after(async () => {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is followed by a new one, which the old one has signed for in the log', async () => {
    const keyFile = join(folder, 'log-key')
    const first = await openLogKey(keyFile, origin)
    const { before: old, after: next, kept } = await changeLogKey(database.database, parts, keyFile)
    expect(old).to.equal(first.vkey)
    expect((await openLogKey(keyFile, origin)).vkey)
      .to.equal(next)
      .and.not.to.equal(old)
    expect((await openLogKey(kept, origin)).vkey).to.equal(old)

    const entry = (await readEntries(database.pool, { limit: 100 })).at(-1)!
    const { statement, signature, key } = entry.body.data as NewKey
    expect(key).to.equal(next)
    expect(verifyNote(parseNote(`${statement}\n${signature}\n`), [parseVerifierKey(old)])).to.have.length(1)

    // The announcement is covered by both keys, what comes after it by the new one.
    const { note: between } = (await newestCheckpoint(database.pool, origin))!
    for (const vkey of [old, next]) expect(openCheckpoint(between, [parseVerifierKey(vkey)]).signedBy).to.have.length(1)
    const announced = openCheckpoint((await newestCheckpoint(database.pool, origin))!.note, [parseVerifierKey(old)])
    expect(announced.checkpoint.size).to.equal(BigInt(entry.position + 1))
    expect((await logKeys(database.pool, origin)).map(({ vkey }) => vkey)).to.deep.equal([old, next])
    await taking(parts)('admin', 'unit.add', { id: 'later', name: 'later', agency: 'psb' })
    const leader = leadTree({
      url: database.database.signerUrl!,
      origin,
      key: await openLogKey(keyFile, origin),
      failed: (error) => expect.fail(String(error)),
    })
    await until(async () => (await coveredSize(database.pool, origin)) === entry.position + 2, 'a checkpoint')
    await leader.close()
    const { note } = (await newestCheckpoint(database.pool, origin))!
    expect(() => openCheckpoint(note, [parseVerifierKey(old)])).to.throw()
    expect(openCheckpoint(note, [parseVerifierKey(next)]).signedBy).to.have.length(1)
  })

  it('cannot be the old one any more, nor one that was never announced', async () => {
    for (const vkey of (await logKeys(database.pool, origin))
      .map((each) => each.vkey)
      .slice(0, 1)
      .concat('another')) {
      const [id] = vkey.split('+').slice(1)
      const failures: unknown[] = []
      const key = await openLogKey(join(folder, id ? `log-key.${id}` : 'another-key'), origin)
      const leader = leadTree({
        url: database.database.signerUrl!,
        origin,
        key,
        failed: (error) => failures.push(error),
      })
      await until(() => failures.length > 0, 'a refusal')
      await leader.close()
      expect(String(failures[0])).to.include('OtherKey')
    }
  })

  it('changes once more after an interruption that had announced it already', async () => {
    const keyFile = join(folder, 'log-key')
    const next = await openLogKey(`${keyFile}.next`, origin)
    const old = await openLogKey(keyFile, origin)
    const statement = statementOfKey(origin, next.vkey)
    const said = { key: next.vkey, before: old.vkey, statement, signature: old.signatureOver(statement) }
    await recordForSystem(parts, 'ledger.announce-key', said, { by: 'operator' })
    const { size } = await headOf(database.pool)
    expect((await changeLogKey(database.database, parts, keyFile)).after).to.equal(next.vkey)
    expect((await headOf(database.pool)).size).to.equal(size)
    expect(await readFile(keyFile, 'utf8')).to.include('PRIVATE KEY')
  })
})
