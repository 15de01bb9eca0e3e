// Checks a receipt in the browser: what the server tells of an entry against the log's signature, the proofs, the paper.

import type { PublicReceipt } from '../../server/contract/receipts.ts'
import {
  fromBase64,
  fromHex,
  isContinuedBy,
  meetsQuorum,
  openCheckpoint,
  ProofError,
  parsePolicy,
  parseReceipt,
  parseVerifierKey,
  toHex,
  utf8,
  verifyConsistency,
  verifyCosignatures,
  verifyInclusion,
} from '../../server/proof/index.ts'

/** What the code on a paper holds. */
export type Paper = ReturnType<typeof parseReceipt>

export type Check = {
  name: 'leaf' | 'key' | 'inclusion' | 'history' | 'witnesses'
  /** `note`: nothing is wrong, but less is sure than could be. */
  result: 'ok' | 'failed' | 'skipped' | 'note'
  /** Why it failed: a word of ours, or what the checker of proofs said. */
  why?: string
}

export type Checked = {
  checks: Check[]
  /** Without a paper `bare`: then only the log was checked. */
  verdict: 'matches' | 'differs' | 'bare'
  /** Of the newest checkpoint; absent when its signature does not hold. */
  log?: { size: bigint; root: string }
  /** Names of those who cosigned it, as the policy calls them. */
  cosignedBy: string[]
  /** Whether they are as many as the policy asks for; absent when it asks for none. */
  quorum?: boolean
}

/** The paper behind an address; `undefined` when there is nothing behind `#`, `damaged` when it is no whole code. */
export function paperIn(address: string): Paper | 'damaged' | undefined {
  if (!address.includes('#') || address.endsWith('#')) return undefined
  try {
    return parseReceipt(address)
  } catch (error) {
    if (error instanceof ProofError) return 'damaged'
    throw error
  }
}

/** Checks everything that can be checked, also when something fails before: all of it is shown. */
export function checkReceipt(told: PublicReceipt, paper: Paper | undefined): Checked {
  const opened = attempt(() => openCheckpoint(told.checkpoint, told.logKeys.map(parseVerifierKey)))
  const signed = 'why' in opened ? undefined : opened.value
  const size = signed?.checkpoint.size ?? 0n
  const root = signed?.checkpoint.root ?? new Uint8Array()
  const position = BigInt(told.position)

  const leafCheck = paper ? compared(told, paper, signed?.checkpoint.origin) : { result: 'skipped' as const }
  const key = resultOf(opened)
  const needsLog = (check: () => void): Omit<Check, 'name'> =>
    signed ? resultOf(attempt(check)) : { result: 'skipped' }
  const inclusion = needsLog(() => {
    const leaf = paper?.leafHash ?? fromHex(told.leafHash)
    verifyInclusion(leaf, position, size, told.inclusion.map(fromBase64), root)
  })
  const history = paper ? historyOf(told, paper, signed && { size, root }) : { result: 'skipped' as const }
  const { witnesses, cosignedBy, quorum } = witnessesOf(told, signed?.note)

  const checks: Check[] = [
    { name: 'leaf', ...leafCheck },
    { name: 'key', ...key },
    { name: 'inclusion', ...inclusion },
    { name: 'history', ...history },
    { name: 'witnesses', ...witnesses },
  ]
  const failed = checks.some(({ result }) => result === 'failed')
  return {
    checks,
    verdict: failed ? 'differs' : paper ? 'matches' : 'bare',
    ...(signed ? { log: { size, root: toHex(root) } } : {}),
    cosignedBy,
    ...(quorum === undefined ? {} : { quorum }),
  }
}

/** Whether the paper speaks of the same entry of the same log. */
function compared(told: PublicReceipt, paper: Paper, origin: string | undefined): Omit<Check, 'name'> {
  if (!isContinuedBy(paper.origin, origin ?? told.origin)) return { result: 'failed', why: 'origin-differs' }
  if (paper.position !== BigInt(told.position)) return { result: 'failed', why: 'position-differs' }
  if (toHex(paper.leafHash) !== told.leafHash) return { result: 'failed', why: 'leaf-differs' }
  return { result: 'ok' }
}

/** Whether the log as it was when the paper was printed is the beginning of the log of now. */
function historyOf(
  { consistency }: PublicReceipt,
  paper: Paper,
  log: { size: bigint; root: Uint8Array } | undefined,
): Omit<Check, 'name'> {
  if (!log) return { result: 'skipped' }
  if (paper.size > log.size || !consistency) return { result: 'failed', why: 'log-shorter' }
  const { result } = resultOf(
    attempt(() => verifyConsistency(paper.size, log.size, consistency.map(fromBase64), paper.root, log.root)),
  )
  return result === 'ok' ? { result } : { result, why: 'root-differs' }
}

function witnessesOf(
  { policy: text }: PublicReceipt,
  note: Parameters<typeof verifyCosignatures>[0] | undefined,
): { witnesses: Omit<Check, 'name'>; cosignedBy: string[]; quorum?: boolean } {
  const judged = attempt(() => {
    const policy = parsePolicy(utf8(text))
    const parties = [...policy.witnesses]
    const keys = parties.map(([, { key }]) => key)
    const signed = note ? verifyCosignatures(note, keys).map(({ key }) => key) : []
    return { policy, cosignedBy: parties.filter(([, { key }]) => signed.includes(key)).map(([name]) => name) }
  })
  if ('why' in judged) return { witnesses: resultOf(judged), cosignedBy: [] }
  const { policy, cosignedBy } = judged.value
  if (policy.quorum === 'none') {
    return { witnesses: { result: cosignedBy.length > 0 ? 'ok' : 'note' }, cosignedBy }
  }
  const quorum = meetsQuorum(policy, cosignedBy)
  return { witnesses: { result: quorum ? 'ok' : 'note' }, cosignedBy, quorum }
}

type Attempt<Value> = { value: Value } | { why: string }

function attempt<Value>(check: () => Value): Attempt<Value> {
  try {
    return { value: check() }
  } catch (error) {
    if (error instanceof ProofError) return { why: error.message }
    throw error
  }
}

const resultOf = (tried: Attempt<unknown>): Omit<Check, 'name'> =>
  'why' in tried ? { result: 'failed', why: tried.why } : { result: 'ok' }
