// Examines bundles of entries one after the other, or its share of them when several do so side by side.
//
// Every examiner reads all entries and knows what they make of all subjects. What is costly it does for its own bundles
// only: hashes, canonical form, and whether the rules decide the commands that begin there in the same way.

import { hash } from 'node:crypto'
import { catalogue } from '../../server/custody/catalogue.ts'
import type { NamedEntry } from '../../server/custody/define.ts'
import { type LoggedFact, Replay } from '../../server/custody/replay.ts'
import { checkCanonical } from '../../server/proof/canonical.ts'
import { entryIn } from '../../server/proof/entry.ts'
import { ProofError } from '../../server/proof/error.ts'
import { entriesPath, fullWidth, tilePath } from '../../server/proof/tiles.ts'
import { Chains } from './chains.ts'
import { bodiesIn, tileIn } from './folder.ts'
import type { Finding } from './problem.ts'
import { type Read, Reader, readWhole } from './reading.ts'

/** Number `index` of `of` examiners. */
export type Share = { index: number; of: number }
/** Entries below `trusted` were examined before: they are hashed and taken for granted. */
export type Task = { folder: string; trusted: number; share: Share }
/** Bundle `n` of `width` entries. */
export type Bundle = { n: number; width: number }

export type Examined = {
  n: number
  findings: Finding[]
  /** Of its own bundles: the hash over all hashes of a full tile. */
  root?: Uint8Array
  /** Of its own bundles: the hashes of a tile that is not full, or that ends or holds the end of what is trusted. */
  leaves?: Uint8Array
  /** Commands that were decided once more. */
  commands: number
  /** Entries at the end whose command has not come to its end. */
  pending: number
  /** Name of the log that the last entry gives. */
  origin: string | undefined
}

const hashLength = 32
/** No command is that long; a log that says so is not to be kept in memory. */
const longestCommand = 50_000

export class Examiner {
  readonly #task: Task
  readonly #chains = new Chains()
  readonly #reader = new Reader()
  readonly #replay: Replay
  readonly #leaf = Buffer.alloc(1 + 65_536)
  readonly #node = Buffer.alloc(1 + 2 * hashLength, 1)
  #command: LoggedFact[] = []
  #commands = 0
  #position = 0
  #bundle: Bundle = { n: 0, width: 0 }
  #clock = ''
  #origin: string | undefined
  /** After an entry that cannot be read nobody knows what holds. */
  #blind = false
  #findings: Finding[] = []

  constructor(task: Task) {
    this.#task = task
    this.#replay = new Replay(catalogue, (position) => this.#entryAt(position))
  }

