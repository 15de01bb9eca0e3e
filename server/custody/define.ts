// How a procedure is stated: its steps – who, what is asked, what must hold, what is recorded – and its facts. Pure.

import type { z } from 'zod'
import type { ItemClass } from './classes.ts'
import type { CodeKind } from './codes.ts'
import type { DocketAxis, Item } from './item.ts'
import type { Part } from './separation.ts'
import type { Settings } from './settings.ts'
import type { Case, Person, Place, Role, Subject, SubjectKind, Subjects, Unit } from './subjects.ts'
import type { Remains } from './world.ts'

/** Why a step was not taken. The sentence for `code` is in the locales; `params` fill it. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
  ) {
    super(code)
    this.name = 'Refusal'
  }
}

export function refuseIf(condition: unknown, code: string, params?: Record<string, unknown>): void {
  if (condition) throw new Refusal(code, params)
}

/** `value`, or the refusal when there is none. */
export function required<T>(value: T | undefined | null, code: string, params?: Record<string, unknown>): T {
  if (value === undefined || value === null) throw new Refusal(code, params)
  return value
}

/** Who did something, as an entry keeps it: the id and a snapshot that stays true when the person moves on. */
export type Signature = {
  id: string
  login: string
  name: string
  number: string
  unit: string
  unitName: string
  agency: string
  agencyName: string
  role?: Role
  /** In whose place they act or sign, by a delegation. */
  for?: { login: string; name: string }
}

/** A countersignature that a step asks for. A person satisfies it by login, or by a role with that scope. */
export type Signer = {
  /** What they sign as: `officer`, `borrower`, `second-keeper`, `second-person`, `supervisor`, `inspector`, … */
  as: string
  logins?: string[]
  roles?: Role[]
  scope?: string
  /** Any of these scopes will do. */
  scopes?: string[]
  /** They are on the staff of this agency. */
  agency?: string
  /** Logins that may not sign in this place. */
  not?: string[]
}

/** What a fact says, as `apply` sees it – the same when it is made and when it is replayed from the ledger. */
export type Recorded<Data = unknown> = {
  fact: string
  data: Data
  step: string
  docket?: string
  by: Signature
  countersigners: Signature[]
  /** `YYYY-MM-DDTHH:mm:ss.sssZ` */
  occurredAt: string
}

export type FactDefinition<Kind extends SubjectKind, Data> = {
  about: Kind
  /** The subject as it is after the fact. `version` and `lastAt` are kept by the machinery. */
  apply: (state: Subjects[Kind] | undefined, recorded: Recorded<Data>) => Subjects[Kind]
  /** Whether a person touched or saw the thing itself. */
  seen: boolean
  /** Who hears of it, where those are others than the readers of the subject. */
  audience?: (state: Subjects[Kind]) => string[]
}
// biome-ignore lint/suspicious/noExplicitAny: a catalogue holds facts of every shape; each file knows its own.
export type AnyFact = FactDefinition<any, any>

/** A fact about an item that exists. */
export function itemFact<Data>(
  apply: (item: Item, recorded: Recorded<Data>) => Item,
  options: { seen?: boolean } = {},
): FactDefinition<'item', Data> {
  return {
    about: 'item',
    seen: options.seen ?? false,
    apply: (item, recorded) => apply(required(item, 'item.unknown'), recorded),
  }
}

/** A fact about any subject, possibly the one that brings it into being. */
export function factAbout<Kind extends SubjectKind, Data>(
  about: Kind,
  apply: (state: Subjects[Kind] | undefined, recorded: Recorded<Data>) => Subjects[Kind],
): FactDefinition<Kind, Data> {
  return { about, apply, seen: false }
}

/**
 * A fact that a step asks to be recorded. Without `subject` it is about the item of the step, without `docket` it
 * belongs to the docket of the act.
 */
export type NewFact = { fact: string; data: Record<string, unknown>; subject?: Subject; docket?: string }

/** An entry of the ledger that an input names by its position. */
export type NamedEntry = { subject: Subject; step: string; fact: string; hash: string; occurredAt: string }

/** Dockets that wait for a desk, but for discrepancies, which find their signers elsewhere; people whose account is open. */
export type AtDesk = { waiting: number; people: Person[] }

