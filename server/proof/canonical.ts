// Canonical JSON (RFC 8785), for what entries hold: one value, one sequence of bytes.

import { equal, fromUtf8, utf8 } from './bytes.ts'
import { failUnless, ProofError } from './error.ts'

/** Deeper than any entry is; a log of somebody else's must not exhaust the stack of who checks it. */
const deepest = 64

/** Throws `not-canonical` unless `body` is JSON in the form of RFC 8785, with safe integers as its only numbers. */
export function checkCanonical(body: Uint8Array): void {
  const written = utf8(canonicalText(jsonIn(body)))
  failUnless(equal(written, body), 'not-canonical', 'The entry is not in canonical form: its members or signs differ.')
}

/** What the bytes say; throws `not-json` when they are not UTF-8 or not JSON. */
export function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(body))
  } catch {
    throw new ProofError('not-json', 'The entry is not JSON in UTF-8.')
  }
}

function canonicalText(value: unknown, depth = 0): string {
  failUnless(depth <= deepest, 'not-canonical', 'The entry is nested too deeply.')
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') {
    failUnless(Number.isSafeInteger(value), 'not-canonical', 'The entry holds a number that is not a safe integer.')
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map((element) => canonicalText(element, depth + 1)).join(',')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  // Members are sorted by their UTF-16 code units, which is how JavaScript compares strings.
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${quoted(name)}:${canonicalText(member, depth + 1)}`).join(',')}}`
}

const shortEscapes: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

function quoted(text: string): string {
  failUnless(text.isWellFormed(), 'not-canonical', 'The entry holds half a character (a lone surrogate).')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that RFC 8785 escapes.
  const escaped = text.replace(/["\\\x00-\x1f]/g, (sign) => {
    return shortEscapes[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return `"${escaped}"`
}
