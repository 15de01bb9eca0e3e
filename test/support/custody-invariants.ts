/** What must hold after every command, read from what was recorded and not by the code that decided. */
import { isDeepStrictEqual } from 'node:util'
import type { Denomination } from '../../server/custody/amounts.ts'
import { catalogue } from '../../server/custody/catalogue.ts'
import { applyFact, type DecidedFact } from '../../server/custody/decide.ts'
import { type DocketAxis, type Item, isVoid, unsoundness } from '../../server/custody/item.ts'
import type { World } from '../../server/custody/world.ts'
import { asJson } from './custody.ts'

const deciding = [
  ...[
    'RetrievalApproved',
    'RetrievalRejected',
    'TransferEndorsed',
    'TransferObjected',
    'TransferAccepted',
    'TransferDeclined',
  ],
  ...[
    'ReturnApproved',
    'ReturnRejected',
    'DisposalReviewed',
    'DisposalApproved',
    'DisposalRejected',
    'DiscrepancyResolved',
  ],
]
const executing = [
  'ItemReleased',
  'ItemGivenBack',
  'ItemNotGivenBack',
  'ItemUsedUp',
  'ItemReturned',
  'ItemStaged',
  'ItemDisposed',
  'ItemArrived',
  'ItemNotArrived',
  'MoneyReturned',
  'MoneyPaidToTreasury',
]
const extending = ['ExtensionApproved', 'ExtensionRejected']
const physical = [
  ...['ItemReceived', 'ItemMoved', 'ItemDispatched', 'ItemArrived', 'ItemReleased', 'ItemHandedOn', 'ItemGivenBack'],
  ...['MeasureLifted', 'ItemTakenIn', 'ItemKeptElsewhere'],
  ...['MoneyDeposited', 'MoneyAppropriated', 'MoneyReturned', 'MoneyPaidToTreasury', 'MoneyReversed'],
  ...['ItemReturned', 'ItemStaged', 'ItemDisposed', 'ItemRegistered', 'RestLeft', 'PartMade', 'ItemRecovered'],
  ...['PartJoined', 'ItemUsedUp'],
]
const despiteDiscrepancy = [
  ...[
    'DiscrepancyExplained',
    'DiscrepancyResolved',
    'OfficersChanged',
    'ItemTakenOver',
    'ItemReassigned',
    'CaseNumberCorrected',
    'RetrievalRejected',
    'RetrievalWithdrawn',
  ],
  ...['TransferObjected', 'TransferDeclined', 'TransferWithdrawn'],
  ...['ReturnRejected', 'ReturnWithdrawn', 'DisposalRejected', 'DisposalWithdrawn', 'TwinLeft'],
]
/** Change what the record says of where a thing is; nobody moves it. */
const rewriting = ['DiscrepancyResolved', 'RegistrationVoided', 'TwinLeft', 'FieldCorrected']
/** What can still be said of a thing that has left. */
const afterLeft = [
  'MoneyReversed',
  'CorrectionNoted',
  'FieldCorrected',
  'ItemRecovered',
  'SeizedAgain',
  'CaseNumberCorrected',
]
const twoPersons = ['cash', 'drugs', 'firearms', 'valuables', 'relic', 'hazardous', 'virtual']
const axes: DocketAxis[] = ['custody', 'control', 'disposition', 'discrepancy']

/** After these a thing and its parts add up to something else. */
/** After these a thing is as it should have been said to be. */
const recounting = ['CorrectionNoted', 'FieldCorrected']

type Parts = { requested?: string; decided: string[]; executed: string[] }

/** Keeps its own books of one story and says what is wrong with each command's facts. */
export class Books {
  /** Who played which part, by item and docket. */
  private readonly parts = new Map<string, Parts>()
  private readonly onLoan = new Set<string>()
  /** Root of each item's family, and what the family must add up to. */
  private readonly roots = new Map<string, string>()
  private readonly totals = new Map<string, Counts>()

