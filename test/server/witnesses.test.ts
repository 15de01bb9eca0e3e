// Bringing checkpoints to witnesses: real ones over HTTP, some that lie or are down, and a log that has forgotten.

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { ConfigError } from '../../server/config.ts'
import { leadTree } from '../../server/followers/tree.ts'
import { followWitnesses, type Named } from '../../server/followers/witnesses.ts'
import { append } from '../../server/ledger/append.ts'
import {
  checkpointAt,
  cosignaturesOf,
  latestCosignatures,
  newestCheckpoint,
  readEvidence,
  withCosignatures,
} from '../../server/ledger/checkpoints.ts'
import { type LogKey, openLogKey } from '../../server/ledger/sign.ts'
import { readLogPolicy, witnessesIn } from '../../server/log/policy.ts'
import { openWitnessing } from '../../server/log/witnessing.ts'
import { openUnderPolicy, parsePolicy, parseVerifierKey } from '../../server/proof/index.ts'
import { freshDatabase, type TestDatabase } from '../support/database.ts'
import { newKey } from '../support/reference-log.ts'
import { until } from '../support/server.ts'
import { witnesses } from '../support/witness.ts'

const origin = 'test.example/log'
const { start, folder, close } = witnesses()
const ends: (() => Promise<unknown>)[] = []

