// Checks the code on a receipt against a log: the entry stands where the paper says, and the log was never another.

import { equal, toHex } from '../../server/proof/bytes.ts'
import { ProofError } from '../../server/proof/error.ts'
import type { Policy } from '../../server/proof/policy.ts'
import { parseReceipt, type Receipt } from '../../server/proof/receipt.ts'
import { fullWidth, inclusionProof, type ReadTile, tilePath } from '../../server/proof/tiles.ts'
import { verifyInclusion } from '../../server/proof/tree.ts'
import { tileIn } from './folder.ts'
import { NotChecked, type Problem } from './problem.ts'
import { breakBetween, signedIn } from './signed.ts'
import type { Source } from './source.ts'
import { lineOf } from './words.ts'

/** Throws NotChecked for a text that is no code of a receipt. */
export async function verifyReceipt(code: string, source: Source, policy: Policy) {
  const receipt = receiptIn(code)
  const { checkpoint, cosignedBy, problems } = signedIn(await source.checkpoint(), policy)
  const read: ReadTile = async (level, n, width) => {
    await source.bring([tilePath(level, n, width), tilePath(level, n)])
    return tileIn(source.folder, level, Number(n), width) ?? new Uint8Array(0)
  }
  const about = { origin: receipt.origin, position: Number(receipt.position), leafHash: toHex(receipt.leafHash) }
  if (checkpoint) {
    const { origin, size, root, position, leafHash } = receipt
    const broken = await breakBetween({ origin, size, root, extensions: [] }, checkpoint, read)
    if (broken) problems.push({ ...broken, message: `What the receipt says of the log: ${broken.message}` })
    const missing = position < checkpoint.size && (await missingLeaf(position, leafHash, checkpoint, read))
    if (missing) problems.push({ ...missing, position: Number(position) })
  }
  const report = { ...about, size: Number(checkpoint?.size ?? 0), cosignedBy, problems, sound: problems.length === 0 }
  return { ...report, lines: linesOf(report) }
}

/** What is wrong with the entry's place in the log; nothing when it stands there. */
async function missingLeaf(
  position: bigint,
  leafHash: Uint8Array,
  { size, root }: { size: bigint; root: Uint8Array },
  read: ReadTile,
): Promise<Omit<Problem, 'position'> | undefined> {
  try {
    const kept = await read(0, position / 256n, position / 256n === size / 256n ? Number(size % 256n) : fullWidth)
    const at = Number(position % 256n) * 32
    if (!equal(kept.subarray(at, at + 32), leafHash))
      return { code: 'other-entry', message: 'Another entry stands there than the one the receipt was printed for.' }
    verifyInclusion(leafHash, position, size, await inclusionProof(position, size, read), root)
    return undefined
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    return { code: error.code, message: error.message }
  }
}

function receiptIn(code: string): Receipt {
  try {
    return parseReceipt(code)
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    throw new NotChecked(error.message)
  }
}

type Told = {
  origin: string
  position: number
  size: number
  cosignedBy: string[]
  problems: Problem[]
  sound: boolean
}

function linesOf({ origin, position, size, cosignedBy, problems, sound }: Told): string[] {
  return [
    `Receipt for entry ${position} of the log ${origin}, which has ${size} entries.`,
    `Cosigned by ${cosignedBy.join(', ') || 'nobody'}.`,
    ...problems.map(lineOf),
    sound ? 'Sound: the entry stands in the log, and the log continues what the receipt says of it.' : 'NOT SOUND.',
  ]
}
