// The two tracks of a chain: the thing, which mostly stands still, and the control over it, which travels.

import { type Control, type Custody, type Item, isOffShelf } from '../../../server/custody/item.ts'
import type { Lane, Position, TimelineRow, Track } from '../../ui/timeline.tsx'
import type { Episode } from './history.ts'

export const THING = 'custody'
export const CONTROL = 'control'

const laneOfCustody = (custody: Custody): string | undefined => {
  switch (custody.state) {
    case 'with-officer':
      return 'with-officer'
    case 'stored':
      return `at ${custody.site}`
    case 'out':
    case 'in-transit':
      return 'out'
    case 'in-place':
    case 'frozen':
    case 'entrusted':
    case 'deposited':
      return 'elsewhere'
    case 'left':
      return undefined
  }
}

/** Whether it stands where it is kept. */
const isStill = (custody: Custody) => custody.state === 'stored' || isOffShelf(custody)

function positionOfCustody(custody: Custody): Position | undefined {
  const lane = laneOfCustody(custody)
  return lane === undefined ? undefined : { lane, loose: !isStill(custody) }
}

const positionOfControl = (control: Control): Position => ({
  lane: control.agency,
  ...(control.state === 'offered' ? { towards: control.to } : {}),
})

export type LaneWords = {
  thing: string
  control: string
  withOfficer: string
  stored: string
  elsewhere: string
  out: string
}

/** The lanes that the history has need of, in the order a thing goes through them. */
export function tracksOf(history: Episode[], words: LaneWords): Track[] {
  const items = history.flatMap(({ after }) => after ?? [])
  const sites = new Map<string, string>()
  let wasHeld = false
  let wasOut = false
  let wasElsewhere = false
  for (const { custody } of items) {
    if (custody.state === 'with-officer') wasHeld = true
    if (custody.state === 'out' || custody.state === 'in-transit') wasOut = true
    if (isOffShelf(custody)) wasElsewhere = true
    if (custody.state === 'stored') sites.set(custody.site, custody.pathNames[0] ?? custody.placeName)
  }
  const things: Lane[] = [
    ...(wasHeld ? [{ key: 'with-officer', name: words.withOfficer }] : []),
    ...[...sites].map(([site, name]) => ({ key: `at ${site}`, name: sites.size > 1 ? name : words.stored })),
    ...(wasElsewhere ? [{ key: 'elsewhere', name: words.elsewhere }] : []),
    ...(wasOut ? [{ key: 'out', name: words.out }] : []),
  ]
  return [
    { key: THING, name: words.thing, look: 'still', lanes: things },
    {
      key: CONTROL,
      name: words.control,
      look: 'travelling',
      lanes: shortened(agenciesIn(history)),
    },
  ]
}

/** Every agency that controlled the item or was offered it, in the order they came to it. */
export function agenciesIn(history: Episode[]): Lane[] {
  const agencies = new Map<string, string>()
  for (const { control } of history.flatMap(({ after }) => after ?? [])) {
    agencies.set(control.agency, control.agencyName)
    if (control.state === 'offered') agencies.set(control.to, control.toName)
  }
  return [...agencies].map(([key, name]) => ({ key, name }))
}

/** Agencies of one city begin alike: what all of them begin with is left out where it is narrow. */
export function shortened(lanes: Lane[]): Lane[] {
  const [first = '', ...others] = lanes.map(({ name }) => name)
  let same = 0
  while (same < first.length - 2 && others.every((name) => name[same] === first[same] && name.length > same + 2)) same++
  return others.length === 0 ? lanes : lanes.map(({ key, name }) => ({ key, name: name.slice(same) }))
}

const standingsOf = (item: Item | undefined): TimelineRow['before'] => {
  if (!item) return {}
  const custody = positionOfCustody(item.custody)
  return { [THING]: custody, [CONTROL]: custody ? positionOfControl(item.control) : undefined }
}

const moved = (
  before: Item | undefined,
  after: Item | undefined,
  axis: 'custody' | 'control' | 'disposition',
): boolean => JSON.stringify(before?.[axis]) !== JSON.stringify(after?.[axis])

/** Which track an entry is about, and how much it says: a discrepancy warns, a move is a full mark, the rest is noted. */
export function markOf({ before, after, seen }: Episode): Pick<TimelineRow, 'on' | 'mark'> {
  if (after?.open.discrepancy && !before?.open.discrepancy) return { on: THING, mark: 'warned' }
  if (moved(before, after, 'custody')) return { on: THING, mark: 'moved' }
  if (moved(before, after, 'control')) return { on: CONTROL, mark: 'moved' }
  return { on: seen ? THING : CONTROL, mark: 'noted' }
}

/** A row of the timeline without its content. */
export const rowOf = (episode: Episode): Omit<TimelineRow, 'content'> => ({
  key: String(episode.entry.position),
  before: standingsOf(episode.before),
  after: standingsOf(episode.after),
  ...markOf(episode),
})
