// What a newer program does at its first start on an older database: it makes the views again.

import { setTimeout as sleep } from 'node:timers/promises'
import { recall } from './installation.ts'
import { headOf, type Reader } from './ledger/read.ts'
import type { Parts } from './perform.ts'
import { rebuildViews } from './views/history.ts'

/** Counted up whenever the states that are made of the same facts are others, or are written down otherwise. */
const viewsVersion = 2

/**
 * Makes the views again from the ledger where an older program made them; `say` gets a line for the operator when it
 * does. One server of several does it, the others wait until it is done.
 */
export async function renewViews(
  { pool, catalogue }: Pick<Parts, 'pool' | 'catalogue'>,
  say: (line: string) => void = () => {},
): Promise<void> {
  if (await areRenewed(pool)) return
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('SET LOCAL statement_timeout = 0')
    await client.query('SET LOCAL lock_timeout = 0')
    while (!(await isAlone(client))) await sleep(1000)
    const { size } = await headOf(client)
    if (!(await areRenewed(client))) {
      if (size > 0) {
        say(`Reading the ledger again for this version of Stillpoint: ${size} entries.`)
        await rebuildViews(client, catalogue)
      }
      await client.query(
        `INSERT INTO installation (name, value) VALUES ('views', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        [String(viewsVersion)],
      )
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const areRenewed = async (reader: Reader): Promise<boolean> => Number(await recall(reader, 'views')) >= viewsVersion

/** Whether no other server makes the views again just now, until the transaction ends. */
async function isAlone(client: Reader): Promise<boolean> {
  const { rows } = await client.query(`SELECT pg_try_advisory_xact_lock(hashtext('stillpoint views')) AS alone`)
  return rows[0].alone
}
