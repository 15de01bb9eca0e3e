// Takes one step: the whole write path on one page. The only caller of `append` and `show`.

import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { cardOf } from './contract/cards.ts'
import type { StepAnswer } from './contract/steps.ts'
import type { Catalogue } from './custody/catalogue.ts'
import { type CodeKind, codeFrom } from './custody/codes.ts'
import {
  type DecidedFact,
  type Decision,
  decide,
  type PossibleStep,
  possibleSteps,
  refusalOf,
  type Source,
} from './custody/decide.ts'
import { Refusal, refuseIf, required } from './custody/define.ts'
import { referencesIn, veiled } from './custody/fields.ts'
import type { Item } from './custody/item.ts'
import type { RefusedAttempt } from './custody/procedures/attempt.ts'
import { rulesIn, rulesVersion } from './custody/rules.ts'
import { watchedRefusals } from './custody/separation.ts'
import { foundingAgency } from './custody/subjects.ts'
import { decideForSystem, type Foundation, type SystemStep, type SystemSteps } from './custody/system.ts'
import { append } from './ledger/append.ts'
import { canonicalText } from './ledger/canonical.ts'
import { type CommandMark, type NewEntry, piecesOf } from './ledger/entry.ts'
import { keepParticulars, type Sealed, seal } from './ledger/particulars.ts'
import { entriesOfCommand, lastHashes, type Reader } from './ledger/read.ts'
import { wasCounted } from './views/attempts.ts'
import { itemsAfter } from './views/history.ts'
import { showMoney } from './views/money.ts'
import { showMovements } from './views/movements.ts'
import { personByLogin, readUnits } from './views/people.ts'
import { filesIn, show } from './views/show.ts'
import { loadWorld } from './views/world.ts'

export type Parts = {
  pool: pg.Pool
  catalogue: Catalogue
  origin: string
  /** The installation's own. */
  secret: string
  /** Why nothing may be recorded, when the ledger is not what was seen of it, see log/continuity.ts. */
  halted?: () => Refusal | undefined
}

export type StepCommand = {
  step: string
  /** UUID; the same id again gives the first answer. */
  commandId: string
  items: string[]
  /** As it came; parsed here by the step's schema. */
  input: unknown
  /** Login. */
  actor: string
  /** How the actor was authenticated. */
  authenticated: object
  device?: string
  occurredAt?: string
  expect?: Record<string, number>
  /** Uses up the countersignatures given for exactly this digest, inside the transaction; gives the logins. */
  claim?: (client: pg.PoolClient, digest: string) => Promise<string[]>
}

type Asked = { step: string; items: string[]; input: unknown; occurredAt?: string | undefined }

/**
 * HMAC-SHA-256 of what a command asks for, in hex: two commands with one digest are the same command. `input` is parsed;
 * `occurredAt` is there when the command says that it happened earlier. Keyed with the installation's secret, because it
 * stands in the log and an identity number in the input could else be found by trying.
 */
export function digestOf(secret: string, { step, items, input, occurredAt }: Asked): string {
  const said = occurredAt === undefined ? {} : { occurredAt }
  const asked = canonicalText({ step, items: [...items].sort(), input: plain(input), ...said })
  return createHmac('sha256', secret).update('command\n').update(asked).digest('hex')
}

/**
 * Takes the step for all its items or for none.
 * Throws Refusal when a rule does not hold and ZodError when the input is not what the step asks for. Who is refused
 * because duties are apart has that written down.
 */
export async function perform(parts: Parts, command: StepCommand): Promise<StepAnswer> {
  refuseHalted(parts)
  const step = required(parts.catalogue.steps[command.step], 'step.unknown', { step: command.step })
  const input = step.input.parse(command.input)
  const digest = digestOf(parts.secret, { ...command, input })
  let signed: string[] = []
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(parts.pool, async (client) => {
        const answer = await firstAnswer(parts, client, command, digest)
        if (answer) return answer
        signed = (await command.claim?.(client, digest)) ?? []
        return record(parts, client, { ...command, input, countersigners: signed }, digest)
      })
    } catch (error) {
      // Its twin may have been recorded while this one waited: then that is the answer, not what it left behind.
      const answer = await firstAnswer(parts, parts.pool, command, digest)
      if (answer) return answer
      if (error instanceof Refusal && watchedRefusals.includes(error.code))
        await recordAttempt(parts, { ...command, input, countersigners: signed }, error)
      if (attempt >= 5 || !isRace(error)) throw error
    }
  }
}

function refuseHalted({ halted }: Parts): void {
  const refusal = halted?.()
  if (refusal) throw refusal
}

/** All of the work or nothing; a connection that cannot even roll back is not used again. */
async function inTransaction<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** A deadlock, or two commands that made the same thing at once: the second attempt sees what the other did. */
const isRace = (error: unknown): boolean =>
  ['40P01', '40001', '23505'].includes((error as { code?: string }).code ?? '')

type SignedCommand = StepCommand & { countersigners: string[] }

