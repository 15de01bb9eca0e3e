// Tampering drills: somebody with the database, the disk or the keys changes what happened, and others look at the log.
// Each drill says who notices what, and who does not. `docs/proof.md` shows the same as a table; after a change,
// `DRILLS=write npx mocha test/drills/tamper.test.ts` writes it anew.

import { randomUUID } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { verifyShown } from '../../client/data/verify-chain.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { originalIn } from '../../server/files/folder.ts'
import { openUnderPolicy, type Policy, verifyBundle } from '../../server/proof/index.ts'
import { rebuildViews } from '../../server/views/history.ts'
import {
  appendedBySql,
  asSuperuser,
  bodiesOf,
  bring,
  cosignBlindly,
  cutTail,
  falseBundle,
  publish,
  putBody,
  replaceHistory,
  rewritten,
  signWithStolenKey,
  toldOtherwise,
} from '../support/drill-attacker.ts'
import {
  foundInstallation,
  type Installation,
  type Original,
  origin,
  type WitnessName,
  witnessed,
} from '../support/drill-installation.ts'
import { Judge, type Row, tableInDocs, tableOf, type Verdicts, writeTable } from '../support/drill-judge.ts'
import { newItem, receiving, signedIn, type TestServer, taking } from '../support/server.ts'

