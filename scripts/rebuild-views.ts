// Empties every view and makes it again from the ledger: `npm run rebuild-views`. Stop the servers first.

import { catalogue } from '../server/custody/catalogue.ts'
import { rebuildViews } from '../server/views/history.ts'
import { openInstallation } from './installation.ts'

const { database } = await openInstallation()
const client = await database.pool.connect()
try {
  await client.query('BEGIN')
  await client.query('SET LOCAL statement_timeout = 0')
  const entries = await rebuildViews(client, catalogue, (done) => process.stdout.write(`\r${done} entries`))
  await client.query('COMMIT')
  console.log(`\rAll views made again from ${entries} entries.`)
} catch (error) {
  await client.query('ROLLBACK')
  throw error
} finally {
  client.release()
  await database.close()
}
