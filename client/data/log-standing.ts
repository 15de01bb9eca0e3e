// How an entry stands in the log, as the server tells it: signed, and cosigned by whom. Nothing here is proven.

import type { LogState } from '../../server/contract/log.ts'
import { fromBase64, parsePolicy, toHex, utf8 } from '../../server/proof/index.ts'

export type EntryStanding = {
  state: 'waiting' | 'included' | 'cosigned'
  /** Of the newest checkpoint, 0 before the first. */
  size: number
  /** Names of witnesses that have cosigned a checkpoint which covers the entry. */
  by: string[]
  /** Whether they are enough; absent when the policy asks for none. */
  quorum?: boolean
}

export function standingOfEntry(log: LogState, position: number): EntryStanding {
  const size = log.checkpoint?.size ?? 0
  if (position >= size) return { state: 'waiting', size, by: [] }
  const by = log.witnesses.filter((witness) => witness.size > position).map(({ name }) => name)
  return {
    state: by.length > 0 ? 'cosigned' : 'included',
    size,
    by,
    ...(asksForWitnesses(log) ? { quorum: log.quorum.size > position } : {}),
  }
}

/** The root of the newest checkpoint as everything else on paper and screens has it: in hex. */
export const rootIn = ({ root }: { root: string }): string => toHex(fromBase64(root))

/** Whether the policy asks for any witness. That it cannot be read is said where it is checked. */
export function asksForWitnesses({ policy }: Pick<LogState, 'policy'>): boolean {
  try {
    return parsePolicy(utf8(policy)).quorum !== 'none'
  } catch {
    return false
  }
}
