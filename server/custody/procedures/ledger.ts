// ledger 存证日志 – what the ledger says of itself: a new epoch after a loss, a new key, rules that hold from here on.
// Recorded by the system, see system.ts. Pure.

import { factAbout, procedure } from '../define.ts'

/** What is left of an earlier log, and what is known of all of it. */
export type NewEpoch = {
  /** The name of the log from here on. */
  origin: string
  /** The newest checkpoint that anybody kept of the log before, with its cosignatures. `root` in hex. */
  before: { origin: string; size: number; root: string; checkpoint: string }
  /** Entries of the log before that are there, from its first one on. */
  kept: number
  reason: string
}

/** C2SP verifier keys of the log; `signature` is that of the old key over `statement`, in base64. */
export type NewKey = { key: string; before: string; statement: string; signature: string }

/** The version of the rules by which commands are decided from the next entry on, see rules.ts. */
export type NewRules = { version: number }

/** What the old key signs: that from now on the new one signs the checkpoints of this log. */
export const statementOfKey = (origin: string, key: string): string => `${origin}\nnew key\n${key}\n`

export const ledger = procedure({
  name: 'ledger',
  steps: {},
  facts: {
    EpochOpened: factAbout<'unit', NewEpoch>('unit', (agency) => agency!),
    LogKeyAnnounced: factAbout<'unit', NewKey>('unit', (agency) => agency!),
    RulesAdopted: factAbout<'unit', NewRules>('unit', (agency, { data }) => ({ ...agency!, rules: data.version })),
  },
  refusals: ['other-statement', 'rules-go-back', 'newer-rules', 'read-only', 'report-of-another', 'report-ahead'],
})
