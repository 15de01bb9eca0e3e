// Checks a whole log: every entry, every tile, what is signed, every chain, and every rule once more.

import { availableParallelism } from 'node:os'
import { equal, toHex } from '../../server/proof/bytes.ts'
import type { Checkpoint } from '../../server/proof/checkpoint.ts'
import type { Policy } from '../../server/proof/policy.ts'
import { entriesPath, fullWidth, type ReadTile, tilePath } from '../../server/proof/tiles.ts'
import { type Crew, crewFor } from './crew.ts'
import type { Bundle } from './examiner.ts'
import { tileIn } from './folder.ts'
import { Levels } from './levels.ts'
import { type Finding, NotChecked, type Problem } from './problem.ts'
import { breakBetween, signedIn } from './signed.ts'
import type { Source } from './source.ts'
import type { Saved, State } from './state.ts'
import { inWords } from './words.ts'

export const reportFormat = 'stillpoint-verify@1'

export type LogReport = {
  format: typeof reportFormat
  log: string
  origin: string
  size: number
  /** In hex, as the checkpoint says. */
  root: string
  cosignedBy: string[]
  quorum: boolean
  /** Entries that were read, and commands that were decided once more, in this run and in those that it resumes. */
  entries: number
  commands: number
  /** The command that the end of the checkpoint cuts; it was not judged. */
  cut?: { position: number; entries: number }
  seen: { file: string; size?: number; ok: boolean }[]
  problems: Problem[]
  /** Problems beyond those that are listed. */
  more: number
  sound: boolean
}

export type Settings = {
  log: string
  source: Source
  policy: Policy
  /** Checkpoints from earlier, and the names of their files. */
  seen: { file: string; note: Uint8Array }[]
  /** As many as the log and the processors are worth when absent; 0: this process alone. */
  threads?: number
  state?: State
  onProgress?: (done: number, size: number) => void
  signal?: AbortSignal
}

/** More would help nobody. */
const mostProblems = 1_000
/** Bundles under way at the threads, and further ones under way from an address. */
const ahead = 24
/** Bundles between two times that the state is kept. */
const perState = 256
const hashLength = 32

export async function verifyLog(settings: Settings): Promise<LogReport> {
  const { source, policy } = settings
  const signed = signedIn(await source.checkpoint(), policy)
  const { checkpoint } = signed
  if (!checkpoint) return reportOf(settings, undefined, signed.problems)
  if (checkpoint.size > BigInt(Number.MAX_SAFE_INTEGER))
    throw new NotChecked('The log is larger than can be read here.')
  const saved = await settings.state?.read(checkpoint.origin)
  const checking = new LogCheck(settings, checkpoint, saved)
  checking.tell(...signed.problems)
  try {
    await checking.readAll()
    await checking.climb()
    await checking.lookBack()
  } finally {
    await checking.close()
  }
  return { ...(await checking.report()), cosignedBy: signed.cosignedBy, quorum: signed.quorum }
}

class LogCheck {
  readonly #settings: Settings
  readonly #checkpoint: Checkpoint
  readonly #saved: Saved | undefined
  readonly #size: number
  readonly #levels = new Levels()
  /** What is wrong with single entries, and with the log as a whole. */
  readonly #findings: Finding[] = []
  readonly #problems: Problem[] = []
  readonly #seen: LogReport['seen'] = []
  #crew: Crew | undefined
  #commands = 0
  #pending = 0
  #more = 0
  #origin: string | undefined
  #isAsSaved = true

  constructor(settings: Settings, checkpoint: Checkpoint, saved: Saved | undefined) {
    this.#settings = settings
    this.#checkpoint = checkpoint
    this.#size = Number(checkpoint.size)
    this.#saved = saved
    if (!saved) return
    this.#commands = saved.commands
    this.#find(saved.findings)
  }

  tell(...problems: Problem[]): void {
    this.#problems.push(...problems)
  }

