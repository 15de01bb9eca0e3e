// discrepancy 异常 – what is there is not what the record says; nothing else happens to the thing until that is settled. Pure.

import { z } from 'zod'
import { type Amounts, amountsOf, type Changed, changedBy, changes, refuseBroken, Share } from '../amounts.ts'
import { marksOf } from '../comparing.ts'
import { compare } from '../decimal.ts'
import { type Act, actingIn, itemFact, itemStep, procedure, type Recorded, refuseIf, type Signer } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { witnessing } from '../handling.ts'
import { type Changes, docketOn, goneFor, type Item, storesOf, whereaboutsOf, withChanges } from '../item.ts'
import { perItem } from '../lines.ts'
import { playersOf } from '../separation.ts'
import { keeps } from '../storing.ts'
import { amountsFound } from './discrepancy/amounts-found.ts'
import { amountsCounted, countedNotes, refuseMiscounted } from './intake/cash-counted.ts'

export const discrepancyKinds = [
  'missing',
  'damaged',
  'short',
  'substituted',
  'seal-broken',
  'misplaced',
  'unidentified',
  'surplus',
  'counterfeit',
] as const
const outcomes = ['found-intact', 'explained', 'made-good', 'written-off'] as const

const Report = z.strictObject({
  kind: z.enum(discrepancyKinds),
  note: field.longText(),
  photos: field.photos(),
  /** Whose explanation is wanted, besides those who held or kept the thing. */
  named: z.array(field.login()).max(20).optional(),
})
const Explain = z.strictObject({ note: field.longText(), photos: field.photos().optional() })
const Resolve = z.strictObject({
  outcome: z.enum(outcomes),
  note: field.longText(),
  documents: z.array(field.file()).max(40),
  /** What counts from now on; what was found counts when these are absent, unless the thing was found intact. */
  seal: field.text(40).optional(),
  weight: field.weight().optional(),
  quantity: field.quantity().optional(),
  netWeight: field.weight().optional(),
  /** Which of what was listed is still there, when fewer are. */
  left: Share.optional(),
  /** Cash as it was counted again. */
  counted: countedNotes.optional(),
})

type Explanation = { by: string; name: string; note: string; at: string }
/** `now` is what was found: marks, or what a correction says. */
type Kept = { kinds: string[]; now: Changes; named: string[]; explanations: Explanation[]; correction?: boolean }
type Found = {
  kind: string
  kinds: string[]
  was: Changes
  now?: Changes
  note: string
  photos: string[]
  /** It stands for what was recorded wrongly, not for what became of the thing. */
  correction?: boolean
  /** Who explains it, when that is not everybody who countersigned. */
  named?: string[]
}
type Resolved = {
  outcome: (typeof outcomes)[number]
  accepted: Changes
  changed?: Changed
  /** What left the books with a thing that is written off. */
  lost?: Amounts
}

const kept = (item: Item) => docketOn<Kept>(item, 'discrepancy')!.data

/** D14: both heads hear of it at once, and the inspector. */
const desks = (item: Item) => [
  ...storesOf(item).map((agency) => `storehead@${agency}`),
  `inspector@${item.owningAgency}`,
  `head@${item.owningUnit}`,
]

type Overseer = 'storehead' | 'inspector'

/** Who handled, kept or reported one of the things; none of them settles it. */
function involved(items: Item[], { rules }: Act<unknown>): string[] {
  const logins = items.flatMap(({ heldBy, keptBy, officers, open: { discrepancy } }) => [
    ...heldBy,
    ...keptBy,
    ...officers,
    ...(discrepancy ? playersOf(discrepancy, ['requested']) : []),
    // Whoever signed for how it was found has a hat in it already (separation.ts).
    ...(discrepancy && rules >= 2 ? (discrepancy.signedBy ?? []) : []),
  ])
  return [...new Set(logins)].sort()
}

/** The agency and those above it. */
function upwards(agency: string, act: Act<unknown>): string[] {
  const { parent } = act.unit(agency)
  return parent === undefined ? [agency] : [agency, ...upwards(parent, act)]
}

/** The agencies whose property departments answer for it, and those above them. */
const scopesOf = (item: Item, act: Act<unknown>): string[] => [
  ...new Set(storesOf(item).flatMap((agency) => upwards(agency, act))),
]