  wrongWith(facts: readonly DecidedFact[], world: World): string[] {
    const wrong = facts.flatMap((fact) =>
      fact.subject.kind === 'item' ? this.wrongWithItem(fact as DecidedFact<'item'>, world) : [],
    )
    for (const fact of facts) {
      const { recorded, before, after } = asJson(fact)
      const again = applyFact(catalogue.facts[recorded.fact]!, before, recorded)
      if (!isDeepStrictEqual(asJson(again), after))
        wrong.push(`${recorded.fact} makes another state when it is replayed`)
    }
    return [...wrong, ...this.wrongSums(facts, world)]
  }

  private wrongWithItem({ recorded, before, after }: DecidedFact<'item'>, world: World): string[] {
    const { fact, by, docket } = recorded
    const wrong = unsoundness(after).map((sentence) => `${fact}: ${sentence}`)
    const say = (condition: unknown, sentence: string) => void (condition && wrong.push(`${fact}: ${sentence}`))

    for (const axis of before ? axes : []) {
      const [was, is] = [before!.open[axis]?.docket, after.open[axis]?.docket]
      say(was && is && was !== is, `a second docket on ${axis}`)
    }
    if (fact === 'ItemReleased') {
      say(this.onLoan.has(after.code), 'lent twice')
      this.onLoan.add(after.code)
    }
    if (fact === 'ItemGivenBack' || after.custody.state === 'left') this.onLoan.delete(after.code)
    say(this.onLoan.has(after.code) !== (after.custody.state === 'out'), 'out and lent do not go together')

    if (before) {
      const moved = before.control.agency !== after.control.agency
      say(moved && fact !== 'TransferAccepted', 'control went without acceptance')
      say(
        moved && !(before.control.state === 'offered' && before.control.to === after.control.agency),
        'control went to somebody it was not offered to',
      )
      say(moved && by.agency !== after.control.agency, 'somebody else accepted')
      say(
        !physical.includes(fact) &&
          !rewriting.includes(fact) &&
          JSON.stringify(before.custody) !== JSON.stringify(after.custody),
        'custody changed',
      )
      say(before.open.discrepancy && !despiteDiscrepancy.includes(fact), 'taken while a discrepancy was open')
      say(before.custody.state === 'left' && !afterLeft.includes(fact), 'taken after the thing had left')
      const twice = isVoid(before) && !['ItemRecovered', 'CaseNumberCorrected'].includes(fact)
      say(twice, 'taken after the registration was void')
      const elsewhere = fact === 'FieldCorrected' && recorded.data.field !== 'class'
      say(elsewhere && JSON.stringify(before.custody) !== JSON.stringify(after.custody), 'moved by a correction')
      const handled = physical.includes(fact) && by.role === 'keeper'
      say(handled && before.officers.includes(by.login), 'kept by an officer of its case')
      const keepers = recorded.countersigners.filter(({ login }) =>
        world.people.get(login)!.grants.some(({ role }) => role === 'keeper'),
      )
      say(handled && twoPersons.includes(before.class) && keepers.length === 0, 'touched by one keeper alone')
    }
    if (docket) this.wrongParts(fact, by.login, `${after.code} ${docket}`, before, say)
    return wrong
  }

  private wrongParts(
    fact: string,
    login: string,
    key: string,
    before: Item | undefined,
    say: (condition: unknown, sentence: string) => void,
  ): void {
    const parts = this.parts.get(key) ?? { requested: login, decided: [], executed: [] }
    this.parts.set(key, parts)
    if (deciding.includes(fact)) {
      say(parts.requested === login, 'decided by who asked')
      say(parts.decided.includes(login), 'decided twice by one person')
      parts.decided.push(login)
    }
    if (extending.includes(fact)) say(parts.requested === login, 'extended by who asked')
    if (executing.includes(fact)) {
      say(parts.requested === login, 'executed by who asked')
      say(parts.decided.includes(login), 'executed by who decided')
    }
    say(fact === 'ItemReturned' && before?.control.state === 'offered', 'handed over while control was offered')
    say(
      fact === 'ItemDisposed' && (before?.control.state === 'offered' || before?.objection),
      'disposed of while it was contested',
    )
  }

