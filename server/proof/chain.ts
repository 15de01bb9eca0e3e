// The entries about one subject: each names the one before by its hash, so none can be left out, put in or changed.

import { toHex } from './bytes.ts'
import { type Entry, readEntry } from './entry.ts'
import { ProofError } from './error.ts'
import { leafHash } from './hash.ts'
import { isContinuedBy } from './origin.ts'

/** An entry in its chain; `hash` is its leaf hash. */
export type Link = { position: bigint; hash: Uint8Array; entry: Entry }

/**
 * Checks the chain of one subject from its first entry on, and gives it as read. That nothing follows the last one only
 * the whole log can tell. Throws what `readEntry` and `checkLink` throw, with the position of the entry.
 */
export function verifyChain(entries: readonly { position: bigint; body: Uint8Array }[]): Link[] {
  let before: Link | undefined
  return entries.map(({ position, body }) => {
    const link = linkOf(position, body)
    checkLink(before, link)
    before = link
    return link
  })
}

/** One entry, read and hashed. Throws what `readEntry` throws, with the position. */
export function linkOf(position: bigint, body: Uint8Array): Link {
  try {
    return { position, hash: leafHash(body), entry: readEntry(body) }
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    throw new ProofError(error.code, error.message, position)
  }
}

/**
 * Checks that `link` follows `before`, or begins a chain. Throws `wrong-subject`, `wrong-origin`, `wrong-version`,
 * `wrong-previous`, `wrong-order` or `wrong-clock`.
 */
export function checkLink(before: Link | undefined, { position, entry }: Link): void {
  const fail = (code: string, message: string): never => {
    throw new ProofError(code, message, position)
  }
  if (!before) {
    if (entry.version !== 1)
      fail('wrong-version', `The chain begins with version ${entry.version}; the first is missing.`)
    return
  }
  const last = before.entry
  if (entry.subject.kind !== last.subject.kind || entry.subject.id !== last.subject.id)
    fail('wrong-subject', 'The entry is about something else than the one before.')
  if (!isContinuedBy(last.origin, entry.origin))
    fail('wrong-origin', 'The entry is of another log than the one before.')
  if (entry.version !== last.version + 1)
    fail('wrong-version', `Version ${entry.version} stands after version ${last.version}.`)
  if (entry.previous !== toHex(before.hash)) fail('wrong-previous', 'The entry names another one as the one before it.')
  if (position <= before.position) fail('wrong-order', 'The entry stands in the log before the one that it follows.')
  if (entry.recordedAt < last.recordedAt) fail('wrong-clock', 'The entry was recorded before the one that it follows.')
}
