// The public page of a receipt: whoever holds the paper may check it, without signing in.

import { z } from 'zod'
import { type PublicReceipt, receiptFacts, standings } from '../contract/receipts.ts'
import { positionIn } from '../documents/receipt/token.ts'
import { type Checkpoint, cosignaturesOf, covering, logKeys, withCosignatures } from '../ledger/checkpoints.ts'
import { mostCosigned } from '../ledger/most-cosigned.ts'
import { consistencyProof, inclusionProof } from '../ledger/proofs.ts'
import { readStandingReceipt } from '../views/receipts.ts'
import type { HttpParts } from './parts.ts'
import { Faulty, found } from './problems.ts'
import { count, openRoute, type Route } from './route.ts'

const ByToken = z.strictObject({ token: z.string().max(60) })
/** How many entries the log had when the paper was printed. */
const OfSize = z.strictObject({ size: count.pipe(z.number().min(1)).optional() })

const Answer = z.object({
  position: z.int(),
  fact: z.enum(receiptFacts),
  recordedAt: z.iso.datetime(),
  item: z.string(),
  leafHash: z.string(),
  origin: z.string(),
  logKeys: z.array(z.string()),
  policy: z.string(),
  ownWitnesses: z.boolean(),
  checkpoint: z.string(),
  inclusion: z.array(z.string()),
  consistency: z.array(z.string()).optional(),
  thing: z.object({
    state: z.enum(standings),
    inTransfer: z.boolean(),
    kind: z.string().optional(),
    at: z.iso.datetime().optional(),
  }),
  corrected: z.boolean(),
}) satisfies z.ZodType<PublicReceipt>

export function receiptRoutes(parts: HttpParts): Route[] {
  const { pool, origin, receiptSecret, policy, witnesses, ownWitnesses } = parts
  return [
    openRoute({
      method: 'get',
      path: '/api/receipts/:token',
      summary: 'The entry of a receipt with its proof, and what became of the thing; no names, no particulars',
      params: ByToken,
      query: OfSize,
      gives: Answer,
      handle: async ({ params: { token }, query: { size } }): Promise<PublicReceipt> => {
        const position = found(positionIn(receiptSecret, token), 'receipt.unknown')
        const receipt = found(await readStandingReceipt(pool, position), 'receipt.unknown')
        const checkpoint = await coveringBoth(position, size)
        if (!checkpoint) throw new Faulty(409, 'receipt.not-covered')
        return {
          position,
          ...receipt,
          origin,
          logKeys: (await logKeys(pool, origin)).map(({ vkey }) => vkey),
          policy: forChecking(await policy()),
          ownWitnesses,
          checkpoint: withCosignatures(checkpoint, await cosignaturesOf(pool, checkpoint)),
          inclusion: base64(await inclusionProof(pool, position, checkpoint.size)),
          ...(await consistencyFrom(size, checkpoint)),
        }
      },
    }),
  ]

  /** Covers the entry and, if the log has got so far, everything that it held when the paper was printed. */
  async function coveringBoth(position: number, size = 0): Promise<Checkpoint | undefined> {
    const last = Math.max(position, size - 1)
    return (await mostCosigned(pool, origin, witnesses, last)) ?? covering(pool, origin, position)
  }

  async function consistencyFrom(size: number | undefined, checkpoint: Checkpoint) {
    if (size === undefined || size > checkpoint.size) return {}
    return { consistency: base64(await consistencyProof(pool, size, checkpoint.size)) }
  }
}

const base64 = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'))

/** A policy without comments and addresses, which are nobody's business: whoever only checks asks no witness. */
function forChecking(policy: string): string {
  const lines = policy.split('\n').map((line) => line.split(/[ \t]+/).filter(Boolean))
  const kept = { witness: 3, log: 2 } as Record<string, number>
  return lines
    .filter(([word]) => word !== undefined && !word.startsWith('#'))
    .map((words) => `${words.slice(0, kept[words[0]!] ?? words.length).join(' ')}\n`)
    .join('')
}
