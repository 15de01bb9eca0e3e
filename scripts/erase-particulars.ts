// Erases what outsiders said of themselves about an item: `npm run erase-particulars -- E-4F7Q2-M8K3X-7`. The ledger stays whole.

import { parseCode } from '../server/custody/codes.ts'
import { eraseParticulars } from '../server/ledger/particulars.ts'
import { chainOf } from '../server/ledger/read.ts'
import { commitmentsIn } from '../server/views/chain.ts'
import { openInstallation } from './installation.ts'

const code = parseCode(process.argv[2] ?? '')
if (code?.kind !== 'item') {
  console.error('Name the item by its code, such as: npm run erase-particulars -- E-4F7Q2-M8K3X-7')
  process.exit(1)
}
const { database } = await openInstallation()
try {
  const entries = await chainOf(database.pool, { kind: 'item', id: code.code })
  const erased = await eraseParticulars(
    database.pool,
    entries.flatMap(({ body }) => commitmentsIn(body.data)),
  )
  console.log(
    `${erased} erased, in ${entries.length} entries of ${code.code}. Backups still hold them until they are renewed.`,
  )
} finally {
  await database.close()
}
