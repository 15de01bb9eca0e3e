// Starting and stopping as the operator does: one command, one address, a sentence for what is wrong, nothing left behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openDatabase } from '../../server/database/data-source.ts'
import { secretOf } from '../../server/installation.ts'
import { reasonFor } from '../../server/start-failure.ts'

const root = resolve(import.meta.dirname, '..', '..')
const folders: string[] = []
const children: ChildProcess[] = []

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'stillpoint-start-'))
  chmodSync(made, 0o755)
  folders.push(made)
  return made
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

type Started = { child: ChildProcess; output: () => string; errors: () => string; ended: Promise<number | null> }

/** Like a command in a terminal: with a process group of its own, which gets Ctrl-C as a whole. */
function run(command: string[], environment: Record<string, string>): Started {
  const { DATABASE_URL: _, DEMO: __, ...inherited } = process.env
  const child = spawn(command[0]!, command.slice(1), {
    cwd: root,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  children.push(child)
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, output: () => output, errors: () => errors, ended }
}

const start = (environment: Record<string, string>, command = [process.execPath, 'scripts/start.mjs']) =>
  run(command, { DEMO: '0', ...environment })

async function serving({ output, errors, ended }: Started, port: number): Promise<void> {
  const address = `Stillpoint: http://127.0.0.1:${port}\n`
  const isOver = ended.then((code) => {
    throw new Error(`It ended with ${code}: ${output()} ${errors()}`)
  })
  const isServing = (async () => {
    while (!output().includes(address)) await sleep(50)
  })()
  await Promise.race([isServing, isOver])
  isOver.catch(() => {})
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).to.equal(200)
}

/** All processes that were started with this data folder, however far down; environment or arguments tell. */
function processesOf(dataDir: string): string[] {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const said = readFileSync(`/proc/${pid}/environ`, 'utf8') + readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return said.includes(dataDir)
      } catch {
        return false
      }
    })
    .map((pid) => `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`)
}

/** Processes end one after the other; two seconds after the command none is excused. */
async function expectNoProcess(dataDir: string): Promise<void> {
  const until = Date.now() + 2_000
  while (processesOf(dataDir).length > 0 && Date.now() < until) await sleep(50)
  expect(processesOf(dataDir)).to.deep.equal([])
}

async function contentOf(dataDir: string): Promise<{ secret: string; size: string }> {
  const database = await openDatabase({ databaseUrl: undefined, dataDir })
  const secret = await secretOf(database.pool, 'start-test')
  const { rows } = await database.pool.query('SELECT size FROM ledger_head')
  await database.close()
  return { secret, size: rows[0].size }
}

