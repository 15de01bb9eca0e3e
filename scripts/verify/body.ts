// Whether the bytes of an entry are in canonical form, quickly; what is odd is left to the strict check.

import { isUtf8 } from 'node:buffer'
import { checkCanonical } from '../../server/proof/canonical.ts'

/**
 * Throws what `checkCanonical` throws. `text` are the bytes decoded and `value` what JSON.parse made of them: nearly
 * every entry is written back as the same text by JSON.stringify, which leaves to check what that lets through.
 */
export function requireCanonical(body: Uint8Array, text: string, value: unknown): void {
  const plain = !text.includes('\\u') && isUtf8(body) && JSON.stringify(value) === text && isSorted(value, 0)
  if (!plain) checkCanonical(body)
}

/** Whether names of members ascend and numbers are safe integers, at any depth up to that of every entry. */
function isSorted(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return true
  if (depth > 32) return false
  if (Array.isArray(value)) {
    for (const element of value) if (!isSorted(element, depth + 1)) return false
    return true
  }
  let last: string | undefined
  for (const name in value) {
    if (last !== undefined && name <= last) return false
    last = name
    if (!isSorted((value as Record<string, unknown>)[name], depth + 1)) return false
  }
  return true
}
