// Prints the link with which the first agency and its administrator are founded: `npm run setup-link`. With a database
// of its own inside the data folder, stop the server first, or start it again: it prints the link as well.

import { secretOf } from '../server/installation.ts'
import { headOf } from '../server/ledger/read.ts'
import { setupToken } from '../server/people/tokens.ts'
import { openInstallation } from './installation.ts'

const { config, database } = await openInstallation()
try {
  const { size } = await headOf(database.pool)
  if (size > 0) console.log('This installation has been founded; its administrators let further people in.')
  else console.log(`${config.publicUrl}/setup#${setupToken(await secretOf(database.pool, 'sessions'))}`)
} finally {
  await database.close()
}
