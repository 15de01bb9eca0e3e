// Opening a database: the embedded one in its folder, a given one with each kind of user, and a sentence for what is wrong.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import pg from 'pg'
import { ConfigError } from '../../server/config.ts'
import { openDatabase } from '../../server/database/data-source.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../server/database/embedded.ts'
import { mendLinks, requireSpace } from '../../server/database/embedded-folder.ts'
import { copyPrograms } from '../../server/database/embedded-outside.ts'
import { recall, remember, secretOf } from '../../server/installation.ts'
import { removeDataFolder } from '../support/data-folder.ts'

const folders: string[] = []
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stillpoint-database-'))
  folders.push(made)
  chmodSync(made, 0o755)
  return made
}

async function query(url: string, ...statements: string[]) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

async function refusalOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => new Error('nothing was refused'),
    (reason) => reason,
  )
  if (!(error instanceof ConfigError)) throw error
  return error.message
}

describe('database', () => {
  after(() => {
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  })

  describe('embedded', () => {
    it('is made in the data folder, keeps its data and leaves no process', async () => {
      const dataDir = join(folder(), 'new', 'data')
      const first = await openDatabase({ databaseUrl: undefined, dataDir })
      expect(first).to.include({ embedded: true, fresh: true })
      expect(first.warnings).to.deep.equal([])
      expect((await first.pool.query('SELECT current_user AS name')).rows[0].name).to.equal('stillpoint_app')
      await first.pool.query(`INSERT INTO installation VALUES ('kept', 'yes')`)
      const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
      expect(isRunning(pid)).to.equal(true)
      await first.close()
      await ended(pid)

      const second = await openDatabase({ databaseUrl: undefined, dataDir })
      expect((await second.pool.query('SELECT * FROM installation')).rows).to.deep.equal([
        { name: 'kept', value: 'yes' },
      ])
      await second.close()
    })

    it('keeps its password from others', async () => {
      const dataDir = folder()
      await (await startEmbedded(dataDir)).stop()
      expect(statSync(join(dataDir, 'postgres', 'stillpoint-password')).mode & 0o077).to.equal(0)
      expect(readFileSync(join(dataDir, 'postgres', 'stillpoint-password'), 'utf8')).to.match(/^[0-9a-f]{48}$/)
    })

    it('is refused to a second server, taken over from a killed one', async () => {
      const dataDir = folder()
      const other = await startElsewhere(dataDir)
      expect(await refusalOf(startEmbedded(dataDir))).to.equal(
        `Another process is using ${join(dataDir, 'postgres')}. Stop it first, or choose another DATA_DIR.`,
      )
      const orphan = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
      other.kill('SIGKILL')
      await once(other, 'exit')
      expect(isRunning(orphan)).to.equal(true)

      const database = await openDatabase({ databaseUrl: undefined, dataDir })
      await ended(orphan)
      await database.close()
    })

    it('is started when the process in its pid file is of another kind', async () => {
      const dataDir = folder()
      await (await startEmbedded(dataDir)).stop()
      const stranger = spawn('sleep', ['60'])
      const old = new Date(Date.now() - 60_000)
      const pidFile = join(dataDir, 'postgres', 'postmaster.pid')
      writeFileSync(pidFile, `${stranger.pid}\n${dataDir}/postgres\n0\n1\n\n127.0.0.1\n\nready\n`)
      utimesSync(pidFile, old, old)
      const embedded = await startEmbedded(dataDir)
      expect(isRunning(stranger.pid!)).to.equal(true)
      stranger.kill()
      await embedded.stop()
    })

    it('tells when PostgreSQL ends by itself, and not when it was asked to', async () => {
      const dataDir = folder()
      const embedded = await startEmbedded(dataDir)
      let lost = 0
      const told = new Promise<void>((resolve) =>
        embedded.onLost(() => {
          lost += 1
          resolve()
        }),
      )
      process.kill(Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT')
      await told
      await embedded.stop()
      expect(lost).to.equal(1)

      const again = await startEmbedded(dataDir)
      again.onLost(() => {
        lost += 1
      })
      await again.stop()
      expect(lost).to.equal(1)
    })

    it('ends a transaction and not the process when its connection is lost between two statements', async () => {
      const database = await openDatabase(
        { databaseUrl: undefined, dataDir: join(folder(), 'data') },
        { log: () => {} },
      )
      const client = await database.pool.connect()
      await client.query('BEGIN')
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      const lost = new Promise((told) => client.once('end', () => told(undefined)))
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
      await lost
      const outcome = await client.query('COMMIT').catch((error: Error) => error.message)
      expect(outcome).to.match(/connection/i)
      client.release()
      expect((await database.pool.query('SELECT 1 AS one')).rows).to.deep.equal([{ one: 1 }])
      await database.close()
    })

    it('takes Chinese characters for letters, so that search can use its index', async () => {
      const dataDir = folder()
      const embedded = await startEmbedded(dataDir)
      const rows = await query(
        embedded.adminUrl,
        'CREATE EXTENSION IF NOT EXISTS pg_trgm',
        `SELECT cardinality(show_trgm('红色轿车')) AS trigrams, 'ÄÖ' ILIKE 'äö' AS folds,
                (SELECT string_agg(x, '' ORDER BY x) FROM unnest('{b,a,B,中,ä}'::text[]) AS t (x)) AS sorted`,
      )
      expect(rows[0]).to.deep.equal({ trigrams: 5, folds: true, sorted: 'Babä中' })
      await embedded.stop()
    })

    it('refuses a folder that cannot be written, in a sentence', async () => {
      const file = join(folder(), 'file')
      writeFileSync(file, '')
      expect(await refusalOf(openDatabase({ databaseUrl: undefined, dataDir: join(file, 'data') }))).to.equal(
        `The data folder ${join(file, 'data')} cannot be written (ENOTDIR). Choose another with DATA_DIR.`,
      )
    })

    it('refuses to start on a full disk, in a sentence', async () => {
      const disk = { blocks: 1_000, bavail: 3, bsize: 1_048_576 }
      expect(await refusalOf(requireSpace('/data', disk))).to.equal(
        'The disk of /data is full (3 MB left). Free some space and start again; nothing recorded is lost.',
      )
      await requireSpace('/data', { ...disk, bavail: 300 })
      await requireSpace('/data', { blocks: 0, bavail: 0, bsize: 1 })
      await requireSpace(folder())
    })

    // Nobody else starts PostgreSQL as another user.
    const describeForRoot = process.getuid?.() === 0 ? describe : () => {}
    describeForRoot('for root in a folder that is closed to others', () => {
      const made: string[] = []
      after(() => made.forEach(removeDataFolder))

      function closedFolder(): string {
        const dataDir = join(folder(), 'data')
        chmodSync(dirname(dataDir), 0o700)
        made.push(dataDir)
        return dataDir
      }

      /** A data folder in a closed one, and where its database came to stand. */
      async function closedData(): Promise<{ dataDir: string; place: string; said: string[] }> {
        const dataDir = closedFolder()
        const said: string[] = []
        await (await startEmbedded(dataDir, (sentence) => said.push(sentence))).stop()
        const place = readlinkSync(join(dataDir, 'postgres'))
        return { dataDir, place, said }
      }

      it('stands outside, says so, and is found again, also after the folder was moved', async () => {
        const { dataDir, place, said } = await closedData()
        expect(place).to.match(/^\/var\/lib\/stillpoint\/postgres-[0-9a-f]{12}$/)
        expect(said).to.have.length(2)
        expect(said[0]).to.equal('There is no database yet; making one …')
        // The programs stand outside as well when this checkout is closed.
        expect(said[1]).to.match(/^The user "postgres" cannot enter \S+, so PostgreSQL is in \S+( and \S+)?\.$/)
        expect(said[1]).to.contain(`PostgreSQL is in ${place}`)
        const first = await openDatabase({ databaseUrl: undefined, dataDir })
        await first.pool.query(`INSERT INTO installation VALUES ('kept', 'yes')`)
        await first.close()
        renameSync(dataDir, `${dataDir}-moved`)
        made.push(`${dataDir}-moved`)
        const second = await openDatabase({ databaseUrl: undefined, dataDir: `${dataDir}-moved` })
        expect((await second.pool.query('SELECT * FROM installation')).rows).to.deep.equal([
          { name: 'kept', value: 'yes' },
        ])
        await second.close()
        expect(readlinkSync(join(`${dataDir}-moved`, 'postgres'))).to.equal(place)
      })

      it('is one for each data folder, and not shared with a copy of it', async () => {
        const one = await closedData()
        const other = await closedData()
        expect(one.place).not.to.equal(other.place)
        const copy = `${one.dataDir}-copy`
        cpSync(one.dataDir, copy, { recursive: true, verbatimSymlinks: true })
        expect(await refusalOf(startEmbedded(copy))).to.equal(
          `${copy} is a copy of ${one.dataDir}, to which the database in ${one.place} belongs. Choose another DATA_DIR.`,
        )
      })

      it('is not made anew in silence when it is gone', async () => {
        const { dataDir, place } = await closedData()
        rmSync(place, { recursive: true })
        expect(await refusalOf(startEmbedded(dataDir))).to.equal(
          `The database of ${dataDir} stood in ${place}, which is gone. ` +
            `Bring it back, or remove ${dataDir} to begin with an empty one.`,
        )
      })

      it('names the folder that was closed after the database was made in it', async () => {
        const closed = folder()
        const dataDir = join(closed, 'data')
        await (await startEmbedded(dataDir)).stop()
        chmodSync(closed, 0o700)
        expect(await refusalOf(startEmbedded(dataDir))).to.contain(
          `who can no longer enter ${closed} on the way to its files in ${dataDir}/postgres. Open it with "chmod o+x`,
        )
      })

      it('is made once when two begin at once', async () => {
        const dataDir = closedFolder()
        const outcomes = await Promise.allSettled([startEmbedded(dataDir), startEmbedded(dataDir)])
        const place = readlinkSync(join(dataDir, 'postgres'))
        const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
        expect(started).to.have.length(1)
        const [refused] = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
        expect(String(refused)).to.contain(`Another process is using ${place}`)
        await started[0]!.stop()
      })

      it('has its programs copied whole, once, and open to all', async () => {
        const packageFolder = folder()
        mkdirSync(join(packageFolder, 'native', 'bin'), { recursive: true, mode: 0o700 })
        writeFileSync(join(packageFolder, 'package.json'), '{"name":"@scope/linux-x64","version":"18.4.0"}')
        writeFileSync(join(packageFolder, 'native', 'bin', 'postgres'), 'program', { mode: 0o700 })
        writeFileSync(join(packageFolder, 'native', 'note'), 'text', { mode: 0o600 })
        symlinkSync('note', join(packageFolder, 'native', 'link'))
        const into = folder()
        const copies = await Promise.all([copyPrograms(packageFolder, into), copyPrograms(packageFolder, into)])
        const copy = join(into, 'programs-linux-x64-18.4.0')
        expect(copies).to.deep.equal([copy, copy])
        expect(readdirSync(into)).to.deep.equal(['programs-linux-x64-18.4.0'])
        expect(statSync(join(copy, 'native', 'bin')).mode & 0o777).to.equal(0o755)
        expect(statSync(join(copy, 'native', 'bin', 'postgres')).mode & 0o777).to.equal(0o755)
        expect(statSync(join(copy, 'native', 'note')).mode & 0o777).to.equal(0o644)
        expect(readlinkSync(join(copy, 'native', 'link'))).to.equal('note')
      })
    })

    it('refuses a folder of another version or with something else in it', async () => {
      const dataDir = folder()
      mkdirSync(join(dataDir, 'postgres'))
      writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '16\n')
      expect(await refusalOf(startEmbedded(dataDir))).to.contain(
        'was made by PostgreSQL 16, but PostgreSQL 18 is installed',
      )
      rmSync(join(dataDir, 'postgres', 'PG_VERSION'))
      writeFileSync(join(dataDir, 'postgres', 'letter.txt'), '')
      expect(await refusalOf(startEmbedded(dataDir))).to.contain('is not a folder of PostgreSQL')
      expect(existsSync(join(dataDir, 'postgres', 'letter.txt'))).to.equal(true)
    })

    it('makes the links that an install without scripts leaves out', async () => {
      const packageFolder = folder()
      mkdirSync(join(packageFolder, 'native', 'lib'), { recursive: true })
      writeFileSync(
        join(packageFolder, 'native', 'pg-symlinks.json'),
        JSON.stringify([{ source: 'native/lib/libx.so.5.18', target: 'native/lib/libx.so.5' }]),
      )
      await mendLinks(packageFolder)
      await mendLinks(packageFolder)
      expect(readlinkSync(join(packageFolder, 'native', 'lib', 'libx.so.5'))).to.equal('libx.so.5.18')
    })
  })

  describe('given by DATABASE_URL', () => {
    let embedded: EmbeddedPostgres
    let adminUrl: string
    const dataDir = folder()
    const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir })
    const as = (user: string, password: string, database: string) => {
      const url = new URL(adminUrl)
      Object.assign(url, { username: user, password, pathname: `/${database}` })
      return url.href
    }

    before(async () => {
      embedded = await startEmbedded(folder())
      adminUrl = embedded.adminUrl
    })
    after(() => embedded.stop())

    it('gives the ledger an owner of its own when its user may create roles', async () => {
      await query(adminUrl, `CREATE ROLE maker LOGIN CREATEROLE PASSWORD 'm'`, 'CREATE DATABASE made OWNER maker')
      for (const run of ['first', 'second']) {
        const database = await open(as('maker', 'm', 'made'))
        expect(database.warnings, run).to.deep.equal([])
        expect(new URL(database.url).username).to.equal('stillpoint_app')
        expect(database.url).not.to.contain(':m@')
        await database.close()
      }
      const [row] = await query(
        as('postgres', new URL(adminUrl).password, 'made'),
        `SELECT (SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE tablename LIKE 'ledger%') AS owner,
                (SELECT string_agg(DISTINCT pg_get_userbyid(proowner), ' ') FROM pg_proc WHERE proname LIKE '%ledger%') AS functions,
                pg_has_role('maker', 'stillpoint_ledger', 'USAGE') AS "stillMember",
                has_schema_privilege('stillpoint_ledger', 'public', 'CREATE') AS "mayCreate"`,
      )
      const owner = 'stillpoint_ledger'
      expect(row).to.deep.equal({ owner, functions: owner, stillMember: false, mayCreate: false })
    })

    it('gives the tree to the same owner in a database that was made before there was one', async () => {
      const superuser = as('postgres', new URL(adminUrl).password, 'made')
      const tree = 'tree, cosignatures, checkpoints, log_keys, log_evidence'
      await query(
        superuser,
        `DROP TABLE ${tree}`,
        'DROP FUNCTION compute_tree_hash, check_checkpoint, check_checkpoint_order',
        `DELETE FROM migrations WHERE name LIKE 'CreateTree%'`,
      )
      const database = await open(as('maker', 'm', 'made'))
      expect(database.warnings).to.deep.equal([])
      expect(new URL(database.signerUrl!).username).to.equal('stillpoint_signer')
      const [row] = await query(
        superuser,
        `SELECT (SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE tablename = ANY('{${tree}}')) AS owner,
                (SELECT string_agg(DISTINCT pg_get_userbyid(proowner), ' ') FROM pg_proc
                 WHERE proname LIKE 'check_%' OR proname LIKE 'compute_%') AS functions,
                pg_has_role('maker', 'stillpoint_ledger', 'USAGE') AS "stillMember"`,
      )
      expect(row).to.deep.equal({ owner: 'stillpoint_ledger', functions: 'stillpoint_ledger', stillMember: false })
      const mine = `INSERT INTO log_keys (origin, from_size, vkey) VALUES ('o', 0, 'o+00000000+AQID')`
      expect(await database.pool.query(mine).catch((error) => error.code)).to.equal('42501')
      await query(database.signerUrl!, mine)
      await database.close()
    })

    it('follows a changed password of its user', async () => {
      await query(adminUrl, `ALTER ROLE maker PASSWORD 'other'`)
      const database = await open(as('maker', 'other', 'made'))
      expect(database.warnings).to.deep.equal([])
      await database.close()
    })

    it('works without the right to create roles, says what is weaker, and still refuses changes', async () => {
      await query(adminUrl, `CREATE ROLE plain LOGIN PASSWORD 'p'`, 'CREATE DATABASE plain OWNER plain')
      const database = await open(as('plain', 'p', 'plain'))
      expect(database.warnings).to.have.length(1)
      expect(database.warnings[0]).to.contain('The user "plain" of DATABASE_URL owns the ledger')
      await query(
        database.signerUrl!,
        `INSERT INTO log_keys (origin, from_size, vkey) VALUES ('o', 0, 'o+00000000+AQID')`,
      )
      for (const attack of [
        `UPDATE ledger SET fact = 'x'`,
        'DELETE FROM ledger',
        'TRUNCATE ledger',
        'DELETE FROM log_keys',
        'TRUNCATE checkpoints CASCADE',
      ]) {
        const refused = await database.pool.query(attack).catch((error) => error.code)
        expect(refused, attack).to.be.oneOf(['42501', '23001'])
      }
      await database.close()
      await (await open(as('plain', 'p', 'plain'))).close()
    })

    it('opens for stillpoint_app itself once an administrator has migrated', async () => {
      await query(adminUrl, `ALTER ROLE stillpoint_app PASSWORD 'given'`)
      const url = as('stillpoint_app', 'given', 'made')
      const database = await open(url)
      expect(database).to.include({ url, fresh: true, signerUrl: undefined })
      expect(database.warnings.join()).to.contain('makes no checkpoints').and.to.contain('"stillpoint_signer"')
      await database.close()
      await query(adminUrl, `ALTER ROLE stillpoint_signer PASSWORD 'given'`)
      const both = await open(url)
      expect(both.warnings).to.deep.equal([])
      expect(both.signerUrl).to.equal(as('stillpoint_signer', 'given', 'made'))
      await both.close()
      await query(adminUrl, 'CREATE DATABASE bare')
      expect(await refusalOf(open(as('stillpoint_app', 'given', 'bare')))).to.contain('The database is not up to date')
    })

    it('is migrated once when four servers start together', async () => {
      await query(adminUrl, 'CREATE DATABASE together')
      const url = as('postgres', new URL(adminUrl).password, 'together')
      const databases = await Promise.all([1, 2, 3, 4].map(() => open(url)))
      const secrets = await Promise.all(databases.map(({ pool }) => secretOf(pool, 'cookie')))
      expect(new Set(secrets).size).to.equal(1)
      expect(secrets[0]).to.match(/^[0-9a-f]{64}$/)
      expect(await remember(databases[0]!.pool, 'cookie', 'later')).to.equal(secrets[0])
      expect(await recall(databases[0]!.pool, 'nothing')).to.equal(undefined)
      for (const database of databases) await database.close()
      const [row] = await query(
        url,
        'SELECT count(*) = count(DISTINCT name) AS once, count(*) > 2 AS done FROM migrations',
      )
      expect(row).to.deep.equal({ once: true, done: true })
    })

    it('lets the server work on everything else but not on the list of migrations', async () => {
      const database = await open(as('postgres', new URL(adminUrl).password, 'together'))
      await database.pool.query('TRUNCATE follower_positions')
      await database.pool.query(`INSERT INTO sign_in_failures (login, address) VALUES ('a', 'b')`)
      expect(await database.pool.query('DELETE FROM migrations').catch((error) => error.code)).to.equal('42501')
      await database.close()
    })

    it('names host and port, never the password, when it cannot be reached', async () => {
      const said = await refusalOf(open('postgres://user:secret@127.0.0.1:1/x'))
      expect(said).to.match(/^The database at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\./)
      expect(said).not.to.contain('secret')
    })

    it('says which user or database is unknown', async () => {
      expect(await refusalOf(open(as('maker', 'wrong', 'made')))).to.match(
        /refuses the user "maker" of DATABASE_URL\.$/,
      )
      expect(await refusalOf(open(as('maker', 'other', 'nowhere')))).to.contain('has no database "nowhere"')
    })

    it('refuses another encoding than UTF-8', async () => {
      await query(adminUrl, `CREATE DATABASE latin TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C'`)
      const url = as('postgres', new URL(adminUrl).password, 'latin')
      expect(await refusalOf(open(url))).to.equal('The database is encoded in LATIN1. Make one with ENCODING UTF8.')
    })

    for (const [version, number] of [
      ['14.19', 140019],
      ['19.0', 190000],
    ] as const) {
      it(`refuses PostgreSQL ${version}`, async () => {
        const server = await pretendToBe(version, Math.floor(number / 10_000))
        const { port } = server.address() as AddressInfo
        expect(await refusalOf(open(`postgres://a:b@127.0.0.1:${port}/x`))).to.equal(
          `DATABASE_URL leads to PostgreSQL ${version}, but Stillpoint works with 15 to 18.`,
        )
        server.close()
      })
    }
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // A process whose parent has not asked for its end yet has ended all the same.
  const status = existsSync('/proc/self') ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return !status.includes('State:\tZ')
}

/** PostgreSQL takes its pid file away a moment before its process ends. */
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function startElsewhere(dataDir: string): Promise<ChildProcess> {
  const program = `import(${JSON.stringify(new URL('../../server/database/embedded.ts', import.meta.url).href)})
    .then(({ startEmbedded }) => startEmbedded(${JSON.stringify(dataDir)})).then(() => console.log('started'))`
  const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '--eval', program], {
    cwd: new URL('../../', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout!, 'data')
  return child
}

/** A server that signs everybody in and answers every question with its version. */
async function pretendToBe(version: string, major: number) {
  const text = (value: string) => Buffer.from(`${value}\0`)
  const int = (value: number, bytes: 2 | 4) => {
    const buffer = Buffer.alloc(bytes)
    if (bytes === 2) buffer.writeInt16BE(value)
    else buffer.writeInt32BE(value)
    return buffer
  }
  const message = (type: string, ...parts: Buffer[]) => {
    const body = Buffer.concat(parts)
    return Buffer.concat([Buffer.from(type), int(body.length + 4, 4), body])
  }
  const columns: [string, number, string][] = [
    ['version', 25, version],
    ['encoding', 25, 'UTF8'],
    ['major', 23, String(major)],
    ['isReplica', 16, 'f'],
  ]
  const fields = columns.map(([name, type]) =>
    Buffer.concat([text(name), int(0, 4), int(0, 2), int(type, 4), int(4, 2), int(-1, 4), int(0, 2)]),
  )
  const values = columns.map(([, , value]) => Buffer.concat([int(value.length, 4), Buffer.from(value)]))
  const ready = message('Z', Buffer.from('I'))
  const answer = Buffer.concat([
    message('T', int(columns.length, 2), ...fields),
    message('D', int(columns.length, 2), ...values),
    message('C', text('SELECT 1')),
    ready,
  ])
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int(0, 4)), ready]))
      socket.on('data', (chunk) => (chunk[0] === 'Q'.charCodeAt(0) ? socket.write(answer) : socket.end()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
