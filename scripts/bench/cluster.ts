// The databases that are measured: made once by steps, kept in the folder for temporary files, copied for every run.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openDatabase } from '../../server/database/data-source.ts'
import { type EmbeddedPostgres, startEmbedded } from '../../server/database/embedded.ts'
import { seed } from './seed.ts'

export type Cluster = {
  dataDir: string
  /** A copy of the seeded database; gives the address of its owner. */
  copy: (name: string) => Promise<string>
  /** A database that `make` filled once, kept like the seeded one; gives the address of its owner. */
  kept: (name: string, make: (url: string) => Promise<void>) => Promise<string>
  stop: () => Promise<void>
}

const seeded = 'seeded'

/** Starts PostgreSQL with a database of so many items, which takes minutes the first time only. */
export async function startCluster(items: number, log: (sentence: string) => void): Promise<Cluster> {
  const dataDir = join(tmpdir(), `stillpoint-bench-${items}-${recipe()}`)
  const embedded = await startEmbedded(dataDir)
  try {
    const names = await databases(embedded)
    await run(embedded, ...names.filter((name) => name.startsWith('copy_')).map((name) => `DROP DATABASE ${name}`))
    if (names.includes(seeded)) log(`Items made earlier are in ${dataDir}.`)
    else await makeSeeded(embedded, dataDir, items, log)
  } catch (error) {
    await embedded.stop()
    throw error
  }
  const copies: string[] = []
  return {
    dataDir,
    copy: async (name) => {
      const copy = `copy_${name}`
      await run(embedded, `DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`)
      await run(embedded, `CREATE DATABASE ${copy} TEMPLATE ${seeded} STRATEGY FILE_COPY`)
      copies.push(copy)
      return urlOf(embedded, copy)
    },
    kept: async (name, make) => {
      const kept = `kept_${name}`
      if (!(await databases(embedded)).includes(kept)) {
        await run(embedded, 'DROP DATABASE IF EXISTS making WITH (FORCE)', 'CREATE DATABASE making')
        log(`Making ${name}`)
        await make(urlOf(embedded, 'making'))
        await run({ adminUrl: urlOf(embedded, 'making') }, 'VACUUM (ANALYZE, FREEZE)')
        await run(embedded, `ALTER DATABASE making RENAME TO ${kept}`, 'CHECKPOINT')
      }
      return urlOf(embedded, kept)
    },
    stop: async () => {
      await run(embedded, ...copies.map((copy) => `DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`))
      await rm(join(dataDir, 'server'), { recursive: true, force: true })
      await embedded.stop()
    },
  }
}

async function makeSeeded(
  embedded: EmbeddedPostgres,
  dataDir: string,
  items: number,
  log: (sentence: string) => void,
): Promise<void> {
  const begun = performance.now()
  const seconds = () => ((performance.now() - begun) / 1000).toFixed(0)
  await run(embedded, 'DROP DATABASE IF EXISTS seeding WITH (FORCE)', 'CREATE DATABASE seeding')
  const database = await openDatabase({ databaseUrl: urlOf(embedded, 'seeding'), dataDir })
  let said = 0
  try {
    await seed(database, items, (done) => {
      if (done < items && done - said < items / 20) return
      said = done
      log(`${done} of ${items} items made by steps, ${seconds()} s`)
    })
  } finally {
    await database.close()
  }
  await run({ adminUrl: urlOf(embedded, 'seeding') }, 'VACUUM (ANALYZE, FREEZE)')
  // Under its final name only when it is whole.
  await run(embedded, `ALTER DATABASE seeding RENAME TO ${seeded}`, 'CHECKPOINT')
  log(`Made in ${seconds()} s; kept in ${dataDir}.`)
}

/** Another migration or another way to seed makes another folder. */
function recipe(): string {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const migrations = readdirSync(join(root, 'migrations')).map((name) => join('migrations', name))
  const hash = createHash('sha256')
  for (const file of [...migrations.sort(), 'scripts/bench/seed.ts', 'scripts/bench/tree.ts'])
    hash.update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

async function databases(embedded: EmbeddedPostgres): Promise<string[]> {
  const { rows } = await run(embedded, 'SELECT datname FROM pg_database')
  return rows.map(({ datname }) => datname)
}

function urlOf({ adminUrl }: Pick<EmbeddedPostgres, 'adminUrl'>, database: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Gives the last statement's result. */
async function run({ adminUrl }: Pick<EmbeddedPostgres, 'adminUrl'>, ...statements: string[]): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    let result = await client.query('SELECT')
    for (const statement of statements) result = await client.query(statement)
    return result
  } finally {
    await client.end()
  }
}
