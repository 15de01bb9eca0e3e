// The live movement log: pushes each new line to the sockets of those who may read it, and what they missed before.

import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { type Socket as AnySocket, Server } from 'socket.io'
import { z } from 'zod'
import type { Movement } from '../contract/movements.ts'
import { mayRead } from '../custody/audience.ts'
import type { Follower } from './follower.ts'

/** What somebody may read, and when that changes by itself, as when a delegation runs out. */
export type Rights = { keys: string[]; changesAt?: string | undefined }
/** Somebody who listens: what they may read, and the session they were let in with. */
export type Listener = Rights & { sid: string; personId: string }
export type Line = Movement & { audience: string[] }

export type Feed = {
  /** Pushes a line to all whose keys overlap its audience; to be called with every line, in order. */
  push: (line: Line) => void
  /** Closes sockets; `for` they may not come back, else they connect again and are asked anew who they are. */
  end: (of: { sid?: string; personId?: string; except?: string }, again?: boolean) => void
  /** People whose rights may have changed are asked anew. */
  recheck: (personId?: string) => void
  size: () => number
  close: () => Promise<void>
}

type FeedParts = {
  /** Who is at the other end. Throws when nobody that may listen. */
  identify: (request: IncomingMessage) => Promise<Listener>
  isSameSite: (origin: string) => boolean
  /** What a person may read now; nothing when they may not listen any more. */
  rightsNow: (personId: string) => Promise<Rights | undefined>
  /** Of these sessions, those that still stand. */
  awake: (sids: string[]) => Promise<Set<string>>
  /** Lines a reader of these keys may see after a position, ascending. */
  missed: (keys: string[], after: number, limit: number) => Promise<Movement[]>
  headSize: () => Promise<number>
  follower: () => Follower
  failed: (error: unknown) => void
}

type Emitted = { movement: (line: Movement) => void }
type Heard = { resume: (asked: unknown, answer?: unknown) => void }
type Socket = AnySocket<Heard, Emitted, Record<string, never>, { listener: Listener; turn: number }>
type Known = IncomingMessage & { listener?: Listener }

const Resume = z.strictObject({ after: z.int().min(-1).optional() })

const pageSize = 500
/** A client that asks for nothing is live after this. */
const graceMs = 500
const checkEveryMs = 1_000
const sessionsEveryMs = 4_000
/** Packets that wait for a client that does not read them. */
const mostWaiting = 5_000
const largestMessage = 4_096
const closeWithinMs = 1_000