async function record(
  parts: Parts,
  client: pg.PoolClient,
  command: SignedCommand,
  digest: string,
): Promise<StepAnswer> {
  const { catalogue } = parts
  const step = catalogue.steps[command.step]!
  const world = await loadWorld(client, step, command, true)
  // Read when the locks are held, so it is later than whatever was recorded on these subjects before.
  const now = await clock(client)
  const drawn: Drawn = { sealed: [], codes: [] }
  const decision = decide(catalogue, world, { ...command, now }, sourceInto(drawn))

  await keepParticulars(client, drawn.sealed)
  const asked = askedFor({ items: command.items, input: veiled(step.input, command.input), at: now }, drawn)
  const stored = referencesIn(step.input, command.input).files
  return write(parts, client, decision, command, { digest, asked, stored, now })
}

/** What a command asked for and what was drawn for it, so that whoever reads the log can decide it once more. */
function askedFor(asked: { items: string[]; input: unknown; at: string }, { sealed, codes }: Drawn): object {
  return { ...asked, input: plain(asked.input), sealed: sealed.map(({ commitment }) => commitment), codes }
}

/** Shows what was decided and appends it: views first, the head of the ledger last of all locks. */
async function write(
  { origin }: Parts,
  client: pg.PoolClient,
  decision: Decision,
  command: Pick<StepCommand, 'commandId' | 'authenticated' | 'device'>,
  { digest, asked, stored, now }: { digest: string; asked: object; stored: ReadonlySet<string>; now: string },
): Promise<StepAnswer> {
  const { facts, docket } = decision
  const files = facts.map(({ recorded }) => filesIn(recorded.data, stored))
  await show(client, [{ facts, files }])
  const previous = await lastHashes(
    client,
    facts.flatMap(({ subject, before }) => (before ? subject : [])),
  )
  const pieces = piecesOf(asked, facts.length)
  const entries = facts.map((fact, ordinal) => {
    const mark = { id: command.commandId, digest, ordinal, of: facts.length, asked: pieces[ordinal]! }
    return entryOf(fact, decision, command, mark, files[ordinal]!)
  })
  const appended = await append(client, origin, entries, previous)
  await showMovements(client, facts, appended)
  await showMoney(client, facts, appended)
  const items = facts
    .filter(({ subject }) => subject.kind === 'item')
    .map(({ subject, after }) => [subject.id, after as Item] as const)
  return {
    ...(docket ? { docket } : {}),
    entries: appended.map(({ position, subject, fact, hash }) => ({ position, subject, fact, hash })),
    items: [...new Map(items).values()].map((item) => cardOf(item, now)),
  }
}

/**
 * Brings the first agency and its administrator into being, once, on an empty ledger; refuses `agency.founded` later.
 * `at` is when that was, now when absent.
 */
export async function establish(parts: Parts, foundation: Foundation, at?: string): Promise<StepAnswer> {
  const answer = await recordForSystem(parts, 'agency.found', foundation, { by: 'set-up link' }, at)
  await adoptRules(parts, at)
  return answer
}

/**
 * Records that the rules of this program hold from here on, once for each version, and gives the version that holds;
 * nothing happens to a ledger that is empty. Whoever began a command by the rules before has ended it by then: they
 * have read the units, and the table is taken from everybody.
 */
export async function adoptRules(parts: Parts, at?: string): Promise<number> {
  const units = await readUnits(parts.pool)
  const rules = rulesIn(units)
  if (rules >= rulesVersion || !foundingAgency(units)) return rules
  try {
    await recordForSystem(parts, 'ledger.adopt-rules', { version: rulesVersion }, { by: 'start' }, at)
  } catch (error) {
    // Another server was first.
    if (!(error instanceof Refusal) || error.code !== 'ledger.rules-go-back') throw error
  }
  return rulesVersion
}

/** Records what the system says of itself. `authenticated` tells who made it say so. */
export function recordForSystem<Step extends SystemStep>(
  parts: Parts,
  step: Step,
  input: SystemSteps[Step],
  authenticated: object,
  at?: string,
): Promise<StepAnswer> {
  if (step !== 'ledger.open-epoch') refuseHalted(parts)
  return inTransaction(parts.pool, async (client) => {
    // Two set-up links at once: the second waits here and then finds the ledger begun.
    const whole = step === 'ledger.adopt-rules'
    await client.query(`LOCK TABLE units IN ${whole ? 'ACCESS EXCLUSIVE' : 'EXCLUSIVE'} MODE`)
    const now = at ?? (await clock(client))
    const drawn: Drawn = { sealed: [], codes: [] }
    const founded = foundingAgency(await readUnits(client))
    const decision = decideForSystem(step, founded, input, now, sourceInto(drawn).newCode)
    const digest = digestOf(parts.secret, { step, items: [], input })
    const asked = askedFor({ items: [], input, at: now }, drawn)
    const command = { commandId: randomUUID(), authenticated }
    return write(parts, client, decision, command, { digest, asked, stored: new Set(), now })
  })
}

/**
 * Writes down who tried what. The command is decided once more under the locks, so that whoever reads the log comes to
 * the same refusal; the same attempt again within minutes counts once.
 */
