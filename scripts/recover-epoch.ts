// Goes on after entries of the log were lost or changed: `npm run recover-epoch -- "why" [checkpoint file …]`. Stop the
// servers first. Says what is missing, opens a new epoch whose first entry names the old log, and what to do next.

import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { partsOf } from '../server/app.ts'
import { logKeys } from '../server/ledger/checkpoints.ts'
import { integrate } from '../server/ledger/integrate.ts'
import { headOf, readEntries } from '../server/ledger/read.ts'
import { openLogKey } from '../server/ledger/sign.ts'
import { findBreak, sightings } from '../server/log/continuity.ts'
import { openEpoch } from '../server/log/epoch.ts'
import { readLogPolicy } from '../server/log/policy.ts'
import { openInstallation } from './installation.ts'

const [reason, ...files] = process.argv.slice(2)
if (!reason) {
  console.error(
    'Say why, for everybody to read: npm run recover-epoch -- "backup of 3 May restored after disk failure"',
  )
  process.exit(2)
}
const { config, database } = await openInstallation()
try {
  process.exitCode = await recover(reason)
} finally {
  await database.close()
}

async function recover(why: string): Promise<number> {
  const { pool, signerUrl } = database
  const { size } = await headOf(pool)
  // Not the ledger's name: that is the next one already when an earlier run was interrupted.
  const [last] = await readEntries(pool, { after: size - 2, limit: 1 })
  const origin = last?.body.origin
  if (origin === undefined || !signerUrl) {
    console.error(origin === undefined ? 'The ledger is empty.' : 'This user of the database may not sign checkpoints.')
    return 1
  }
  const signer = new pg.Client({ connectionString: signerUrl })
  await signer.connect()
  await integrate(signer, size).finally(() => signer.end())

  const { vkey } = await openLogKey(config.logKeyFile, origin)
  const { policy } = await readLogPolicy(config, vkey)
  const given = await Promise.all(files.map(async (file) => ({ by: file, note: await readFile(file, 'utf8') })))
  const seen = [...(await sightings(config.dataDir, origin, policy)), ...given]
  const keys = [...(await logKeys(pool, origin)).map((key) => key.vkey), vkey]
  const broken = await findBreak(pool, [...new Set(keys)], seen)
  if (!broken) {
    console.error(`The log ${origin} agrees with all ${seen.length} checkpoints that were found. Nothing was done.`)
    return 1
  }
  const { kind, seen: theirs, here } = broken
  console.log(`The log ${origin} has ${here.size} entries here; ${theirs.by} has seen ${theirs.size}.`)
  if (kind === 'log-shorter') console.log(`At least ${theirs.size - here.size} entries are missing, the last ones.`)
  else console.log(`Entries among the first ${theirs.size} are not those that were signed.`)

  const next = await openEpoch(database, await partsOf(config, database), broken, why)
  await copyFile(join(config.dataDir, 'log-seen'), join(config.dataDir, `log-seen-${Date.now()}`)).catch(() => {})
  const { vkey: nextKey } = await openLogKey(config.logKeyFile, next)
  console.log(`The epoch ${next} is open. Now:
  1. Start the servers with LOG_ORIGIN=${next}
  2. In the policy file, replace the line of the log by: log ${nextKey}
  3. Give the witnesses this key: ${nextKey}
  4. Keep what is known of the old log, and enter again what papers tell of the missing entries.`)
  return 0
}
