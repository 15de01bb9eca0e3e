// Starts and stops the process: settings, database, then everything else; backwards on Ctrl-C.

import { createServer } from 'node:net'
import { partsOf, startApp } from './app.ts'
import { type Config, ConfigError, readConfig, refuseDemoBeyondLoopback } from './config.ts'
import { type Database, openDatabase } from './database/data-source.ts'
import { loadDemo } from './demo/load.ts'
import { demoPassword } from './demo/people.ts'
import { recall, remember } from './installation.ts'
import { headOf, readEntries } from './ledger/read.ts'
import { reasonFor } from './start-failure.ts'
import { renewViews } from './upgrade.ts'

type Part = { close(): Promise<void> }

const stopWithinMs = 15_000

/** What has been started so far, the last first. */
const running: Part[] = []
let opening: Promise<unknown> = Promise.resolve()
let stopping = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
await start().catch(fail)

async function start(): Promise<void> {
  const config = readConfig()
  await requireFreePort(config)
  console.log(config.databaseUrl ? 'Opening the database …' : `Starting the database in ${config.dataDir} …`)
  const openingDatabase = openDatabase(config, { say: console.log })
  opening = openingDatabase.catch(() => {})
  const database = await openingDatabase
  running.unshift(database)
  if (stopping) return
  database.onLost(() => {
    if (!stopping) console.error(`PostgreSQL ended by itself; ${config.dataDir}/postgres/log may tell why.`)
    void stop(1)
  })
  for (const warning of database.warnings) console.error(warning)
  const settled = await settle(config, database)
  const parts = await partsOf(settled, database)
  await renewViews(parts, console.log)
  if (settled.demo) await loadDemo({ ...parts, dataDir: settled.dataDir }, { say: console.log })
  if (stopping) return
  const app = await startApp(settled, database)
  running.unshift(app)
  if (stopping) return
  console.log(`Stillpoint: ${app.address}`)
  if (settled.demo)
    console.log(`Sign in as officer, keeper or head with the password ${demoPassword}. Ctrl-C stops it.`)
}

/** Decides what depends on the data that are already there. */
async function settle(config: Config, { pool, embedded, fresh }: Database): Promise<Config> {
  const { origin, size } = await headOf(pool)
  if (origin !== null && origin !== config.logOrigin) {
    throw new ConfigError(`The ledger in this database is called ${origin} for life. Set LOG_ORIGIN=${origin}.`)
  }
  const [last] = await readEntries(pool, { after: size - 2, limit: size > 0 ? 1 : 0 })
  if (last && last.body.origin !== origin) {
    throw new ConfigError(
      `The epoch ${origin} was begun and its first entry is missing. Run "npm run recover-epoch" again.`,
    )
  }
  const hasDemo = (await recall(pool, 'demo')) === '1'
  const demo = hasDemo || (config.demo ?? (embedded && fresh))
  if (demo) refuseDemoBeyondLoopback(config)
  if (demo && !hasDemo && !fresh) {
    throw new ConfigError('DEMO=1 asks for demonstration data, but this database holds real records. Use an empty one.')
  }
  if (demo) await remember(pool, 'demo', '1')
  return { ...config, demo }
}

/** Asks before the database is started, so that a second server on one port does nothing but say so. */
async function requireFreePort({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(port, host, resolve))
  await new Promise((resolve) => probe.close(resolve))
}

/** Ends everything, the last started first. A second signal, or a part that hangs, ends the process at once. */
async function stop(code: number): Promise<void> {
  // The embedded PostgreSQL has a hook of its own for this way out.
  if (stopping) process.exit(130)
  stopping = true
  setTimeout(() => process.exit(code || 1), stopWithinMs).unref()
  await opening
  for (const part of running) await part.close()
  process.exit(code)
}

async function fail(error: unknown): Promise<void> {
  const reason = await reasonFor(error)
  if (!stopping) console.error(reason)
  if (!stopping) await stop(1).catch(() => process.exit(1))
}
