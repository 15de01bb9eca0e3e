// What version 0.1.0 of the program, under the rules of version 1, left behind: its log, and a database as it stood then.

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { DataSource, type MigrationInterface } from 'typeorm'
import { bodiesIn, tileIn } from '../../scripts/verify/folder.ts'
import { type BareDatabase, bareDatabase } from './database.ts'

const folder = resolve(import.meta.dirname, '..', 'vectors', 'version-1')
const migrations = resolve(import.meta.dirname, '..', '..', 'migrations')
const bundle = 256

export const version1 = {
  log: join(folder, 'log'),
  policyFile: join(folder, 'policy'),
  /** Signs the log; made for this fixture and used nowhere else. */
  keyFile: join(folder, 'log-key'),
  vkey: 'localhost/stillpoint+aa793ca7+Aek7LyUsQjE4/6ZgWq6waKEvgGUzl8pNzw0MLlJAYC2P',
  origin: 'localhost/stillpoint',
  size: 1363,
  commands: 670,
  root: 'bdfd18b3d203a9d5cb880a7317af934c81202e088bd75d3a95998a8ec20a40c4',
}

/** The bodies of all its entries. */
export const bodiesOfVersion1 = (): Buffer[] => bundles().flatMap(({ n, width }) => bodiesIn(version1.log, n, width)!)

/** The hashes of all its entries, in hex, as its tiles have them. */
export const hashesOfVersion1 = (): string[] =>
  bundles().flatMap(({ n, width }) => {
    const tile = tileIn(version1.log, 0, n, width)!
    return Array.from({ length: width }, (_, at) => tile.subarray(at * 32, at * 32 + 32).toString('hex'))
  })

const bundles = () =>
  Array.from({ length: Math.ceil(version1.size / bundle) }, (_, n) => ({
    n,
    width: Math.min(bundle, version1.size - n * bundle),
  }))

type Row = Record<string, unknown>

/** The rows of a table as JSON that PostgreSQL made of them. Those of the ledger are without `body`, which the log has. */
export const rowsOfVersion1 = (table: string): Row[] =>
  gunzipSync(readFileSync(join(folder, 'tables', `${table}.jsonl.gz`)))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** A database as version 1 left it: its migrations and no other, its rows, and the ledger in the hands of its owner. */
export async function databaseOfVersion1(): Promise<BareDatabase> {
  const database = await bareDatabase()
  await migrate(database.adminUrl)
  const admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
  try {
    await admin.query('BEGIN')
    await unguarded(admin, () => load(admin))
    await handOver(admin)
    await admin.query('COMMIT')
  } finally {
    await admin.end()
  }
  return database
}

/** Runs the migrations that there were then, by their names. */
async function migrate(url: string): Promise<void> {
  const files = readdirSync(migrations)
  const classes: (new () => MigrationInterface)[] = []
  for (const { timestamp, name } of rowsOfVersion1('migrations')) {
    const file = files.find((each) => each.startsWith(`${timestamp}-`))
    const { [name as string]: migration } = await import(join(migrations, file!))
    classes.push(migration)
  }
  const dataSource = new DataSource({ type: 'postgres', url, migrations: classes })
  await dataSource.initialize()
  await dataSource.runMigrations({ transaction: 'each' })
  await dataSource.destroy()
}

/** Lets the rows be written as they were, times and all, and puts every trigger back. */
async function unguarded(admin: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await admin.query(
    `SELECT tgrelid::regclass::text AS table, tgname AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'`,
  )
  for (const { table, name } of rows) await admin.query(`ALTER TABLE ${table} DISABLE TRIGGER ${name}`)
  await work()
  for (const { table, name } of rows) await admin.query(`ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${name}`)
}

async function load(admin: pg.Client): Promise<void> {
  await admin.query('DELETE FROM ledger_head')
  const bodies = bodiesOfVersion1()
  for (const file of readdirSync(join(folder, 'tables')).sort()) {
    const table = file.replace('.jsonl.gz', '')
    if (table === 'migrations') continue
    const rows = rowsOfVersion1(table)
    if (table === 'ledger') for (const [n, row] of rows.entries()) row.body = `\\x${bodies[n]!.toString('hex')}`
    await admin.query(
      `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
  const { rows } = await admin.query(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND is_identity = 'YES'`,
  )
  for (const { table, column } of rows)
    await admin.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), max(${column})) FROM ${table} HAVING max(${column}) IS NOT NULL`,
      [table, column],
    )
}

const owner = 'stillpoint_ledger'
const app = 'stillpoint_app'
const signer = 'stillpoint_signer'
const treeTables = ['tree', 'checkpoints', 'cosignatures', 'log_keys', 'log_evidence']
const ledgerTables = ['ledger', 'ledger_head', ...treeTables]
const ledgerFunctions = [
  'refuse_change_of_ledger()',
  'check_ledger_insert()',
  'check_ledger_head()',
  'check_ledger_end()',
  'compute_tree_hash()',
  'check_checkpoint()',
  'check_checkpoint_order()',
]

/** Owner and rights as that version gave them, where the roles could be made: today's program finds them like this. */
async function handOver(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [[owner, app, signer]])
  if (rows.length < 3) return
  await admin.query(`
    GRANT ${owner} TO CURRENT_USER;
    GRANT CREATE ON SCHEMA public TO ${owner};
    GRANT USAGE ON SCHEMA public TO ${app}, ${signer};
    GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO ${app};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${app};
    REVOKE ALL ON migrations, ${ledgerTables} FROM ${app};
    GRANT SELECT ON migrations, ${treeTables} TO ${app};
    GRANT SELECT, INSERT ON ledger TO ${app};
    GRANT SELECT, UPDATE (size, clock, origin) ON ledger_head TO ${app};
    GRANT SELECT ON ${ledgerTables} TO ${signer};
    GRANT INSERT (level, index) ON tree TO ${signer};
    GRANT INSERT ON ${treeTables.filter((table) => table !== 'tree')} TO ${signer};
    ${ledgerTables.map((table) => `ALTER TABLE ${table} OWNER TO ${owner};`).join('\n')}
    ${ledgerFunctions.map((name) => `ALTER FUNCTION ${name} OWNER TO ${owner};`).join('\n')}
    REVOKE CREATE ON SCHEMA public FROM ${owner};
    REVOKE ${owner} FROM CURRENT_USER`)
}
