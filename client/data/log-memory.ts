// What this browser keeps of the log from one check to the next: its keys, and how far it went.

import { type Known, policyOf } from './log-keys.ts'

const KEY = 'stillpoint.log'

/** Nothing at first sight, and when what was kept cannot be read. */
export function knownLog(): Known | undefined {
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? '') as Known
    policyOf(known)
    return BigInt(known.size) >= 0n && /^([0-9a-f]{64})?$/.test(known.root) && known.origin ? known : undefined
  } catch {
    return undefined
  }
}

export function keepLog(known: Known): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(known))
  } catch {
    // A browser that keeps nothing sees the log for the first time each time, and says so.
  }
}