  /**
   * A thing and its parts, wherever they are or went, are together what was registered, and what facts say that it became
   * since: present + lost + used up + returned + disposed of = original, for whatever can be counted.
   */
  private wrongSums(facts: readonly DecidedFact[], world: World): string[] {
    const wrong: string[] = []
    for (const { recorded, before, after, subject } of facts as DecidedFact<'item'>[]) {
      if (subject.kind !== 'item') continue
      const { fact, data } = recorded
      if (fact === 'ItemRegistered') {
        this.roots.set(after.code, after.code)
        this.totals.set(after.code, new Map())
        this.book(after, countsOf(after))
      } else if (!before) this.roots.set(after.code, this.roots.get(after.parent!)!)
      for (const [name, { was, is }] of Object.entries((data.changed ?? {}) as Record<string, Change>)) {
        this.book(after, countsIn({ [name]: is }))
        this.book(after, countsIn({ [name]: was }), -1n)
      }
      if (recounting.includes(fact)) {
        this.book(after, countsOf(after))
        this.book(after, countsOf(before!), -1n)
      }
      // What is packed anew gets a number.
      const numbers = [...countsOf(after).keys()].filter((key) => key.startsWith('packages '))
      if (fact === 'PartMade' || fact === 'ItemSplit')
        for (const key of numbers)
          if (!this.totals.get(this.roots.get(after.code)!)!.has(key)) this.book(after, new Map([[key, unit]]))
      const gone = (data.lost ?? data.used) as Record<string, unknown> | undefined
      if (gone && !isDeepStrictEqual(countsIn(gone), countsOf(after)))
        wrong.push(`${fact} says another loss than there is`)
    }
    const sums = new Map<string, Counts>()
    for (const item of new Set(world.items.values())) {
      const { custody, code } = item
      const root = this.roots.get(code) ?? code
      // What was put to another part is counted there.
      if (custody.state === 'left' && custody.how === 'joined') continue
      sums.set(root, added(sums.get(root) ?? new Map(), countsOf(item)))
    }
    for (const [root, total] of sums)
      for (const [key, count] of added(new Map(total), this.totals.get(root) ?? new Map(), -1n))
        if (count !== 0n) wrong.push(`${root} and its parts have ${count} millionths more of ${key} than they should`)
    return wrong
  }

  private book({ code }: Item, counts: Counts, sign = 1n): void {
    const root = this.roots.get(code)!
    this.totals.set(root, added(this.totals.get(root) ?? new Map(), counts, sign))
  }
}

type Change = { was?: unknown; is?: unknown }
/** What is counted → how many, in millionths. */
type Counts = Map<string, bigint>
const unit = 1_000_000n

const millionths = (decimal: unknown): bigint => {
  const [whole = '0', part = ''] = String(decimal).split('.')
  return BigInt(whole) * unit + BigInt(part.padEnd(6, '0'))
}

function added(counts: Counts, others: Counts, sign = 1n): Counts {
  for (const [key, count] of others) counts.set(key, (counts.get(key) ?? 0n) + sign * count)
  return counts
}

/** Read off the card itself. */
const countsOf = ({ quantity, weight, value, serials, details }: Item): Counts =>
  countsIn({ ...details, quantity, weight, value, serials })

function countsIn(said: Record<string, unknown>): Counts {
  const counts: Counts = new Map()
  for (const name of ['quantity', 'weight', 'netWeight', 'value', 'rounds'])
    if (said[name] !== undefined) counts.set(name, millionths(said[name]))
  for (const name of ['serials', 'packages'])
    for (const each of (said[name] ?? []) as string[]) added(counts, new Map([[`${name} ${each}`, unit]]))
  for (const { face, count, counterfeit } of (said.denominations ?? []) as Denomination[])
    added(counts, new Map([[`${counterfeit ? 'false ' : ''}notes of ${face}`, millionths(count)]]))
  return counts
}