  #find(findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (this.#findings.length < mostProblems) this.#findings.push(finding)
      else this.#more += 1
    }
  }

  /** Everything in the bundles and in the tiles of level 0. */
  async readAll(): Promise<void> {
    const { source, signal, onProgress, threads = threadsFor(this.#size) } = this.#settings
    if (this.#saved && this.#saved.size > this.#size)
      return this.tell({
        code: 'cut-off',
        message: `Earlier ${this.#saved.size} entries were checked, the log has ${this.#size}: entries were cut off.`,
      })
    this.#crew = await crewFor({ folder: source.folder, trusted: this.#saved?.size ?? 0 }, threads)
    const underWay: Promise<void>[] = []
    const bundles = Math.ceil(this.#size / fullWidth)
    let turn: Promise<unknown> = Promise.resolve()
    for (let n = 0; n < bundles && !signal?.aborted; n++) {
      const bundle = { n, width: Math.min(fullWidth, this.#size - n * fullWidth) }
      const brought = this.#bring(bundle)
      // Whoever awaits it later hears of a failure; meanwhile it must not end the process.
      brought.catch(() => undefined)
      // Bundles are examined in their order, however they arrive.
      const examined = turn.then(() => brought).then(() => ({ answers: this.#crew!.examine(bundle) }))
      turn = examined
      const before = underWay.at(-1)
      underWay.push(
        examined.then(async ({ answers }) => {
          const all = await answers
          await before
          if (signal?.aborted) return
          await this.#take(bundle, all)
          onProgress?.(n * fullWidth + bundle.width, this.#size)
        }),
      )
      underWay.at(-1)!.catch(() => undefined)
      if (underWay.length > ahead) await underWay.shift()
    }
    await Promise.all(underWay)
    if (signal?.aborted) {
      await this.#keepState()
      throw new NotChecked(`Interrupted after ${this.#levels.size} of ${this.#size} entries.`)
    }
  }

  /** Tiles above level 0, and the root. */
  async climb(): Promise<void> {
    if (this.#levels.size < this.#size) return
    const { source } = this.#settings
    this.tell(...(await this.#levels.problemsIn(source.folder, (...tile) => this.#bringTile(...tile))))
    const message = 'The entries lead to another root than the one in the checkpoint.'
    if (!equal(this.#levels.root(), this.#checkpoint.root))
      this.tell({ code: 'wrong-root', message, path: 'checkpoint' })
    const { origin } = this.#checkpoint
    if (this.#origin !== undefined && this.#origin !== origin)
      this.tell({
        code: 'wrong-origin',
        message: `The last entry says that it is of ${this.#origin}, the checkpoint is of ${origin}.`,
        position: this.#size - 1,
      })
    await this.#keepState()
  }

  /** Earlier checkpoints. */
  async lookBack(): Promise<void> {
    const { source, policy, seen } = this.#settings
    const read: ReadTile = async (level, n, width) => {
      await this.#bringTile(level, Number(n), width)
      return tileIn(source.folder, level, Number(n), width) ?? new Uint8Array(0)
    }
    for (const { file, note } of seen) {
      const earlier = signedIn(note, { ...policy, quorum: 'none' }, file)
      const problems = [...earlier.problems]
      const broken = earlier.checkpoint && (await breakBetween(earlier.checkpoint, this.#checkpoint, read))
      if (broken) problems.push({ ...broken, path: file })
      const size = earlier.checkpoint && Number(earlier.checkpoint.size)
      this.#seen.push({ file, ...(size !== undefined && { size }), ok: problems.length === 0 })
      this.tell(...problems)
    }
  }

  async report(): Promise<LogReport> {
    const cut = this.#pending > 0 ? { position: this.#size - this.#pending, entries: this.#pending } : undefined
    const problems = inOrder([...this.#problems, ...(await inWords(this.#findings))])
    return {
      ...reportOf(this.#settings, this.#checkpoint, problems),
      entries: this.#levels.size,
      commands: this.#commands,
      ...(cut && { cut }),
      seen: this.#seen,
      more: this.#more,
    }
  }

  async close(): Promise<void> {
    await this.#crew?.close()
  }

  async #take({ n, width }: Bundle, answers: Awaited<ReturnType<Crew['examine']>>): Promise<void> {
    for (const { findings, commands } of answers) {
      this.#find(findings)
      this.#commands += commands
    }
    const [first] = answers
    this.#pending = first!.pending
    this.#origin = first!.origin
    const leaves = answers.find((answer) => answer.leaves)?.leaves
    const root = answers.find((answer) => answer.root)?.root
    const trusted = (this.#saved?.size ?? 0) - n * fullWidth
    if (leaves && trusted > 0 && trusted <= width) this.#compareSaved(leaves.subarray(0, trusted * hashLength))
    if (root) this.#levels.addTile(root)
    else this.#levels.addLeaves(leaves!)
    if ((n + 1) % perState === 0) await this.#keepState()
  }

  #compareSaved(leaves: Uint8Array): void {
    if (toHex(this.#levels.rootWith(leaves)) === this.#saved!.root) return
    this.#isAsSaved = false
    const message = `The first ${this.#saved!.size} entries are not those that were checked earlier.`
    this.tell({ code: 'fork', message, position: 0 })
  }

  /** Only as far as all that was read is what the tree holds: who goes on takes these bytes for granted. */
  async #keepState(): Promise<void> {
    const { state } = this.#settings
    const size = this.#levels.size
    const whole =
      this.#isAsSaved && this.#findings.every((finding) => 'rule' in finding || finding.code === 'not-canonical')
    if (!state || !whole || this.#more > 0 || size <= (this.#saved?.size ?? 0)) return
    const { origin } = this.#checkpoint
    const root = toHex(this.#levels.root())
    await state.keep({ origin, size, root, commands: this.#commands, findings: this.#findings })
  }

  #bring({ n, width }: Bundle): Promise<unknown> {
    const { source } = this.#settings
    const [part, whole] = [entriesPath(BigInt(n), width), entriesPath(BigInt(n))]
    return Promise.all([source.bring([part, whole]), this.#bringTile(0, n, width)])
  }

  #bringTile(level: number, n: number, width: number): Promise<void> {
    return this.#settings.source.bring([tilePath(level, BigInt(n), width), tilePath(level, BigInt(n))])
  }
}

/** Threads take about a second to begin. */
const threadsFor = (size: number): number => (size < 20_000 ? 0 : Math.min(4, availableParallelism()))

function reportOf({ log }: Settings, checkpoint: Checkpoint | undefined, problems: Problem[]): LogReport {
  return {
    format: reportFormat,
    log,
    origin: checkpoint?.origin ?? '',
    size: Number(checkpoint?.size ?? 0),
    root: checkpoint ? toHex(checkpoint.root) : '',
    cosignedBy: [],
    quorum: false,
    entries: 0,
    commands: 0,
    seen: [],
    problems,
    more: 0,
    sound: problems.length === 0,
  }
}

/** What concerns all of the log first, then by position. */
function inOrder(problems: Problem[]): Problem[] {
  const key = ({ position = -1, code, path = '' }: Problem) => [position, code, path] as const
  return problems.sort((one, other) => {
    const [a, b] = [key(one), key(other)]
    return a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] < b[2] ? -1 : 1)
  })
}
