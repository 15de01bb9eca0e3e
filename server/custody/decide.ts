// Takes one step in a given world: the general rules, the procedure's own, then the facts and what they make. Pure.

import { agenciesUnder, audienceOf, isReadable, keysOf } from './audience.ts'
import type { Catalogue } from './catalogue.ts'
import type { CodeKind } from './codes.ts'
import {
  type Act,
  type AnyFact,
  type AnyStep,
  type NewFact,
  type Recorded,
  Refusal,
  refuseIf,
  required,
  type Signature,
  type Signer,
  signatureOf,
} from './define.ts'
import { lentTo } from './delegation.ts'
import { referencesIn } from './fields.ts'
import {
  grantFor,
  readyFor,
  refuseChanged,
  refuseIncomplete,
  refuseTime,
  refuseUnsigned,
  signersOf,
} from './general.ts'
import type { Item } from './item.ts'
import { refuseImplausible } from './plausible.ts'
import { rulesIn, rulesVersion } from './rules.ts'
import { settingsOf } from './settings.ts'
import { idOfCase, type Place, type Subject, type SubjectKind, type Subjects } from './subjects.ts'
import { all, byCode, contentsOf, itemIn, lineKey, nameKey, personIn, stateIn, type World } from './world.ts'

export type Command = {
  step: string
  /** Scanned codes of items, and of containers where the step takes them. */
  items: string[]
  /** Parsed by the step's schema. */
  input: unknown
  /** Logins. */
  actor: string
  countersigners: string[]
  now: string
  occurredAt?: string
  /** Versions that the client saw. */
  expect?: Record<string, number>
}

/** Where codes and commitments come from; given from outside so that a rule can be run twice with the same result. */
export type Source = { newCode: (kind: CodeKind) => string; seal: (particulars: Record<string, string>) => string }

export type DecidedFact<Kind extends SubjectKind = SubjectKind> = {
  subject: Subject
  version: number
  recorded: Recorded<Record<string, unknown>>
  before?: Subjects[Kind]
  after: Subjects[Kind]
  /** Who could read the subject before or can after: who hears of the entry. */
  audience: string[]
}

export type Decision = {
  docket?: string
  facts: DecidedFact[]
  actor: Signature
  countersigners: Signature[]
  occurredAt: string
}

/** One fact put on a subject; the only place where states change, in the write path and in replay alike. */
export function applyFact<Kind extends SubjectKind>(
  definition: AnyFact,
  state: Subjects[Kind] | undefined,
  recorded: Recorded,
): Subjects[Kind] {
  const next = definition.apply(state, recorded) as Subjects[Kind]
  return {
    ...next,
    version: (state?.version ?? 0) + 1,
    lastAt: recorded.occurredAt,
    ...(definition.seen ? { lastSeenAt: recorded.occurredAt } : {}),
  }
}

