// Which checkpoint to show to somebody who was not there: the one that most others vouch for.

import { type Checkpoint, covering, latestCosignatures, newestCosigned } from './checkpoints.ts'
import type { Reader } from './read.ts'

/**
 * Of the checkpoints that cover the entry at `position`, the newest under which most witnesses have signed; the newest
 * of all when nobody has yet. At most a query for each witness and two.
 */
export async function mostCosigned(reader: Reader, origin: string, position: number): Promise<Checkpoint | undefined> {
  const witnesses = new Set((await latestCosignatures(reader, origin)).map(({ keyName }) => keyName))
  for (let least = witnesses.size; least > 0; least -= 1) {
    const found = await newestCosigned(reader, origin, ({ length }) => length >= least, position)
    if (found) return found
  }
  return covering(reader, origin, position)
}
