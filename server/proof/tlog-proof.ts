// One entry's proof as a file (C2SP tlog-proof): its index, the way to the root, and the checkpoint that holds the root.

import { fromBase64, fromUtf8 } from './bytes.ts'
import type { Checkpoint } from './checkpoint.ts'
import { failUnless } from './error.ts'
import { hashLength } from './hash.ts'
import { openUnderPolicy, type Policy } from './policy.ts'
import { verifyInclusion } from './tree.ts'

/** `extra` is vouched for by nobody; `note` is the checkpoint as it was signed. */
export type TlogProof = { extra?: Uint8Array; index: bigint; proof: Uint8Array[]; note: string }

const header = 'c2sp.org/tlog-proof@v1'
/** No tree of 64-bit sizes is higher. */
const longestProof = 63

/** Takes a proof apart without trusting it. Throws `wrong-tlog-proof`, `wrong-base64` or `wrong-utf8`. */
export function parseTlogProof(text: Uint8Array | string): TlogProof {
  const whole = typeof text === 'string' ? text : fromUtf8(text)
  const end = whole.indexOf('\n\n')
  failUnless(end >= 0, 'wrong-tlog-proof', 'No empty line divides the proof from its checkpoint.')
  const [first, ...lines] = whole.slice(0, end).split('\n')
  failUnless(first === header, 'wrong-tlog-proof', `A proof begins with ${header}.`)
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift()!.slice(6)) : undefined
  const [, index] = /^index (0|[1-9]\d{0,18})$/.exec(lines.shift() ?? '') ?? []
  failUnless(index !== undefined, 'wrong-tlog-proof', 'The proof does not say which entry it is for.')
  failUnless(lines.length <= longestProof, 'wrong-tlog-proof', 'The proof is longer than any tree is high.')
  const proof = lines.map((line) => fromBase64(line))
  failUnless(
    proof.every((hash) => hash.length === hashLength),
    'wrong-tlog-proof',
    'A hash of the proof has not 32 bytes.',
  )
  return { ...(extra && { extra }), index: BigInt(index), proof, note: whole.slice(end + 2) }
}

/**
 * Checks that the leaf stands where the proof says, in a log of the policy, with its quorum. Throws `no-quorum`, and
 * what `openUnderPolicy` and `verifyInclusion` throw.
 */
export function verifyTlogProof(
  { index, proof, note }: TlogProof,
  leafHash: Uint8Array,
  policy: Policy,
): { checkpoint: Checkpoint; cosignedBy: string[] } {
  const { checkpoint, cosignedBy, quorum } = openUnderPolicy(note, policy)
  failUnless(quorum, 'no-quorum', 'Too few witnesses have cosigned the checkpoint.')
  verifyInclusion(leafHash, index, checkpoint.size, proof, checkpoint.root)
  return { checkpoint, cosignedBy }
}
