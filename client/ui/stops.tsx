// A way with its stops: those that were passed, the one where it waits, and the thing that stands still beneath.

import type { ReactNode } from 'react'
import './stops.css'

export type Stop = { key: string; state: 'passed' | 'waiting' | 'ended'; title: ReactNode; lines: ReactNode[] }

/** `label` names the way, `still` is said of what does not move along it. */
export function Stops({ stops, label, still }: { stops: Stop[]; label: string; still?: ReactNode }) {
  return (
    <div className="stops">
      <ol aria-label={label}>
        {stops.map((stop) => (
          <li
            key={stop.key}
            className={`stop stop-${stop.state}`}
            aria-current={stop.state === 'waiting' ? 'step' : undefined}
          >
            <b>{stop.title}</b>
            {stop.lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one stop never change places
              <span key={at}>{line}</span>
            ))}
          </li>
        ))}
      </ol>
      {still && <div className="stops-still">{still}</div>}
    </div>
  )
}
