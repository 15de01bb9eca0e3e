// A new epoch of the log, after entries were lost or changed: the ledger goes on under another name, and its first entry
// under that name says what is missing. Nothing is hidden and nothing is pretended.

import type { Database } from '../database/data-source.ts'
import { headOf, readEntries } from '../ledger/read.ts'
import { type Parts, recordForSystem } from '../perform.ts'
import type { Break } from './continuity.ts'

/** The name of the log after `origin`: `…/epoch-2`, `…/epoch-3`. */
export function nextOrigin(origin: string): string {
  const [, before = origin, epoch] = /^(.*)\/epoch-(\d+)$/.exec(origin) ?? []
  return `${before}/epoch-${Number(epoch ?? 1) + 1}`
}

/**
 * Opens the epoch after the one that was broken and gives its name. Nothing else may work on the database meanwhile.
 * When it was interrupted after the new name, it goes on there.
 */
export async function openEpoch(
  { renameLedger }: Pick<Database, 'renameLedger'>,
  parts: Parts,
  { seen }: Break,
  reason: string,
): Promise<string> {
  const { pool } = parts
  const { size: kept, origin: named } = await headOf(pool)
  const [last] = await readEntries(pool, { after: kept - 2, limit: 1 })
  const before = last!.body.origin
  const origin = nextOrigin(before)
  if (named === before) await renameLedger(before, origin)
  await recordForSystem(
    { ...parts, origin },
    'ledger.open-epoch',
    { origin, before: { origin: before, size: seen.size, root: seen.root, checkpoint: seen.note }, kept, reason },
    { by: 'operator' },
  )
  return origin
}
