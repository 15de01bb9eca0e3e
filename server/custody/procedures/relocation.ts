// relocation 移库 – a thing or a container changes its place, within a site by its keeper, between sites with a carrier. Pure.

import { z } from 'zod'
import { amountsOf, changes, firstWeighed } from '../amounts.ts'
import { weighed } from '../classes.ts'
import { conditions, differencesBetween, discrepancyFound, type Marks, marksOf } from '../comparing.ts'
import { type Act, factAbout, itemFact, itemStep, type NewFact, procedure, refuseIf } from '../define.ts'
import { closeDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import { handsOver } from '../handling.ts'
import { docketOn, type Item, type Whereabouts, whereaboutsOf } from '../item.ts'
import { perItem } from '../lines.ts'
import { refuseSince } from '../rules.ts'
import { keeps, refuseUnfit, refuseUnfitAround, refuseUnfitFor, whereaboutsIn } from '../storing.ts'
import type { Place } from '../subjects.ts'
import { parentsOf, under } from './places.ts'

const Move = z.strictObject({ to: field.placeCode(), reason: field.longText(500) })
const Pack = z.strictObject({ container: field.placeCode() })
/** Out of the container to a place; to the place where the container stands when none is named. */
const Unpack = z.strictObject({ container: field.placeCode(), place: field.placeCode().optional() })
const marks = { seal: field.text(40).optional(), weight: field.weight().optional() }
const Dispatch = z.strictObject({
  toSite: field.placeCode(),
  /** Somebody on the staff who takes the things over and hands them over again. */
  carrier: field.login(),
  photos: field.photos().optional(),
  ...marks,
})
const Arrive = z.strictObject({
  place: field.placeCode(),
  checked: z.strictObject({ condition: z.enum(conditions), note: field.longText().optional(), ...marks }),
  photos: field.photos().optional(),
})

type Dispatched = Marks & { toSite: string; toSiteName: string; carrier: string; carrierName: string }
type Moved = { from: string; at: Whereabouts; by: string }
type PlaceMoved = Pick<Place, 'parent' | 'site' | 'path' | 'pathNames'>

const dispatched = (item: Item) => docketOn<Marks>(item, 'custody')!.data

const placeOf = (item: Item) => (item.custody.state === 'stored' ? item.custody.place : '')

/** The scanned container that holds the item, so that it stays in it. */
const containerOf = (item: Item, act: Act<unknown>) => act.containers.find(({ code }) => code === placeOf(item))

function refuseNotStored(item: Item): void {
  refuseIf(item.custody.state !== 'stored', 'relocation.not-stored', { code: item.code, state: item.custody.state })
}

/** A seal that nobody read says nothing; only of a thing that is not intact may it be gone. */
function refuseSealUnread({ code, seal }: Item, read: string | undefined, act: Act<unknown>): void {
  refuseSince(act, 2, seal && !read, 'relocation.seal-unread', { code, seal })
}

function refuseOtherKind({ code, name, kind }: Place): void {
  refuseIf(kind !== 'container', 'relocation.not-a-container', { code, name, kind })
}

/** A container stands in a slot, rack, room or site of its own site; boxes are not put in boxes. */
function refuseContainer(container: Place, to: Place, act: Act<unknown>): void {
  const { code, name, site, inUse, parent } = container
  refuseOtherKind(container)
  refuseIf(!inUse, 'place.not-in-use', { code, name })
  refuseIf(!to.inUse, 'place.not-in-use', { code: to.code, name: to.name })
  refuseIf(!keeps(act, site), 'place.elsewhere', { code, name, site })
  const fits = parentsOf.container.includes(to.kind)
  refuseIf(!fits, 'place.wrong-parent', { kind: 'container', parentKind: to.kind, name: to.name })
  refuseIf(to.site !== site, 'relocation.other-site', { code, name: to.name })
  refuseIf(to.code === parent, 'relocation.already-there', { code, name: to.name })
}

/** An item goes to another leaf of its own site that is fit for it. */
function refuseMove(item: Item, to: Place, act: Act<unknown>): void {
  refuseUnfit(to, item, act)
  refuseIf(to.code === placeOf(item), 'relocation.already-there', { code: item.code, name: to.name })
  refuseIf(to.site !== whereaboutsOf(item)?.site, 'relocation.other-site', { code: item.code, name: to.name })
}

const moved = (item: Item, at: Whereabouts, act: Act<unknown>, more: Record<string, unknown> = {}): NewFact => ({
  fact: 'ItemMoved',
  data: { from: placeOf(item), at, by: act.actor.login, ...more },
})

const targetOf = (act: Act<z.infer<typeof Unpack>>) =>
  act.place(act.input.place ?? act.place(act.input.container).parent ?? act.input.container)

const destinations = ({ custody }: Item) => (custody.state === 'in-transit' ? [custody.toSite, custody.from.site] : [])

export const relocation = procedure({
  name: 'relocation',
  steps: {
    move: itemStep({
      by: ['keeper'],
      physical: true,
      containers: true,
      input: Move,
      ready: refuseNotStored,
      requiresOnce: (act, containers) => {
        for (const container of containers) refuseContainer(container, act.place(act.input.to), act)
      },
      requires: (item, act) => {
        const to = act.place(act.input.to)
        if (containerOf(item, act)) {
          refuseUnfitFor(to, item)
          refuseUnfitAround(to, item, act)
        } else refuseMove(item, to, act)
      },
      records: (item, act) => {
        const { to, reason } = act.input
        const container = containerOf(item, act)
        const place = act.place(to)
        return moved(item, whereaboutsIn(container ? { ...container, ...under(place, container) } : place), act, {
          reason,
        })
      },
      recordsOnce: (act, containers) =>
        containers.map((container) => ({
          fact: 'PlaceMoved',
          data: {
            from: container.parent ?? '',
            ...under(act.place(act.input.to), container),
            reason: act.input.reason,
          },
          subject: { kind: 'place', id: container.code },
        })),
    }),

    pack: itemStep({
      by: ['keeper'],
      physical: true,
      input: Pack,
      ready: refuseNotStored,
      requires: (item, act) => {
        const container = act.place(act.input.container)
        refuseOtherKind(container)
        refuseMove(item, container, act)
      },
      records: (item, act) => moved(item, whereaboutsIn(act.place(act.input.container)), act),
    }),

    unpack: itemStep({
      by: ['keeper'],
      physical: true,
      containers: true,
      input: Unpack,
      ready: refuseNotStored,
      requiresOnce: (act) => {
        const container = act.place(act.input.container)
        const { code, name } = container
        refuseOtherKind(container)
        refuseIf(act.items.length === 0, 'relocation.container-empty', { code, name })
      },
      requires: (item, act) => {
        const { code, name } = act.place(act.input.container)
        refuseIf(placeOf(item) !== code, 'relocation.not-in-container', { code: item.code, container: code, name })
        refuseMove(item, targetOf(act), act)
      },
      records: (item, act) => moved(item, whereaboutsIn(targetOf(act)), act),
    }),

    dispatch: itemStep({
      by: ['keeper'],
      axis: 'custody',
      docket: 'opens',
      part: 'requests',
      physical: true,
      ...perItem(Dispatch, ['seal', 'weight', 'photos']),
      signers: (act) => (act.input ? [{ as: 'carrier', logins: [act.input.carrier] }] : [{ as: 'carrier' }]),
      ready: refuseNotStored,
      requires: (item, act) => {
        const { toSite, carrier, seal = item.seal, weight } = act.input
        const { code, name, kind, inUse, agency } = act.place(toSite)
        refuseIf(kind !== 'site', 'relocation.not-a-site', { code, name })
        // Since version 2 of the rules jurisdiction can go to another agency than the one that keeps the thing.
        const jurisdiction = act.rules >= 2 ? [item.owningAgency] : []
        const own = [act.actor.agency, item.control.agency, ...jurisdiction].includes(agency)
        refuseIf(!own, 'relocation.site-of-another-agency', { code: item.code, name })
        refuseIf(!inUse, 'place.not-in-use', { code, name })
        refuseIf(code === whereaboutsOf(item)?.site, 'relocation.same-site', { code: item.code, name })
        const person = act.person(carrier)
        refuseIf(carrier === act.actor.login, 'relocation.carrier-acts', { name: person.name })
        refuseIf(item.officers.includes(carrier), 'relocation.carrier-is-officer', {
          code: item.code,
          name: person.name,
        })
        refuseIf(weighed.includes(item.class) && !weight, 'relocation.unweighed', { code: item.code })
        refuseSealUnread(item, act.input.seal, act)
        const differs = differencesBetween(
          item,
          { condition: 'intact', seal, weight },
          act.settings.weightTolerancePerMille,
        )
        refuseIf(differs.length > 0, 'relocation.not-as-recorded', { code: item.code, kinds: differs })
      },
      records: (_item, act) => {
        const { name: toSiteName } = act.place(act.input.toSite)
        const { name: carrierName } = act.person(act.input.carrier)
        return { fact: 'ItemDispatched', data: { ...act.input, toSiteName, carrierName } }
      },
    }),

    arrive: itemStep({
      by: ['keeper'],
      axis: 'custody',
      docket: { at: ['in-transit'] },
      part: 'executes',
      partial: true,
      physical: true,
      withHolders: true,
      ...perItem(Arrive, ['seal', 'weight', 'condition', 'note', 'photos']),
      signers: (act, item) =>
        item?.custody.state === 'in-transit' ? [handsOver('carrier', item.custody.carrier, item, act)] : [],
      requires: (item, act) => {
        const { place, checked } = act.input
        const to = act.place(place)
        refuseUnfit(to, item, act)
        refuseIf(!destinations(item).includes(to.site), 'relocation.other-destination', {
          code: item.code,
          name: to.name,
        })
        const unexplained = checked.condition !== 'intact' && !checked.note
        refuseIf(unexplained, 'relocation.condition-unexplained', { code: item.code })
        const unweighed = weighed.includes(item.class) && checked.condition !== 'lost' && !checked.weight
        refuseIf(unweighed, 'relocation.unweighed', { code: item.code })
        if (checked.condition === 'intact') refuseSealUnread(item, checked.seal, act)
      },
      records: (item, act) => {
        const { place, checked, photos = [] } = act.input
        const was = { seal: dispatched(item).seal ?? item.seal, weight: dispatched(item).weight ?? item.weight }
        const kinds = differencesBetween(was, checked, act.settings.weightTolerancePerMille)
        const known = amountsOf(item)
        const weighing = act.rules < 2 ? {} : changes(known, firstWeighed(known, checked.weight))
        const arrival: NewFact =
          checked.condition === 'lost'
            ? { fact: 'ItemNotArrived', data: { checked, photos } }
            : {
                fact: 'ItemArrived',
                data: { checked, photos, at: whereaboutsIn(act.place(place)), by: act.actor.login, ...weighing },
              }
        return kinds.length === 0 ? arrival : [arrival, discrepancyFound(act, kinds, was, { ...checked, photos })]
      },
    }),
  },

  facts: {
    ItemMoved: itemFact<Moved>(
      (item, { data: { at, by } }) => ({
        ...item,
        custody: { state: 'stored', ...at },
        keptBy: [...new Set([...item.keptBy, by])],
      }),
      { seen: true },
    ),
    PlaceMoved: factAbout<'place', PlaceMoved>('place', (place, { data: { parent, site, path, pathNames } }) => ({
      ...place!,
      parent,
      site,
      path,
      pathNames,
    })),
    ItemDispatched: itemFact<Dispatched>(
      (item, recorded) => {
        const { toSite, toSiteName, carrier, carrierName } = recorded.data
        return {
          ...item,
          custody: { state: 'in-transit', from: whereaboutsOf(item)!, toSite, toSiteName, carrier, carrierName },
          heldBy: [...new Set([...item.heldBy, carrier])],
          open: openDocket(item, 'custody', recorded, {
            stage: 'in-transit',
            waitsFor: [`keeper@${toSite}`, `person:${carrier}`],
            data: marksOf(recorded.data),
          }),
        }
      },
      { seen: true },
    ),
    ItemArrived: itemFact<{ checked: Marks; at: Whereabouts; by: string }>(
      (item, { data: { checked, at, by } }) => ({
        ...item,
        ...marksOf({ seal: item.seal ?? checked.seal, weight: item.weight ?? checked.weight }),
        custody: { state: 'stored', ...at },
        keptBy: [...new Set([...item.keptBy, by])],
        open: closeDocket(item, 'custody'),
      }),
      { seen: true },
    ),
    ItemNotArrived: itemFact((item) => item),
  },

  refusals: [
    'not-stored',
    'not-a-container',
    'other-site',
    'already-there',
    'container-empty',
    'not-in-container',
    'not-a-site',
    'site-of-another-agency',
    'same-site',
    'carrier-acts',
    'carrier-is-officer',
    'unweighed',
    'seal-unread',
    'not-as-recorded',
    'other-destination',
    'condition-unexplained',
  ],
})
