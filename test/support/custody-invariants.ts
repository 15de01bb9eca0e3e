/** What must hold after every command, read from what was recorded and not by the code that decided. */
import { isDeepStrictEqual } from 'node:util'
import { catalogue } from '../../server/custody/catalogue.ts'
import { applyFact, type DecidedFact } from '../../server/custody/decide.ts'
import { compare, minus, sum } from '../../server/custody/decimal.ts'
import { type DocketAxis, type Item, unsoundness } from '../../server/custody/item.ts'
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
  'ItemReturned',
  'ItemStaged',
  'ItemDisposed',
  'ItemArrived',
  'ItemNotArrived',
]
const extending = ['ExtensionApproved', 'ExtensionRejected']
const physical = [
  ...['ItemReceived', 'ItemMoved', 'ItemDispatched', 'ItemArrived', 'ItemReleased', 'ItemGivenBack'],
  ...['MeasureLifted', 'ItemTakenIn', 'ItemKeptElsewhere'],
  ...['ItemReturned', 'ItemStaged', 'ItemDisposed', 'ItemRegistered', 'RestLeft', 'PartMade'],
]
const despiteDiscrepancy = [
  ...['DiscrepancyExplained', 'DiscrepancyResolved', 'OfficersChanged', 'RetrievalRejected', 'RetrievalWithdrawn'],
  ...['TransferObjected', 'TransferDeclined', 'TransferWithdrawn'],
  ...['ReturnRejected', 'ReturnWithdrawn', 'DisposalRejected', 'DisposalWithdrawn'],
]
const twoPersons = ['cash', 'drugs', 'firearms', 'valuables', 'relic', 'hazardous', 'virtual']
const axes: DocketAxis[] = ['custody', 'control', 'disposition', 'discrepancy']

type Parts = { requested?: string; decided: string[]; executed: string[] }

/** Keeps its own books of one story and says what is wrong with each command's facts. */
export class Books {
  /** Who played which part, by item and docket. */
  private readonly parts = new Map<string, Parts>()
  private readonly onLoan = new Set<string>()
  /** Root of each item's family, and what the family must add up to. */
  private readonly roots = new Map<string, string>()
  private readonly totals = new Map<string, string>()

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
          fact !== 'DiscrepancyResolved' &&
          JSON.stringify(before.custody) !== JSON.stringify(after.custody),
        'custody changed',
      )
      say(before.open.discrepancy && !despiteDiscrepancy.includes(fact), 'taken while a discrepancy was open')
      say(before.custody.state === 'left' && fact !== 'CorrectionNoted', 'taken after the thing had left')
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

  /** A thing and its parts add up to what was registered, less what a discrepancy was settled with. */
  private wrongSums(facts: readonly DecidedFact[], world: World): string[] {
    for (const { recorded, before, after } of facts as DecidedFact<'item'>[]) {
      if (recorded.fact === 'ItemRegistered') this.found(after.code, after.quantity)
      else if (after && 'parent' in after && !before && this.roots.has(String(after.parent)))
        this.roots.set(after.code, this.roots.get(after.parent!)!)
      else if (recorded.fact === 'DiscrepancyResolved' && before && compare(before.quantity, after.quantity) !== 0) {
        const root = this.roots.get(after.code)!
        this.totals.set(root, minus(this.totals.get(root)!, minus(before.quantity, after.quantity)))
      }
    }
    const sums = new Map<string, string>()
    for (const item of new Set(world.items.values())) {
      const root = this.roots.get(item.code) ?? item.code
      sums.set(root, sum(sums.get(root) ?? '0', item.quantity))
    }
    return [...sums]
      .filter(([root, total]) => total !== this.totals.get(root))
      .map(([root, total]) => `${root} and its parts are ${total}, not ${this.totals.get(root)}`)
  }

  private found(code: string, quantity: string): void {
    this.roots.set(code, code)
    this.totals.set(code, quantity)
  }
}
