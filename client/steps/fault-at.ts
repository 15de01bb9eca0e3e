// What is wrong with a field: at its own place, or with all of what it is a part of when nothing was said there at all.

import type { Fault, Faults } from './checked.ts'
import { type Path, pathKey, type Value, valueAt } from './value.ts'

export const isSaid = (value: Value): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)

export function faultAt(faults: Faults, whole: Value, path: Path, required: boolean): Fault | undefined {
  const own = faults[pathKey(path)]
  if (own || !required || path.length < 2 || isSaid(valueAt(whole, path))) return own
  return faults[pathKey(path.slice(0, -1))]
}
