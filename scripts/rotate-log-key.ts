// Gives the log a new key: `npm run rotate-log-key`. Stop the servers first. The new key is announced in the log, signed
// for by the old one, which also signs the last checkpoint before the change.

import { partsOf } from '../server/app.ts'
import { headOf } from '../server/ledger/read.ts'
import { changeLogKey } from '../server/log/key-change.ts'
import { openInstallation } from './installation.ts'

const { config, database } = await openInstallation()
try {
  const { origin } = await headOf(database.pool)
  if (origin === null) {
    console.error('The ledger is empty: there is nothing to announce a key in.')
    process.exitCode = 1
  } else {
    const parts = { ...(await partsOf(config, database)), origin }
    const { before, after, kept } = await changeLogKey(database, parts, config.logKeyFile)
    console.log(`The log ${origin} is signed with a new key.
  before: ${before}
  now:    ${after}
Give the new key to the witnesses and to whoever checks the log; replace it in the policy file. The old key is kept in
${kept} – it signs nothing any more; put it where it cannot be stolen, or destroy it.`)
  }
} finally {
  await database.close()
}