export function feedOn(server: HttpServer, parts: FeedParts): Feed {
  const io = new Server<Heard, Emitted, Record<string, never>, Socket['data']>(server, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: largestMessage,
    allowRequest: (request, decide) => {
      const { origin } = request.headers
      // A page elsewhere could open a socket with our cookie; a browser always says where the page is from.
      if (origin !== undefined && !parts.isSameSite(origin)) return decide('foreign origin', false)
      parts.identify(request).then(
        (listener) => {
          ;(request as Known).listener = listener
          decide(undefined, true)
        },
        () => decide('not signed in', false),
      )
    },
  })
  /** Sockets that are catching up: what comes meanwhile is kept for them. */
  const catchingUp = new Set<(line: Line) => void>()
  const all = () => [...io.sockets.sockets.values()] as Socket[]

  io.on('connection', (socket: Socket) => {
    const { listener } = socket.request as Known
    if (!listener) return void socket.disconnect(true)
    socket.data = { listener, turn: 0 }
    const from = parts.follower().position()
    const timer = setTimeout(() => goLive(socket, from), graceMs)
    socket.on('resume', (asked, answer) => {
      clearTimeout(timer)
      const { data, success } = Resume.safeParse(asked ?? {})
      const reply = typeof answer === 'function' ? (answer as (told: object) => void) : () => {}
      if (!success) return reply({ code: 'input.invalid' })
      goLive(socket, data.after ?? from).then(() => reply({ live: true }))
    })
    socket.once('disconnect', () => clearTimeout(timer))
  })

  /** Sends what the client missed after a position and from then on every new line, none left out and none twice. */
  async function goLive(socket: Socket, after: number): Promise<void> {
    const { keys } = socket.data.listener
    const follower = parts.follower()
    // A second request overtakes the first, which then goes no further.
    socket.data.turn += 1
    const { turn } = socket.data
    const goesOn = () => socket.connected && socket.data.turn === turn
    for (const key of keys) socket.leave(key)

    let sent = after
    /** Sends up to `to` from the database. */
    const replay = async (to: number) => {
      while (sent < to && goesOn()) {
        const lines = await parts.missed(keys, sent, pageSize)
        if (!goesOn()) return
        for (const line of lines) if (line.position <= to) socket.emit('movement', line)
        sent = lines.length < pageSize ? to : Math.min(to, lines.at(-1)!.position)
        await drained(socket)
      }
    }

    const kept: Line[] = []
    const keep = (line: Line) => {
      if (mayRead(keys, line.audience)) kept.push(line)
    }
    try {
      // Far behind: the bulk first, so that what is kept below stays small.
      await replay(follower.position())
      catchingUp.add(keep)
      // Ahead of this process, after talking to another one; or after nothing that was ever written.
      if (sent > follower.position()) sent = Math.min(sent, (await parts.headSize()) - 1)
      while (sent > follower.position() && goesOn()) await follower.moved()
      await replay(follower.position())
      if (!goesOn()) return
      // From here on in one turn: no line can come in between.
      for (const { audience: _, ...line } of kept) if (line.position > sent) socket.emit('movement', line)
      socket.join(keys)
    } catch (error) {
      parts.failed(error)
      socket.disconnect()
    } finally {
      catchingUp.delete(keep)
    }
  }

  const watch = setInterval(() => {
    const now = new Date().toISOString()
    const changed = new Set<string>()
    for (const socket of all()) {
      if (waitingIn(socket) > mostWaiting) cutOff(socket)
      const { personId, changesAt } = socket.data.listener
      if (changesAt !== undefined && changesAt <= now) changed.add(personId)
    }
    for (const personId of changed) recheckOne(personId).catch(parts.failed)
  }, checkEveryMs)
  const watchSessions = setInterval(() => {
    const sids = [...new Set(all().map(({ data }) => data.listener.sid))]
    if (sids.length === 0) return
    parts.awake(sids).then((awake) => {
      for (const sid of sids) if (!awake.has(sid)) end({ sid })
    }, parts.failed)
  }, sessionsEveryMs)

  function end(of: { sid?: string; personId?: string; except?: string }, again = false): void {
    for (const socket of all()) {
      const { sid, personId } = socket.data.listener
      if ((of.sid ?? sid) !== sid || (of.personId ?? personId) !== personId || sid === of.except) continue
      if (again) socket.conn.close()
      else socket.disconnect(true)
    }
  }

  async function recheckOne(personId: string): Promise<void> {
    const now = await parts.rightsNow(personId)
    for (const socket of all()) {
      const { listener } = socket.data
      if (listener.personId !== personId) continue
      if (!now) socket.disconnect(true)
      else if (!sameKeys(now.keys, listener.keys)) socket.conn.close()
      else listener.changesAt = now.changesAt
    }
  }

  return {
    push: (line) => {
      for (const keep of catchingUp) keep(line)
      const { audience, ...movement } = line
      if (audience.length > 0) io.to(audience).emit('movement', movement)
    },
    end,
    recheck: (personId) => {
      const people = personId ? [personId] : new Set(all().map(({ data }) => data.listener.personId))
      for (const each of people) recheckOne(each).catch(parts.failed)
    },
    size: () => io.engine.clientsCount,
    close: async () => {
      clearInterval(watch)
      clearInterval(watchSessions)
      const open = all()
      io.disconnectSockets(true)
      const cut = setTimeout(() => open.forEach(cutOff), closeWithinMs)
      // Closes the HTTP server as well.
      await io.close()
      clearTimeout(cut)
    },
  }
}

const waitingIn = (socket: Socket): number => (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length

/** Without the closing words of the protocol: a client that does not read would not hear them for half a minute. */
function cutOff(socket: Socket): void {
  const wire = socket.conn.transport as unknown as { socket?: { terminate(): void } }
  wire.socket?.terminate()
}

/** Waits while the client has not taken what was sent; a client that never does is dropped by the watch. */
async function drained(socket: Socket): Promise<void> {
  while (socket.connected && waitingIn(socket) > pageSize) await new Promise<void>((resolve) => setTimeout(resolve, 20))
}

const sameKeys = (one: string[], other: string[]) =>
  one.length === other.length && one.every((key) => other.includes(key))