describe('a tampering drill', function () {
  this.timeout(120_000)
  let original: Original
  const rows: Row[] = []
  const opened: Installation[] = []

  before(async () => {
    original = await foundInstallation()
  })
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close()
  })
  after(() => original?.close())

  const copy = async (): Promise<Installation> => {
    opened.push(await original.copy())
    return opened.at(-1)!
  }

  /** One attack on a copy of the installation. What the watchers then say has to be exactly what is expected. */
  function drill(
    attack: string,
    holds: string,
    run: (installation: Installation, judge: Judge) => Promise<void>,
    expected: Verdicts,
    places: () => Record<number, string> = () => ({}),
  ): void {
    it(`${attack} (${holds})`, async () => {
      const installation = await copy()
      const judge = new Judge(installation.outsider, { [original.at.received]: 'its entry', ...places() })
      await run(installation, judge)
      rows.push({ attack, holds, judge })
      expect(judge.verdicts).to.deep.equal(expected)
      // What the outsider holds is good evidence whatever was done since.
      const { bundle, policy } = installation.outsider
      expect(verifyBundle(bundle, policy)).to.deep.include({ ok: true, trusting: 'reader' })
    })
  }

  const silent: Verdicts = { 'log alone': '', 'log under a policy': '', 'kept checkpoint': '', receipt: '' }
  const newEntry = () => ({ [original.size]: 'the new entry' })

  const addressOf = ({ url }: TestServer) => `${url}/api/log`
  /** Serves, waits until all witnesses have cosigned what there is, and gives the address of the log. */
  async function servedAndWitnessed(installation: Installation): Promise<string> {
    const server = await installation.serve()
    await witnessed(server)
    return addressOf(server)
  }
  /** A log of the attacker's own making, in a folder. */
  const published = ({ home }: Installation, bodies: readonly Buffer[], note: string, name = 'published') =>
    publish(join(home, name), bodies, note)

  /** Takes steps past sign-in and past every second person, as a program of one's own on the database can. */
  async function past({ database }: Installation) {
    const { rows: secrets } = await database.pool.query(`SELECT value FROM installation WHERE name = 'sessions'`)
    return taking({ pool: database.pool, catalogue, origin, secret: secrets[0].value })
  }
  const add = async (installation: Installation, id: string) =>
    (await past(installation))('admin', 'unit.add', { id, name: id, agency: 'psb' })

  async function inBrowser(address: string, login: string, item: string): Promise<string> {
    const person = await signedIn({ url: address.replace('/api/log', '') }, login)
    const { faults } = await verifyShown(
      {
        log: async () => (await person.get('/api/log')).body,
        checkpoint: async () => Buffer.from((await person.get('/api/log/checkpoint')).text),
        shown: async () => ({
          item: (await person.get(`/api/items/${item}`)).body,
          entries: (await person.get(`/api/items/${item}/chain`)).body.entries,
        }),
        piece: async (path) => (await person.get<Buffer>(`/api/log/${path}`)).body,
        pause: async () => {},
      },
      undefined,
    )
    return faults.map(({ code }) => code).join(', ')
  }

  describe('on views and files', () => {
    drill(
      'nothing, also when something was never entered',
      'nothing',
      async (installation, judge) => {
        await judge.askServer(installation)
        const log = await servedAndWitnessed(installation)
        await judge.askOutsiders(log)
        const { out, stored, cash, accepted } = installation.world.item
        await judge.ask('browser', async () => {
          const found = await Promise.all([out, stored, cash, accepted].map((item) => inBrowser(log, 'officer', item)))
          return found.join('')
        })
      },
      { 'server at start': '', ...silent, browser: '' },
    )

    drill(
      'edit a view: another name and value of a thing on all screens',
      'the database',
      async (installation, judge) => {
        const { database, world } = installation
        const { cash } = world.item
        const state = async () =>
          (await database.pool.query('SELECT state FROM items WHERE code = $1', [cash])).rows[0].state
        const before = await state()
        const false_ = JSON.stringify({ name: '假钞', value: '1' })
        await database.pool.query('UPDATE items SET state = state || $2::jsonb WHERE code = $1', [cash, false_])
        await judge.askServer(installation)
        const log = await servedAndWitnessed(installation)
        await judge.askOutsiders(log)
        await judge.ask('browser', () => inBrowser(log, 'officer', cash))
        await judge.ask('rebuild-views', async () => {
          expect(await state()).not.to.deep.equal(before)
          const client = await database.pool.connect()
          await rebuildViews(client, catalogue).finally(() => client.release())
          expect(await state()).to.deep.equal(before)
          return 'puts it right'
        })
      },
      { 'server at start': '', ...silent, browser: 'state-differs', 'rebuild-views': 'puts it right' },
    )

    drill(
      "swap a file's bytes",
      'the disk',
      async (installation, judge) => {
        const { dataDir, world, outsider } = installation
        const place = originalIn(dataDir, world.photo)
        const uploaded = await readFile(place)
        await writeFile(place, Buffer.concat([uploaded, Buffer.from([0])]))
        const log = await servedAndWitnessed(installation)
        await judge.askOutsiders(log)
        await judge.ask('server', async () => {
          const officer = await signedIn({ url: log.replace('/api/log', '') }, 'officer')
          const { status, body } = await officer.get(`/api/files/${world.photo}`)
          return status === 200 ? '' : `does not show it (${body.code})`
        })
        expect(outsider.bundle.files.map(({ sha256 }) => sha256)).to.include(world.photo)
      },
      { ...silent, server: 'does not show it (file.tampered)' },
    )
  })

  describe('on single entries', () => {
    const received = () => ({ [original.at.received]: 'the entry' })

    drill(
      'edit an entry under a full tile',
      'the database',
      async (installation, judge) => {
        const body = (await bodiesOf(installation))[original.at.received]!
        const edited = Buffer.from(body.toString().replaceAll('完好', '换过'))
        expect(edited).not.to.deep.equal(body)
        await asSuperuser(installation, (client) => putBody(client, original.at.received, edited))
        await judge.askServer(installation)
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      {
        'server at start': '',
        ...silent,
        'log alone': 'wrong-root, wrong-tile over tile/1/000.p/1',
        receipt: 'other-entry at the entry',
      },
      received,
    )

    drill(
      'edit an entry that others about the same thing follow',
      'the database',
      async (installation, judge) => {
        const body = (await bodiesOf(installation))[original.at.registered]!
        const edited = Buffer.from(body.toString().replace('"value":"100"', '"value":"900"'))
        expect(edited).not.to.deep.equal(body)
        await asSuperuser(installation, (client) => putBody(client, original.at.registered, edited))
        await judge.askServer(installation)
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      {
        'server at start': '',
        ...silent,
        'log alone':
          'wrong-root, wrong-tile over tile/1/000.p/1, other-facts at the entry, broken-chain at the next entry about it',
        receipt: 'wrong-root at the next entry about it',
      },
      () => ({ [original.at.registered]: 'the entry', [original.at.received]: 'the next entry about it' }),
    )

    drill(
      'edit an entry and leave its hash',
      'the database',
      async (installation, judge) => {
        const body = (await bodiesOf(installation))[original.at.received]!
        const edited = Buffer.from(body.toString().replaceAll('完好', '换过'))
        await asSuperuser(installation, async (client) => {
          await client.query('ALTER TABLE ledger DROP CONSTRAINT ledger_hash')
          await client.query('UPDATE ledger SET body = $2 WHERE position = $1', [original.at.received, edited])
        })
        await judge.askServer(installation)
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      { 'server at start': '', ...silent, 'log alone': 'wrong-leaf at the entry' },
      received,
    )

    drill(
      'edit an entry after the last full tile',
      'the database',
      async (installation, judge) => {
        const body = (await bodiesOf(installation))[original.at.returned]!
        const edited = Buffer.from(body.toString().replaceAll('代理人', '冒领人'))
        expect(edited).not.to.deep.equal(body)
        await asSuperuser(installation, (client) => putBody(client, original.at.returned, edited))
        await judge.askServer(installation)
        await judge.askOutsiders(addressOf(await installation.serve()))
      },
      {
        'server at start': 'log-different, as it remembers',
        ...silent,
        'log alone': 'wrong-root',
        receipt: 'wrong-root at its entry',
      },
    )

    drill(
      'edit an entry and rebuild the tree',
      'the database, the disk, the key of the log and of one witness',
      async (installation, judge) => {
        const { at, size } = original
        const bodies = rewritten(await bodiesOf(installation), (text, position) =>
          position === at.received ? text.replaceAll('完好', '换过') : text,
        )
        const note = await cosignBlindly(installation, 'police', await signWithStolenKey(installation, bodies))
        await asSuperuser(installation, (client) => replaceHistory(client, bodies, note))
        await rm(join(installation.dataDir, 'log-seen'))
        await judge.askOutsiders(await published(installation, bodies, note))
        await judge.askWitness(() => bring(installation, 'court', size, bodies, note))
        await judge.askServer(installation)
      },
      {
        ...silent,
        'log under a policy': 'no-quorum',
        'kept checkpoint': 'fork',
        receipt: 'fork, other-entry at its entry',
        witness: 'refuses (422)',
        'server at start': 'log-different, as witnesses remember',
      },
    )

    drill(
      'back-date an entry',
      'the database, before it was signed',
      async (installation, judge) => {
        await add(installation, 'late')
        const body = (await bodiesOf(installation))[original.size]!
        const earlier = body.toString().replaceAll(/"recordedAt":"\d{4}/g, '"recordedAt":"2020')
        await asSuperuser(installation, (client) => putBody(client, original.size, Buffer.from(earlier)))
        await judge.askServer(installation)
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      { 'server at start': '', ...silent, 'log alone': 'other-facts at the new entry, wrong-clock at the new entry' },
      newEntry,
    )

    drill(
      'set the clock of the database back by two days',
      'the database',
      async (installation, judge) => {
        const { database } = installation
        await asSuperuser(installation, async (client) => {
          await client.query(
            `CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
             AS $$ SELECT pg_catalog.clock_timestamp() - interval '2 days' $$`,
          )
          await client.query(
            `ALTER DATABASE ${new URL(database.adminUrl).pathname.slice(1)} SET search_path = public, pg_catalog`,
          )
        })
        // What is connected already would keep the true clock.
        const pool = new pg.Pool({ connectionString: database.url })
        const before = JSON.parse((await bodiesOf(installation)).at(-1)!.toString()).recordedAt
        await add({ ...installation, database: { ...database, pool } }, 'late').finally(() => pool.end())
        const after = JSON.parse((await bodiesOf(installation)).at(-1)!.toString())
        // The ledger's own clock stands still.
        expect(after.recordedAt).to.equal(before)
        expect(JSON.parse(after.command.asked).at < before).to.equal(true)
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      silent,
      newEntry,
    )
  })

  describe('on the end of the log', () => {
    drill(
      'cut the tail off, and show the checkpoint from before it',
      'the database',
      async (installation, judge) => {
        const { database } = installation
        const { rows: found } = await database.pool.query(
          `SELECT size FROM cosignatures WHERE size < $1 GROUP BY size HAVING count(*) = 3 ORDER BY size DESC LIMIT 1`,
          [original.at.received + 1],
        )
        await asSuperuser(installation, (client) => cutTail(client, Number(found[0].size)))
        await judge.askServer(installation)
        await judge.askOutsiders(addressOf(await installation.serve()))
      },
      {
        'server at start': 'log-shorter, as it remembers',
        ...silent,
        'kept checkpoint': 'cut-off',
        receipt: 'cut-off',
      },
    )

    drill(
      'cut off what nobody has signed or seen yet',
      'the database, within the second before it is signed',
      async (installation, judge) => {
        await add(installation, 'gone')
        await asSuperuser(installation, (client) => cutTail(client, original.size))
        await judge.askServer(installation)
        await add(installation, 'other')
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      { 'server at start': '', ...silent },
    )

    drill(
      'restore an old backup and go on from it',
      'the database, the disk, the key of the log and of one witness',
      async (installation, judge) => {
        const backup = await copy()
        await add(installation, 'lost')
        await servedAndWitnessed(installation)
        const server = await installation.serve()
        const note = (await (await fetch(`${addressOf(server)}/checkpoint`)).text()) as string
        await add(backup, 'one')
        await add(backup, 'two')
        const bodies = await bodiesOf(backup)
        const forged = await cosignBlindly(installation, 'police', await signWithStolenKey(installation, bodies))
        const later = new Judge({ ...installation.outsider, note })
        await later.askOutsiders(await published(installation, bodies, forged))
        Object.assign(judge.verdicts, later.verdicts)
        Object.assign(judge.seconds, later.seconds)
        await judge.askWitness(() => bring(installation, 'court', original.size + 1, bodies, forged))
        // The same backup, found by the server that remembers more.
        await writeFile(join(backup.dataDir, 'log-seen'), note)
        await judge.askServer(backup)
      },
      {
        ...silent,
        'log under a policy': 'no-quorum',
        'kept checkpoint': 'fork',
        witness: 'refuses (422)',
        'server at start': 'log-different, as it remembers',
      },
    )
  })

  describe('on the whole history', () => {
    drill(
      'rewrite the history from the first entry on',
      'the database, the disk, the key of the log and of one witness',
      async (installation, judge) => {
        const bodies = rewritten(await bodiesOf(installation), (text) => text.replaceAll('江', '沪'))
        const note = await cosignBlindly(installation, 'police', await signWithStolenKey(installation, bodies))
        await asSuperuser(installation, (client) => replaceHistory(client, bodies, note))
        await rm(join(installation.dataDir, 'log-seen'))
        await judge.askOutsiders(await published(installation, bodies, note))
        await judge.askWitness(() => bring(installation, 'court', original.size, bodies, note))
        await judge.askServer(installation)
      },
      {
        ...silent,
        'log under a policy': 'no-quorum',
        'kept checkpoint': 'fork',
        receipt: 'fork, other-entry at its entry',
        witness: 'refuses (422)',
        'server at start': 'log-different, as witnesses remember',
      },
    )

    /** Two continuations of the same log: one for the court, one for the police. */
    async function twoHistories(installation: Installation) {
      const other = await copy()
      await add(installation, 'for-the-court')
      await add(other, 'for-the-police')
      const [one, two] = [await bodiesOf(installation), await bodiesOf(other)]
      return {
        one: { bodies: one, note: await signWithStolenKey(installation, one) },
        two: { bodies: two, note: await signWithStolenKey(installation, two) },
      }
    }
    type History = { bodies: Buffer[]; note: string }
    const cosigned = async (installation: Installation, { bodies, note }: History, honest: WitnessName[]) => {
      let signed = await cosignBlindly(installation, 'police', note)
      for (const name of honest) {
        const { status, body } = await bring(installation, name, original.size, bodies, note)
        expect(status).to.equal(200)
        signed += body
      }
      return signed
    }

    drill(
      'show two histories, both to every witness',
      'the key of the log and of one witness',
      async (installation, judge) => {
        const { one, two } = await twoHistories(installation)
        const forCourt = await cosigned(installation, one, ['procuratorate', 'court'])
        await judge.askWitness(() => bring(installation, 'court', original.size, two.bodies, two.note))
        const forPolice = await cosigned(installation, two, [])
        const log = await published(installation, two.bodies, forPolice)
        await judge.askOutsiders(log)
        await judge.ask('other reader', async () => {
          const problems = await judge.problemsIn(log, installation.outsider.key, forCourt)
          return problems.map(({ code }) => code).join(', ')
        })
      },
      { witness: 'refuses (409)', ...silent, 'log under a policy': 'no-quorum', 'other reader': 'fork' },
    )

    drill(
      'show two histories, each to another witness',
      'the key of the log and of one witness, and the network between the others',
      async (installation, judge) => {
        const { one, two } = await twoHistories(installation)
        const forCourt = await cosigned(installation, one, ['court'])
        const forPolice = await cosigned(installation, two, ['procuratorate'])
        const log = await published(installation, two.bodies, forPolice)
        await judge.askOutsiders(log)
        await judge.ask('other reader', async () => {
          const problems = await judge.problemsIn(log, installation.outsider.key, forCourt)
          return problems.map(({ code }) => code).join(', ')
        })
        // Two of three is too few when one may lie; three of three is not.
        const { policy } = installation.outsider
        const all: Policy = {
          ...policy,
          quorum: 'all',
          groups: new Map([['all', { threshold: 3, members: [...policy.witnesses.keys()] }]]),
        }
        for (const note of [forCourt, forPolice]) {
          expect(openUnderPolicy(note, policy).quorum).to.equal(true)
          expect(openUnderPolicy(note, all).quorum).to.equal(false)
        }
      },
      { ...silent, 'other reader': 'fork' },
    )

    drill(
      'rewrite the history together with two witnesses',
      'the database, the key of the log and of two witnesses',
      async (installation, judge) => {
        const bodies = rewritten(await bodiesOf(installation), (text) => text.replaceAll('江', '沪'))
        let note = await signWithStolenKey(installation, bodies)
        for (const name of ['police', 'court'] as const) note = await cosignBlindly(installation, name, note)
        await judge.askOutsiders(await published(installation, bodies, note))
        await judge.askWitness(() => bring(installation, 'procuratorate', original.size, bodies, note))
      },
      { ...silent, 'kept checkpoint': 'fork', receipt: 'fork, other-entry at its entry', witness: 'refuses (422)' },
    )

    drill(
      'sign a proof of an item of one’s own making',
      'the key of the log',
      async (installation, judge) => {
        const { outsider } = installation
        const bundle = await falseBundle(installation, outsider.bundle, '完好', '换过')
        const told = (policy: Policy) => {
          const { problems } = verifyBundle(bundle, policy)
          return problems.map(({ code }) => code).join(', ')
        }
        await judge.ask('log alone', async () => told(outsider.key))
        await judge.ask('log under a policy', async () => told(outsider.policy))
      },
      { 'log alone': '', 'log under a policy': 'no-quorum' },
    )
  })

  describe('on who did it', () => {
    const waiting = async (installation: Installation) => {
      const { world } = installation
      const document = { kind: '扣押清单', no: `扣 ${randomUUID()}`, date: '2026-03-01' }
      const input = {
        caseNo: 'A3301020000002026030001',
        document,
        measure: 'seize',
        items: [newItem('1', world.photo)],
      }
      const taken = await (await past(installation))('officer', 'intake.register', input)
      return taken.items[0]!.code
    }

    drill(
      'use a countersignature a second time',
      'a session and the token',
      async (installation, judge) => {
        const server = await installation.serve()
        const { place, photo } = installation.world
        const keeper = await signedIn(server, 'keeper')
        const item = await waiting(installation)
        const input = receiving(place.slot, photo)
        const token = await keeper.countersign('officer', 'intake.receive', input, [item])
        const first = await keeper.step('intake.receive', input, [item], { countersignatures: [token] })
        expect(first.status).to.equal(201)
        const later = await waiting(installation)
        await judge.ask('server', async () => {
          const codes = []
          for (const again of [item, later]) {
            const { status, body } = await keeper.step('intake.receive', input, [again], { countersignatures: [token] })
            expect(status).to.equal(409)
            codes.push(body.code)
          }
          return `refuses (${[...new Set(codes)].join(', ')})`
        })
        await witnessed(server)
        await judge.askOutsiders(addressOf(server))
      },
      { server: 'refuses (countersignature.used)', ...silent },
    )

    drill(
      'enter a countersigned step once more by SQL, same names and no token',
      'the database',
      async (installation, judge) => {
        const bodies = await bodiesOf(installation)
        const again = toldOtherwise(bodies, original.at.received)
        await asSuperuser(installation, (client) => appendedBySql(client, again))
        await judge.askServer(installation)
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      { 'server at start': '', ...silent, 'log alone': 'refused (intake.not-with-officer) at the new entry' },
      newEntry,
    )

    drill(
      'give oneself a role in the view of people, act, and take it back',
      'the database',
      async (installation, judge) => {
        const { database, world } = installation
        const { rows: people } = await database.pool.query(`SELECT state FROM people WHERE login = 'officer2'`)
        const grants = [
          ...people[0].state.grants,
          { role: 'legal', scope: 'psb', grantedAt: '2026-01-01T00:00:00.000Z', grantedBy: 'admin' },
        ]
        const put = (state: object) =>
          database.pool.query(`UPDATE people SET state = $1 WHERE login = 'officer2'`, [JSON.stringify(state)])
        await put({ ...people[0].state, grants })
        const server = await installation.serve()
        const thief = await signedIn(server, 'officer2')
        const { status, text } = await thief.step('transfer.endorse', {}, [world.item.offered])
        expect(status, text).to.equal(201)
        await put(people[0].state)
        await witnessed(server)
        await judge.askOutsiders(addressOf(server))
      },
      { ...silent, 'log alone': 'refused (step.no-role) at the new entry' },
      newEntry,
    )

    drill(
      'enter a step that the rules allow, in the names of others',
      'the database and the program',
      async (installation, judge) => {
        const { place, photo } = installation.world
        const item = await waiting(installation)
        const take = await past(installation)
        await take('keeper', 'intake.receive', receiving(place.slot, photo), [item], ['officer'])
        await judge.askOutsiders(await servedAndWitnessed(installation))
      },
      silent,
    )

    drill(
      'countersign under duress, or record truthfully what is wrong',
      'a person',
      async (installation, judge) => {
        const server = await installation.serve()
        const { place, photo } = installation.world
        const item = await waiting(installation)
        const keeper = await signedIn(server, 'keeper')
        const input = {
          ...receiving(place.slot, photo),
          checked: { documents: true, quantity: true, condition: '从未看过' },
        }
        const token = await keeper.countersign('officer', 'intake.receive', input, [item])
        const { status } = await keeper.step('intake.receive', input, [item], { countersignatures: [token] })
        expect(status).to.equal(201)
        await witnessed(server)
        await judge.askOutsiders(addressOf(server))
      },
      silent,
    )
  })

  // In a suite of its own, so that it comes after the drills.
  describe('that was done here', () => {
    it('is in the table of docs/proof.md with the verdict it has here', async () => {
      if (process.env.DRILLS === 'write') await writeTable(rows)
      expect(await tableInDocs()).to.deep.equal(tableOf(rows))
    })
  })
})
