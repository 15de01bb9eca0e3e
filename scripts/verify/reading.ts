// Reads entries as the check needs them: what their shape and order depend on, and what the rules look at.
//
// Most of an entry says what others before it said too – who acted, which step – or is of no concern to the rules, so
// only what is new in it is parsed.

import { isUtf8 } from 'node:buffer'
import type { LoggedFact } from '../../server/custody/replay.ts'
import { type Entry, entryIn } from '../../server/proof/entry.ts'
import { Scan, wanted } from './scan.ts'

/** What the check looks at in an entry. `asked` is empty where nobody decides the command again. */
export type Read = LoggedFact & { origin: string; previous: string | null }

const { wanted: members, slots } = wanted({
  actor: true,
  command: ['asked', 'id', 'of', 'ordinal'],
  countersigners: true,
  data: true,
  docket: true,
  fact: true,
  files: true,
  format: true,
  occurredAt: true,
  origin: true,
  previous: true,
  recordedAt: true,
  step: true,
  subject: ['id', 'kind'],
  version: true,
})
type Name =
  | 'actor'
  | 'countersigners'
  | 'data'
  | 'docket'
  | 'fact'
  | 'files'
  | 'format'
  | 'occurredAt'
  | 'origin'
  | 'previous'
  | 'recordedAt'
  | 'step'
  | 'version'
  | 'subject.kind'
  | 'subject.id'
  | 'command.asked'
  | 'command.id'
  | 'command.of'
  | 'command.ordinal'
const at = slots as Record<Name, number>

/** People who act are few. */
const mostKnown = 20_000

export class Reader {
  readonly #scan = new Scan()
  readonly #known = new Map<string, unknown>()
  #body: Buffer = Buffer.alloc(0)
  #lastTime = ''

  /**
   * An entry that is plainly in order: canonical, and of the shape that `entryIn` asks for. Undefined when it is not
   * sure, then the strict checks have the word. `withAsked`: what the command asked for is needed too.
   */
  read(body: Buffer, position: number, withAsked: boolean): Read | undefined {
    if (!isUtf8(body) || !this.#scan.isCanonical(body, members)) return undefined
    this.#body = body
    const counts = [this.#count(at.version), this.#count(at['command.ordinal']), this.#count(at['command.of'])] as const
    const before = this.#text(at.previous)
    const first = counts[0] === 1
    const time = this.#text(at.recordedAt)
    const inOrder =
      counts[0] > 0 &&
      counts[1] >= 0 &&
      counts[2] > counts[1] &&
      this.#count(at.format) === 1 &&
      (first ? this.#is(at.previous, 'null') : isHash(before)) &&
      this.#isTime(time) &&
      this.#areFiles()
    if (!inOrder) return undefined
    const names = [at.origin, at.step, at.fact, at['subject.kind'], at['subject.id'], at['command.id']].map((each) =>
      this.#text(each),
    )
    if (names.some((name) => !name)) return undefined
    const said = this.#text(at.docket)
    if (said === undefined && this.#scan.begins[at.docket] !== 0) return undefined
    return {
      position,
      origin: names[0]!,
      previous: first ? null : before!,
      subject: { kind: names[3] as LoggedFact['subject']['kind'], id: names[4]! },
      version: counts[0],
      step: names[1]!,
      fact: names[2]!,
      data: this.#parsed(at.data) as Record<string, unknown>,
      ...(said === undefined ? {} : { docket: said }),
      actor: this.#shared(at.actor) as LoggedFact['actor'],
      countersigners: this.#shared(at.countersigners) as LoggedFact['countersigners'],
      occurredAt: this.#text(at.occurredAt) as string,
      recordedAt: time!,
      command: {
        id: names[5]!,
        ordinal: counts[1],
        of: counts[2],
        asked: withAsked ? (this.#parsed(at['command.asked']) as string) : '',
      },
    }
  }

  #slice(slot: number): string | undefined {
    const begin = this.#scan.begins[slot]!
    return begin === 0 ? undefined : this.#body.toString('utf8', begin, this.#scan.ends[slot])
  }

  #parsed(slot: number): unknown {
    const text = this.#slice(slot)
    return text === undefined ? undefined : JSON.parse(text)
  }

  /** The same object for the same text. */
  #shared(slot: number): unknown {
    const text = this.#slice(slot)
    if (text === undefined) return undefined
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.#known.size >= mostKnown) this.#known.clear()
    const parsed: unknown = JSON.parse(text)
    this.#known.set(text, parsed)
    return parsed
  }

  /** A member that is a string. */
  #text(slot: number): string | undefined {
    const [begin, end] = [this.#scan.begins[slot]!, this.#scan.ends[slot]!]
    if (begin === 0 || this.#body[begin] !== 0x22) return undefined
    const text = this.#body.toString('utf8', begin + 1, end - 1)
    return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text
  }

  /** A whole number from 0 on, or -1. */
  #count(slot: number): number {
    const [begin, end] = [this.#scan.begins[slot]!, this.#scan.ends[slot]!]
    let count = 0
    for (let n = begin; n < end; n++) {
      const digit = this.#body[n]! - 0x30
      if (digit < 0 || digit > 9) return -1
      count = count * 10 + digit
    }
    return begin === 0 ? -1 : count
  }

  #is(slot: number, text: string): boolean {
    return this.#slice(slot) === text
  }

  /** Entries of one command have one time. */
  #isTime(time: string | undefined): boolean {
    if (time === undefined || time === this.#lastTime) return time !== undefined
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)) return false
    const date = new Date(time)
    if (Number.isNaN(date.getTime()) || date.toISOString() !== time) return false
    this.#lastTime = time
    return true
  }

  #areFiles(): boolean {
    const begin = this.#scan.begins[at.files]!
    if (begin === 0 || this.#scan.ends[at.files] === begin + 2) return begin === 0 || this.#body[begin] === 0x5b
    const list = this.#parsed(at.files)
    return Array.isArray(list) && list.every(isHash)
  }
}

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

/** The same of an entry that was parsed whole. */
export function readWhole(value: unknown, position: number): Read {
  const entry: Entry = entryIn(value)
  return Object.assign(entry, { position }) as unknown as Read
}