/** Everything a rule may look at besides the item: the act of one person at one time. */
export type Act<Input = unknown> = {
  step: string
  input: Input
  /** The docket that this act opens or continues. */
  docket?: string
  /** With the one role that was lent to them, when they act in the place of somebody. */
  actor: Person
  /** In whose place the actor acts. */
  for?: { login: string; name: string }
  /** The role in which the actor acts, and what it reaches (unit, site or agency). */
  role: Role
  scope: string
  occurredAt: string
  now: string
  /** People whose countersignature was given for exactly this command. */
  countersigners: Person[]
  /** All items of the command, locked, as they were before it. */
  items: Item[]
  /** Scanned containers, of a step that takes them; `items` holds what is in them. */
  containers: Place[]
  settings: Settings
  /** The version of the rules that decides this act, see rules.ts. */
  rules: number
  caseOf: (caseNo: string) => Case
  place: (code: string) => Place
  person: (login: string) => Person
  unit: (id: string) => Unit
  /** All agencies and units. */
  units: () => Unit[]
  /** Who holds the role there and whose account is open, in a step that is `withOverseers`. */
  overseers: (role: 'storehead' | 'inspector', agency: string) => Person[]
  /** Whether somebody acts no more: of who has one of the items in hand or asked for it, in a step that is `withHolders`. */
  hasLeft: (login: string) => boolean
  /** An item that the input names beside the scanned ones. */
  item: (code: string) => Item
  /**
   * Open things that are found under a key, see identifiers.ts; of a step that `looksFor` it. Of one that the actor may
   * not read there is only its agency.
   */
  twinsOf: (key: string) => { code?: string; agency: string }[]
  /** Whether the code, scanned or named, is that of an item or of an earlier label. */
  isItem: (code: string) => boolean
  /** Whether a place holds items or other places that are in use. */
  isEmpty: (place: string) => boolean
  /** Classes of what lies in a place at any depth, of the place that a step `withAll` is about. */
  classesIn: (place: string) => ItemClass[]
  /** Codes of what somebody whom a step is about has in hand or carries. */
  heldBy: (login: string) => string[]
  /** How many dockets wait for a desk of whom the step is about, and whose it is or may be by a delegation. */
  atDesk: (desk: string) => AtDesk
  /** Who has which number there, in a step that makes a person. */
  numbersOf: (agency: string) => Pick<Person, 'login' | 'name' | 'number'>[]
  /** What is still in the unit that a step `alone` is about. */
  remains: Remains
  /** Whether an item is kept at the site, or is out or under way from it. */
  keepsItems: (site: string) => boolean
  /** Items in a container, itself locked. */
  contentsOf: (place: string) => Item[]
  /** Items of a case that have not left, of a step that is `withAll`; `evenLeft` those too. */
  itemsOf: (caseNo: string, evenLeft?: boolean) => Item[]
  /** Whether a case that the input names has the number, or had it. */
  isCase: (caseNo: string) => boolean
  /** The code of the place in use that has this name, directly within a place, or of a site within an agency. */
  placeCalled: (name: string, within: string) => string | undefined
  /** Places at any depth below a place, of a step that is `withAll`. */
  placesBelow: (place: string) => Place[]
  entry: (position: string) => NamedEntry
  /** What a step asks for, by its name; nothing of a step of the system. */
  asked: (step: string) => z.ZodType | undefined
  /** Whether the identity number belongs to somebody on the staff of any agency. */
  isStaff: (idNumber: string) => boolean
  /** Whether the number is that of the person whose sealed particulars these are, of a step that is `withIdentities`. */
  isIdentifiedBy: (commitment: string, idNumber: string) => boolean
  /** A document and line that no other item has taken, of cases that the input names, or of a step that is `withLines`. */
  isFreeLine: (caseNo: string, documentNo: string, line: string) => boolean
  newCode: (kind: CodeKind) => string
  /** Keeps an outsider's particulars out of the entry: gives the commitment that goes in instead. */
  seal: (particulars: Record<string, string>) => string
}

type StepBase<Input> = {
  by: readonly Role[]
  input: z.ZodType<Input>
  /** The countersignatures it takes, besides the second keeper of two-person classes. */
  signers?: (act: Act<Input | undefined>, item: Item | undefined) => Signer[]
}

/** How a step is asked about several things, each of which has values of its own, see lines.ts. */
export type PerItem<Input> = {
  /** What is asked of one thing. */
  one: z.ZodType<Input>
  /** Names of what each thing has for itself. */
  own: readonly string[]
  /** The input as `requires` and `records` see it for one item. */
  inputFor: (item: Item, act: Act<Input>) => Input
  requiresOnce: (act: Act<Input>) => void
}