/** Adds entries that no other database has. */
async function grow({ pool }: TestDatabase, count: number): Promise<void> {
  const command = { id: randomUUID(), digest: 'a'.repeat(64), of: count, asked: '' }
  const entries = Array.from({ length: count }, (_, ordinal) => ({
    subject: { kind: 'item' as const, id: randomUUID() },
    version: 1,
    step: 'intake.register',
    fact: 'ItemRegistered',
    data: {},
    actor: { id: 'p1' },
    authenticated: { method: 'password' },
    countersigners: [],
    occurredAt: '2026-11-22T01:02:03.004Z',
    command: { ...command, ordinal },
    files: [],
    audience: [],
  }))
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await append(client, origin, entries, new Map())
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

describe('the follower of the witnesses', () => {
  let key: LogKey
  let database: TestDatabase

  beforeEach(async () => {
    database = await freshDatabase()
    ends.push(() => database.close())
    key = await openLogKey(join(await folder(), 'log-key'), origin)
  })
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
    await close()
  })

  const startNamed = async (name: string, settings: object = {}, home?: string) => {
    const witness = await start({ logs: [key.vkey], name: `${name}.example/w`, ...settings }, home)
    return { ...witness, name, key: parseVerifierKey(witness.vkey) }
  }

  /** Signs checkpoints of a database and brings them to witnesses. */
  function follow(witnesses: Named[], of = database, more: object = {}) {
    const log: string[] = []
    const hear = (level: string) => (about: object, sentence: string) =>
      void log.push(`${level} ${sentence} ${JSON.stringify(about)}`)
    const follower = followWitnesses({
      origin,
      witnesses,
      reader: of.pool,
      writerUrl: of.database.signerUrl!,
      log: { info: hear('info'), warn: hear('warn'), error: hear('error') } as never,
      firstPauseMs: 20,
      longestPauseMs: 100,
      ...more,
    })
    const leader = leadTree({
      url: of.database.signerUrl!,
      origin,
      key,
      onCheckpoint: follower.onCheckpoint,
      failed: (error) => void log.push(`leader ${error}`),
    })
    let ended: Promise<void> | undefined
    const end = () => {
      ended ??= leader.close().then(follower.close)
      return ended
    }
    ends.push(end)
    return { log, wake: leader.wake, end }
  }

  const sizeOf = async ({ key: { name } }: Named, of = database) =>
    (await latestCosignatures(of.pool, origin)).find(({ keyName }) => keyName === name)?.size ?? 0
  const cosigned = (witness: Named, size: number) =>
    until(async () => (await sizeOf(witness)) === size, `${witness.name} cosigns ${size}`)

  /** A server that stands where a witness should be. */
  async function standIn(answer: RequestListener): Promise<{ url: string; server: Server }> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    await once(server, 'listening')
    ends.push(
      () =>
        new Promise((closed) => {
          server.close(closed)
          server.closeAllConnections()
        }),
    )
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
  }

  it('keeps what each witness cosigns, as the log grows', async () => {
    const all = [await startNamed('police'), await startNamed('court')]
    const { wake } = follow(all)
    for (const more of [1, 6, 300]) {
      await grow(database, more)
      wake()
      const size = { 1: 1, 6: 7, 300: 307 }[more]!
      for (const each of all) await cosigned(each, size)
    }
    const newest = (await newestCheckpoint(database.pool, origin))!
    const note = withCosignatures(newest, await cosignaturesOf(database.pool, newest))
    const policy = parsePolicy(
      Buffer.from(
        `log ${key.vkey}\n${all.map(({ name, vkey }) => `witness ${name} ${vkey}\n`).join('')}group both all police court\nquorum both\n`,
      ),
    )
    expect(openUnderPolicy(note, policy)).to.deep.include({ cosignedBy: ['police', 'court'], quorum: true })
    const [encoded] = /[^ ]+(?=\n$)/.exec(note)!
    for (const byte of [4, 11, 12, 40, 75]) {
      const bytes = Buffer.from(encoded, 'base64')
      bytes[byte]! ^= 1
      const spoilt = note.replace(encoded, bytes.toString('base64'))
      expect(() => openUnderPolicy(spoilt, policy), `byte ${byte}`).to.throw(/does not belong/)
    }
  })

  it('reaches two of three while one is down, which catches up later', async () => {
    const [police, court, third] = [await startNamed('police'), await startNamed('court'), await startNamed('third')]
    await third.close()
    const { wake, log } = follow([police, court, third])
    await grow(database, 5)
    wake()
    await cosigned(police, 5)
    await cosigned(court, 5)
    await grow(database, 4)
    wake()
    await cosigned(police, 9)
    await cosigned(court, 9)
    expect(await sizeOf(third)).to.equal(0)
    await until(() => log.some((line) => line.startsWith('warn')), 'a warning')
    await startNamed('third', { port: Number(new URL(third.url).port) }, third.folder)
    await cosigned(third, 9)
    await until(() => log.some((line) => line.startsWith('info the witness answers again')), 'all well')
    expect(
      log.filter((line) => line.startsWith('warn')),
      'one warning for one outage',
    ).to.have.length(1)
    expect(await readEvidence(database.pool)).to.deep.equal([])
  })

  it('waits for nobody who does not answer', async () => {
    const silent = await standIn(() => {})
    const police = await startNamed('police')
    const mute = { ...(await startNamed('mute')), url: silent.url }
    const { wake, log, end } = follow([mute, police], database, { withinMs: 150 })
    for (const size of [2, 4, 6]) {
      await grow(database, 2)
      wake()
      await cosigned(police, size)
    }
    await until(() => log.some((line) => line.startsWith('warn')), 'a warning')
    await end()
  })

  it('finds its way when an answer was lost', async () => {
    const police = await startNamed('police')
    let lost = 0
    const between = await standIn(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      const answer = await fetch(police.url + request.url, { method: 'POST', body: Buffer.concat(pieces) })
      if (lost++ === 0) return request.socket.destroy()
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type')! })
      response.end(await answer.text())
    })
    const { wake } = follow([{ ...police, url: `${between.url}/` }])
    await grow(database, 3)
    wake()
    await cosigned(police, 3)
    // The first was lost, the second told the size, the third was for the same size again.
    expect(lost).to.equal(3)
    expect(await readEvidence(database.pool)).to.deep.equal([])
  })

  it('goes on after a restart from what was cosigned, and asks nothing twice', async () => {
    const police = await startNamed('police')
    const first = follow([police])
    await grow(database, 3)
    first.wake()
    await cosigned(police, 3)
    await first.end()
    const olds: string[] = []
    const between = await standIn(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      olds.push(Buffer.concat(pieces).toString().split('\n')[0]!)
      const answer = await fetch(police.url + request.url, { method: 'POST', body: Buffer.concat(pieces) })
      response.writeHead(answer.status).end(await answer.text())
    })
    const second = follow([{ ...police, url: between.url }])
    await grow(database, 2)
    second.wake()
    await cosigned(police, 5)
    expect(olds).to.deep.equal(['old 3'])
  })

  it('goes on when another server led in the meantime', async () => {
    const police = await startNamed('police')
    const one = follow([police])
    const other = follow([police])
    for (let size = 2; size <= 8; size += 2) {
      await grow(database, 2)
      one.wake()
      other.wake()
      await cosigned(police, size)
      if (size === 4) await one.end()
    }
    expect(await readEvidence(database.pool)).to.deep.equal([])
  })

  it('keeps nothing that is not the cosignature of the witness', async () => {
    const cosigner = newKey('police.example/w', 4)
    const police: Named = { name: 'police', key: parseVerifierKey(cosigner.vkey), url: '' }
    const now = () => BigInt(Math.floor(Date.now() / 1000))
    const textIn = (body: string) => body.slice(body.indexOf('\n\n') + 2, body.lastIndexOf('\n\n') + 1)
    const wrong: ((text: string, note: string) => [status: number, body: string])[] = [
      () => [200, ''],
      () => [200, 'thank you\n'],
      (text) => [200, newKey('police.example/w', 4).cosign(text, now())],
      (text) => [200, cosigner.cosign(text.replace('\n3\n', '\n4\n'), now())],
      (text) => [200, cosigner.cosign(text, 0n)],
      (text) => [200, cosigner.cosign(text, now() + 10_000_000n)],
      (text) => [200, cosigner.sign(text)],
      (text) => [200, cosigner.cosign(text, now()).trimEnd()],
      (text) => [200, cosigner.cosign(text, now()) + 'x'.repeat(20_000)],
      // The empty line turns the signature of the log into text that this witness has signed as well.
      (_text, note) => [200, `\n${cosigner.cosign(note, now())}`],
      () => [409, 'ninety\n'],
      () => [500, 'out of order\n'],
      () => [404, 'unknown\n'],
      () => [403, 'not signed\n'],
      () => [302, ''],
    ]
    const asked = wrong.length
    const answers = [...wrong, (text: string) => [200, cosigner.cosign(text, now())] as [number, string]]
    const lying = await standIn(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      const answer = answers.shift()
      if (!answer) return response.end()
      if (answers.length > 0) expect(await sizeOf(police)).to.equal(0)
      const asking = Buffer.concat(pieces).toString()
      const [status, body] = answer(textIn(asking), asking.slice(asking.indexOf('\n\n') + 2))
      response.writeHead(status, { location: '/elsewhere' }).end(body)
    })
    const { wake } = follow([{ ...police, url: lying.url }], database, { longestPauseMs: 20 })
    await grow(database, 3)
    wake()
    await cosigned(police, 3)
    expect(answers, `after ${asked} wrong answers`).to.deep.equal([])
    expect(await readEvidence(database.pool)).to.deep.equal([])
  })

  describe('sounds the alarm', () => {
    let restored: TestDatabase
    beforeEach(async () => {
      restored = await freshDatabase()
      ends.push(() => restored.close())
    })

    const evidenceBeside = async (place: string) =>
      Promise.all(
        (await readdir(join(place, 'evidence')).catch(() => [])).map(async (name) =>
          JSON.parse(await readFile(join(place, 'evidence', name), 'utf8')),
        ),
      )

    /** The witness has cosigned as many entries of this log as `size` says. */
    async function cosign(size: number) {
      const police = await startNamed('police')
      const first = follow([police])
      await grow(database, size)
      first.wake()
      await cosigned(police, size)
      await first.end()
      return { police, note: (await checkpointAt(database.pool, origin, size))!.note }
    }

    it('when it has signed another history of the same length', async () => {
      const { police, note } = await cosign(6)
      const { wake, log } = follow([police], restored)
      await grow(restored, 6)
      wake()
      await until(async () => (await readEvidence(restored.pool)).length > 0, 'evidence')
      const [{ kind, about, notes }] = (await readEvidence(restored.pool)) as [never]
      const [ours, theirs] = notes as [string, string]
      expect(kind).to.equal('log-different')
      expect(about).to.deep.include({ seen: { ...(about as { seen: object }).seen, by: 'police', size: 6 } })
      expect(ours).to.equal((await checkpointAt(restored.pool, origin, 6))!.note)
      expect((theirs as string).startsWith(note)).to.equal(true)
      expect(log.find((line) => line.startsWith('error'))).to.match(/another history of this log/)
      // And so does the witness, with both checkpoints.
      const [kept] = await evidenceBeside(police.folder)
      expect(kept).to.include({ kind: 'fork', refused: ours })
      expect(kept.cosigned.startsWith(note)).to.equal(true)
      expect(await sizeOf(police, restored)).to.equal(0)
    })

    it('when another history has grown beyond, once however often it is refused', async () => {
      const { police } = await cosign(5)
      const { wake, log } = follow([police], restored)
      await grow(restored, 9)
      wake()
      await until(async () => (await readEvidence(restored.pool)).length > 0, 'evidence')
      await grow(restored, 1)
      wake()
      const refused = async () =>
        (await evidenceBeside(police.folder)).filter(({ refused }) => refused.includes('\n10\n'))
      await until(async () => (await refused()).length > 0, 'the next refusal')
      const kept = await readEvidence(restored.pool)
      expect(kept.map(({ kind }) => kind)).to.deep.equal(['log-different'])
      expect(log.filter((line) => line.startsWith('error'))).to.have.length(1)
    })

    it('when a witness has seen more than there is', async () => {
      const { police, note } = await cosign(9)
      const { wake, log } = follow([police], restored)
      await grow(restored, 4)
      wake()
      await until(async () => (await readEvidence(restored.pool)).length > 0, 'evidence')
      const [{ kind, about, notes }] = (await readEvidence(restored.pool)) as [never]
      expect(kind).to.equal('log-shorter')
      expect(about).to.deep.include({ here: { size: 4 } })
      expect((notes as string[])[1]!.startsWith(note)).to.equal(true)
      expect(log.find((line) => line.startsWith('error'))).to.match(/more of this log than there is/)
    })

    it('when a witness refuses and shows nothing that the log has signed', async () => {
      const refusing = await standIn((request, response) => {
        response.writeHead(request.method === 'POST' ? 422 : 404).end(`no\0${'x'.repeat(496)}𠮷\n`)
      })
      const police = { ...(await startNamed('police')), url: refusing.url }
      const { wake } = follow([police])
      await grow(database, 2)
      wake()
      await until(async () => (await readEvidence(database.pool)).length > 0, 'evidence')
      const [{ kind, about }] = (await readEvidence(database.pool)) as [never]
      expect([kind, (about as { status: number }).status]).to.deep.equal(['witness-refused', 422])
      // What a database cannot hold does not keep the rest out of it.
      expect((about as { said: string }).said).to.equal(`no\ufffd${'x'.repeat(496)}\ufffd`)
    })
  })
})

