// What a log signed and a witness would not cosign, kept beside the state: proof, perhaps, that a log shows two histories.

import { createHash } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { toBase64 } from '../proof/index.ts'
import { writeNewFile } from './durable.ts'

/**
 * `fork`: two roots for one size, signed by the log; nothing else is needed to convict it. `unproven`: a larger tree
 * that was not shown to continue the one before; anybody can send a wrong proof with a checkpoint that is sound.
 */
export type Evidence = {
  kind: 'fork' | 'unproven'
  witness: string
  origin: string
  /** The note this witness cosigned; none before its first. */
  cosigned: string | undefined
  /** The note it refused, and what came with it. */
  refused: string
  old: bigint
  proof: Uint8Array[]
  foundAt: string
}

/** Anybody may send wrong proofs, so that not all of them are kept; forks only the log itself can make. */
const mostUnproven = 200

/** Writes each pair of notes once. Gives the file, or undefined when it is there already or there are too many. */
export async function keepEvidence(stateFile: string, evidence: Evidence): Promise<string | undefined> {
  const { kind, witness, cosigned = '', refused, old, proof } = evidence
  const folder = join(dirname(stateFile), 'evidence')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = await readdir(folder)
  if (kind === 'unproven' && kept.filter((name) => name.startsWith(kind)).length >= mostUnproven) return undefined
  const id = createHash('sha256')
    .update(`${witness}\n${checkpointIn(cosigned)}\n${checkpointIn(refused)}`)
    .digest('hex')
  const file = join(folder, `${kind}-${id.slice(0, 32)}.json`)
  const text = JSON.stringify({ ...evidence, old: String(old), proof: proof.map(toBase64) }, null, 2)
  try {
    await writeNewFile(file, `${text}\n`)
    return file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
    throw error
  }
}

/** Without the signatures, since cosignatures of the same thing differ in their time. */
const checkpointIn = (note: string) => note.slice(0, note.lastIndexOf('\n\n') + 1)
