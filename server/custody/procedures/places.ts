// place 库位 – sites, rooms, racks, slots, and containers that can be moved between them. Pure.

import { z } from 'zod'
import { type ItemClass, itemClasses } from '../classes.ts'
import { parseCode } from '../codes.ts'
import { type Act, factAbout, procedure, refuseIf, required, subjectStep } from '../define.ts'
import * as field from '../fields.ts'
import { secondPerson } from '../handling.ts'
import { refuseSince } from '../rules.ts'
import { type Place, type PlaceKind, placeKinds } from '../subjects.ts'
import { type Corrected, correctedOf, correcting, remember } from './correction/subject.ts'

/** What a place may stand in. */
export const parentsOf: Record<PlaceKind, readonly PlaceKind[]> = {
  site: [],
  room: ['site'],
  rack: ['room', 'site'],
  slot: ['rack', 'room'],
  container: ['slot', 'rack', 'room', 'site'],
  staging: ['room', 'site'],
}

/** As many places as one command can give a new path to. */
const mostPlaces = 10_000

const Add = z.strictObject({
  /** Of a label that was printed before; minted when absent. */
  code: field.placeCode().optional(),
  kind: z.enum(placeKinds),
  parent: field.placeCode().optional(),
  name: field.text(60),
  /** Those of the parent when absent; all for a site. */
  classes: z.array(z.enum(itemClasses)).min(1).optional(),
})
const Rename = z.strictObject({ place: field.placeCode(), name: field.text(60) })
const Retire = z.strictObject({ place: field.placeCode(), reason: field.longText(500).optional() })

const Correct = z.strictObject({ place: field.placeCode(), ...correcting })

/** What is said of a place when it is added; its name changes by renaming, and where a container stands by moving it. */
export const correctable = { classes: Add.shape.classes.unwrap() }

type Added = Omit<Place, 'version' | 'lastAt' | 'inUse'>

const codeKind = (kind: PlaceKind) => (kind === 'container' ? 'container' : 'place')

/** Admins and storeheads shape the store of their own agency. */
function refuseForeign({ code, name, agency }: Place, act: Act): void {
  const shapes = act.actor.grants.some(
    ({ role, scope }) => (role === 'admin' || role === 'storehead') && scope === agency,
  )
  refuseIf(!shapes, 'place.other-agency', { code, name })
}

/** Two places side by side are told apart by their names. `own` is the place that gets another. */
function refuseTakenName(act: Act<{ name: string }>, within: string, own?: string): void {
  const { name } = act.input
  const code = act.placeCalled(name, within)
  refuseSince(act, 2, code !== undefined && code !== own, 'place.name-taken', { code, name })
}

/** Path and site of a place called `code`, `name` under its parent. */
export const under = (parent: Place, { code, name }: Pick<Place, 'code' | 'name'>) => ({
  parent: parent.code,
  site: parent.site,
  path: [...parent.path, code],
  pathNames: [...parent.pathNames, name],
})

