// Which version of the rules decides a command: the one that holds at its place in the ledger, for ever. Pure.

import { Refusal } from './define.ts'
import { foundingAgency, type Unit } from './subjects.ts'

/**
 * The newest version that this program knows. A ledger says from which entry on a version holds (`RulesAdopted`); before
 * its first such entry version 1 does. What became stricter later says since when, see `refuseSince`.
 */
export const rulesVersion = 2

/** The version that holds in a ledger whose units these are; 1 where none was ever adopted. */
export const rulesIn = (units: Iterable<Unit>): number => foundingAgency(units)?.rules ?? 1

type Deciding = { rules: number }

/** Refuses only what is decided by `version` or a later one: what was sound before stays so. */
export function refuseSince(
  act: Deciding,
  version: number,
  condition: unknown,
  code: string,
  params?: Record<string, unknown>,
): void {
  if (act.rules >= version && condition) throw new Refusal(code, params)
}

/** Refuses what only versions before `version` forbade. */
export function refuseUntil(
  act: Deciding,
  version: number,
  condition: unknown,
  code: string,
  params?: Record<string, unknown>,
): void {
  if (act.rules < version && condition) throw new Refusal(code, params)
}
