// item.recover 找回 – what was written off or booked out by mistake is in store again under the same code. Pure.

import { z } from 'zod'
import { weighed } from '../../classes.ts'
import { differencesBetween, discrepancyFound, type Marks } from '../../comparing.ts'
import { type Act, itemFact, itemStep, type NewFact, refuseIf, required, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import { type Disposition, type Item, isVoid, type Whereabouts, whereaboutsOf } from '../../item.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'

const ways = ['found', 'left-by-mistake'] as const

const Recover = z.strictObject({
  how: z.enum(ways),
  place: field.placeCode(),
  /** What left instead, when one of two like things was booked out and the other was given away. */
  twin: field.itemCode().optional(),
  seal: field.text(40).optional(),
  weight: field.weight().optional(),
  photos: field.photos(1),
  document: field.document(),
  note: field.longText().optional(),
})
type Recover = z.infer<typeof Recover>

type Done = Extract<Disposition, { kind: string }>
type Left = Extract<Item['custody'], { state: 'left' }>

/** What is gone for good by all that was recorded: when it is there after all, only finding it explains that. */
const gone = ['lost', 'destroy', 'used-up']
/** Of these somebody swore that the thing is no more. */
const ended = ['destroy', 'used-up']

const doneOf = (item: Item) => item.disposition as Done

/** Two keepers of the site and the storehead; for what was said to be no more, an inspector as well. */
function signersOf(act: Act<Recover | undefined>, item: Item | undefined): Signer[] {
  if (item?.custody.state !== 'left') return []
  const { owningAgency, officers } = item
  const witness: Signer[] = ended.includes(doneOf(item).kind)
    ? [{ as: 'inspector', roles: ['inspector'], scope: owningAgency }]
    : []
  if (act.role === 'keeper') return [{ as: 'storehead', roles: ['storehead'], scope: owningAgency }, ...witness]
  const site = act.input ? { scope: act.place(act.input.place).site } : {}
  const keeper = { roles: ['keeper' as const], ...site, not: officers }
  return [{ as: 'keeper', ...keeper }, { as: 'second-keeper', ...keeper }, ...witness]
}

/** The other thing is like this one, of the same case, and on the shelf by the record. */
function refuseTwin(item: Item, act: Act<Recover>): void {
  const { twin: code, how } = act.input
  if (code === undefined) return
  const twin = act.item(code)
  const like = twin.code !== item.code && twin.caseNo === item.caseNo && twin.class === item.class
  refuseIf(!like || how !== 'left-by-mistake', 'item.no-twin', { code: item.code, twin: code })
  refuseIf(twin.custody.state !== 'stored', 'item.twin-not-stored', { twin: code })
  const { control } = twin
  const elsewhere = control.state === 'offered' || control.agency !== item.control.agency
  refuseIf(elsewhere, 'item.twin-controlled-elsewhere', { twin: code, agency: control.agencyName })
}

export const recover = itemStep({
  by: ['keeper', 'storehead'],
  physical: true,
  twoPerson: true,
  afterLeft: true,
  withLines: true,
  input: Recover,
  signers: signersOf,
  ready: (item) => {
    const { code, custody } = item
    refuseIf(custody.state !== 'left', 'item.not-left', { code })
    const joined = custody.state === 'left' && custody.how === 'joined'
    refuseIf(joined, 'item.is-joined', { code, into: joined ? custody.to : '' })
    const stayedAway = whereaboutsOf(item) === undefined && doneOf(item).kind !== 'lost'
    refuseIf(stayedAway, 'item.never-received', { code })
  },
  requires: (item, act) => {
    const { how, place, weight } = act.input
    const { code, line, document, caseNo } = item
    refuseIf(act.items.length > 1, 'item.one-by-one')
    const { kind } = doneOf(item)
    refuseIf((how === 'found') !== gone.includes(kind), 'item.left-otherwise', { code, kind, how })
    refuseTwin(item, act)
    const shelf = act.place(place)
    refuseUnfit(shelf, item, act)
    const foreign = act.role === 'storehead' && shelf.agency !== act.scope
    refuseIf(foreign, 'place.elsewhere', { code: shelf.code, name: shelf.name, site: shelf.site })
    refuseIf(!weight && item.weight && weighed.includes(item.class), 'item.unweighed', { code })
    const taken = isVoid(item) && !item.parent && !act.isFreeLine(caseNo, document.no, line)
    refuseIf(taken, 'item.line-taken', { code, line, no: document.no })
  },
  records: (item, act) => {
    const { place, twin, seal, weight, photos, note } = act.input
    const other = twin === undefined ? undefined : act.item(twin)
    const at = whereaboutsIn(act.place(place))
    const data = { ...act.input, ...(other ? { twin: other.code } : {}), at, by: act.actor.login }
    const facts: NewFact[] = [{ fact: 'ItemRecovered', data }]
    if (other) facts.push({ fact: 'TwinLeft', data: asBooked(item), subject: { kind: 'item', id: other.code } })
    const was: Marks = { seal: item.seal, weight: item.weight }
    const perMille = act.settings.weightTolerancePerMille
    const found = differencesBetween(was, { condition: 'intact', seal, weight }, perMille)
    if (found.length > 0) facts.push(discrepancyFound(act, found, was, { seal, weight, note, photos }))
    return facts
  },
})

type Booked = { insteadOf: string; how: string; to: string; kind: string; leftAt: string }

/** How the thing left by its booking, which is how its twin left in truth. */
function asBooked({ code, custody, disposition }: Item): Booked {
  const { how, to } = custody as Left
  const { kind, at } = disposition as Done
  return { insteadOf: code, how, to, kind, leftAt: at }
}

export const recovered = {
  ItemRecovered: itemFact<{ at: Whereabouts; by: string }>(
    (item, { data }) => ({
      ...item,
      custody: { state: 'stored', ...data.at },
      disposition: { state: 'none' },
      keptBy: [...new Set([...item.keptBy, data.by])],
    }),
    { seen: true },
  ),
  /** Nothing that was under way over it goes on: it is not there. */
  TwinLeft: itemFact<Booked>((item, { data: { how, to, kind, leftAt } }) => ({
    ...item,
    custody: { state: 'left', how, to, from: required(whereaboutsOf(item), 'item.never-received') },
    disposition: { state: 'done', kind, at: leftAt },
    open: {},
    clocks: [],
    due: undefined,
  })),
}

export const recoveryRefusals = [
  'not-left',
  'is-joined',
  'never-received',
  'left-otherwise',
  'no-twin',
  'twin-not-stored',
  'twin-controlled-elsewhere',
  'unweighed',
  'line-taken',
] as const