/** Whether somebody with this role, here or above, had nothing to do with the things. */
function isThere(role: Overseer, item: Item, act: Act<unknown>): boolean {
  const not = [...involved(act.items, act), ...actingIn(act).map(({ login }) => login)]
  return scopesOf(item, act).some((scope) => act.overseers(role, scope).some(({ login }) => !not.includes(login)))
}

/** Case managers of procuratorates, and of whoever decides or decided over the thing: they stand outside the agency. */
function outsideOf(item: Item, act: Act<unknown>): string[] {
  const supervising = act.units().filter(({ kind, type }) => kind === 'agency' && type === 'procuratorate')
  const scopes = new Set([...item.agencies, ...supervising.map(({ id }) => id)])
  for (const agency of storesOf(item)) scopes.delete(agency)
  return [...scopes].sort()
}

/** The second of the two who settle it: of this agency or one above, or from outside when everybody there is involved. */
function otherOf(act: Act<unknown>, item: Item): Signer {
  const { owningAgency } = item
  const not = involved(act.items, act)
  const role: Overseer = act.role === 'storehead' ? 'inspector' : 'storehead'
  if (act.rules >= 2 && !isThere(role, item, act))
    return { as: 'outside-supervisor', roles: ['casemanager'], scopes: outsideOf(item, act), not }
  return act.rules < 2 && role === 'storehead'
    ? { as: role, roles: [role], scope: owningAgency, not }
    : { as: role, roles: [role], scopes: scopesOf(item, act), not }
}

/** Storehead and inspector settle it together; who controls a thing from elsewhere must agree that it is gone. */
function signersOf(act: Act<z.infer<typeof Resolve> | undefined>, item: Item): Signer[] {
  const { owningAgency, control } = item
  const other = otherOf(act, item)
  const asked = act.input?.outcome === 'written-off' && control.agency !== owningAgency
  return asked ? [other, { as: 'casemanager', roles: ['casemanager'], scope: control.agency }] : [other]
}

/** What counts after a discrepancy: as stated, or as found when the difference was explained or made good. */
function accepted(item: Item, { outcome, seal, weight, quantity }: z.infer<typeof Resolve>): Resolved['accepted'] {
  if (outcome === 'written-off') return {}
  const found = outcome === 'found-intact' ? {} : kept(item).now
  return { ...found, ...marksOf({ seal, weight }), ...(quantity ? { quantity } : {}) }
}

/** What the resolution makes of the amounts: the books of the thing and its parts say so. */
function balanced(item: Item, act: Act<z.infer<typeof Resolve>>): Pick<Resolved, 'changed' | 'lost'> {
  if (act.rules < 2) return {}
  if (act.input.outcome === 'written-off') return { lost: amountsOf(item) }
  if (act.input.counted) return changes(amountsOf(item), amountsCounted(item, act.input.counted))
  const is = accepted(item, act.input)
  const { quantity, weight, netWeight, left } = act.input
  const stated = [quantity, weight, netWeight, left].some((each) => each !== undefined)
  if (kept(item).correction && !stated) return changes(amountsOf(item), amountsOf(withChanges(item, is)))
  const found = { quantity: is.quantity ?? undefined, weight: is.weight ?? undefined, netWeight, left }
  return changes(amountsOf(item), amountsFound(item, found))
}

function opened(item: Item, recorded: Recorded<unknown>, data: Kept): Item {
  const waitsFor = [...desks(item), ...data.named.map((login) => `person:${login}`)]
  const standing = { procedure: 'discrepancy', stage: 'open', waitsFor, data }
  return { ...item, open: openDocket(item, 'discrepancy', recorded, standing) }
}

