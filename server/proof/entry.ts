// What an entry says of itself, as far as the log's own order depends on it.

import { jsonIn } from './canonical.ts'
import { failUnless } from './error.ts'
import { isCount, isHash, isObject } from './shape.ts'

/** An entry as its bytes say it. What the step recorded stands under further names, such as `data` and `actor`. */
export type Entry = {
  format: 1
  origin: string
  subject: { kind: string; id: string }
  /** Counts the subject's entries from 1. */
  version: number
  /** Leaf hash of the subject's entry before, in hex. */
  previous: string | null
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  recordedAt: string
  step: string
  fact: string
  /** `ordinal` counts the command's entries from 0; the first logs did not say `of` how many. */
  command: { id: string; ordinal: number; of?: number }
  /** SHA-256 of files, in hex. */
  files?: string[]
} & { [name: string]: unknown }

/** tlog-tiles keeps the length of an entry in 16 bits. */
const longestBody = 65_535

/**
 * Reads an entry's bytes. Throws `not-json`, `unknown-format` for one that is newer than this reader, `wrong-entry` for
 * any other shape. That the bytes are in canonical form is for `checkCanonical` to say.
 */
export function readEntry(body: Uint8Array): Entry {
  const size = body.length
  failUnless(size <= longestBody, 'wrong-entry', `The entry has ${size} bytes; ${longestBody} are allowed.`)
  return entryIn(jsonIn(body))
}

/** The entry that a parsed body is. Throws `unknown-format` or `wrong-entry`. */
export function entryIn(entry: unknown): Entry {
  failUnless(isObject(entry), 'wrong-entry', 'The entry is not an object.')
  failUnless(entry.format === 1, 'unknown-format', 'The entry is written in a format that is not known here.')
  const wrong = Object.entries(members).find(([name, holds]) => !holds(entry[name]))
  failUnless(!wrong, 'wrong-entry', `The entry says nothing that fits under "${wrong?.[0]}".`)
  const begins = entry.version === 1
  failUnless(
    begins === (entry.previous === null),
    'wrong-entry',
    'Only the first entry about a subject has none before.',
  )
  return entry as Entry
}

const members: Record<string, (value: unknown) => boolean> = {
  origin: isName,
  subject: (value) => isObject(value) && isName(value.kind) && isName(value.id),
  version: (value) => isCount(value) && value > 0,
  previous: (value) => value === null || isHash(value),
  recordedAt: isTime,
  step: isName,
  fact: isName,
  command: (value) => isObject(value) && isName(value.id) && isCount(value.ordinal) && isWhole(value.of, value.ordinal),
  files: (value) => value === undefined || (Array.isArray(value) && value.every(isHash)),
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isWhole(of: unknown, ordinal: number): boolean {
  return of === undefined || (isCount(of) && of > ordinal)
}

function isTime(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return false
  const time = new Date(value)
  return !Number.isNaN(time.getTime()) && time.toISOString() === value
}