/** Refuses with the first rule that does not hold, or says what is recorded. Changes nothing. */
export function decide(catalogue: Catalogue, world: World, command: Command, source: Source): Decision {
  const step = required(catalogue.steps[command.step], 'step.unknown', { step: command.step })
  const codes = [...new Set(command.items)]
  refuseNewerRules(world)
  refuseDisabled(world, command.actor)
  const keys = keysIn(world, command)
  const { items, containers } = scannedIn(world, keys, step, codes)
  const id = step.on === 'item' ? undefined : step.subject(command.input)
  const state = step.on === 'item' || id === undefined ? undefined : subjectIn(world, keys, step, id)
  const act = actOf(catalogue, world, command, { items, containers, about: state, keys }, source)
  refuseIf(command.items.length > 0 && step.on !== 'item', 'step.takes-no-items', { step: command.step })
  refuseIf(step.on === 'item' && items.length + containers.length === 0, 'step.needs-items', { step: command.step })
  for (const [code, version] of Object.entries(command.expect ?? {})) refuseChanged(act.item(code), code, version)
  const named = referencesIn(step.input, command.input)
  const missing = [...named.files].filter((file) => !world.files.has(file))
  refuseIf(missing.length > 0, 'file.unknown', { files: missing })
  const closed = [...named.units].map((unit) => world.units.get(unit)).find((unit) => unit?.closed)
  refuseIf(closed && step.on !== 'unit', 'unit.closed', { name: closed?.name })

  const sayings: NewFact[] = []
  let instead: ReturnType<typeof refuseUnsigned>
  if (step.on === 'item') {
    for (const item of items) refuseTime(act, item.lastAt, item.code)
    for (const item of items) readyFor(step, item, act, world)
    if (step.docket && step.docket !== 'opens') refuseIncomplete(world, step, act)
    step.perItem?.requiresOnce(act)
    step.requiresOnce?.(act, containers)
    const actOn = (item: Item) => (step.perItem ? { ...act, input: step.perItem.inputFor(item, act) } : act)
    for (const item of items) step.requires?.(item, actOn(item))
    refuseImplausible(act, named, world.files)
    instead = refuseUnsigned(signersOf(step, act, items), act.countersigners, act)
    for (const item of items) {
      const facts = [step.records(item, actOn(item))].flat()
      sayings.push(...facts.map((fact) => ({ subject: { kind: 'item' as const, id: item.code }, ...fact })))
    }
    sayings.push(...(step.recordsOnce?.(act, containers) ?? []))
  } else {
    if (step.makes) refuseIf(state, `${step.on}.exists`, { id })
    else required(state, `${step.on}.unknown`, { id })
    refuseTime(act, step.makes ? undefined : state?.lastAt, String(id))
    step.requires?.(state as never, act)
    refuseImplausible(act, named, world.files)
    instead = refuseUnsigned(step.signers?.(act, undefined) ?? [], act.countersigners, act)
    const facts = [step.records(state as never, act)].flat()
    sayings.push(...facts.map((fact) => ({ subject: { kind: step.on, id: id ?? '' } as Subject, ...fact })))
  }
  return decided(catalogue, world, act, sayings, instead)
}

/** Why the rules refuse the command; nothing when they do not. */
export const refusalOf = (catalogue: Catalogue, world: World, command: Command): Refusal | undefined =>
  refusedBy(() => decide(catalogue, world, command, { newCode: () => 'none', seal: () => 'none' }))

/** A step as it stands for some items now. */
export type PossibleStep = {
  step: string
  refusal?: Refusal
  signers: Signer[]
  /** Which of several items stand in the way, each with its own reason; asked for one procedure at a time. */
  aside?: { code: string; refusal: Refusal }[]
}

/**
 * The steps a person could take now on these items, and why not the others. The input is not looked at. Of `procedure`'s
 * steps it is said of each item why it cannot take them.
 */
export function possibleSteps(
  catalogue: Catalogue,
  world: World,
  command: Omit<Command, 'step' | 'input' | 'countersigners'>,
  source: Source,
  procedure?: string,
): PossibleStep[] {
  const codes = [...new Set(command.items)]
  const keys = keysIn(world, command)
  const boxed = codes.some((code) => containerIn(world, keys, code))
  return Object.entries(catalogue.steps).flatMap(([name, step]) => {
    if (step.on !== 'item' || (boxed && !step.containers)) return []
    try {
      refuseDisabled(world, command.actor)
      const { items, containers } = scannedIn(world, keys, step, codes)
      const blank = { ...command, step: name, input: undefined, countersigners: [] }
      const act = actOf(catalogue, world, blank, { items, containers, keys }, source)
      const asideIn = (item: Item) => {
        const refusal = refusedBy(() => readyFor(step, item, act, world))
        return refusal ? [{ code: item.code, refusal }] : []
      }
      const aside = procedure === name.split('.')[0] ? items.flatMap(asideIn) : []
      if (aside[0]) return [{ step: name, refusal: aside[0].refusal, signers: [], aside }]
      for (const item of items) readyFor(step, item, act, world)
      return [{ step: name, signers: signersOf(step, act, items) }]
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return [{ step: name, refusal, signers: [] }]
    }
  })
}

function refusedBy(rule: () => void): Refusal | undefined {
  try {
    rule()
    return undefined
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal
    throw refusal
  }
}

/** A program that does not know the rules by which its command would be judged decides nothing. */
function refuseNewerRules({ units }: World): void {
  const version = rulesIn(units.values())
  refuseIf(version > rulesVersion, 'ledger.newer-rules', { version, known: rulesVersion })
}

function refuseDisabled(world: World, login: string): void {
  refuseIf(personIn(world, login).disabled, 'person.disabled', { login })
}

