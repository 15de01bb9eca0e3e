// The data source: one pool of connections to an up-to-date database that this server may use but not bend.

import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { DataSource, type MigrationInterface } from 'typeorm'
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js'
import { type Config, ConfigError } from '../config.ts'
import { tables } from '../views/tables.ts'
import { startEmbedded } from './embedded.ts'
import { requireWritable } from './embedded-folder.ts'
import { prepareRoles, protectLedger, renameLedger } from './roles.ts'

export type Database = {
  dataSource: DataSource
  /** The pool that the data source uses. */
  pool: pg.Pool
  /** Address the pool connects to; it holds a password. */
  url: string
  /** Address for making checkpoints of the ledger; undefined when this server cannot. */
  signerUrl: string | undefined
  /** Gives the ledger another name, for a new epoch. Throws what the database says when this user may not. */
  renameLedger(from: string, to: string): Promise<void>
  embedded: boolean
  /** Nothing has been recorded yet. */
  fresh: boolean
  /** Sentences the operator should read, such as a missing right. */
  warnings: string[]
  /** Calls back when the embedded PostgreSQL ends although nobody asked it to. */
  onLost(callback: () => void): void
  /** Ends the connections, then the embedded PostgreSQL. */
  close(): Promise<void>
}

const versions = { oldest: 15, newest: 18 }
const migrationsFolder = new URL('../../migrations/', import.meta.url)
/** Several servers may start at once; one of them migrates while the others wait. */
const migrationLock = 7_305_002

// The pool waits for ever by default, and the server's own timeouts do not fire when its process hangs.
const limits = {
  max: 20,
  connectionTimeoutMillis: 10_000,
  query_timeout: 60_000,
  statement_timeout: 50_000,
  lock_timeout: 15_000,
  idle_in_transaction_session_timeout: 60_000,
  keepAlive: true,
}

/**
 * Opens the database of `config`: starts the embedded PostgreSQL when there is no address, checks version and rights,
 * migrates, and connects as a role that can add to the ledger and never change it.
 * Throws a ConfigError with a sentence for what the operator can put right.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  options: { log?: (sentence: string) => void; say?: (sentence: string) => void } = {},
): Promise<Database> {
  const log = options.log ?? console.error
  await requireWritable(config.dataDir)
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config.dataDir, options.say)
  try {
    const adminUrl = embedded?.adminUrl ?? config.databaseUrl!
    const { url, signerUrl, warnings } = await migrate(adminUrl)
    const dataSource = await new DataSource({
      type: 'postgres',
      applicationName: 'stillpoint',
      entities: tables,
      extra: { ...limits, connectionString: url },
      poolErrorHandler: (error: Error) => log(`A connection to the database was lost: ${error.message}`),
    }).initialize()
    const pool: pg.Pool = (dataSource.driver as PostgresDriver).master
    survive(pool)
    const head = await pool.query('SELECT size = 0 AS fresh FROM ledger_head')
    return {
      dataSource,
      pool,
      url,
      signerUrl,
      renameLedger: (from, to) => renameLedger(adminUrl, from, to),
      embedded: embedded !== undefined,
      fresh: head.rows[0].fresh,
      warnings,
      onLost: (callback) => embedded?.onLost(callback),
      close: async () => {
        await dataSource.destroy()
        await embedded?.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/**
 * The pool listens to idle connections only. One that is lost between two statements of a transaction would end the
 * process; so it ends the transaction, with its next statement.
 */
function survive(pool: pg.Pool): void {
  const ignore = () => {}
  pool.on('acquire', (client) => client.on('error', ignore))
  pool.on('release', (_error, client) => client.off('error', ignore))
}

/** Brings the database up to date as the user of `adminUrl`, and says as whom the server is to work. */
async function migrate(adminUrl: string): Promise<{ url: string; signerUrl: string | undefined; warnings: string[] }> {
  const admin = await connect(adminUrl)
  try {
    await requireUsable(admin)
    await admin.query('SELECT pg_advisory_lock($1)', [migrationLock])
    const roles = await prepareRoles(admin, adminUrl)
    if (roles.mayMigrate) {
      await runMigrations(adminUrl)
      await protectLedger(admin, roles)
    } else {
      await requireMigrated(admin)
    }
    const letters = await admin.query(`SELECT 'Ä' ~* 'ä' AND datctype NOT IN ('C', 'POSIX') AS known
      FROM pg_database WHERE datname = current_database()`)
    const slowSearch = 'The database was made with LC_CTYPE=C, so searching Chinese text is slow; C.UTF-8 would do.'
    const warnings = [...roles.warnings, ...(letters.rows[0].known ? [] : [slowSearch])]
    return { url: roles.appUrl, signerUrl: roles.signerUrl, warnings }
  } finally {
    await admin.end()
  }
}

async function runMigrations(url: string): Promise<void> {
  const dataSource = await new DataSource({
    type: 'postgres',
    applicationName: 'stillpoint migration',
    migrations: await allMigrations(),
    extra: { connectionString: url, max: 1, connectionTimeoutMillis: 10_000, lock_timeout: 60_000 },
  }).initialize()
  try {
    await dataSource.runMigrations({ transaction: 'each' })
  } finally {
    await dataSource.destroy()
  }
}

/** For a user who may not even make TypeORM's list of migrations. */
async function requireMigrated(client: pg.Client): Promise<void> {
  const { rows } = await client.query('SELECT name FROM migrations').catch(() => ({ rows: [] }))
  const done = new Set(rows.map(({ name }) => name))
  if ((await allMigrations()).every((migration) => done.has(migration.name))) return
  throw new ConfigError(
    'The database is not up to date, and the user of DATABASE_URL may not change its tables. ' +
      'Start Stillpoint once with a DATABASE_URL that names the owner of the database.',
  )
}

async function allMigrations(): Promise<(new () => MigrationInterface)[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => name.endsWith('.ts')).sort()
  const modules = await Promise.all(names.map((name) => import(new URL(name, migrationsFolder).href)))
  return modules.flatMap((module) => Object.values<new () => MigrationInterface>(module))
}

async function requireUsable(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
            current_setting('server_version_num')::int / 10000 AS major, pg_is_in_recovery() AS "isReplica"`,
  )
  const { version, encoding, major, isReplica } = rows[0]
  if (major < versions.oldest || major > versions.newest) {
    throw new ConfigError(
      `DATABASE_URL leads to PostgreSQL ${version}, but Stillpoint works with ${versions.oldest} to ${versions.newest}.`,
    )
  }
  if (encoding !== 'UTF8') throw new ConfigError(`The database is encoded in ${encoding}. Make one with ENCODING UTF8.`)
  if (isReplica) throw new ConfigError('DATABASE_URL leads to a replica, which can only be read. Give the primary.')
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'stillpoint migration',
    connectionTimeoutMillis: limits.connectionTimeoutMillis,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    const where = `The database at ${client.host}:${client.port}`
    if (code?.startsWith('28')) throw new ConfigError(`${where} refuses the user "${client.user}" of DATABASE_URL.`)
    if (code === '3D000') throw new ConfigError(`${where} has no database "${client.database}". Create it first.`)
    throw new ConfigError(`${where} cannot be reached (${code ?? message}). Check DATABASE_URL and that it is running.`)
  }
}
