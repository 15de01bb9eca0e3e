// Checks in the browser that what the page shows of an item is what the signed log says, whatever the server tells.

import type { Card } from '../../server/contract/cards.ts'
import type { LogState } from '../../server/contract/log.ts'
import type { ChainEntry } from '../../server/contract/movements.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { applyFact } from '../../server/custody/decide.ts'
import type { Recorded } from '../../server/custody/define.ts'
import type { Item } from '../../server/custody/item.ts'
import {
  checkCanonical,
  checkLink,
  consistencyProof,
  formatVerifierKey,
  fromHex,
  isContinuedBy,
  type Judged,
  type Link,
  leafHash,
  linkOf,
  openUnderPolicy,
  type Policy,
  ProofError,
  readEntry,
  toHex,
  verifyConsistency,
} from '../../server/proof/index.ts'
import { type Change, changesBetween, type Keys, type Known, keysOf, policyOf } from './log-keys.ts'
import { bundleSize, type ReadPiece, SignedLog, Wrong } from './signed-log.ts'

/** What a check asks for. A rejection that is no ProofError means that nothing could be checked, and is passed on. */
export type Source = {
  /** Asked first, for keys and policy alone. */
  log: () => Promise<Pick<LogState, 'vkey' | 'policy'>>
  /** The newest checkpoint with its cosignatures. */
  checkpoint: () => Promise<Uint8Array>
  /** What the page shows; always asked after the checkpoint, so that it lacks nothing the checkpoint covers. */
  shown: () => Promise<Shown>
  piece: ReadPiece
  /** Before the checkpoint is asked for again. */
  pause: () => Promise<void>
}

/** The item's card and its chain, ascending. */
export type Shown = { item: Card; entries: ChainEntry[] }

/** Something wrong: a word, a sentence in English, what fills a sentence in other languages, the entry it is about. */
export type Fault = { code: string; message: string; position?: number; params?: Record<string, unknown> }

export type Verdict = {
  /** `unwitnessed`: nothing is wrong, but fewer have cosigned than the policy asks for. */
  outcome: 'verified' | 'unwitnessed' | 'broken' | 'keys-changed'
  faults: Fault[]
  /** Keys or witnesses that are not those this browser trusts; then nothing else was checked. */
  changes: Change[]
  /** What the server names now, to be trusted if people say so. */
  offered: Keys
  /** Those that were checked. */
  entries: { position: number; ok: boolean }[]
  /** Absent when no checkpoint could be opened. `root` in hex. */
  log?: { origin: string; size: number; root: string }
  /** In the policy's order. The quorum is absent when the policy asks for none. `at` is what the witness signed. */
  witnesses: { cosigned: { name: string; key: string; at: string }[]; quorum?: boolean }
  /** The size that this browser saw before, which the log now continues. */
  continues?: number
  /** Entries after the item's last that were looked through for further ones about it, of how many. */
  later?: { looked: number; of: number }
  /** To be kept for the next time; absent when the log itself cannot be believed. */
  seen?: Omit<Known, 'since' | 'at'>
}

export type Progress = { done: number; of: number }

/** The log signs within a second and witnesses follow; then the check begins without them. */
const mostAttempts = 8
/** Bundles after the item's last entry that are looked through, 256 entries each. */
const mostLater = 16

/**
 * Checks an item's chain. `known` is what this browser kept of the log, nothing at first sight: then the server's word
 * on the keys is taken. What is wrong stands in the verdict; only a source that fails throws.
 */