/** Their account is closed or, since version 2 of the rules, they have no role any more, nor one in another's place. */
function hasLeft(world: World, login: string, now: string): boolean {
  const person = world.people.get(login)
  const idle = rulesIn(world.units.values()) >= 2 && person?.grants.length === 0 && lentTo(person, now).length === 0
  return Boolean(person?.disabled || idle)
}

/** The keys of who acts. */
function keysIn(world: World, { actor: login, now }: Pick<Command, 'actor' | 'now'>): Set<string> {
  const actor = personIn(world, login)
  return keysOf(actor, agenciesUnder(actor.agency, world.units.values()), now)
}

/** Refused in the words that the scan gave: another label of a thing says nothing of it to who may not read it. */
function readableIn(world: World, keys: Set<string>, code: string): Item {
  const item = itemIn(world, code)
  refuseIf(!isReadable(keys, 'item', item), 'item.unknown', { code })
  return item
}

/** What one may not read is not there; but nothing else can be made in its place. */
function subjectIn(world: World, keys: Set<string>, step: Exclude<AnyStep, { on: 'item' }>, id: string) {
  const state = stateIn(world, step.on, id)
  return state && (step.makes || isReadable(keys, step.on, state)) ? state : undefined
}

function containerIn(world: World, keys: Set<string>, code: string): Place | undefined {
  const place = world.places.get(code)
  return place && isReadable(keys, 'place', place) ? place : undefined
}

/** Scanned codes as the step takes them: items, and containers with what is in them. All of it is readable. */
function scannedIn(
  world: World,
  keys: Set<string>,
  step: AnyStep,
  codes: string[],
): { items: Item[]; containers: Place[] } {
  const containers =
    step.on === 'item' && step.containers ? codes.flatMap((code) => containerIn(world, keys, code) ?? []) : []
  const contents = containers.flatMap(({ code }) => {
    const inside = contentsOf(world, code)
    refuseIf(!inside.every((item) => isReadable(keys, 'item', item)), 'item.unknown', { code })
    return inside
  })
  const named = codes.filter((code) => !containers.some((container) => container.code === code))
  return { items: [...new Set([...named.map((code) => readableIn(world, keys, code)), ...contents])], containers }
}

type Matter = { items: Item[]; containers: Place[]; about?: Subjects[SubjectKind]; keys: Set<string> }

function actOf(
  catalogue: Catalogue,
  world: World,
  command: Command,
  { items, containers, about, keys }: Matter,
  source: Source,
) {
  const step = required(catalogue.steps[command.step], 'step.unknown', { step: command.step })
  const person = personIn(world, command.actor)
  const { for: instead, ...grant } = grantFor(step, person, items, command.now, about)
  // Who acts in the place of somebody does it from that desk alone.
  const actor = instead ? { ...person, grants: [grant] } : person
  const countersigners = command.countersigners.map((login) => personIn(world, login))
  const found = new Map<string, Item>()
  const rules = rulesIn(world.units.values())
  const act: Act = {
    step: command.step,
    input: command.input,
    actor,
    ...(instead ? { for: instead } : {}),
    role: grant.role,
    scope: grant.scope,
    now: command.now,
    occurredAt: command.occurredAt ?? command.now,
    countersigners,
    items,
    containers,
    settings: settingsOf(world.units.get(actor.agency)),
    rules,
    caseOf: (caseNo) => required(world.cases.get(caseNo), 'case.unknown', { caseNo }),
    place: (code) => required(world.places.get(code), 'place.unknown', { code }),
    person: (login) => personIn(world, login),
    hasLeft: (login) => hasLeft(world, login, command.now),
    unit: (id) => required(world.units.get(id), 'unit.unknown', { id }),
    units: () => all(world.units),
    overseers: (role, agency) =>
      [...world.people.values()].filter(
        ({ disabled, grants }) => !disabled && grants.some((grant) => grant.role === role && grant.scope === agency),
      ),
    item: (code) => {
      // An inventory of hundreds of lines asks for the same things over and over.
      const item = found.get(code) ?? readableIn(world, keys, code)
      found.set(code, item)
      return item
    },
    twinsOf: (key) =>
      world.identified(key).map((item) => ({
        ...(isReadable(keys, 'item', item) ? { code: item.code } : {}),
        agency: item.control.agencyName,
      })),
    isItem: (code) => world.items.has(code),
    isEmpty: (place) => !world.occupied.has(place),
    classesIn: (place) => [...(world.lying.get(place) ?? [])],
    heldBy: (login) => world.held.get(login) ?? [],
    atDesk: (desk) => world.desks.get(desk) ?? { waiting: 0, people: [] },
    numbersOf: (agency) => world.numbers.filter((one) => one.agency === agency),
    remains: world.remains ?? { people: 0, cases: 0, items: 0 },
    keepsItems: (site) => world.keeping.has(site),
    contentsOf: (place) => contentsOf(world, place),
    itemsOf: (caseNo, evenLeft = false) =>
      byCode(all(world.items).filter((item) => item.caseNo === caseNo && (evenLeft || item.custody.state !== 'left'))),
    isCase: (caseNo) => world.cases.has(caseNo),
    placeCalled: (name, within) => world.takenNames.get(nameKey(within, name)),
    placesBelow: (place) =>
      byCode(all(world.places).filter(({ code, path }) => code !== place && path.includes(place))),
    entry: (position) => required(world.entries.get(position), 'entry.unknown', { position }),
    asked: (step) => (Object.hasOwn(catalogue.steps, step) ? catalogue.steps[step]!.input : undefined),
    isStaff: (idNumber) => world.staffIdentities.has(idNumber),
    isIdentifiedBy: (commitment, idNumber) => world.identities?.get(commitment) === idNumber || !world.identities,
    isFreeLine: (...line) => !world.takenLines.has(lineKey(rules, ...line)),
    ...source,
  }
  if (step.on === 'item' && step.docket === 'opens') act.docket = source.newCode('docket')
  if (step.on === 'item' && step.docket && step.docket !== 'opens')
    act.docket = items.map((item) => item.open[step.axis!]?.docket).find(Boolean)
  return act
}

