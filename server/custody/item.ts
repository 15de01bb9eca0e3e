// An item: one thing in custody, always the triple (custody, control, disposition). Pure.

import type { ItemClass } from './classes.ts'
import type { Due } from './clocks.ts'

/** Which of the three questions a docket answers; `discrepancy` stands beside them and stops all three. */
export type Axis = 'custody' | 'control' | 'disposition'
export type DocketAxis = Axis | 'discrepancy'

/** 实物状态 – where the thing is and who holds it. People are logins, places are codes. */
export type Custody =
  | { state: 'with-officer'; holder: string; holderName: string }
  | ({ state: 'stored' } & Whereabouts)
  | { state: 'out'; holder: string; holderName: string; from: Whereabouts }
  | { state: 'in-transit'; from: Whereabouts; toSite: string; toSiteName: string; carrier: string; carrierName: string }
  | { state: 'left'; how: string; to: string; from?: Whereabouts; paidFrom?: Account }
  | InPlace
  | Frozen
  | Entrusted
  | Deposited

/** 就地查封 – it stands where it was found; `keeper` answers for it there. */
export type InPlace = { state: 'in-place'; address: string; keeper: string }
/** 冻结 – a right on an account, a register or a platform. */
export type Frozen = {
  state: 'frozen'
  institution: string
  account: string
  assets: 'deposit' | 'securities' | 'other'
}
/** 委托保管 – bulky, hazardous or live things with a contractor. */
export type Entrusted = { state: 'entrusted'; contractor: string; address: string }

/** 存入唯一合规账户 – what were notes is an amount on an account. */
export type Deposited = { state: 'deposited' } & Account
export type Account = { institution: string; account: string }

/** A place as an item remembers it: its code, its name, the codes and names from the site down to it. */
export type Whereabouts = { place: string; placeName: string; site: string; path: string[]; pathNames: string[] }

/** 手续状态 – which agency decides over it, at which stage. */
export type Control =
  | { state: 'held'; agency: string; agencyName: string; stage: Stage }
  | { state: 'offered'; agency: string; agencyName: string; stage: Stage; to: string; toName: string; toStage: Stage }

export const stages = [
  'investigation',
  'prosecution',
  'supplementary-investigation',
  'trial',
  'appeal',
  'execution',
  'jurisdiction',
] as const
export type Stage = (typeof stages)[number]

/** 处理状态 – what is to become of it. */
export type Disposition = { state: 'none' } | { state: 'proposed' | 'approved' | 'done'; kind: string; at: string }

/** A docket as an item that is on it remembers it. `data` is what its procedure keeps for its later steps. */
export type OpenDocket = {
  docket: string
  procedure: string
  stage: string
  openedAt: string
  requestedBy: string
  /** In whose place it was asked for. */
  requestedFor?: string
  decidedBy: string[]
  /** Who handled the thing on it, and who countersigned. */
  executedBy?: string[]
  signedBy?: string[]
  /** Desks it waits for, see `desksOf` in audience.ts. */
  waitsFor: string[]
  data: Record<string, unknown>
}

