// Takes steps in memory and writes down what they record, entry by entry, as the server would have.

import { randomBytes, randomUUID } from 'node:crypto'
import { catalogue } from '../../../server/custody/catalogue.ts'
import { codeFrom } from '../../../server/custody/codes.ts'
import { type Decision, decide, type Source } from '../../../server/custody/decide.ts'
import type { NamedEntry } from '../../../server/custody/define.ts'
import { referencesIn, veiled } from '../../../server/custody/fields.ts'
import { Memory } from '../../../server/custody/memory.ts'
import { foundingAgency } from '../../../server/custody/subjects.ts'
import { decideForSystem, type SystemStep, type SystemSteps } from '../../../server/custody/system.ts'
import { bodyOf, hashOfEntry, piecesOf, subjectKey } from '../../../server/ledger/entry.ts'

/** Entries that a correction can still name. */
const remembered = 5_000

export type Taken = { actor: string; step: string; input: object; items?: string[]; signers?: string[] }
type Asked = { items: string[]; input: unknown; at: string }

export class Clerk {
  /** The clock, in milliseconds since 1970. */
  now: number
  /** The number of entries, and so the position of the next. */
  size = 0
  readonly #memory: Memory
  readonly #last = new Map<string, string>()
  readonly #named = new Map<number, NamedEntry>()
  readonly #origin: string
  readonly #write: (body: Buffer, hash: Buffer) => void

  /** `write` gets the exact bytes of each entry and its leaf hash. */
  constructor(origin: string, start: string, write: (body: Buffer, hash: Buffer) => void) {
    this.#origin = origin
    this.now = Date.parse(start)
    this.#write = write
    this.#memory = new Memory((position) => this.#named.get(position))
  }

  /** Takes a step; a refusal is thrown. Gives ids of the subjects that it recorded something about. */
  take({ actor, step: name, input, items = [], signers = [] }: Taken): string[] {
    const step = catalogue.steps[name]!
    const parsed = step.input.parse(input)
    const at = new Date(this.now).toISOString()
    const drawn = { sealed: [] as string[], codes: [] as string[] }
    const world = this.#memory.worldOf(step, { items, input: parsed })
    const command = { step: name, items, input: parsed, actor, countersigners: signers, now: at }
    const decision = decide(catalogue, world, command, sourceInto(drawn))
    const files = [...referencesIn(step.input, parsed).files]
    return this.#record(name, decision, { items, input: veiled(step.input, parsed), at }, drawn, files)
  }

  /** Takes a step of the system's own. */
  system<Step extends SystemStep>(step: Step, input: SystemSteps[Step]): string[] {
    const at = new Date(this.now).toISOString()
    const drawn = { sealed: [] as string[], codes: [] as string[] }
    const founded = foundingAgency(this.#memory.units.values())
    const decision = decideForSystem(step, founded, input, at, sourceInto(drawn).newCode)
    return this.#record(step, decision, { items: [], input, at }, drawn, [])
  }

  #record(step: string, decision: Decision, asked: Asked, drawn: Drawn, files: string[]): string[] {
    const { facts, actor, countersigners, occurredAt } = decision
    const pieces = piecesOf(plain({ ...asked, ...drawn }), facts.length)
    const id = randomUUID()
    const digest = randomBytes(32).toString('hex')
    facts.forEach(({ subject, version, recorded, after }, ordinal) => {
      const entry = {
        subject,
        version,
        step,
        fact: recorded.fact,
        data: recorded.data,
        docket: recorded.docket,
        actor,
        authenticated: { by: 'password', at: asked.at },
        countersigners,
        device: 'station-1',
        occurredAt,
        command: { id, digest, ordinal, of: facts.length, asked: pieces[ordinal]! },
        files: files.filter((file) => JSON.stringify(recorded.data).includes(file)),
        audience: [],
      }
      const key = subjectKey(subject)
      const body = bodyOf(entry, this.#origin, this.#last.get(key) ?? null, asked.at)
      const hash = hashOfEntry(body)
      this.#last.set(key, hash.toString('hex'))
      this.#named.set(this.size, { subject, step, fact: recorded.fact, occurredAt, hash: hash.toString('hex') })
      this.#named.delete(this.size - remembered)
      this.#memory.keep(subject.kind, after)
      this.size += 1
      this.#write(body, hash)
    })
    return facts.map(({ subject }) => subject.id)
  }
}

type Drawn = { sealed: string[]; codes: string[] }

function sourceInto({ sealed, codes }: Drawn): Source {
  return {
    newCode: (kind) => {
      for (;;) {
        const code = codeFrom(kind, randomBytes(16))
        if (!code) continue
        codes.push(code)
        return code
      }
    },
    seal: () => {
      sealed.push(randomBytes(32).toString('hex'))
      return sealed.at(-1)!
    },
  }
}

/** Without the members that are undefined. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
