// What `GET /api/log` tells of the log: how far it is signed, who has cosigned, what contradicts it. Pure; shared with
// the browser. Nothing here proves anything; proofs are made from `/api/log/checkpoint` and its tiles.

/** Sizes count entries: those at positions below. Times are `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export type LogState = {
  origin: string
  /** The key that signs the log now (C2SP verifier key); absent before the first checkpoint. */
  vkey?: string
  /** Entries in the ledger, signed or not. */
  size: number
  /** The newest one; absent before the first. `root` in base64, `note` with its cosignatures. */
  checkpoint?: { size: number; root: string; madeAt: string; note: string }
  /** In the order of the policy. */
  witnesses: LogWitness[]
  /** Whether the newest checkpoint is cosigned as the policy asks, and up to which size one has been. */
  quorum: { met: boolean; size: number }
  /** Text of the policy (C2SP tlog-policy). */
  policy: string
  /** Keys that sign or signed the log, the oldest first. */
  keys: { vkey: string; fromSize: number; addedAt: string }[]
  /** What contradicts the log, the newest first. */
  evidence: LogEvidence[]
  /** The newest report of somebody who checked the whole log by themselves: their claim, not this server's. */
  lastVerification?: { at: string; size: number; ok: boolean; by: string }
  /** Why nothing may be recorded: code and params of a refusal. */
  readOnly?: { code: string; params?: Record<string, unknown> }
  /** The witnesses run inside this process, as in the demonstration. */
  ownWitnesses?: boolean
}

export type LogWitness = {
  /** As the policy calls it. */
  name: string
  keyName: string
  /** Hex. */
  keyId: string
  /** The greatest size it has cosigned, 0 for none, and when. */
  size: number
  at?: string | undefined
  /** Entries of the newest checkpoint that it has not cosigned. */
  behind: number
}

/** `notes` are signed notes that cannot all be true of one log. */
export type LogEvidence = {
  id: number
  kind: string
  foundAt: string
  about: Record<string, unknown>
  notes: string[]
}
