// Two or more bands over one stretch of time: where each stood, from change to change.

import './timeline.css'

/** A stretch of a band; `from` and `to` are ISO times, `to` absent while it lasts. */
export type Stretch = { key: string; from: string; to?: string; name: string; note?: string; loose?: boolean }
export type Band = { key: string; name: string; look: 'still' | 'travelling'; stretches: Stretch[] }

/** Shares of the width, so that a stretch of an hour beside one of a year can still be read. */
function columnsOf(times: number[], now: number): string {
  const whole = Math.max(1, now - times[0]!)
  const shares = times.map((time, index) => ((times[index + 1] ?? now) - time) / whole)
  return shares.map((share) => `minmax(0, ${(0.28 + share).toFixed(3)}fr)`).join(' ')
}

export function Bands({ bands, label, now }: { bands: Band[]; label: string; now: string }) {
  const starts = bands.flatMap((band) => band.stretches.map(({ from }) => Date.parse(from)))
  const times = [...new Set(starts)].sort((a, b) => a - b)
  if (times.length === 0) return null
  const column = (at: string | undefined) => {
    if (at === undefined) return times.length + 1
    const index = times.indexOf(Date.parse(at))
    return index < 0 ? times.length + 1 : index + 1
  }
  return (
    <figure className="bands" aria-label={label}>
      {bands.map((band) => (
        <div key={band.key} className={`bands-row bands-${band.look}`}>
          <div className="bands-name">{band.name}</div>
          <ol
            aria-label={band.name}
            style={{ gridTemplateColumns: columnsOf(times, Math.max(Date.parse(now), times.at(-1)! + 1)) }}
          >
            {band.stretches.map((stretch) => (
              <li
                key={stretch.key}
                className={stretch.loose ? 'bands-loose' : undefined}
                style={{ gridColumn: `${column(stretch.from)} / ${column(stretch.to)}` }}
                title={[stretch.name, stretch.note].filter(Boolean).join(' · ')}
              >
                <span>{stretch.name}</span>
                {stretch.note && <small>{stretch.note}</small>}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </figure>
  )
}
