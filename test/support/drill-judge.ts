// Who looks at a log after an attack, what each of them finds, and the table in docs/proof.md that says so.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verifyLog } from '../../scripts/verify/log.ts'
import type { Problem } from '../../scripts/verify/problem.ts'
import { verifyReceipt } from '../../scripts/verify/receipt.ts'
import { sourceOf } from '../../scripts/verify/source.ts'
import type { Policy } from '../../server/proof/index.ts'
import type { Installation, Outsider } from './drill-installation.ts'
import { signedIn } from './server.ts'
import type { Said } from './witness.ts'

export type Watcher =
  | 'log alone'
  | 'log under a policy'
  | 'kept checkpoint'
  | 'receipt'
  | 'witness'
  | 'server at start'
  | 'server'
  | 'browser'
  | 'other reader'
  | 'rebuild-views'
  | 'file hash'

/** What each watcher says: the codes of what it found and where, or nothing when it noticed nothing. */
export type Verdicts = Partial<Record<Watcher, string>>

/** Gathers what watchers find in one drill, and how long each has taken. */
export class Judge {
  readonly verdicts: Verdicts = {}
  readonly seconds: Partial<Record<Watcher, number>> = {}
  /** `places` names positions as the table does. */
  constructor(
    readonly outsider: Outsider,
    readonly places: Record<number, string> = {},
  ) {}

  /** Asks one watcher. An empty text means that it noticed nothing. */
  async ask(watcher: Watcher, look: () => Promise<string>): Promise<void> {
    const begun = performance.now()
    this.verdicts[watcher] = await look()
    this.seconds[watcher] = (performance.now() - begun) / 1000
  }

  /** The verifier and the holder of a receipt look at a log in a folder or at an address, and at nothing else. */
  async askOutsiders(log: string): Promise<void> {
    const { key, policy, note, receipt } = this.outsider
    await this.ask('log alone', async () => this.#told(await this.problemsIn(log, key)))
    const known = new Set((await this.problemsIn(log, key)).map(({ code }) => code))
    const beyond = (problems: Problem[]) => this.#told(problems.filter(({ code }) => !known.has(code)))
    // What the log alone shows already, those who know more are not credited with.
    await this.ask('log under a policy', async () => beyond(await this.problemsIn(log, policy)))
    await this.ask('kept checkpoint', async () => beyond(await this.problemsIn(log, key, note)))
    await this.ask('receipt', async () => {
      const source = await sourceOf(log, {})
      const { problems } = await verifyReceipt(receipt, source, key).finally(source.close)
      return this.#told(problems)
    })
  }

  /** What the verifier finds, with a checkpoint from earlier if there is one. */
  async problemsIn(log: string, policy: Policy, seen?: string): Promise<Problem[]> {
    const source = await sourceOf(log, {})
    const earlier = seen === undefined ? [] : [{ file: 'kept', note: Buffer.from(seen) }]
    return (await verifyLog({ log, source, policy, seen: earlier, threads: 0 }).finally(source.close)).problems
  }

  /** Starts a server on the installation: does it serve for reading only, and whose checkpoint made it do so? */
  async askServer(installation: Installation): Promise<void> {
    await this.ask('server at start', async () => {
      const inspector = await signedIn(await installation.serve(), 'inspector')
      const { body } = await inspector.get('/api/log')
      if (!body.readOnly) return ''
      const { kind, by } = body.readOnly.params
      return `${kind}, as ${by === 'server' ? 'it remembers' : 'witnesses remember'}`
    })
  }

  /** A witness was asked to cosign. */
  async askWitness(visit: () => Promise<Said>): Promise<void> {
    await this.ask('witness', async () => {
      const { status } = await visit()
      return status === 200 ? '' : `refuses (${status})`
    })
  }

  /** Each code once, with the first place it was found at. */
  #told(problems: Problem[]): string {
    const found = new Map<string, string>()
    for (const problem of problems.toSorted((one, other) => (one.position ?? -1) - (other.position ?? -1))) {
      const { refusal, position, path } = problem
      const code = refusal ? `${problem.code} (${refusal.code})` : problem.code
      const place = (at: number) => (path === undefined ? ` at ${this.places[at] ?? `entry ${at}`}` : ` over ${path}`)
      if (!found.has(code)) found.set(code, position === undefined ? '' : place(position))
    }
    return [...found].map(([code, place]) => code + place).join(', ')
  }
}

export type Row = { attack: string; holds: string; judge: Judge }

const file = join(import.meta.dirname, '../../docs/proof.md')
const [begin, end] = ['<!-- drills -->', '<!-- end of drills -->']

/** The rows of the table as they stand in docs/proof.md, without the times, which differ. */
export async function tableInDocs(): Promise<string[]> {
  const [, table] = (await readFile(file, 'utf8')).split(begin)
  const lines = table!.split(end)[0]!.trim().split('\n')
  return lines.slice(2).map(withoutTimes)
}

export const tableOf = (rows: readonly Row[]): string[] => rows.map((row) => withoutTimes(lineOf(row)))

/** Writes the table anew, with the times of this run. */
export async function writeTable(rows: readonly Row[]): Promise<void> {
  const text = await readFile(file, 'utf8')
  const head = ['| attack | the attacker has | noticed by | not noticed by |', '|---|---|---|---|']
  const [before, rest] = text.split(begin)
  const after = rest!.split(end)[1]
  await writeFile(file, `${before}${begin}\n${[...head, ...rows.map(lineOf)].join('\n')}\n${end}${after}`)
}

function lineOf({ attack, holds, judge: { verdicts, seconds } }: Row): string {
  const asked = Object.keys(verdicts) as Watcher[]
  const found = asked.flatMap((watcher) => {
    const verdict = verdicts[watcher]
    return verdict ? `**${watcher}** in ${Math.max(0.01, seconds[watcher]!).toFixed(2)} s: ${verdict}` : []
  })
  // Who knows more than the log finds at least what the log alone shows.
  const knowMore: Watcher[] = verdicts['log alone'] ? ['log under a policy', 'kept checkpoint'] : []
  const silent = asked.filter((watcher) => !verdicts[watcher] && !knowMore.includes(watcher))
  return `| ${attack} | ${holds} | ${found.join('; ') || '**nobody**'} | ${silent.join(', ') || '–'} |`
}

const withoutTimes = (line: string) => line.replace(/ in [\d.]+ s:/g, ':')
