// Real databases for tests: one PostgreSQL for the whole run, one fresh and migrated database for each who asks.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, openDatabase } from '../../server/database/data-source.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../server/database/embedded.ts'
import { removeDataFolder } from './data-folder.ts'

export type TestDatabase = {
  /** Address the server would work with: may add to the ledger, not change it. */
  url: string
  /** Address of the owner, to give as DATABASE_URL or to look where the server may not. */
  adminUrl: string
  /** Connections to `url`. */
  pool: pg.Pool
  database: Database
  close(): Promise<void>
}

/** `adminUrl` and `dataDir` are what `openDatabase` is to be given. */
export type BareDatabase = { adminUrl: string; dataDir: string; drop(): Promise<void> }

type Cluster = { adminUrl: string; dataDir: string; template: string; embedded: EmbeddedPostgres | undefined }

let cluster: Promise<Cluster> | undefined
let count = 0
const users: (() => Promise<void>)[] = []

/** What a whole run shares is closed at its end, while its databases are still there. */
export function closeAtTheEnd(close: () => Promise<void>): void {
  users.unshift(close)
}

/**
 * A migrated, empty database, or a copy of one to whose `database` nobody is connected any more. `TEST_DATABASE_URL` (a
 * user that may create databases and roles) replaces the embedded one.
 */
export async function freshDatabase(copied?: TestDatabase): Promise<TestDatabase> {
  const { template } = await theCluster()
  const { adminUrl, dataDir, drop } = await bareDatabase(copied ? nameIn(copied.adminUrl) : template)
  const database = await openDatabase({ databaseUrl: adminUrl, dataDir })
  return {
    url: database.url,
    adminUrl,
    pool: database.pool,
    database,
    close: async () => {
      if (database.dataSource.isInitialized) await database.close()
      await drop()
    },
  }
}

/** A database that this program has not seen yet: with nothing in it, or a copy of `template`. */
export async function bareDatabase(template?: string): Promise<BareDatabase> {
  const { adminUrl, dataDir, template: first } = await theCluster()
  count += 1
  const name = `${first}_${count}`
  await run(adminUrl, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`)
  return {
    adminUrl: withName(adminUrl, name),
    dataDir,
    drop: () => run(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

// At the top of a file this is the hook after all suites.
if (typeof after === 'function') after(stopCluster)

function theCluster(): Promise<Cluster> {
  cluster ??= startCluster()
  return cluster
}

async function startCluster(): Promise<Cluster> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stillpoint-test-'))
  const given = process.env.TEST_DATABASE_URL
  const embedded = given ? undefined : await startEmbedded(dataDir)
  const adminUrl = given ?? embedded!.adminUrl
  process.once('exit', () => removeDataFolder(dataDir))
  // PostgreSQL ends with the process, which must then end by itself and not by the signal.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))
  // A test's database need not outlive a power cut.
  if (embedded) await run(adminUrl, 'ALTER SYSTEM SET fsync = off', 'SELECT pg_reload_conf()')
  const template = `stillpoint_test_${process.pid}`
  await run(adminUrl, `CREATE DATABASE ${template}`)
  const migrated = await openDatabase({ databaseUrl: withName(adminUrl, template), dataDir })
  await migrated.close()
  return { adminUrl, dataDir, template, embedded }
}

async function stopCluster(): Promise<void> {
  for (const close of users.splice(0)) await close()
  if (!cluster) return
  const { adminUrl, dataDir, template, embedded } = await cluster
  cluster = undefined
  if (embedded) await embedded.stop()
  else await run(adminUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
  removeDataFolder(dataDir)
}

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1)

function withName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
