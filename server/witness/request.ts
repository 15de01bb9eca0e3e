// The body of add-checkpoint (C2SP tlog-witness): the size last seen, a consistency proof, and a checkpoint.

import { fromBase64, fromUtf8, ProofError } from '../proof/index.ts'

export type AddCheckpoint = { old: bigint; proof: Uint8Array[]; note: string }

/** No tree of less than 2^63 leaves needs more. */
const mostProofLines = 63

/** Reads the lines; the checkpoint is left as it is. Throws a ProofError `wrong-request`, `wrong-base64` or `wrong-utf8`. */
export function parseAddCheckpoint(body: Uint8Array): AddCheckpoint {
  const text = fromUtf8(body)
  const end = text.indexOf('\n\n')
  if (end < 0) throw new ProofError('wrong-request', 'An empty line stands between the proof and the checkpoint.')
  const [first = '', ...lines] = text.slice(0, end).split('\n')
  const [, old] = /^old (0|[1-9]\d{0,18})$/.exec(first) ?? []
  if (old === undefined) throw new ProofError('wrong-request', 'The first line is "old", a space and a tree size.')
  if (lines.length > mostProofLines)
    throw new ProofError('wrong-request', `A consistency proof has no more than ${mostProofLines} lines.`)
  const proof = lines.map(fromBase64)
  if (proof.some((hash) => hash.length !== 32))
    throw new ProofError('wrong-request', 'Each line of the proof is a hash of 32 bytes.')
  return { old: BigInt(old), proof, note: text.slice(end + 2) }
}
