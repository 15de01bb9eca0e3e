// What is signed about a log: its checkpoint, who cosigned it, and whether it continues what was seen earlier.

import { equal } from '../../server/proof/bytes.ts'
import { type Checkpoint, parseCheckpoint } from '../../server/proof/checkpoint.ts'
import { ProofError } from '../../server/proof/error.ts'
import { emptyRoot } from '../../server/proof/hash.ts'
import { parseNote } from '../../server/proof/note.ts'
import { isContinuedBy } from '../../server/proof/origin.ts'
import { openUnderPolicy, type Policy } from '../../server/proof/policy.ts'
import { consistencyProof, type ReadTile } from '../../server/proof/tiles.ts'
import { verifyConsistency } from '../../server/proof/tree.ts'
import type { Problem } from './problem.ts'

export type Signed = { checkpoint?: Checkpoint; cosignedBy: string[]; quorum: boolean; problems: Problem[] }

/** Reads a checkpoint; one that nobody trusted has signed is read all the same, so that more can be told of it. */
export function signedIn(note: Uint8Array, policy: Policy, path = 'checkpoint'): Signed {
  const problems: Problem[] = []
  try {
    const { checkpoint, cosignedBy, quorum } = openUnderPolicy(note, policy)
    if (!quorum) problems.push({ code: 'no-quorum', message: 'Too few witnesses have cosigned the checkpoint.', path })
    return { checkpoint, cosignedBy, quorum, problems }
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    problems.push({ code: error.code, message: error.message, path })
    const checkpoint = unsignedIn(note)
    return { ...(checkpoint && { checkpoint }), cosignedBy: [], quorum: false, problems }
  }
}

/** What is wrong between a checkpoint that was seen earlier and the one of today; nothing when today's continues it. */
export async function breakBetween(
  seen: Checkpoint,
  now: Checkpoint,
  read: ReadTile,
): Promise<{ code: string; message: string } | undefined> {
  if (!isContinuedBy(seen.origin, now.origin))
    return { code: 'wrong-origin', message: `It is of the log ${seen.origin}, not of ${now.origin}.` }
  if (seen.size > now.size)
    return {
      code: 'cut-off',
      message: `It covers ${seen.size} entries, the log has ${now.size}: entries were cut off.`,
    }
  if (seen.size === 0n)
    return equal(seen.root, emptyRoot) ? undefined : { code: 'wrong-root', message: 'An empty log has another root.' }
  try {
    const proof = seen.size === now.size ? [] : await consistencyProof(seen.size, now.size, read)
    verifyConsistency(seen.size, now.size, proof, seen.root, now.root)
    return undefined
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    return { code: 'fork', message: `The log does not continue it: ${error.message}` }
  }
}

function unsignedIn(note: Uint8Array): Checkpoint | undefined {
  try {
    return parseCheckpoint(parseNote(note).text)
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    return undefined
  }
}