  /** Bundles come in their order, none is left out. */
  take(bundle: Bundle): Examined {
    const { n, width } = bundle
    this.#bundle = bundle
    this.#findings = []
    this.#commands = 0
    this.#position = n * fullWidth
    const mine = this.#isMine(n)
    const bodies = this.#bodiesOf(n, width, mine)
    const tile = this.#tileOf(n, width, mine)
    const hashes = tile ?? Buffer.concat(bodies.map((body) => this.#leafHash(body)))
    for (const [at, body] of bodies.entries()) {
      const kept = hashes.subarray(at * hashLength, (at + 1) * hashLength)
      if (mine && tile && !this.#leafHash(body).equals(kept))
        this.#say('wrong-leaf', 'The entry is not the one that its tile has the hash of.')
      this.#examine(body, kept, mine)
      this.#position += 1
    }
    return {
      n,
      findings: this.#findings,
      ...(mine && this.#above(bundle, hashes)),
      commands: this.#commands,
      pending: this.#command.length,
      origin: this.#origin,
    }
  }

  #above({ n, width }: Bundle, hashes: Buffer): Pick<Examined, 'root' | 'leaves'> {
    const ends = this.#task.trusted - n * fullWidth
    const full = width === fullWidth && hashes.length === fullWidth * hashLength
    return {
      ...(full && { root: this.#rootOver(hashes) }),
      ...((!full || (ends > 0 && ends <= width)) && { leaves: new Uint8Array(hashes) }),
    }
  }

  #isMine(n: number): boolean {
    return n % this.#task.share.of === this.#task.share.index
  }

  #bodiesOf(n: number, width: number, mine: boolean): Buffer[] {
    const path = entriesPath(BigInt(n), width)
    const tell = (code: string, message: string) => {
      this.#blind = true
      if (mine) this.#findings.push({ code, message, position: this.#position, path })
      return []
    }
    try {
      const bodies = bodiesIn(this.#task.folder, n, width)
      if (!bodies) return tell('missing-entries', 'The entries are missing.')
      if (bodies.length === width) return bodies
      return tell('wrong-entries', `The bundle holds ${bodies.length} entries, not ${width}.`)
    } catch (error) {
      if (!(error instanceof ProofError)) throw error
      return tell(error.code, error.message)
    }
  }

  #tileOf(n: number, width: number, mine: boolean): Buffer | undefined {
    const tile = tileIn(this.#task.folder, 0, n, width)
    if (tile?.length === width * hashLength) return tile
    const path = tilePath(0, BigInt(n), width)
    if (mine && !tile) this.#findings.push({ code: 'missing-tile', message: 'The tile is missing.', path })
    else if (mine)
      this.#findings.push({ code: 'wrong-tile', message: `The tile has not ${width * hashLength} bytes.`, path })
    return undefined
  }

  #examine(body: Buffer, hashOfBody: Buffer, mine: boolean): void {
    const strict = mine && this.#position >= this.#task.trusted
    const entry = this.#read(body, mine, strict)
    if (!entry) {
      this.#blind = true
      this.#command = []
      return
    }
    if (this.#task.share.index === 0) this.#checkOrder(entry)
    this.#origin = entry.origin
    this.#clock = entry.recordedAt
    if (this.#blind) return
    if (this.#isMine(entry.subject.id.charCodeAt(entry.subject.id.length - 2) || 0)) {
      const broken = this.#chains.take(entry, hashOfBody)
      if (broken) this.#say('broken-chain', broken)
    }
    this.#takeFact(entry)
  }

  #read(body: Buffer, mine: boolean, strict: boolean): Read | undefined {
    const begins = this.#command[0]?.position
    const withAsked = mine || (begins !== undefined && this.#isMine(Math.floor(begins / fullWidth)))
    const plain = this.#reader.read(body, this.#position, withAsked)
    if (plain) return plain
    try {
      const entry = readWhole(jsonIn(body.toString()), this.#position)
      if (strict) this.#requireCanonical(body)
      return entry
    } catch (error) {
      if (!(error instanceof ProofError)) throw error
      if (mine) this.#say(error.code, error.message)
      return undefined
    }
  }

  /** Odd bytes may still be read, so that what follows can be judged. */
  #requireCanonical(body: Uint8Array): void {
    try {
      checkCanonical(body)
    } catch (error) {
      if (!(error instanceof ProofError)) throw error
      this.#say(error.code, error.message)
    }
  }

  /** An entry gives the name of its log; an earlier name only until an entry opens a new epoch. */
  #checkOrder({ origin, recordedAt, fact, data }: Read): void {
    if (recordedAt < this.#clock)
      this.#say('wrong-clock', `The entry was recorded at ${recordedAt}, after one of ${this.#clock}.`)
    if (this.#origin === undefined || origin === this.#origin) return
    const { before, ...epoch } = (data ?? {}) as { origin?: unknown; before?: { origin?: unknown }; kept?: unknown }
    const continues = before?.origin === this.#origin && epoch.kept === this.#position
    const opens = fact === 'EpochOpened' && epoch.origin === origin && continues
    if (!opens) this.#say('wrong-origin', `The entry says that it is of ${origin}, the one before of ${this.#origin}.`)
  }

  /** Gathers the entries of one command; they stand side by side. */
  #takeFact(entry: LoggedFact): void {
    const { id, ordinal, of } = entry.command
    const last = this.#command.at(-1)
    if (last && (last.command.id !== id || ordinal !== this.#command.length)) this.#decide()
    this.#command.push(entry)
    if (this.#command.length === of || this.#command.length >= longestCommand) this.#decide()
  }

  #decide(): void {
    const command = this.#command
    this.#command = []
    const judged =
      this.#isMine(Math.floor(command[0]!.position / fullWidth)) && command.at(-1)!.position >= this.#task.trusted
    if (!judged) {
      this.#replay.takeOnTrust(command)
      return
    }
    this.#commands += 1
    for (const rule of this.#replay.take(command)) this.#findings.push({ rule })
  }

  /** A correction names an entry by its position. */
  #entryAt(position: number): NamedEntry | undefined {
    if (!(position < this.#position)) return undefined
    const n = Math.floor(position / fullWidth)
    const width = n === this.#bundle.n ? this.#bundle.width : fullWidth
    const body = bodiesIn(this.#task.folder, n, width)?.[position % fullWidth]
    if (!body) return undefined
    const { subject, step, fact, occurredAt } = entryIn(jsonIn(body.toString()))
    return { subject, step, fact, occurredAt, hash: this.#leafHash(body).toString('hex') } as NamedEntry
  }

  #leafHash(body: Uint8Array): Buffer {
    this.#leaf.set(body, 1)
    return hash('sha256', this.#leaf.subarray(0, 1 + body.length), 'buffer')
  }

  /** Of the hashes of a full tile. */
  #rootOver(hashes: Buffer): Buffer {
    const row = Buffer.from(hashes)
    for (let count = fullWidth / 2; count >= 1; count /= 2)
      for (let n = 0; n < count; n++) {
        this.#node.set(row.subarray(2 * n * hashLength, (2 * n + 2) * hashLength), 1)
        row.set(hash('sha256', this.#node, 'buffer'), n * hashLength)
      }
    return Buffer.from(row.subarray(0, hashLength))
  }

  #say(code: string, message: string): void {
    this.#findings.push({ code, message, position: this.#position })
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProofError('not-json', 'The entry is not JSON in UTF-8.')
  }
}
