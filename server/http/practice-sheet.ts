// The demonstration's sheet of codes to scan: what the keeper at the counter may see now, in both languages.

import type { Resolved } from '../contract/cards.ts'
import { DocketQuery, ItemQuery, PlaceQuery } from '../contract/queries.ts'
import { desksOf, keysOf } from '../custody/audience.ts'
import type { LabelContent } from '../documents/labels.ts'
import { type PracticeGroup, renderPracticeSheet } from '../documents/practice-sheet.ts'
import { readDockets } from '../views/dockets.ts'
import { readItems } from '../views/items.ts'
import { readPlaces } from '../views/places.ts'
import { labelOf } from './labels.ts'
import type { HttpParts, Language } from './parts.ts'
import { found } from './problems.ts'
import { openRoute, type Route } from './route.ts'

const keeper = 'keeper'
const badges = ['officer', 'officer2', 'keeper2', 'storehead', 'inspector', keeper]
const mostOf = { toReceive: 6, inStore: 9, out: 6, slots: 4, others: 1, dockets: 6 }

type Parts = Pick<HttpParts, 'dataSource' | 'directory' | 'word' | 'text' | 'timeZone'>

export function practiceSheetRoutes(parts: HttpParts): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/api/demo/sheet',
      summary: 'Codes to practise scanning with, on A4; only in the demonstration',
      gives: ['application/pdf'],
      handle: async ({ response }) => {
        const groups = found(parts.demo ? await practiceGroups(parts) : undefined, 'request.no-such-address')
        const body = await renderPracticeSheet(inBoth(parts, 'title'), groups)
        response.setHeader('Content-Type', 'application/pdf')
        response.setHeader('Content-Disposition', 'inline; filename="codes.pdf"')
        response.send(body)
      },
    }),
  ]
}

/** What is on the sheet; nothing without the keeper whose counter it is for. */
export async function practiceGroups(parts: Parts): Promise<PracticeGroup[] | undefined> {
  const { dataSource, directory } = parts
  const person = await directory.byLogin(keeper)
  if (!person) return undefined
  const now = new Date().toISOString()
  const keys = [...keysOf(person, await directory.agenciesUnder(person.agency), now)]
  const site = person.grants.find(({ role }) => role === 'keeper')?.scope
  const itemsThat = async (asked: object) =>
    (await readItems(dataSource, keys, ItemQuery.parse({ limit: 200, ...asked }))).items
  const { places } = await readPlaces(dataSource, keys, PlaceQuery.parse({ site }))
  const inUse = places.filter((place) => place.inUse)
  const ofKind = (kind: string) => inUse.filter((place) => place.kind === kind)
  const emptyFirst = ofKind('slot').sort((one, other) => one.items - other.items)
  const { dockets } = await readDockets(
    dataSource,
    keys,
    { login: person.login, desks: desksOf(person, now) },
    DocketQuery.parse({ waiting: 'me', open: 'true' }),
  )
  const people = await Promise.all(badges.map((login) => directory.byLogin(login)))

  const items = (rows: Awaited<ReturnType<typeof itemsThat>>, most: number) =>
    onePerClass(rows)
      .slice(0, most)
      .map((item): Resolved => ({ kind: 'item', item }))
  const groups: [key: string, things: Resolved[]][] = [
    ['toReceive', items(await itemsThat({ custody: 'with-officer' }), mostOf.toReceive)],
    ['inStore', items(await itemsThat({ custody: 'stored', place: site }), mostOf.inStore)],
    ['out', items(await itemsThat({ custody: 'out', place: site }), mostOf.out)],
    [
      'places',
      [
        ...emptyFirst.slice(0, mostOf.slots),
        ...ofKind('container').slice(0, mostOf.others),
        ...ofKind('staging').slice(0, mostOf.others),
      ].map((place) => ({ kind: 'place', place })),
    ],
    ['dockets', dockets.slice(0, mostOf.dockets).map((docket) => ({ kind: 'docket', docket }))],
    ['badges', people.flatMap((found) => (found ? [{ kind: 'person', person: found }] : []))],
  ]
  return Promise.all(
    groups.map(async ([key, things]) => ({
      title: inBoth(parts, key),
      hint: inBoth(parts, `${key}Hint`),
      labels: await Promise.all(things.map((thing) => labelInBoth(parts, thing))),
    })),
  )
}

const inBoth = ({ text }: Pick<Parts, 'text'>, key: string): string =>
  `${text(`demo:sheet.${key}`, 'zh-CN')}  ${text(`demo:sheet.${key}`, 'en')}`

/** The label as it is stuck on the thing, and a line that says in both languages what it is. */
async function labelInBoth(parts: Parts, thing: Resolved): Promise<LabelContent> {
  const { word } = parts
  const label = await labelOf(thing, parts, 'zh-CN')
  const said = (group: string, value: string) => `${word(group, value, 'zh-CN')} ${word(group, value, 'en')}`
  switch (thing.kind) {
    case 'item':
      return { ...label, lines: [...label.lines.slice(0, 1), said('class', thing.item.class)] }
    case 'place':
      return { ...label, lines: [...label.lines.slice(0, 1), said('placeKind', thing.place.kind)] }
    case 'docket':
      return {
        ...label,
        lines: [
          word('procedure', thing.docket.procedure, 'en'),
          thing.docket.items.map(({ name }) => name).join('、'),
          ...thing.docket.caseNos,
        ],
      }
    case 'person': {
      const roles = (language: Language) =>
        thing.person.grants.map(({ role }) => word('role', role, language)).join(' · ')
      const who = `${thing.person.login} · ${thing.person.number}`
      return { ...label, lines: [roles('zh-CN'), roles('en'), who, thing.person.unitName] }
    }
  }
}

/** One of each class first, so that every kind of counter work can be tried. */
function onePerClass<Thing extends { class: string }>(things: Thing[]): Thing[] {
  const firsts = things.filter((thing, at) => things.findIndex((other) => other.class === thing.class) === at)
  return [...firsts, ...things.filter((thing) => !firsts.includes(thing))]
}
