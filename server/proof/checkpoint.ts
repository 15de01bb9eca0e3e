// Checkpoints (C2SP tlog-checkpoint): what a log signs – its name, how many entries it has, and the root over them.

import { fromBase64 } from './bytes.ts'
import { failUnless } from './error.ts'
import { hashLength } from './hash.ts'
import { type Note, parseNote, type VerifierKey, verifyNote } from './note.ts'

/** `size` counts entries; `extensions` are further lines that a log may add. */
export type Checkpoint = { origin: string; size: bigint; root: Uint8Array; extensions: string[] }

/** A checkpoint whose log has signed it: `signedBy` are those of its keys that did. */
export type OpenedCheckpoint = { checkpoint: Checkpoint; note: Note; signedBy: VerifierKey[] }

/** Sizes are signed 64-bit numbers wherever logs are kept. */
const largestSize = 2n ** 63n - 1n

/** Reads the text of a note without trusting it. Throws `wrong-checkpoint`. */
export function parseCheckpoint(text: string): Checkpoint {
  failUnless(text.endsWith('\n'), 'wrong-checkpoint', 'The last line of the checkpoint has no end.')
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n')
  failUnless(!!origin, 'wrong-checkpoint', 'The checkpoint names no log.')
  failUnless(!!size && /^(0|[1-9]\d{0,18})$/.test(size), 'wrong-checkpoint', 'The checkpoint gives no size.')
  failUnless(BigInt(size) <= largestSize, 'wrong-checkpoint', 'The checkpoint gives a size that no log can have.')
  failUnless(!!root && /^[A-Za-z0-9+/]{43}=$/.test(root), 'wrong-checkpoint', 'The checkpoint gives no root.')
  failUnless(!extensions.includes(''), 'wrong-checkpoint', 'The checkpoint holds an empty line.')
  const hash = fromBase64(root)
  failUnless(hash.length === hashLength, 'wrong-checkpoint', 'The root of a checkpoint has 32 bytes.')
  return { origin, size: BigInt(size), root: hash, extensions }
}

/**
 * Reads a checkpoint that one of `logKeys` has signed under the log's own name. Throws `unknown-log` when no key has
 * that name, and what `parseNote`, `parseCheckpoint` and `verifyNote` throw.
 */
export function openCheckpoint(note: Uint8Array | string, logKeys: readonly VerifierKey[]): OpenedCheckpoint {
  const parsed = parseNote(note)
  const checkpoint = parseCheckpoint(parsed.text)
  const keys = logKeys.filter(({ name }) => name === checkpoint.origin)
  failUnless(keys.length > 0, 'unknown-log', `No key is trusted for a log called ${checkpoint.origin}.`)
  return { checkpoint, note: parsed, signedBy: verifyNote(parsed, keys).map(({ key }) => key) }
}
