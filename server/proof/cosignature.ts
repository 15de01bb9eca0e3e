// Cosignatures (C2SP tlog-cosignature, Ed25519): a witness says that at a time it saw the log go on and nothing else.

import { utf8 } from './bytes.ts'
import { failUnless } from './error.ts'
import { isSignature, knownSignatures, type Note, type VerifierKey } from './note.ts'

/** `timestamp` in seconds since 1970, as the witness signed it. */
export type Cosignature = { name: string; key: VerifierKey; timestamp: bigint }

const latest = 2n ** 63n - 1n

/**
 * The cosignatures by `witnessKeys` (of type 4), all of them valid and in the note's order; none is a possible answer.
 * Throws `wrong-cosignature` when a known witness's does not verify, `wrong-key-type` for keys of another kind.
 */
export function verifyCosignatures(note: Note, witnessKeys: readonly VerifierKey[]): Cosignature[] {
  return knownSignatures(note, witnessKeys, 4).map(({ key, signature }) => {
    failUnless(
      signature.length === 72,
      'wrong-cosignature',
      `The cosignature of ${key.name} is not a time and 64 bytes.`,
    )
    const timestamp = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0)
    failUnless(timestamp <= latest, 'wrong-cosignature', `The cosignature of ${key.name} gives a time that cannot be.`)
    const holds = isSignature(signature.subarray(8), cosignedMessage(note.text, timestamp), key.key)
    failUnless(holds, 'wrong-cosignature', `The cosignature of ${key.name} does not belong to this checkpoint.`)
    return { name: key.name, key, timestamp }
  })
}

/** What a witness signs for the text of a checkpoint's note; `timestamp` in seconds since 1970. */
export function cosignedMessage(noteText: string, timestamp: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestamp}\n${noteText}`)
}
