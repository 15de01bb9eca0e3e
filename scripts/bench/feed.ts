// How soon a movement is seen on every screen: the live feed against a bare socket.io broadcast of the same line.
//
// Both are timed on the machine's own clock, which all processes share, from the moment a line is known to be final to
// its arrival at each of the sockets. For a broadcast that is the call of `emit`. For the live feed it is the notice
// that PostgreSQL sends when the command is committed, as it reaches a connection of this process, which does nothing
// else: reading the line from the database, choosing who may see it and sending it all count.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { listen } from '../../server/ledger/listen.ts'
import { ask, type Wish } from './commands.ts'
import { type Comparison, inMs, median, percentile } from './figures.ts'
import type { Visitor } from './visitor.ts'

/** When each line arrived at each socket. Times are milliseconds of the machine's monotonic clock. */
export type Arrivals = { position: number; at: number }[]
export type Sent = { position: number; at: number }

/** The same in every process of this machine. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

const everyMs = 50
/** The last line is given so long to arrive. */
const settleMs = 1_500

type Feed = {
  url: string
  databaseUrl: string
  officers: ReadonlyMap<string, Visitor>
  /** Cookie of a reader who may see every movement. */
  cookie: string
  sockets: number
  rounds: Wish[][]
  /** A line of the feed, to be broadcast. */
  line: object
  /** Called while all sockets are connected and nothing moves. */
  whileConnected: () => Promise<void>
}

type Delays = { p50: number; p99: number }

export async function liveFeed(feed: Feed): Promise<Comparison> {
  const bare = start('broadcast.ts')
  const [{ url: bareUrl }] = await once(bare, 'message')
  const real = await connected(feed.url, feed.cookie, feed.sockets)
  await feed.whileConnected()
  const besides = await connected(bareUrl, '', feed.sockets)

  const pairs: { real: Delays; bare: Delays }[] = []
  for (const [n, wishes] of feed.rounds.entries()) {
    const ours = await delays(real, feed.sockets, () => commands(feed, wishes))
    const theirs = await delays(besides, feed.sockets, async () => {
      bare.send({ line: feed.line, count: wishes.length, everyMs })
      const [{ sent }] = await once(bare, 'message')
      return sent
    })
    if (n > 0) pairs.push({ real: ours, bare: theirs })
  }
  for (const child of [real, besides, bare]) child.disconnect()
  const told = (side: 'real' | 'bare') =>
    `p50 ${inMs(median(pairs.map((pair) => pair[side].p50)))}, p99 ${inMs(median(pairs.map((pair) => pair[side].p99)))}`
  return {
    name: `${feed.sockets} sockets receiving every movement, ${1000 / everyMs}/s, against a bare broadcast: p99`,
    ours: told('real'),
    bare: told('bare'),
    ratio: median(pairs.map((pair) => pair.real.p99 / pair.bare.p99)),
    floor: { atMost: 2 },
  }
}

/** Takes a step every `everyMs`, and says when each was known to be committed. */
async function commands({ databaseUrl, officers }: Feed, wishes: Wish[]): Promise<Sent[]> {
  const sent: Sent[] = []
  const listener = listen(databaseUrl, (positions) => {
    if (positions) sent.push({ position: positions.first, at: now() })
  })
  await listener.ready
  const answers: Promise<unknown>[] = []
  const begun = now()
  for (const [n, { officer, items }] of wishes.entries()) {
    await sleep(Math.max(0, begun + n * everyMs - now()))
    answers.push(ask(officers.get(officer)!, items))
  }
  await Promise.all(answers)
  await listener.close()
  return sent
}

async function delays(listeners: ChildProcess, sockets: number, send: () => Promise<Sent[]>): Promise<Delays> {
  const sent = new Map((await send()).map(({ position, at }) => [position, at]))
  await sleep(settleMs)
  listeners.send('give')
  const [{ arrivals }] = (await once(listeners, 'message')) as [{ arrivals: Arrivals }]
  const counted = arrivals.filter(({ position }) => sent.has(position))
  if (counted.length !== sent.size * sockets) {
    throw new Error(`${sent.size} lines to ${sockets} sockets arrived ${counted.length} times.`)
  }
  const waits = counted.map(({ position, at }) => at - sent.get(position)!)
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) }
}

async function connected(url: string, cookie: string, sockets: number): Promise<ChildProcess> {
  const child = start('listeners.ts')
  child.send({ url, cookie, sockets })
  await once(child, 'message')
  return child
}

const start = (script: string): ChildProcess =>
  fork(fileURLToPath(new URL(script, import.meta.url)), { execArgv: ['--import', 'tsx'], serialization: 'advanced' })