describe('start', function () {
  this.timeout(120_000)

  afterEach(() => {
    for (const child of children.splice(0)) {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // It has ended, as it should.
      }
    }
  })
  after(() => {
    for (const made of folders) rmSync(made, { recursive: true, force: true })
  })

  it('serves after "npm start", says one address, and Ctrl-C leaves no process', async () => {
    const [dataDir, port] = [folder(), await freePort()]
    const npm = start({ DATA_DIR: dataDir, PORT: String(port) }, ['npm', 'start'])
    await serving(npm, port)
    expect(npm.output().match(/^Stillpoint: /gm)).to.have.length(1)
    expect(npm.output().match(/^(Starting|There) .+/gm)).to.deep.equal([
      `Starting the database in ${dataDir} …`,
      'There is no database yet; making one …',
    ])
    // npm, the server, esbuild for tsx, PostgreSQL.
    expect(processesOf(dataDir).length).to.be.at.least(4)
    process.kill(-npm.child.pid!, 'SIGINT')
    // npm itself ends by the signal; all who share its output have ended when it is closed.
    await npm.ended
    await expectNoProcess(dataDir)
  })

  it('keeps everything over a restart, a SIGTERM and a kill', async () => {
    const [dataDir, port] = [folder(), await freePort()]
    const before = await contentOf(dataDir)
    const environment = { DATA_DIR: dataDir, PORT: String(port) }

    const terminated = start(environment)
    await serving(terminated, port)
    terminated.child.kill('SIGTERM')
    expect(await terminated.ended).to.equal(0)
    await expectNoProcess(dataDir)

    const killed = start(environment)
    await serving(killed, port)
    killed.child.kill('SIGKILL')
    await killed.ended
    const left = processesOf(dataDir)
    expect(left.some((line) => line.includes('postgres'))).to.equal(true)

    const recovered = start(environment)
    await serving(recovered, port)
    expect(processesOf(dataDir).filter((line) => left.includes(line))).to.deep.equal([])
    recovered.child.kill('SIGINT')
    expect(await recovered.ended).to.equal(0)
    await expectNoProcess(dataDir)
    expect(await contentOf(dataDir)).to.deep.equal(before)
  })

  it('ends at once at the second Ctrl-C, and while it is starting', async () => {
    const [dataDir, port] = [folder(), await freePort()]
    const environment = { DATA_DIR: dataDir, PORT: String(port) }
    const starting = start(environment)
    while (!existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) await sleep(20)
    process.kill(-starting.child.pid!, 'SIGINT')
    expect(await starting.ended).to.equal(0)
    expect(starting.output()).not.to.contain('Stillpoint:')
    await expectNoProcess(dataDir)

    const twice = start(environment)
    await serving(twice, port)
    process.kill(-twice.child.pid!, 'SIGINT')
    process.kill(-twice.child.pid!, 'SIGINT')
    expect(await twice.ended).to.be.oneOf([0, 130])
    await expectNoProcess(dataDir)
  })

  it('ends when its PostgreSQL does', async () => {
    const [dataDir, port] = [folder(), await freePort()]
    const server = start({ DATA_DIR: dataDir, PORT: String(port) })
    await serving(server, port)
    process.kill(Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT')
    expect(await server.ended).to.equal(1)
    expect(server.errors()).to.contain('PostgreSQL ended by itself')
    expect(server.errors()).not.to.contain('    at ')
    await expectNoProcess(dataDir)
  })

  describe('says in one sentence', () => {
    async function sentenceOf(environment: Record<string, string>): Promise<string> {
      const server = start(environment)
      expect(await server.ended, server.errors()).to.equal(1)
      // What it was doing may stand before it, a line each, and where PostgreSQL is when this checkout is closed to it.
      expect(server.output()).to.match(/^(.+ …\n|The user "postgres" cannot enter .+\n)*$/)
      await expectNoProcess(environment.DATA_DIR!)
      const said = server.errors().trim()
      expect(said.split('\n')).to.have.length(1)
      return said
    }

    it('that the port is taken, before it makes anything', async () => {
      const dataDir = join(folder(), 'data')
      const holder = createServer().listen(0, '127.0.0.1')
      await once(holder, 'listening')
      const { port } = holder.address() as AddressInfo
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: String(port) })).to.equal(
        `Stillpoint cannot start. 127.0.0.1:${port} is taken; stop what uses it or choose another PORT.`,
      )
      expect(existsSync(dataDir)).to.equal(false)
      holder.close()
    })

    it('that a Stillpoint is running there already', async () => {
      const port = await freePort()
      const server = start({ DATA_DIR: folder(), PORT: String(port) })
      await serving(server, port)
      const second = start({ DATA_DIR: join(folder(), 'second'), PORT: String(port) })
      expect(await second.ended).to.equal(1)
      expect(second.errors()).to.equal(
        `Stillpoint is running already: http://127.0.0.1:${port}. ` +
          'For a second one beside it choose another PORT and DATA_DIR.\n',
      )
      expect(second.output()).to.equal('')
      server.child.kill('SIGINT')
      expect(await server.ended).to.equal(0)
    })

    it('that the disk is full', async () => {
      if (!existsSync('/dev/full')) return
      const full = await writeFile('/dev/full', 'a').catch((error) => error)
      for (const error of [full, new Error('initdb failed (1): could not write: No space left on device')])
        expect(await reasonFor(error)).to.equal(
          'Stillpoint cannot start. The disk is full. Free some space and start again; nothing recorded is lost.',
        )
    })

    it('that the database cannot be reached', async () => {
      const DATABASE_URL = 'postgres://user:secret@127.0.0.1:1/stillpoint'
      expect(await sentenceOf({ DATA_DIR: folder(), PORT: '0', DATABASE_URL })).to.equal(
        'Stillpoint cannot start. The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED). ' +
          'Check DATABASE_URL and that it is running.',
      )
    })

    it('that the data folder cannot be written', async () => {
      const file = join(folder(), 'file')
      writeFileSync(file, '')
      expect(await sentenceOf({ DATA_DIR: join(file, 'data'), PORT: '0' })).to.equal(
        `Stillpoint cannot start. The data folder ${join(file, 'data')} cannot be written (ENOTDIR). ` +
          'Choose another with DATA_DIR.',
      )
    })

    it('that the demonstration data stay on this machine, asked for or not', async () => {
      const dataDir = folder()
      const sentence = /^Stillpoint cannot start\. The demonstration data have .* but HOST is 0\.0\.0\.0\./
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0', HOST: '0.0.0.0', DEMO: '1' })).to.match(sentence)
      expect(readdirSync(dataDir)).to.deep.equal([])
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0', HOST: '0.0.0.0', DEMO: '' })).to.match(sentence)
      // Data that are there already are no safer for being unasked for.
      const database = await openDatabase({ databaseUrl: undefined, dataDir })
      await database.pool.query(`INSERT INTO installation VALUES ('demo', '1')`)
      await database.close()
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0', HOST: '0.0.0.0', DEMO: '0' })).to.match(sentence)
    })

    it('that HOST is not of this machine, that a setting is wrong', async () => {
      const dataDir = folder()
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0', HOST: '203.0.113.1' })).to.match(
        /^Stillpoint cannot start\. HOST 203\.0\.113\.1.* is not an address of this machine \(EADDRNOTAVAIL\)\.$/,
      )
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: 'x' })).to.equal(
        'Stillpoint cannot start. PORT must be a port number from 0 to 65535, not "x".',
      )
    })

    it('that another server uses the data folder', async () => {
      const [dataDir, port] = [folder(), await freePort()]
      const server = start({ DATA_DIR: dataDir, PORT: String(port) })
      await serving(server, port)
      const second = start({ DATA_DIR: dataDir, PORT: '0' })
      expect(await second.ended).to.equal(1)
      expect(second.errors()).to.contain(`Stillpoint cannot start. Another process is using ${dataDir}/postgres.`)
      expect((await fetch(`http://127.0.0.1:${port}/health`)).status).to.equal(200)
      server.child.kill('SIGINT')
      expect(await server.ended).to.equal(0)
      await expectNoProcess(dataDir)
    })

    it('that the ledger has another name', async () => {
      const dataDir = folder()
      const database = await openDatabase({ databaseUrl: undefined, dataDir })
      const client = await database.pool.connect()
      const { append } = await import('../../server/ledger/append.ts')
      await client.query('BEGIN')
      const entry = {
        subject: { kind: 'case', id: 'c' } as const,
        version: 1,
        step: 'case.open',
        fact: 'CaseOpened',
        data: {},
        actor: { id: 'p' },
        authenticated: {},
        countersigners: [],
        occurredAt: '2026-11-22T01:02:03.004Z',
        command: { id: 'd2d3a3b0-0000-4000-8000-000000000000', digest: 'a'.repeat(64), ordinal: 0, of: 1, asked: '{}' },
        files: [],
        audience: [],
      }
      await append(client, 'first.example/log', [entry], new Map())
      await client.query('COMMIT')
      client.release()
      await database.close()
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0' })).to.equal(
        'Stillpoint cannot start. The ledger in this database is called first.example/log for life. ' +
          'Set LOG_ORIGIN=first.example/log.',
      )
      // As a recovery leaves it that was interrupted before the first entry of the new epoch.
      const renaming = await openDatabase({ databaseUrl: undefined, dataDir })
      await renaming.renameLedger('first.example/log', 'first.example/log/epoch-2')
      await renaming.close()
      expect(await sentenceOf({ DATA_DIR: dataDir, PORT: '0', LOG_ORIGIN: 'first.example/log/epoch-2' })).to.equal(
        'Stillpoint cannot start. The epoch first.example/log/epoch-2 was begun and its first entry is missing. ' +
          'Run "npm run recover-epoch" again.',
      )
    })

    it('that Node.js is too old', async () => {
      const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.18.3'}})`
      const server = start({ DATA_DIR: folder() }, [process.execPath, '--import', older, 'scripts/start.mjs'])
      expect(await server.ended).to.equal(1)
      expect(server.errors()).to.equal('Stillpoint needs Node.js 20.19 or later; this is 20.18.3.\n')
    })
  })

  it('has built the pages, and does not build them again', () => {
    const page = join(root, 'dist/client/index.html')
    expect(existsSync(page)).to.equal(true)
    expect(statSync(page).mtimeMs).to.be.above(statSync(join(root, 'client/index.html')).mtimeMs)
  })
})