describe('the policy of the log', () => {
  let place: string
  const vkey = newKey(origin).vkey
  const [police, court] = [newKey('police.example/w', 4).vkey, newKey('court.example/w', 4).vkey]
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'stillpoint-policy-'))
  })
  afterEach(() => rm(place, { recursive: true, force: true }))

  const written = async (text: string) => {
    await writeFile(join(place, 'policy'), text)
    return readLogPolicy({ dataDir: place, logPolicyFile: join(place, 'policy') }, vkey)
  }
  const refusal = async (text: string) => {
    const error = await written(text)
      .then(witnessesIn)
      .then(
        () => undefined,
        (error: Error) => error,
      )
    expect(error).to.be.instanceOf(ConfigError)
    return error!.message
  }

  it('explains itself when it was not written yet, and is not written again', async () => {
    const first = await readLogPolicy({ dataDir: place, logPolicyFile: undefined }, vkey)
    expect(first.file).to.equal(join(place, 'log-policy'))
    expect(first.policy.quorum).to.equal('none')
    expect(witnessesIn(first)).to.deep.equal([])
    expect(first.text).to.match(/# group agencies 2 police procuratorate court\n/)
    await writeFile(first.file, first.text.replace('quorum none', '# mine\nquorum none'))
    expect((await readLogPolicy({ dataDir: place, logPolicyFile: undefined }, vkey)).text).to.match(/# mine/)
  })

  it('is made by taking away the signs before its lines', async () => {
    const { text } = await readLogPolicy({ dataDir: place, logPolicyFile: undefined }, vkey)
    const keys = [police, court, newKey('third.example/w', 4).vkey]
    const opened = text
      .replace('quorum none\n', '')
      .replace(/^# (witness|group|quorum) /gm, '$1 ')
      .replace(/<key>/g, () => keys.shift()!)
    const policy = await written(opened)
    expect(policy.policy.groups.get('agencies')).to.deep.equal({
      threshold: 2,
      members: ['police', 'procuratorate', 'court'],
    })
    expect(witnessesIn(policy).map(({ url }) => url)).to.include('https://witness.court.example')
  })

  it('asks those who have an address', async () => {
    const policy = await written(
      `log ${vkey}\nwitness police ${police} https://w.example/a/\nwitness court ${court}\nquorum none\n`,
    )
    expect(witnessesIn(policy).map(({ name, url }) => [name, url])).to.deep.equal([['police', 'https://w.example/a/']])
  })

  it('says in a sentence what is wrong', async () => {
    expect(await refusal('quorum all-of-them\n')).to.match(/policy is wrong\. Line 1 /)
    expect(await refusal('')).to.match(/names no quorum/)
    expect(await refusal(`log ${newKey(origin).vkey}\nquorum none\n`)).to.match(/lists other logs than this one/)
    expect(await refusal(`witness police ${police} ftp://w.example\nquorum none\n`)).to.match(
      /no http or https address/,
    )
  })
})

describe('the witnesses of the demonstration', () => {
  it('stand in one process, two of three, with keys and memories that stay', async () => {
    const place = await mkdtemp(join(tmpdir(), 'stillpoint-demo-witnesses-'))
    const database = await freshDatabase()
    const key = await openLogKey(join(place, 'log-key'), origin)
    const config = { dataDir: place, demo: true, logOrigin: origin, logPolicyFile: undefined }
    const said: string[] = []
    const log = { info: () => {}, warn: (text: unknown) => said.push(String(text)), error: () => {} } as never
    const open = () =>
      openWitnessing(config, { reader: database.pool, writerUrl: database.database.signerUrl, vkey: key.vkey, log })
    let witnessing = await open()
    const lead = () =>
      leadTree({
        url: database.database.signerUrl!,
        origin,
        key,
        onCheckpoint: witnessing.onCheckpoint,
        failed: (error) => said.push(String(error)),
      })
    const keysOf = () => [...witnessing.policy.witnesses.values()].map(({ key: { name, id } }) => [name, id])
    const keys = keysOf()
    try {
      expect(witnessing.isDemonstration).to.equal(true)
      expect(witnessing.policy.groups.get(witnessing.policy.quorum)!.threshold).to.equal(2)
      expect(witnessing.witnesses.map(({ keyName, keyId }) => [keyName, Buffer.from(keyId, 'hex')])).to.deep.equal(
        keys.map(([name, id]) => [name, Buffer.from(id as Uint8Array)]),
      )
      expect([['police', 'court'], ['court']].map(witnessing.meetsQuorum)).to.deep.equal([true, false])
      for (const size of [4, 8]) {
        await grow(database, 4)
        const leader = lead()
        const newest = async () => (await checkpointAt(database.pool, origin, size)) ?? undefined
        await until(async () => {
          const checkpoint = await newest()
          if (!checkpoint) return false
          const note = withCosignatures(checkpoint, await cosignaturesOf(database.pool, checkpoint))
          return openUnderPolicy(note, witnessing.policy).cosignedBy.length === 3
        }, `three cosign ${size}`)
        await leader.close()
        await witnessing.close()
        witnessing = await open()
        expect(keysOf()).to.deep.equal(keys)
      }
      expect(said).to.deep.equal([])
    } finally {
      await witnessing.close()
      await database.close()
      await rm(place, { recursive: true, force: true })
    }
  })
})
