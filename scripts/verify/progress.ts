// How far a check has got, on a line that is written over on a terminal, and now and then on one of its own elsewhere.

import type { WriteStream } from 'node:tty'

const onTerminalMs = 200
const elsewhereMs = 30_000

export function progressOn(stream: NodeJS.WriteStream | WriteStream) {
  const started = performance.now()
  let last = started
  let shown = false
  return {
    show: (done: number, size: number): void => {
      const now = performance.now()
      if (now - last < (stream.isTTY ? onTerminalMs : elsewhereMs)) return
      last = now
      const rate = Math.round((done / (now - started)) * 1000)
      const line = `${done} of ${size} entries, ${Math.floor((done / size) * 100)} %, ${rate} in a second`
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
      shown = true
    },
    /** Takes the line away. */
    end: (): void => {
      if (shown && stream.isTTY) stream.write('\r\u001b[K')
      shown = false
    },
  }
}
