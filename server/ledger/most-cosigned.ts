// Which checkpoint to show to somebody who was not there: the one that most witnesses vouch for.

import { type Checkpoint, covering, newestCosigned } from './checkpoints.ts'
import type { Reader } from './read.ts'

/**
 * Of the checkpoints that cover the entry at `position`, the newest under which most of the witnesses have signed; the
 * newest of all when none of them has. At most a query for each witness and one.
 */
export async function mostCosigned(
  reader: Reader,
  origin: string,
  witnesses: readonly { keyName: string }[],
  position: number,
): Promise<Checkpoint | undefined> {
  for (let least = witnesses.length; least > 0; least -= 1) {
    const enough = (keyNames: string[]) => witnesses.filter(({ keyName }) => keyNames.includes(keyName)).length >= least
    const found = await newestCosigned(reader, origin, enough, position)
    if (found) return found
  }
  return covering(reader, origin, position)
}