export type Item = {
  /** Its first label, and its id for life. */
  code: string
  /** Codes of later labels, newest last. Every one of them resolves for ever; the newest is on the thing. */
  labels: string[]
  version: number
  caseNo: string
  /** Numbers of cases that it belonged to before, or that its case had. */
  formerCaseNos?: string[]
  line: string
  document: { kind: string; no: string; date: string }
  measure: string
  name: string
  class: ItemClass
  /** Decimal string. */
  quantity: string
  unit: string
  features: string
  source: string
  extractedAt: string
  takenFrom: string
  witness: string
  serials: string[]
  /** Decimal string, grams. */
  weight?: string
  /** Grams by which the parts it was divided into, or that it is one of, did not add up: decimal string. */
  astray?: string
  seal?: string
  /** Decimal string, yuan. */
  value?: string
  photos: string[]
  externalNo?: string
  /** What its class asks for beyond the common fields. */
  details: Record<string, unknown>
  /** The unit that handles its case, and that unit's agency: who has jurisdiction over it now. */
  owningUnit: string
  owningAgency: string
  /** Agencies that had jurisdiction before: it may still stand in their stores. */
  formerAgencies?: string[]
  /** Every agency that ever controlled it or was offered it: it may go on reading. */
  agencies: string[]
  /** Logins of the case's officers; changed when the case is assigned anew. */
  officers: string[]
  parent?: string
  /** The thing that all of its parts go back to, where it is one of them. */
  family?: string
  /** The thing as it was here before it was given back, and as it came again. */
  earlier?: string
  later?: string[]
  custody: Custody
  control: Control
  disposition: Disposition
  open: { [axis in DocketAxis]?: OpenDocket }
  /** All clocks that run on it, the soonest first. */
  clocks: Due[]
  /** A clock that was set later hid that of the hand-in, by version 1 of the rules. */
  handInHidden?: boolean
  /** How often the term of its measure was renewed since it began. */
  renewals?: number
  /** The clock that was set last, as entries by version 1 of the rules carry it. */
  due?: Due
  /** Somebody who says that it must not be returned or disposed of; open until it is settled. */
  objection?: { objector: string; raisedBy: string; raisedFor?: string; raisedAt: string }
  /** Persons (logins) who ever held or borrowed it, and keepers who stored it. */
  heldBy: string[]
  keptBy: string[]
  /** When a scan or a hand last touched the thing itself. */
  lastSeenAt: string
  /** `occurredAt` of its newest entry. */
  lastAt: string
}

/** Members as they are from now on; `null` takes one away. */
export type Changes = { [Member in keyof Item]?: Item[Member] | null }

export function withChanges(item: Item, changes: Changes): Item {
  const changed: Record<string, unknown> = { ...item, ...changes }
  for (const [member, value] of Object.entries(changes)) if (value === null) changed[member] = undefined
  return changed as Item
}

/** Whether its registration turned out to be a mistake. */
export const isVoid = ({ custody }: Pick<Item, 'custody'>): boolean =>
  custody.state === 'left' && custody.how === 'void'

/** Where the thing is in the store, if it is or came from there. */
export function whereaboutsOf(item: Item): Whereabouts | undefined {
  const { custody } = item
  if (custody.state === 'stored') return custody
  return 'from' in custody ? custody.from : undefined
}

/** Custody of what is under its measure where it is: never handed in, or given to a contractor. */
export const isUnderMeasure = (custody: Custody): custody is InPlace | Frozen | Entrusted =>
  custody.state === 'in-place' || custody.state === 'frozen' || custody.state === 'entrusted'

/** Custody of what is kept but on no shelf: under its measure, or on an account. */
export const isOffShelf = (custody: Custody): custody is InPlace | Frozen | Entrusted | Deposited =>
  isUnderMeasure(custody) || custody.state === 'deposited'

/** Where what is on no shelf is kept, in one line. */
export const keptElsewhereAt = (custody: InPlace | Frozen | Entrusted | Deposited): string =>
  custody.state === 'in-place'
    ? `${custody.address} · ${custody.keeper}`
    : custody.state === 'entrusted'
      ? `${custody.contractor} · ${custody.address}`
      : `${custody.institution} · ${custody.account}`

/** Whether somebody keeps it for the case: on a shelf, in place, frozen, entrusted or on an account; not in an officer's drawer. */
export const isKept = ({ custody }: Item): boolean => custody.state === 'stored' || isOffShelf(custody)

/** The code on the thing now, which papers print: that of its newest label. */
export const newestLabel = ({ code, labels }: Pick<Item, 'code' | 'labels'>): string => labels.at(-1) ?? code

/** Agencies whose property departments answer for it: the one with jurisdiction, and those in whose stores it may stand. */
export const storesOf = ({ owningAgency, formerAgencies = [] }: Item): string[] => [owningAgency, ...formerAgencies]
/** Login of who has the item in hand or carries it. */
export function handOf({ custody }: Pick<Item, 'custody'>): string | undefined {
  if (custody.state === 'in-transit') return custody.carrier
  return custody.state === 'with-officer' || custody.state === 'out' ? custody.holder : undefined
}