export type ItemStep<Input> = StepBase<Input> & {
  on: 'item'
  perItem?: PerItem<Input>
  /** Touches the thing itself: keepers' separation, site and two-person rules apply. */
  physical?: boolean
  /** Takes a second keeper for things of every class, not of the two-person classes only. */
  twoPerson?: boolean
  axis?: DocketAxis
  /**
   * `opens` a docket on its axis, or acts on the open one while it stands at one of `at`; `of` names the procedure that
   * opened it, when another goes on with it.
   */
  docket?: 'opens' | { at: readonly string[]; of?: string }
  /** Could be taken for some items of a docket by version 1 of the rules already; since version 2 every step can. */
  partial?: boolean
  /** Nobody plays two parts in one docket, see separation.ts (general rule 1). */
  part?: Part
  /** May be taken while a discrepancy is open on the item (general rule 5); `takes-off`: because it ends the docket for it. */
  despiteDiscrepancy?: boolean | 'takes-off'
  /** Scanned containers stand for themselves and what is in them. */
  containers?: boolean
  /** Looks at everybody who had a hand in the items: officers, holders, keepers, who asked for it and decided. */
  withInvolved?: boolean
  /** Looks at who has the items in hand, or asked for them: they may have left the service meanwhile. */
  withHolders?: boolean
  /** Compares people with those whose particulars are sealed in the docket of its axis. */
  withIdentities?: boolean
  /** Looks at which lines of documents are taken in the cases of the items. */
  withLines?: boolean
  /** Looks at who is storehead or inspector in the agencies that the items belong to, and above them. */
  withOverseers?: boolean
  /** May be taken on an item that has left for good. */
  afterLeft?: boolean
  /** What must hold whatever is typed in, so that a screen can say it in advance. */
  ready?: (item: Item, act: Act<undefined>) => void
  /** What must hold of the input. */
  requires?: (item: Item, act: Act<Input>) => void
  records: (item: Item, act: Act<Input>) => NewFact | NewFact[]
  /** What must hold of the command as a whole, and of scanned containers. */
  requiresOnce?: (act: Act<Input>, containers: Place[]) => void
  /** What is recorded once for the command, after the items (about containers, cases). */
  recordsOnce?: (act: Act<Input>, containers: Place[]) => NewFact[]
}

export type SubjectStep<Kind extends Exclude<SubjectKind, 'item'>, Input> = StepBase<Input> & {
  on: Kind
  /** The subject's id in the input, or `undefined` when the step brings it into being under a new code. */
  subject: (input: Input) => string | undefined
  /** Compares the number of a person with those of everybody in the agency. */
  withNumbers?: boolean
  /** Whether the step makes the subject: it must not be there yet. Otherwise it must. */
  makes?: boolean
  /** Reaches what belongs to the subject: every item of a case, every place below a place. */
  withAll?: boolean
  /** Keys of identifiers under which it looks for other things, see identifiers.ts. */
  looksFor?: (state: Subjects[Kind], input: Input) => string[]
  /** Looks at what many commands change, so none is under way meanwhile. */
  alone?: boolean
  requires?: (state: Subjects[Kind] | undefined, act: Act<Input>) => void
  records: (state: Subjects[Kind] | undefined, act: Act<Input>) => NewFact | NewFact[]
}

/** The procedure whose dockets a step opens or goes on with. */
export const procedureOf = (name: string, { docket }: Pick<ItemStep<unknown>, 'docket'>): string =>
  (typeof docket === 'object' ? docket.of : undefined) ?? name.split('.')[0]!

export const itemStep = <Input>(step: Omit<ItemStep<Input>, 'on'>): ItemStep<Input> => ({ on: 'item', ...step })

export const subjectStep = <Kind extends Exclude<SubjectKind, 'item'>, Input>(
  step: SubjectStep<Kind, Input>,
): SubjectStep<Kind, Input> => step

type SubjectSteps = {
  // biome-ignore lint/suspicious/noExplicitAny: a catalogue holds steps of every shape; each file knows its own.
  [Kind in Exclude<SubjectKind, 'item'>]: SubjectStep<Kind, any>
}
// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyStep = ItemStep<any> | SubjectSteps[keyof SubjectSteps]

export type Procedure = {
  name: string
  steps: Record<string, AnyStep>
  facts: Record<string, AnyFact>
  /** The codes of its own refusals, without the `<name>.` before them. */
  refusals: readonly string[]
}

/** States a procedure. Steps are known as `<name>.<step>`, refusals as `<name>.<reason>`. */
export const procedure = <P extends Procedure>(stated: P): P => stated

/** Person → the snapshot an entry keeps. */
export function signatureOf(person: Person, role?: Role, instead?: Signature['for']): Signature {
  const { id, login, name, number, unit, unitName, agency, agencyName } = person
  const standing = { ...(role ? { role } : {}), ...(instead ? { for: instead } : {}) }
  return { id, login, name, number, unit, unitName, agency, agencyName, ...standing }
}

/** Whoever acts, and in whose place: neither is somebody else for it. */
export const actingIn = ({ actor, for: instead }: Pick<Act, 'actor' | 'for'>): { login: string; name: string }[] => [
  actor,
  ...(instead ? [instead] : []),
]

/** Logins of who signed a command, and of those in whose place they did. */
export const loginsOf = ({ login, for: instead }: Signature): string[] => [login, ...(instead ? [instead.login] : [])]