export const discrepancy = procedure({
  name: 'discrepancy',
  steps: {
    report: itemStep({
      by: ['keeper', 'inspector'],
      axis: 'discrepancy',
      docket: 'opens',
      part: 'requests',
      despiteDiscrepancy: true,
      input: Report,
      ready: (item, act) => {
        const site = whereaboutsOf(item)?.site
        const elsewhere = act.role === 'keeper' && (site === undefined || !keeps(act, site))
        refuseIf(elsewhere, 'discrepancy.not-at-your-site', { code: item.code })
      },
      requires: (_item, act) => {
        for (const login of act.input.named ?? []) act.person(login)
      },
      records: (_item, act) => ({ fact: 'DiscrepancyReported', data: { ...act.input } }),
    }),

    explain: itemStep({
      by: witnessing,
      axis: 'discrepancy',
      docket: { at: ['open', 'explained'] },
      partial: true,
      despiteDiscrepancy: true,
      input: Explain,
      ready: (item, act) => {
        const named = [...involved([item], act), ...kept(item).named]
        refuseIf(!named.includes(act.actor.login), 'discrepancy.not-named', { code: item.code })
      },
      records: (_item, act) => ({ fact: 'DiscrepancyExplained', data: { ...act.input } }),
    }),

    resolve: itemStep({
      // Where both are involved, the leader settles it with somebody from outside: a stranger may not even read of it.
      by: ['storehead', 'inspector', 'casemanager', 'leader', 'principal'],
      withOverseers: true,
      axis: 'discrepancy',
      docket: { at: ['open', 'explained'] },
      part: 'decides',
      partial: true,
      despiteDiscrepancy: true,
      ...perItem(Resolve, ['quantity', 'seal', 'weight']),
      signers: (act, item) => (item?.open.discrepancy ? signersOf(act, item) : []),
      ready: (item, act) => {
        const foreign = act.role === 'storehead' && !storesOf(item).includes(act.scope)
        refuseIf(foreign, 'discrepancy.other-store', { code: item.code })
        const isInside = act.role === 'storehead' || act.role === 'inspector'
        const leads = act.role === 'leader' || act.role === 'principal'
        const needless =
          !isInside && (act.rules < 2 || isThere('inspector', item, act) || (leads && isThere('storehead', item, act)))
        refuseIf(needless, 'discrepancy.settled-inside', { code: item.code })
        const own = actingIn(act).some(({ login }) => involved([item], act).includes(login))
        refuseIf(own, 'discrepancy.involved', { code: item.code })
      },
      requires: (item, act) => {
        const { outcome, documents, quantity } = act.input
        const bare = (outcome === 'written-off' || outcome === 'made-good') && documents.length === 0
        refuseIf(bare, 'discrepancy.undocumented', { code: item.code, outcome })
        const grown = quantity !== undefined && compare(quantity, item.quantity) > 0
        refuseIf(grown, 'discrepancy.more-than-before', { code: item.code, quantity, before: item.quantity })
        if (quantity) refuseBroken(quantity, item.unit, item.class, act)
        if (act.input.counted) refuseMiscounted(item, act.input.counted, act)
        balanced(item, act)
      },
      records: (item, act) => {
        const { outcome, note, documents } = act.input
        const data = { outcome, note, documents, accepted: accepted(item, act.input), ...balanced(item, act) }
        return { fact: 'DiscrepancyResolved', data }
      },
    }),
  },

  facts: {
    DiscrepancyReported: itemFact<z.infer<typeof Report>>((item, recorded) => {
      const { kind, named } = recorded.data
      return opened(item, recorded, { kinds: [kind], now: {}, named: named ?? [], explanations: [] })
    }),
    DiscrepancyFound: itemFact<Found>((item, recorded) => {
      const { kinds, now, correction, named = recorded.countersigners.map(({ login }) => login) } = recorded.data
      // Who handed it over signed for it and explains it: the borrower, the carrier.
      return opened(item, recorded, {
        kinds,
        now: now ?? {},
        named,
        explanations: [],
        ...(correction ? { correction } : {}),
      })
    }),
    DiscrepancyExplained: itemFact<z.infer<typeof Explain>>((item, recorded) => {
      const { by, data, occurredAt: at } = recorded
      const explanation = { by: by.login, name: by.name, note: data.note, at }
      const explanations = [...kept(item).explanations, explanation]
      const waitsFor = item.open.discrepancy!.waitsFor.filter((desk) => desk !== `person:${by.login}`)
      const standing = { stage: 'explained', waitsFor, data: { explanations } }
      return { ...item, open: moveDocket(item, 'discrepancy', recorded, standing) }
    }),
    DiscrepancyResolved: itemFact<Resolved>((item, { data, occurredAt }) =>
      data.outcome === 'written-off'
        ? goneFor(item, { how: 'written-off', kind: 'lost', at: occurredAt })
        : { ...changedBy(withChanges(item, data.accepted), data.changed), open: closeDocket(item, 'discrepancy') },
    ),
  },

  refusals: [
    'settled-inside',
    'not-at-your-site',
    'not-named',
    'other-store',
    'involved',
    'undocumented',
    'more-than-before',
    'nothing-left',
    'amounts-disagree',
  ],
})
