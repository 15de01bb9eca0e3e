// A list of happenings beside tracks that run through them: a track stands still in its lane or crosses into another.

import type { ReactNode } from 'react'
import './timeline.css'

export type Lane = { key: string; name: string }

/** `still` is drawn broad and calm, `travelling` thin and in the accent colour. */
export type Track = { key: string; name: string; look: 'still' | 'travelling'; lanes: Lane[] }

/** Where a track runs: its lane, and the lane it is held out to, if any. `loose` is drawn broken. */
export type Position = { lane: string; towards?: string; loose?: boolean }

export type TimelineRow = {
  key: string
  /** Position of each track before and after, by its key; absent where the track has not begun or has ended. */
  before: Record<string, Position | undefined>
  after: Record<string, Position | undefined>
  /** The track that the happening is about. */
  on?: string
  /** `moved` is a full mark, `noted` a small one, `warned` a mark of its own shape. */
  mark: 'moved' | 'noted' | 'warned'
  /** A word on the time that passed since the row before. */
  since?: string
  content: ReactNode
}

const HEAD = 52
const MARK_AT = 26

type Places = Map<string, number>

/** Centre of every lane, px from the left, by `track lane`; and the width of all. */
function laneCentres(tracks: Track[], gap: number): { at: Places; width: number; starts: number[] } {
  const at: Places = new Map()
  const starts: number[] = []
  // Whole pixels, or the lines of a row's head and of its tail do not meet.
  const between = Math.round(gap * 0.7)
  let x = 0
  for (const track of tracks) {
    starts.push(x)
    for (const lane of track.lanes) {
      at.set(`${track.key} ${lane.key}`, x + gap / 2)
      x += gap
    }
    x += between
  }
  return { at, width: x - between + 2, starts }
}

function Head({
  row,
  newestFirst,
  tracks,
  at,
}: {
  row: TimelineRow
  newestFirst: boolean
  tracks: Track[]
  at: Places
}) {
  const x = (track: Track, lane: string) => at.get(`${track.key} ${lane}`) ?? 0
  return tracks.map((track) => {
    const before = row.before[track.key]
    const after = row.after[track.key]
    const upper = newestFirst ? after : before
    const lower = newestFirst ? before : after
    const crosses = before && after && before.lane !== after.lane
    const isOn = row.on === track.key
    const here = after ?? before
    return (
      <g key={track.key} className={`timeline-track timeline-${track.look}`}>
        {crosses && (
          <path className="timeline-crossing" d={crossing(x(track, before.lane), x(track, after.lane), newestFirst)} />
        )}
        {upper && !(crosses && !newestFirst) && (
          <Line position={upper} x={x(track, upper.lane)} from={0} to={MARK_AT} />
        )}
        {lower && !(crosses && newestFirst) && (
          <Line position={lower} x={x(track, lower.lane)} from={MARK_AT} to={HEAD} />
        )}
        {upper?.towards && <Offered x={x(track, upper.towards)} from={0} to={MARK_AT} />}
        {lower?.towards && <Offered x={x(track, lower.towards)} from={MARK_AT} to={HEAD} />}
        {isOn && after?.towards && before?.towards !== after.towards && (
          <path className="timeline-offer" d={`M ${x(track, after.lane)} ${MARK_AT} H ${x(track, after.towards)}`} />
        )}
        {isOn && here && <Mark x={x(track, here.lane)} mark={row.mark} />}
      </g>
    )
  })
}

/** From the lane before to the mark in the lane after; the way it was gone, whichever end is on top. */
function crossing(before: number, after: number, newestFirst: boolean): string {
  if (newestFirst) return `M ${before} ${HEAD} C ${before} ${MARK_AT + 8}, ${after} ${HEAD - 8}, ${after} ${MARK_AT}`
  return `M ${before} 0 C ${before} ${MARK_AT - 8}, ${after} 8, ${after} ${MARK_AT}`
}

const Line = ({ position, x, from, to }: { position: Position; x: number; from: number; to: number }) => (
  <line className={position.loose ? 'timeline-loose' : undefined} x1={x} x2={x} y1={from} y2={to} />
)

const Offered = ({ x, from, to }: { x: number; from: number; to: number }) => (
  <line className="timeline-offer" x1={x} x2={x} y1={from} y2={to} />
)

function Mark({ x, mark }: { x: number; mark: TimelineRow['mark'] }) {
  if (mark === 'warned') return <path className="timeline-warned" d={`M ${x} ${MARK_AT - 8} l 8 8 l -8 8 l -8 -8 z`} />
  return <circle className={`timeline-${mark}`} cx={x} cy={MARK_AT} r={mark === 'moved' ? 7 : 4.5} />
}

/** The line between two rows, with a word on the time that passed there. */
function Between({ words, last }: { words?: string; last: boolean }) {
  if (last) return null
  return words ? <p className="timeline-between">{words}</p> : <hr className="timeline-between" />
}

/** The tracks beside what is below the head of a row, however high that is. */
function Tail({
  row,
  newestFirst,
  tracks,
  at,
}: {
  row: TimelineRow
  newestFirst: boolean
  tracks: Track[]
  at: Places
}) {
  const below = newestFirst ? row.before : row.after
  return tracks.map((track) => {
    const position = below[track.key]
    if (!position) return null
    const style = (lane: string) => ({ left: at.get(`${track.key} ${lane}`), top: HEAD })
    return (
      <span key={track.key} className={`timeline-${track.look}`}>
        <i
          className={position.loose ? 'timeline-tail timeline-tail-loose' : 'timeline-tail'}
          style={style(position.lane)}
        />
        {position.towards && <i className="timeline-tail timeline-tail-offer" style={style(position.towards)} />}
      </span>
    )
  })
}

/**
 * `label` names the list for those who cannot see it; the tracks are decoration for them, the content says all.
 * Rows come in order of time and are drawn the other way round when `newestFirst`.
 */
export function Timeline({
  rows,
  tracks,
  label,
  compact = false,
  newestFirst = false,
}: {
  rows: TimelineRow[]
  tracks: Track[]
  label: string
  compact?: boolean
  newestFirst?: boolean
}) {
  const gap = compact ? 16 : 26
  const { at, width, starts } = laneCentres(tracks, gap)
  const drawn = newestFirst ? [...rows].reverse() : rows
  return (
    <div className={compact ? 'timeline timeline-compact' : 'timeline'}>
      <div className="timeline-lanes" aria-hidden="true">
        <div style={{ width, position: 'relative' }}>
          {tracks.map((track, index) => (
            <div
              key={track.key}
              className={`timeline-group timeline-${track.look}`}
              style={{ left: starts[index], width: track.lanes.length * gap }}
            >
              <b>{track.name}</b>
              <div>
                {track.lanes.map((lane) => (
                  <span key={lane.key} style={{ width: gap }} title={lane.name}>
                    {lane.name}
                  </span>
                ))}
              </div>
            </div>
          ))}
        </div>
      </div>
      <ol aria-label={label}>
        {drawn.map((row, index) => (
          <li key={row.key} className={`timeline-row timeline-row-${row.mark}`}>
            <div className="timeline-rails" style={{ width }} aria-hidden="true">
              <svg width={width} height={HEAD} aria-hidden="true">
                <Head row={row} newestFirst={newestFirst} tracks={tracks} at={at} />
              </svg>
              <Tail row={row} newestFirst={newestFirst} tracks={tracks} at={at} />
            </div>
            <div className="timeline-content">
              {row.content}
              <Between words={(newestFirst ? row : drawn[index + 1])?.since} last={index === drawn.length - 1} />
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
