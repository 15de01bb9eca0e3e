// A moment on the local clock; its age appears on hover and for screen readers.

import { clock, day, useRelative } from './times.ts'

type Props = { at: string; as?: 'clock' | 'day' | 'relative' }

export function Time({ at, as = 'clock' }: Props) {
  const relative = useRelative()
  const exact = as === 'day' ? day(at) : clock(at)
  return (
    <time dateTime={at} title={as === 'relative' ? clock(at) : relative(at)} className="figures">
      {as === 'relative' ? relative(at) : exact}
    </time>
  )
}