async function recordAttempt(parts: Parts, command: SignedCommand, { code, params }: Refusal): Promise<void> {
  const { catalogue } = parts
  const step = catalogue.steps[command.step]!
  const { actor, countersigners, occurredAt } = command
  const items = itemsTold(command, params)
  const said = occurredAt === undefined ? {} : { occurredAt }
  const tried = { actor, step: command.step, items, input: veiled(step.input, command.input), countersigners, ...said }
  const input = plain({ ...tried, code, params }) as RefusedAttempt
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(parts.pool, async (client) => {
        await client.query('SELECT 1 FROM people WHERE login = $1 FOR UPDATE', [actor])
        const world = await loadWorld(client, step, { ...command, items }, true)
        const now = await clock(client)
        if (refusalOf(catalogue, world, { ...command, items, now })?.code !== code) return
        const person = await personByLogin(client, actor)
        if (!person || (await wasCounted(client, person.id, input))) return
        const drawn: Drawn = { sealed: [], codes: [] }
        const founded = foundingAgency(world.units.values())
        const decision = decideForSystem('attempt.refused', founded, input, now, sourceInto(drawn).newCode, person)
        const digest = digestOf(parts.secret, { step: 'attempt.refused', items: [], input })
        const asked = askedFor({ items: [], input, at: now }, drawn)
        const authenticated = { by: 'refusal' }
        const commandId = randomUUID()
        await write(parts, client, decision, { commandId, authenticated }, { digest, asked, stored: new Set(), now })
      })
    } catch (error) {
      if (attempt >= 5 || !isRace(error)) throw error
    }
  }
}

/** Codes of the attempt: all of them, or of hundreds the one that it was refused for, so that it fits into an entry. */
function itemsTold({ items }: SignedCommand, { code }: Refusal['params']): string[] {
  const told = [...new Set(items)].sort()
  return told.length > 200 && typeof code === 'string' ? [code] : told
}

/** The steps a person could take now on the scanned codes; for the others, why not. */
export async function offered(
  { pool, catalogue, halted }: Parts,
  actor: string,
  items: string[],
  procedure?: string,
): Promise<PossibleStep[]> {
  const client = await pool.connect()
  try {
    // A step that takes containers has everything loaded that the others look at.
    const widest = Object.values(catalogue.steps).find((step) => step.on === 'item' && step.containers)!
    const world = await loadWorld(client, widest, { items, input: undefined, actor, countersigners: [] }, false)
    const steps = possibleSteps(
      catalogue,
      world,
      { items, actor, now: await clock(client) },
      sourceInto({ sealed: [], codes: [] }),
      procedure,
    )
    const refusal = halted?.()
    return refusal ? steps.map(({ step }) => ({ step, refusal, signers: [] })) : steps
  } finally {
    client.release()
  }
}

/** What the same command was answered the first time, if it was taken before. */
async function firstAnswer(
  { catalogue }: Parts,
  client: Reader,
  command: StepCommand,
  digest: string,
): Promise<StepAnswer | undefined> {
  const entries = await entriesOfCommand(client, command.commandId)
  const first = entries[0]?.body
  if (!first) return undefined
  const same = first.command.digest === digest && (first.actor as { login?: string }).login === command.actor
  refuseIf(!same, 'command.reused', { step: first.step, at: first.recordedAt })
  const codes = [
    ...new Set(entries.filter(({ body }) => body.subject.kind === 'item').map(({ body }) => body.subject.id)),
  ]
  const items = await itemsAfter(client, catalogue, codes, entries.at(-1)!.position)
  return {
    ...(first.docket ? { docket: first.docket } : {}),
    entries: entries.map(({ position, hash, body }) => ({ position, subject: body.subject, fact: body.fact, hash })),
    items: items.map((item) => cardOf(item, first.recordedAt)),
  }
}

function entryOf(
  { subject, version, recorded, audience }: DecidedFact,
  decision: Decision,
  { authenticated, device }: Pick<StepCommand, 'authenticated' | 'device'>,
  command: CommandMark,
  files: string[],
): NewEntry {
  return {
    subject,
    version,
    step: recorded.step,
    fact: recorded.fact,
    data: recorded.data,
    ...(recorded.docket ? { docket: recorded.docket } : {}),
    actor: decision.actor,
    authenticated,
    countersigners: decision.countersigners,
    ...(device ? { device } : {}),
    occurredAt: decision.occurredAt,
    command,
    files,
    audience,
  }
}

async function clock(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query({
    name: 'clock',
    text: `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
  })
  return (rows[0].now as Date).toISOString()
}

/** What a decision took from chance, in its order. */
type Drawn = { sealed: Sealed[]; codes: string[] }

function sourceInto({ sealed, codes }: Drawn): Source {
  return {
    newCode: (kind: CodeKind) => {
      for (;;) {
        const code = codeFrom(kind, randomBytes(16))
        if (!code) continue
        codes.push(code)
        return code
      }
    },
    seal: (data) => {
      sealed.push(seal(data))
      return sealed.at(-1)!.commitment
    },
  }
}

/** Without the members that are undefined, as it would come over the wire. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