function decided(
  catalogue: Catalogue,
  world: World,
  act: Act,
  sayings: NewFact[],
  instead: ReadonlyMap<string, Signature['for']>,
): Decision {
  const actor = signatureOf(act.actor, act.role, act.for)
  const countersigners = act.countersigners.map((person) => signatureOf(person, undefined, instead.get(person.login)))
  const states = new Map<string, Subjects[SubjectKind]>()
  const facts = sayings.map(({ fact, data, subject: about, docket = act.docket }): DecidedFact => {
    const definition = required(catalogue.facts[fact], 'fact.unknown', { fact })
    const subject = inLedger(world, about!)
    const key = `${subject.kind} ${subject.id}`
    const before = states.get(key) ?? stateIn(world, subject.kind, subject.id)
    refuseTime(act, before?.lastAt, subject.id)
    const recorded = {
      fact,
      data: asWritten(data),
      step: act.step,
      ...(docket ? { docket } : {}),
      by: actor,
      countersigners,
      occurredAt: act.occurredAt,
    }
    const after = applyFact(definition, before, recorded)
    states.set(key, after)
    return new Decided({ subject, version: after.version, recorded, before, after })
  })
  return { docket: act.docket, facts, actor, countersigners, occurredAt: act.occurredAt }
}

/** A case whose number was corrected stays in the ledger under the number that it was opened under. */
function inLedger(world: World, { kind, id }: Subject): Subject {
  const it = kind === 'case' ? world.cases.get(id) : undefined
  return { kind, id: it ? idOfCase(it) : id }
}

class Decided implements DecidedFact {
  subject: Subject
  version: number
  recorded: DecidedFact['recorded']
  before: DecidedFact['before']
  after: DecidedFact['after']

  constructor({ subject, version, recorded, before, after }: Omit<DecidedFact, 'audience'>) {
    this.subject = subject
    this.version = version
    this.recorded = recorded
    this.before = before
    this.after = after
  }

  /** Worked out when asked for: nobody does when a ledger is decided once more. */
  get audience(): string[] {
    const { before, after, subject } = this
    return [
      ...new Set([...(before ? audienceOf(subject.kind, before) : []), ...audienceOf(subject.kind, after)]),
    ].sort()
  }
}

/** As the ledger gives it back: members that are undefined are not there. So a replay applies what was applied. */
const asWritten = <Data>(data: Data): Data => (isWhole(data) ? data : JSON.parse(JSON.stringify(data)))

/** Whether nothing in it is undefined, so that it would come back from the ledger as it is. */
function isWhole(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return data !== undefined
  if (Array.isArray(data)) return data.every(isWhole)
  for (const name in data) if (!isWhole((data as Record<string, unknown>)[name])) return false
  return true
}