export const places = procedure({
  name: 'place',
  steps: {
    add: subjectStep({
      on: 'place',
      by: ['admin', 'storehead'],
      input: Add,
      subject: (input) => input.code,
      makes: true,
      requires: (_none, act) => {
        const { code, kind } = act.input
        refuseIf(code && parseCode(code)?.kind !== codeKind(kind), 'place.code-of-another-kind', { code, kind })
        refuseIf(kind === 'site' && act.input.parent, 'place.site-has-no-parent')
        if (kind === 'site') return refuseTakenName(act, act.scope)
        const parent = act.place(required(act.input.parent, 'place.parent-missing', { kind }))
        refuseForeign(parent, act)
        refuseIf(!parent.inUse, 'place.not-in-use', { code: parent.code, name: parent.name })
        const fits = parentsOf[kind].includes(parent.kind)
        refuseIf(!fits, 'place.wrong-parent', { kind, parentKind: parent.kind, name: parent.name })
        const classes = (act.input.classes ?? []).filter((each) => !parent.classes.includes(each))
        refuseSince(act, 2, classes.length > 0, 'place.fit-for-more', { classes, name: parent.name })
        refuseTakenName(act, parent.code)
      },
      records: (_none, act) => {
        const { kind, name } = act.input
        const code = act.input.code ?? act.newCode(codeKind(kind))
        const parent = act.input.parent === undefined ? undefined : act.place(act.input.parent)
        const classes = act.input.classes ?? parent?.classes ?? [...itemClasses]
        const where = parent ? under(parent, { code, name }) : { site: code, path: [code], pathNames: [name] }
        const data = { code, kind, name, ...where, agency: parent?.agency ?? act.scope, classes: [...new Set(classes)] }
        return { fact: 'PlaceAdded', data, subject: { kind: 'place', id: code } }
      },
    }),

    rename: subjectStep({
      on: 'place',
      by: ['admin', 'storehead'],
      input: Rename,
      subject: (input) => input.place,
      withAll: true,
      requires: (place, act) => {
        const { code, name, inUse, parent, agency } = place!
        refuseForeign(place!, act)
        refuseIf(!inUse, 'place.not-in-use', { code, name })
        refuseTakenName(act, parent ?? agency, code)
        refuseIf(name === act.input.name, 'place.same-name', { name })
        const below = act.placesBelow(code).length
        refuseIf(below > mostPlaces, 'place.too-many-below', { name, below, most: mostPlaces })
      },
      records: (place, act) => {
        const { name } = act.input
        const depth = place!.path.length - 1
        const renamed = (pathNames: string[]) => pathNames.with(depth, name)
        const below = act.placesBelow(place!.code).map(({ code, pathNames }) => ({
          fact: 'PathRenamed',
          data: { pathNames: renamed(pathNames) },
          subject: { kind: 'place' as const, id: code },
        }))
        const data = { name, before: place!.name, pathNames: renamed(place!.pathNames) }
        return [{ fact: 'PlaceRenamed', data }, ...below]
      },
    }),

    correct: subjectStep({
      on: 'place',
      by: ['admin', 'storehead'],
      input: Correct,
      subject: (input) => input.place,
      withAll: true,
      signers: (act) => [secondPerson(act)],
      requires: (place, act) => {
        const { code, name, inUse } = place!
        refuseForeign(place!, act)
        refuseIf(!inUse, 'place.not-in-use', { code, name })
        const { right } = correctedOf(place!, correctable, act)
        const classes = right as ItemClass[]
        const lying = act.classesIn(code).find((each) => !classes.includes(each))
        refuseIf(lying, 'place.lying-there', { name, class: lying })
        const below = act
          .placesBelow(code)
          .find((each) => each.inUse && !each.classes.every((one) => classes.includes(one)))
        refuseIf(below, 'place.fit-below', { name, below: below?.name })
        const around = place!.parent === undefined ? undefined : act.place(place!.parent)
        const unfit = around && classes.find((each) => !around.classes.includes(each))
        refuseIf(unfit, 'place.unfit-around', { name, around: around?.name, class: unfit })
      },
      records: (place, act) => ({ fact: 'PlaceCorrected', data: correctedOf(place!, correctable, act) }),
    }),

    retire: subjectStep({
      on: 'place',
      by: ['admin', 'storehead'],
      input: Retire,
      subject: (input) => input.place,
      requires: (place, act) => {
        const { code, name, inUse } = place!
        refuseForeign(place!, act)
        refuseIf(!inUse, 'place.not-in-use', { code, name })
        refuseIf(!act.isEmpty(code), 'place.not-empty', { code, name })
      },
      records: (_place, act) => ({
        fact: 'PlaceRetired',
        data: act.input.reason === undefined ? {} : { reason: act.input.reason },
      }),
    }),
  },

  facts: {
    PlaceAdded: factAbout<'place', Added>('place', (_none, { data, occurredAt }) => ({
      ...data,
      inUse: true,
      version: 0,
      lastAt: occurredAt,
    })),
    PlaceRenamed: factAbout<'place', { name: string; pathNames: string[] }>('place', (place, { data }) => ({
      ...place!,
      name: data.name,
      pathNames: data.pathNames,
    })),
    PathRenamed: factAbout<'place', { pathNames: string[] }>('place', (place, { data }) => ({
      ...place!,
      pathNames: data.pathNames,
    })),
    PlaceCorrected: factAbout<'place', Corrected>('place', (place, recorded) => ({
      ...place!,
      classes: recorded.data.right as ItemClass[],
      corrections: remember(place!.corrections, recorded),
    })),
    PlaceRetired: factAbout<'place', Record<string, unknown>>('place', (place) => ({ ...place!, inUse: false })),
  },

  refusals: [
    'other-agency',
    'code-of-another-kind',
    'site-has-no-parent',
    'parent-missing',
    'wrong-parent',
    'same-name',
    'name-taken',
    'fit-for-more',
    'too-many-below',
    'not-empty',
    'lying-there',
    'fit-below',
    'unfit-around',
  ],
})
