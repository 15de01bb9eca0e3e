// Who may do what in the database: the ledger has an owner nobody can sign in as, the server may only add to it.
//
// stillpoint_ledger  owns the ledger's tables and functions, and those of its tree and checkpoints; NOLOGIN.
// stillpoint_app     the server works as it: SELECT and INSERT on the ledger, everything on the views.
// stillpoint_signer  makes checkpoints: SELECT on the ledger, INSERT on the tree, checkpoints and cosignatures, no more.
//
// All need a user in DATABASE_URL that may create roles (the embedded database has one). Without that right – some
// hosted databases – the user of DATABASE_URL owns the ledger and works on it as well. Triggers and revoked rights still
// refuse changes, but then whoever makes the server run SQL of his own could first remove the triggers. An operator
// can also let an administrator start Stillpoint once and afterwards give stillpoint_app itself in DATABASE_URL; the
// signer then needs the same password.

import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'

export type Roles = {
  /** Address the server is to work with. */
  appUrl: string
  /** Address for making checkpoints; undefined when this server cannot. */
  signerUrl: string | undefined
  /** False when the user of DATABASE_URL is stillpoint_app itself. */
  mayMigrate: boolean
  /** The ledger gets an owner of its own. */
  separate: boolean
  warnings: string[]
}

const owner = 'stillpoint_ledger'
const app = 'stillpoint_app'
const signer = 'stillpoint_signer'
/** What the tree's leader writes and everybody else reads. */
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

/** Makes the roles if `admin` may, and finds out whether the server can sign in as them. */
export async function prepareRoles(admin: pg.Client, adminUrl: string): Promise<Roles> {
  const { rows } = await admin.query(
    `SELECT current_user AS name, rolsuper OR rolcreaterole AS "mayCreateRoles" FROM pg_roles WHERE rolname = current_user`,
  )
  const { name, mayCreateRoles } = rows[0]
  if (name === app) return { appUrl: adminUrl, ...(await signerBeside(adminUrl)), mayMigrate: false, separate: true }
  if (mayCreateRoles) {
    try {
      await createRoles(admin, name, adminUrl)
      const appUrl = await signIn(admin, adminUrl, app)
      const signerUrl = await signIn(admin, adminUrl, signer)
      return { appUrl, signerUrl, mayMigrate: true, separate: true, warnings: [] }
    } catch (error) {
      // Rights can be short in more ways than can be asked for beforehand: then the server works as this user.
      if (!(error instanceof pg.DatabaseError)) throw error
    }
  }
  const warning =
    `The user "${name}" of DATABASE_URL owns the ledger and could remove its protection. ` +
    `Let it create roles and sign in as "${app}", so that the ledger gets an owner of its own.`
  return { appUrl: adminUrl, signerUrl: adminUrl, mayMigrate: true, separate: false, warnings: [warning] }
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
    await admin.query(`GRANT SELECT ON ${treeTables} TO ${worker}`)
    await grantSigning(admin, roles.separate ? signer : 'CURRENT_USER')
    if (roles.separate) await handOver(admin)
  }
  if (roles.separate) await leaveRole(admin)
  await admin.query('COMMIT')
}

/** A hash of the tree is computed by the database: the signer only says which is due. */
async function grantSigning(admin: pg.Client, signing: string): Promise<void> {
  await admin.query(`GRANT USAGE ON SCHEMA public TO ${signing}`)
  await admin.query(`GRANT SELECT ON ${ledgerTables} TO ${signing}`)
  await admin.query(`GRANT INSERT (level, index) ON tree TO ${signing}`)
  await admin.query(`GRANT INSERT ON ${treeTables.filter((table) => table !== 'tree')} TO ${signing}`)
}

/**
 * Renames the ledger, which keeps its name for life as far as any server is concerned. The user of `adminUrl` must be
 * one that may migrate. Throws what the database says when it may not.
 */
export async function renameLedger(adminUrl: string, from: string, to: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 })
  admin.on('error', () => {})
  await admin.connect()
  try {
    await admin.query('BEGIN')
    // What waits for the commit would keep the trigger from being put back.
    await admin.query('SET CONSTRAINTS ALL IMMEDIATE')
    const { rows } = await admin.query(
      `SELECT current_user AS name, tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'ledger_head'`,
    )
    const [{ name, tableowner }] = rows
    if (tableowner !== name) {
      await admin.query(`GRANT ${owner} TO ${admin.escapeIdentifier(name)}`)
      await admin.query(`SET LOCAL ROLE ${owner}`)
    }
    await admin.query('ALTER TABLE public.ledger_head DISABLE TRIGGER check_head')
    await admin.query('UPDATE public.ledger_head SET origin = $2 WHERE origin = $1', [from, to])
    await admin.query('ALTER TABLE public.ledger_head ENABLE ALWAYS TRIGGER check_head')
    if (tableowner !== name) {
      await admin.query('RESET ROLE')
      await leaveRole(admin)
    }
    await admin.query('COMMIT')
  } finally {
    await admin.end()
  }
}

async function createRoles(admin: pg.Client, adminName: string, adminUrl: string): Promise<void> {
  await admin.query('BEGIN')
  try {
    const { rows } = await admin.query('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [[owner, app, signer]])
    const existing = rows.map((row) => row.rolname)
    if (!existing.includes(owner)) await admin.query(`CREATE ROLE ${owner} NOLOGIN`)
    for (const role of [app, signer].filter((each) => !existing.includes(each))) {
      const password = passwordFor(adminUrl, role)
      await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD ${password ? `'${verifierOf(password)}'` : 'NULL'}`)
    }
    // While it migrates, this user acts for the owner; leaveRole takes that away again.
    await admin.query(`GRANT ${owner} TO ${admin.escapeIdentifier(adminName)}`)
    await admin.query('COMMIT')
  } catch (error) {
    await admin.query('ROLLBACK')
    throw error
  }
}

/** The address at which `role` can sign in. */
async function signIn(admin: pg.Client, adminUrl: string, role: string): Promise<string> {
  const password = passwordFor(adminUrl, role)
  const url = withUser(adminUrl, role, password)
  try {
    await tryConnection(url)
  } catch (error) {
    // The administrator's password has changed, and with it this one.
    if (!password || !(error instanceof pg.DatabaseError) || !error.code?.startsWith('28')) throw error
    await admin.query(`ALTER ROLE ${role} PASSWORD '${verifierOf(password)}'`)
    await tryConnection(url)
  }
  return url
}

/** The signer's address for a server that was given stillpoint_app: the operator lets both have one password. */
async function signerBeside(appUrl: string): Promise<Pick<Roles, 'signerUrl' | 'warnings'>> {
  const { password } = new URL(appUrl)
  const signerUrl = withUser(appUrl, signer, decodeURIComponent(password))
  try {
    await tryConnection(signerUrl)
    return { signerUrl, warnings: [] }
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error
    const warning =
      `This server makes no checkpoints of the ledger, because it cannot sign in as "${signer}". ` +
      `Give that role the password of "${app}".`
    return { signerUrl: undefined, warnings: [warning] }
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
function passwordFor(adminUrl: string, role: string): string | undefined {
  const { password } = new URL(adminUrl)
  return password ? createHmac('sha256', decodeURIComponent(password)).update(role).digest('hex') : undefined
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
