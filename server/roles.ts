// Who may do what in the database: the ledger has an owner nobody can sign in as, the server may only add to it.
//
// stillpoint_ledger  owns the ledger's tables and functions; NOLOGIN.
// stillpoint_app     the server works as it: SELECT and INSERT on the ledger, everything on the views.
//
// Both need a user in DATABASE_URL that may create roles (the embedded database has one). Without that right – some
// hosted databases – the user of DATABASE_URL owns the ledger and works on it as well. Triggers and revoked rights still
// refuse changes, but then whoever makes the server run SQL of his own could first remove the triggers. An operator
// can also let an administrator start Stillpoint once and afterwards give stillpoint_app itself in DATABASE_URL.

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'

export type Roles = {
  /** Address the server is to work with. */
  appUrl: string
  /** False when the user of DATABASE_URL is stillpoint_app itself. */
  mayMigrate: boolean
  /** The ledger gets an owner of its own. */
  separate: boolean
  warnings: string[]
}

const owner = 'stillpoint_ledger'
const app = 'stillpoint_app'
const ledgerTables = ['ledger', 'ledger_head']
const ledgerFunctions = [
  'refuse_change_of_ledger()',
  'check_ledger_insert()',
  'check_ledger_head()',
  'check_ledger_end()',
]

/** Makes the two roles if `admin` may, and finds out whether the server can sign in as `stillpoint_app`. */
export async function prepareRoles(admin: pg.Client, adminUrl: string): Promise<Roles> {
  const { rows } = await admin.query(
    `SELECT current_user AS name, rolsuper OR rolcreaterole AS "mayCreateRoles" FROM pg_roles WHERE rolname = current_user`,
  )
  const { name, mayCreateRoles } = rows[0]
  if (name === app) return { appUrl: adminUrl, mayMigrate: false, separate: true, warnings: [] }
  const password = passwordFor(adminUrl)
  const appUrl = withUser(adminUrl, app, password)
  if (mayCreateRoles) {
    try {
      await createRoles(admin, name, password)
      await signIn(admin, appUrl, password)
      return { appUrl, mayMigrate: true, separate: true, warnings: [] }
    } catch (error) {
      // Rights can be short in more ways than can be asked for beforehand: then the server works as this user.
      if (!(error instanceof pg.DatabaseError)) throw error
    }
  }
  const warning =
    `The user "${name}" of DATABASE_URL owns the ledger and could remove its protection. ` +
    `Let it create roles and sign in as "${app}", so that the ledger gets an owner of its own.`
  return { appUrl: adminUrl, mayMigrate: true, separate: false, warnings: [warning] }
}

/** Hands the ledger to its owner and gives each role its rights. Repeats without harm. */
export async function protectLedger(admin: pg.Client, roles: Roles): Promise<void> {
  await admin.query('BEGIN')
  if (roles.separate) {
    await admin.query(`GRANT USAGE ON SCHEMA public TO ${app}`)
    await admin.query(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ${await ownTables(admin)} TO ${app}`)
    await admin.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${app}`)
    await admin.query(`REVOKE ALL ON migrations FROM ${app}`)
    await admin.query(`GRANT SELECT ON migrations TO ${app}`)
  }
  const worker = roles.separate ? app : 'CURRENT_USER'
  if (!(await isHandedOver(admin))) {
    await admin.query(`REVOKE ALL ON ${ledgerTables} FROM PUBLIC, ${worker}`)
    await admin.query(`GRANT SELECT, INSERT ON ledger TO ${worker}`)
    await admin.query(`GRANT SELECT, UPDATE (size, clock, origin) ON ledger_head TO ${worker}`)
    if (roles.separate) await handOver(admin)
  }
  if (roles.separate) await leaveRole(admin)
  await admin.query('COMMIT')
}

async function createRoles(admin: pg.Client, adminName: string, password: string | undefined): Promise<void> {
  await admin.query('BEGIN')
  try {
    const { rows } = await admin.query('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [[owner, app]])
    const existing = rows.map((row) => row.rolname)
    const secret = password ? `PASSWORD '${verifierOf(password)}'` : 'PASSWORD NULL'
    if (!existing.includes(owner)) await admin.query(`CREATE ROLE ${owner} NOLOGIN`)
    if (!existing.includes(app)) await admin.query(`CREATE ROLE ${app} LOGIN ${secret}`)
    // While it migrates, this user acts for the owner; leaveRole takes that away again.
    await admin.query(`GRANT ${owner} TO ${admin.escapeIdentifier(adminName)}`)
    await admin.query('COMMIT')
  } catch (error) {
    await admin.query('ROLLBACK')
    throw error
  }
}

async function signIn(admin: pg.Client, appUrl: string, password: string | undefined): Promise<void> {
  try {
    await tryConnection(appUrl)
  } catch (error) {
    // The administrator's password has changed, and with it this one.
    if (!password || !(error instanceof pg.DatabaseError) || !error.code?.startsWith('28')) throw error
    await admin.query(`ALTER ROLE ${app} PASSWORD '${verifierOf(password)}'`)
    await tryConnection(appUrl)
  }
}

async function tryConnection(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  await client.end()
}

async function ownTables(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query(
    `SELECT string_agg(format('public.%I', tablename), ', ') AS names FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> ALL($1)`,
    [ledgerTables],
  )
  return rows[0].names
}

async function isHandedOver(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query(
    `SELECT bool_and(tableowner = $1) AS done FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY($2)`,
    [owner, ledgerTables],
  )
  return rows[0].done
}

async function handOver(admin: pg.Client): Promise<void> {
  // An owner must be able to create in the schema at the moment of the hand-over, and only then.
  await admin.query(`GRANT CREATE ON SCHEMA public TO ${owner}`)
  for (const table of ledgerTables) await admin.query(`ALTER TABLE public.${table} OWNER TO ${owner}`)
  for (const name of ledgerFunctions) await admin.query(`ALTER FUNCTION public.${name} OWNER TO ${owner}`)
  await admin.query(`REVOKE CREATE ON SCHEMA public FROM ${owner}`)
}

async function leaveRole(admin: pg.Client): Promise<void> {
  await admin.query(`REVOKE ${owner} FROM CURRENT_USER`)
}

/** Derived, so that all servers with one DATABASE_URL share it and none has to store it. */
function passwordFor(adminUrl: string): string | undefined {
  const { password } = new URL(adminUrl)
  return password ? createHmac('sha256', decodeURIComponent(password)).update(app).digest('hex') : undefined
}

function withUser(url: string, user: string, password: string | undefined): string {
  const changed = new URL(url)
  changed.username = user
  changed.password = password ?? ''
  // An address of a local socket has no host, and so no room for a user in front of it.
  if (!changed.host) changed.searchParams.set('user', user)
  if (!changed.host && password) changed.searchParams.set('password', password)
  return changed.href
}

/** The form in which PostgreSQL keeps a password (RFC 5803), so that the password itself is in no statement or log. */
function verifierOf(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}
