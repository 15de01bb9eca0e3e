// A map of places within places: what holds others is a block, what holds things is a cell, filled as far as it is used.

import { useId } from 'react'
import { Link } from 'react-router'
import './places-map.css'

/** A place on the map. `spots` are what is in it; a place without them is a cell. */
export type Spot = {
  key: string
  name: string
  /** What is said beside its name, such as its kind. */
  note?: string
  to: string
  /** Things lying in it, and in all that is in it. */
  count: number
  closed?: boolean
  spots: Spot[]
}

/** Cells in use and all cells of a place; closed ones do not count. */
export function occupancyOf(spot: Spot): { used: number; cells: number } {
  if (spot.spots.length === 0) return spot.closed ? { used: 0, cells: 0 } : { used: spot.count > 0 ? 1 : 0, cells: 1 }
  return spot.spots
    .map(occupancyOf)
    .reduce((sum, each) => ({ used: sum.used + each.used, cells: sum.cells + each.cells }), { used: 0, cells: 0 })
}

type Words = {
  /** `12 of 20 in use`. */
  occupancy: (occupancy: { used: number; cells: number }) => string
  /** `48 items`. */
  things: (count: number) => string
  closed: string
}

export function PlacesMap({ spots, words, level = 2 }: { spots: Spot[]; words: Words; level?: 2 | 3 | 4 }) {
  const cells = spots.filter((spot) => spot.spots.length === 0)
  const blocks = spots.filter((spot) => spot.spots.length > 0)
  return (
    <>
      {cells.length > 0 && (
        <ul className="places-cells">
          {cells.map((cell) => (
            <Cell key={cell.key} spot={cell} words={words} />
          ))}
        </ul>
      )}
      {blocks.length > 0 && (
        <ul className={`places places-level-${level}`}>
          {blocks.map((spot) => (
            <Block key={spot.key} spot={spot} words={words} level={level} />
          ))}
        </ul>
      )}
    </>
  )
}

function Block({ spot, words, level }: { spot: Spot; words: Words; level: 2 | 3 | 4 }) {
  const id = useId()
  const Heading = `h${level}` as const
  return (
    <li className={`places-block places-block-${level}`} aria-labelledby={id}>
      <div className="places-head">
        <Heading id={id}>
          <Link to={spot.to}>{spot.name}</Link>
          {spot.note && <small>{spot.note}</small>}
        </Heading>
        <Bar {...occupancyOf(spot)} />
        <span className="places-said">
          {words.occupancy(occupancyOf(spot))} · {words.things(spot.count)}
        </span>
      </div>
      <PlacesMap spots={spot.spots} words={words} level={level === 2 ? 3 : 4} />
    </li>
  )
}

/** So many things fill a cell. */
const full = 8
/** Names that take more room, a Chinese character two, get a cell twice as wide. */
const LONG = 7

const roomFor = (name: string): number => [...name].reduce((room, each) => room + (each > '\u2e7f' ? 2 : 1), 0)

function Cell({ spot, words }: { spot: Spot; words: Words }) {
  const more = [spot.note, spot.closed ? words.closed : words.things(spot.count)].filter(Boolean)
  const height = `${Math.min(100, (spot.count / full) * 100)}%`
  return (
    <li className={roomFor(spot.name) > LONG ? 'places-wide' : undefined}>
      <Link
        to={spot.to}
        className={`places-cell${spot.closed ? ' places-closed' : ''}${spot.count > 0 ? ' places-used' : ''}`}
        title={[spot.name, ...more].join(' · ')}
      >
        {spot.count > 0 && <i style={{ height }} />}
        <span>{spot.name}</span>
        <b aria-hidden="true">{spot.count > 0 ? spot.count : ''}</b>
        <span className="visually-hidden">{more.map((each) => ` · ${each}`).join('')}</span>
      </Link>
    </li>
  )
}

/** How much of something is used; says nothing itself, the words stand beside it. */
export function Bar({ used, cells }: { used: number; cells: number }) {
  return (
    <span className="places-bar" aria-hidden="true">
      <i style={{ width: cells === 0 ? 0 : `${(used / cells) * 100}%` }} />
    </span>
  )
}