export async function verifyShown(
  source: Source,
  known: Known | undefined,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Verdict> {
  const check = new Check(source, known, onProgress)
  try {
    await check.run()
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    check.report(error)
  }
  return check.verdict()
}

class Check {
  readonly #source: Source
  readonly #known: Known | undefined
  readonly #onProgress: (progress: Progress) => void
  readonly #faults: Fault[] = []
  readonly #entries: Verdict['entries'] = []
  #offered: Keys = { logKey: '', policy: 'quorum none\n' }
  #changes: Change[] = []
  #judged: Judged | undefined
  #policy: Policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: 'none' }
  #continues: number | undefined
  #later: Verdict['later']
  #believed = false

  constructor(source: Source, known: Known | undefined, onProgress: (progress: Progress) => void) {
    this.#source = source
    this.#known = known
    this.#onProgress = onProgress
  }

  async run(): Promise<void> {
    this.#offered = keysOf(await this.#source.log())
    if (this.#known) this.#changes = changesBetween(this.#known, this.#offered)
    if (this.#changes.length > 0) return
    this.#policy = policyOf(this.#offered)
    const { judged, shown } = await this.#settled()
    this.#judged = judged
    const log = new SignedLog(judged.checkpoint, this.#source.piece)
    this.#believed = await this.#attempt(() => this.#checkContinues(log))
    await this.#checkShown(shown, log)
  }

  report({ code, message, position }: ProofError, params?: Record<string, unknown>): void {
    const at = position === undefined ? {} : { position: Number(position) }
    this.#faults.push({ code, message, ...at, ...(params ? { params } : {}) })
  }

  verdict(): Verdict {
    const { checkpoint, cosignatures = [], quorum } = this.#judged ?? {}
    const cosigned = [...this.#policy.witnesses].flatMap(([name, { key }]) => {
      const signed = cosignatures.find((cosignature) => cosignature.key === key)
      if (!signed) return []
      return [{ name, key: formatVerifierKey(key), at: new Date(Number(signed.timestamp) * 1000).toISOString() }]
    })
    const log = checkpoint && {
      origin: checkpoint.origin,
      size: Number(checkpoint.size),
      root: toHex(checkpoint.root),
    }
    return {
      outcome: this.#outcome(),
      faults: this.#faults,
      changes: this.#changes,
      offered: this.#offered,
      entries: this.#entries,
      ...(log ? { log } : {}),
      witnesses: {
        cosigned,
        ...(this.#policy.quorum === 'none' ? {} : { quorum: quorum ?? false }),
      },
      ...(this.#continues === undefined ? {} : { continues: this.#continues }),
      ...(this.#later ? { later: this.#later } : {}),
      ...(log && this.#believed
        ? { seen: { ...this.#offered, origin: log.origin, size: String(log.size), root: log.root } }
        : {}),
    }
  }

  #outcome(): Verdict['outcome'] {
    if (this.#changes.length > 0) return 'keys-changed'
    if (this.#faults.length > 0) return 'broken'
    return this.#judged?.quorum ? 'verified' : 'unwitnessed'
  }

  /** A checkpoint, and a chain read after it, that belong together; waits a little for signatures to come. */
  async #settled(): Promise<{ judged: Judged; shown: Shown }> {
    for (let attempt = 1; ; attempt++) {
      const judged = openUnderPolicy(await this.#source.checkpoint(), this.#policy)
      const shown = await this.#source.shown()
      const last = shown.entries.at(-1)
      const covered = last === undefined || BigInt(last.position) < judged.checkpoint.size
      const whole = shown.item.version === (last?.version ?? 0)
      if ((covered && whole && judged.quorum) || attempt === mostAttempts) return { judged, shown }
      await this.#source.pause()
    }
  }

  /** That nothing which this browser saw of the log before has gone or changed. */
  async #checkContinues(log: SignedLog): Promise<void> {
    const { size, root } = log.checkpoint
    if (!this.#known || this.#known.size === '0') return
    const before = BigInt(this.#known.size)
    if (before > size)
      throw new Wrong('log-shorter', `The log has ${size} entries; this browser has seen ${before}.`, {
        before: Number(before),
        size: Number(size),
      })
    const proof = await consistencyProof(before, size, log.tile)
    try {
      verifyConsistency(before, size, proof, fromHex(this.#known.root), root)
    } catch (error) {
      if (!(error instanceof ProofError)) throw error
      throw new Wrong('log-different', `The first ${before} entries are not those that this browser has seen.`, {
        before: Number(before),
        size: Number(size),
      })
    }
    this.#continues = Number(before)
  }

  async #checkShown({ item, entries }: Shown, log: SignedLog): Promise<void> {
    if (entries.length === 0) throw new ProofError('no-entries', 'The page shows no entry of this item.')
    const size = log.checkpoint.size
    const after = BigInt(entries.at(-1)!.position) + 1n
    const later = after < size ? Number((size - 1n) / bundleSize - after / bundleSize) + 1 : 0
    const of = entries.length + Math.min(later, mostLater)
    const advance = (done: number) => this.#onProgress({ done, of })
    advance(0)
    const chain = new ChainCheck(item.code, log)
    for (const [at, entry] of entries.entries()) {
      const ok = await this.#attempt(() => chain.take(entry), entry.position)
      this.#entries.push({ position: entry.position, ok })
      advance(at + 1)
    }
    if (chain.links.length === entries.length) await this.#attempt(async () => checkStanding(item, chain.links))
    const looked = async (bundles: number) => advance(entries.length + bundles)
    await this.#attempt(() => this.#checkLater(item.code, after, log, looked))
  }

  /** That no further entry about the item stands in the log and is left out of the page. */
  async #checkLater(code: string, after: bigint, log: SignedLog, looked: (bundles: number) => void): Promise<void> {
    const size = log.checkpoint.size
    if (after >= size) return
    let at = after
    for (let bundles = 1; at < size && bundles <= mostLater; bundles++) {
      for (const body of await log.entriesFrom(at)) {
        const { kind, id } = readEntry(body).subject
        if (kind === 'item' && id === code)
          throw new Wrong('hidden-entry', `Entry ${at} is about this item too, and the page does not show it.`, {
            position: Number(at),
          })
        at += 1n
      }
      looked(bundles)
    }
    this.#later = { looked: Number(at - after), of: Number(size - after) }
  }

  /** Whether a check passed; what it throws is kept, with the position of the entry that it was about. */
  async #attempt(check: () => Promise<void>, position?: number): Promise<boolean> {
    try {
      await check()
      return true
    } catch (error) {
      if (!(error instanceof ProofError)) throw error
      const at = error.position ?? (position === undefined ? undefined : BigInt(position))
      this.report(new ProofError(error.code, error.message, at), error instanceof Wrong ? error.params : undefined)
      return false
    }
  }
}

/** Takes an item's entries in order. */
class ChainCheck {
  /** Those that are proven, while none before them was not. */
  readonly links: Link[] = []
  readonly #code: string
  readonly #log: SignedLog
  #before: Link | undefined
  /** A broken entry breaks the chain once, not again at the entry after it. */
  #isBroken = false

  constructor(code: string, log: SignedLog) {
    this.#code = code
    this.#log = log
  }

  /** Throws ProofError with what is wrong first. */
  async take(shown: ChainEntry): Promise<void> {
    const wasBroken = this.#isBroken
    this.#isBroken = true
    const position = BigInt(shown.position)
    const body = await this.#log.body(position)
    // Whatever the bytes say means nothing before they are proven to stand there.
    await this.#log.checkInclusion(position, leafHash(body))
    checkCanonical(body)
    const link = linkOf(position, body)
    const { origin, subject } = link.entry
    if (!isContinuedBy(origin, this.#log.checkpoint.origin))
      throw new ProofError('wrong-origin', 'The entry names another log.')
    if (subject.kind !== 'item' || subject.id !== this.#code)
      throw new ProofError('wrong-item', 'The entry is about something else than this item.')
    const before = this.#before
    this.#before = link
    this.#isBroken = false
    if (!wasBroken) checkLink(before, link)
    const fields = differing(shown, link)
    if (fields.length > 0)
      throw new Wrong('view-differs', `The page shows otherwise than the entry says: ${fields.join(', ')}.`, { fields })
    this.links.push(link)
  }
}

/** Names of what the page shows of an entry and its bytes do not say. */
function differing(shown: ChainEntry, { entry, hash }: Link): string[] {
  const told: Record<string, unknown> = { ...shown }
  const { actor: by, ...said } = entry
  const bytes: Record<string, unknown> = { ...said, by, hash: toHex(hash) }
  return shownFields.filter((name) => !isSame(told[name], bytes[name]))
}

const shownFields = [
  'step',
  'fact',
  'subject',
  'version',
  'docket',
  'occurredAt',
  'recordedAt',
  'by',
  'countersigners',
  'data',
  'files',
  'previous',
  'hash',
]

/** That the rules lead from these entries to what the page says of the thing. */
function checkStanding(item: Card, links: readonly Link[]): void {
  let state: Item | undefined
  for (const { entry, position } of links) {
    const definition = catalogue.facts[entry.fact]
    // An entry of a newer release than this page: what it leads to is not for this page to say.
    if (definition?.about !== 'item') return
    try {
      state = applyFact<'item'>(definition, state, { ...entry, by: entry.actor } as unknown as Recorded)
    } catch {
      throw new ProofError('not-by-the-rules', 'The rules cannot follow this entry.', position)
    }
  }
  // Whether something is overdue depends on the moment.
  const { overdue: _, ...shown }: Record<string, unknown> = item
  const expected: Record<string, unknown> = { ...state }
  const names = [...new Set([...Object.keys(shown), ...Object.keys(expected)])].sort()
  const fields = names.filter((name) => !isSame(unnamed(name, shown), unnamed(name, expected)))
  if (fields.length > 0)
    throw new Wrong('state-differs', `The page shows otherwise than the entries lead to: ${fields.join(', ')}.`, {
      fields,
    })
}

/** Places are shown by the names that they have now; which places they are is what the entries tell. */
function unnamed(name: string, of: Record<string, unknown>): unknown {
  if (name !== 'custody') return of[name]
  return JSON.parse(
    JSON.stringify(of[name] ?? null, (key, value) => (key === 'placeName' || key === 'pathNames' ? undefined : value)),
  )
}

/** Whether two values are the same JSON; a member that is `undefined` is none. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((name) => isSame(left[name], right[name]))
}
