// Waking up when the ledger has grown, through PostgreSQL's own notices.

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { channel } from './append.ts'
import { checkpointsChannel } from './checkpoints.ts'

export type Listener = {
  /** Settles when the first connection listens. */
  ready: Promise<void>
  close(): Promise<void>
}

/**
 * Calls `onNotice` after each commit that appended entries, with their first and last position, and without positions
 * whenever a connection was made, since notices may have been missed until then. Connects again when it is lost.
 * A notice is a hint: readers poll now and then as well, and read from the last position they know. `onCheckpoint` is
 * called likewise, with the size of the checkpoint, when one or a cosignature under one was added.
 */
export function listen(
  url: string,
  onNotice: (positions?: { first: number; last: number }) => void,
  retryMs = 500,
  onCheckpoint: (size?: number) => void = () => {},
): Listener {
  let client: pg.Client | undefined
  const closing = new AbortController()

  const connect = async () => {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'stillpoint listener',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    })
    // The end that follows an error starts the next attempt.
    next.on('error', () => {})
    next.on('notification', ({ channel: from, payload = '' }) => {
      if (from === checkpointsChannel) return onCheckpoint(Number(payload.split(' ').at(-1)))
      const [first = Number.NaN, last = Number.NaN] = payload.split('-').map(Number)
      onNotice({ first, last })
    })
    client = next
    await next.connect()
    await next.query(`LISTEN ${channel}; LISTEN ${checkpointsChannel}`)
    next.once('end', () => {
      if (!closing.signal.aborted) void keepConnecting()
    })
    onNotice()
    onCheckpoint()
  }

  const keepConnecting = async () => {
    while (!closing.signal.aborted) {
      try {
        return await connect()
      } catch {
        await client?.end().catch(() => {})
        await sleep(retryMs, undefined, { signal: closing.signal }).catch(() => {})
      }
    }
  }

  return {
    ready: keepConnecting(),
    close: async () => {
      closing.abort()
      await client?.end().catch(() => {})
    },
  }
}