/** Logins of who has the item in hand and who asked for it: theirs are the signatures that it waits for. */
export function holdersOf(item: Item): string[] {
  const hand = handOf(item)
  const asked = Object.values(item.open).map(({ requestedBy }) => requestedBy)
  return [...(hand === undefined ? [] : [hand]), ...asked]
}

/** Logins of everybody who had a hand in the item and in its docket on the axis. */
export function involvedIn({ officers, heldBy, keptBy, open }: Item, axis: DocketAxis): string[] {
  const docket = open[axis]
  const asked = docket ? [docket.requestedBy, ...(docket.requestedFor ? [docket.requestedFor] : [])] : []
  return [...new Set([...officers, ...heldBy, ...keptBy, ...asked, ...(docket?.decidedBy ?? [])])]
}

/** The open docket on one axis, typed by the procedure that asks. */
export function docketOn<Data>(item: Item, axis: DocketAxis): (Omit<OpenDocket, 'data'> & { data: Data }) | undefined {
  return item.open[axis] as (Omit<OpenDocket, 'data'> & { data: Data }) | undefined
}

/** What a fact says of a part that is taken off an item: everything but what the machinery keeps. */
export type Part = Omit<Item, 'clocks' | 'version' | 'lastAt'> & { clocks?: Due[] }

/** The clocks of a part; by version 1 of the rules it says one at most. */
export const clocksOf = ({ clocks, due }: Pick<Part, 'clocks' | 'due'>): Due[] => clocks ?? (due ? [due] : [])

/** What it and all its parts go back to; of a part of a part made by version 1 of the rules, what that was taken from. */
export const familyOf = ({ family, parent, code }: Item): string => family ?? parent ?? code

/** The thing is gone for good: it leaves, and nothing that was under way over it goes on. */
export function goneFor(
  item: Item,
  { how, kind, at, to = '' }: { how: string; kind: string; at: string; to?: string },
): Item {
  const { agency, agencyName, stage } = item.control
  const from = whereaboutsOf(item)
  return {
    ...item,
    custody: { state: 'left', how, to, ...(from ? { from } : {}) },
    control: { state: 'held', agency, agencyName, stage },
    disposition: { state: 'done', kind, at },
    open: {},
    clocks: [],
    due: undefined,
  }
}

/** A part of an item as an item of its own: same case, same control, same keeping; no docket follows it. */
export function partOf(
  item: Item,
  rules: number,
  part: { code: string; line: string; quantity: string; name?: string; weight?: string },
): Part {
  const { version: _version, lastAt: _lastAt, clocks, due, handInHidden, ...rest } = item
  const { agency, agencyName, stage } = item.control
  const unbound = {
    open: {},
    control: { state: 'held', agency, agencyName, stage },
    disposition: { state: 'none' },
  } as const
  const running = rules < 2 ? { due } : { clocks, handInHidden, family: familyOf(item) }
  return { ...rest, ...running, ...part, ...unbound, name: part.name ?? item.name, labels: [], parent: item.code }
}

/**
 * What can never be true of an item whatever has been done to it. Returns sentences, none when it is sound.
 * Used by the model-based test and by the replay of a ledger.
 */
export function unsoundness(item: Item): string[] {
  const wrong: string[] = []
  const { custody, control, disposition, open } = item
  if (custody.state === 'left' && (open.custody || open.disposition)) wrong.push('left with an open docket')
  if ((disposition.state === 'done') !== (custody.state === 'left')) wrong.push('done and left must go together')
  if ((control.state === 'offered') !== Boolean(open.control)) wrong.push('offered without a transfer, or the reverse')
  if (custody.state === 'out' && open.custody?.procedure !== 'retrieval') wrong.push('out without a retrieval')
  if (custody.state === 'in-transit' && open.custody?.procedure !== 'relocation')
    wrong.push('in transit without a relocation')
  if (disposition.state === 'proposed' || disposition.state === 'approved') {
    if (!open.disposition) wrong.push('a disposition under way without a docket')
  } else if (open.disposition) wrong.push('a disposition docket without a disposition under way')
  if (!item.agencies.includes(control.agency)) wrong.push('controlled by an agency that is not among its agencies')
  if (!item.agencies.includes(item.owningAgency)) wrong.push('handled by an agency that is not among its agencies')
  return wrong
}
