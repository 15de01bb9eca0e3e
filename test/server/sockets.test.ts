// The live movement log: who is let in, who hears what, and that nobody misses a line or hears one twice.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Socket as NetSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import type { Movement } from '../../server/contract/movements.ts'
import type { Follower } from '../../server/followers/follower.ts'
import { feedOn, type Line } from '../../server/followers/sockets.ts'
import {
  Browser,
  linesOf,
  populate,
  signedIn,
  startServer,
  type TestServer,
  taking,
  until,
  type World,
} from '../support/server.ts'

const connected = async (socket: Socket): Promise<Socket> => {
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  return socket
}
const resumed = (socket: Socket, after?: number) =>
  socket.timeout(10_000).emitWithAck('resume', after === undefined ? {} : { after })
const positions = (lines: Movement[]) => lines.map(({ position }) => position)

describe('the live movement log', () => {
  let server: TestServer
  let world: World
  const open: Socket[] = []

  /** A step that can be taken for ever: the keeper sends the officer away. Its line is for the officer's side only. */
  const refuse = { reason: 'no-document', note: '缺少扣押清单' }
  const move = () => taking(server.parts)('keeper', 'intake.refuse', refuse, [world.item.waiting])
  const readable = async (browser: Browser, after: number): Promise<number[]> => {
    const found: number[] = []
    for (let from = after; ; from = found.at(-1)!) {
      const { body } = await browser.get(`/api/movements?after=${from}&limit=500`)
      if (body.movements.length === 0) return found
      found.push(...positions(body.movements))
    }
  }
  const listen = async (login: string, headers?: Record<string, string>) => {
    const socket = (await signedIn(server, login)).socket(headers)
    open.push(socket)
    const heard = linesOf(socket)
    await connected(socket)
    return { socket, ...heard }
  }

  before(async () => {
    server = await startServer()
    world = await populate(server)
  })
  after(() => server?.close())
  afterEach(() => {
    for (const socket of open.splice(0)) socket.disconnect()
  })

  describe('lets in', () => {
    const refused = async (headers: Record<string, string>, cookie = true) => {
      const browser = cookie ? await signedIn(server, 'officer') : new Browser(server.url)
      const socket = browser.socket(headers)
      open.push(socket)
      return connected(socket).then(
        () => 'let in',
        () => 'refused',
      )
    }

    it('people who are signed in, from this server’s pages', async () => {
      expect(await refused({})).to.equal('let in')
    })

    it('nobody without a session, with a forged one or with one that ended', async () => {
      expect(await refused({}, false)).to.equal('refused')
      const forged = new Browser(server.url)
      forged.cookie = 'stillpoint=s%3Aabcdefgh.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
      await expectRefused(forged)
      const gone = await signedIn(server, 'officer')
      const { cookie } = gone
      await gone.delete('/api/session')
      gone.cookie = cookie
      await expectRefused(gone)
    })
    const expectRefused = async (browser: Browser) => {
      const socket = browser.socket()
      open.push(socket)
      let let_in = false
      await connected(socket).then(
        () => {
          let_in = true
        },
        () => {},
      )
      expect(let_in).to.equal(false)
    }

    it('no page of another site, though the browser sends our cookie', async () => {
      for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`])
        expect(await refused({ origin }), origin).to.equal('refused')
    })

    it('nothing but websockets', async () => {
      const browser = await signedIn(server, 'officer')
      const { status } = await browser.get('/socket.io/?EIO=4&transport=polling')
      expect(status).to.equal(400)
    })
  })

  it('pushes each new line within a second to those who may read it, and to nobody else', async () => {
    const heard = Object.fromEntries(
      await Promise.all(
        ['officer', 'legal', 'keeper', 'inspector', 'econofficer', 'procurator', 'admin'].map(async (login) => {
          const listener = await listen(login)
          await resumed(listener.socket)
          return [login, listener] as const
        }),
      ),
    )
    const begun = Date.now()
    const { entries } = await move()
    await heard.officer!.upTo(entries[0]!.position)
    expect(Date.now() - begun).to.be.lessThan(1_000)
    for (const login of ['legal', 'keeper', 'inspector']) await heard[login]!.upTo(entries[0]!.position)
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const login of ['econofficer', 'procurator', 'admin']) expect(heard[login]!.lines, login).to.deep.equal([])
    const { body } = await (await signedIn(server, 'officer')).get(`/api/movements?after=${entries[0]!.position - 1}`)
    expect(heard.officer!.lines).to.deep.equal(body.movements)
    expect(heard.officer!.lines[0]).to.not.have.property('audience')
  })

  it('goes live by itself for a client that asks for nothing, without losing what came meanwhile', async () => {
    const { lines, upTo } = await listen('officer')
    const moved = [await move(), await move()].map(({ entries }) => entries[0]!.position)
    await upTo(moved[1]!)
    expect(positions(lines)).to.deep.equal(moved)
  })

  it('sends all that was missed, in order, and then goes on', async () => {
    const officer = await signedIn(server, 'officer')
    for (const after of [-1, 20, 40]) {
      const { socket, lines, upTo } = await listen('officer')
      expect(await resumed(socket, after)).to.deep.include({ live: true })
      const { entries } = await move()
      await upTo(entries[0]!.position)
      expect(positions(lines), `after ${after}`).to.deep.equal(await readable(officer, after))
    }
  })

  it('misses nothing and repeats nothing while many connect in a stream of commands', async () => {
    let left = 300
    const flow = Promise.all(
      Array.from({ length: 3 }, async () => {
        while (left-- > 0) await move()
      }),
    )
    const officer = await signedIn(server, 'officer')
    const listeners = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 40))
        const socket = officer.socket()
        open.push(socket)
        const heard = linesOf(socket)
        const after = n % 3 === 0 ? -1 : 30 + n
        // As a page does: it asks at once when it is connected.
        socket.on('connect', () => socket.emit('resume', { after: heard.lines.at(-1)?.position ?? after }))
        await connected(socket)
        return { ...heard, after }
      }),
    )
    expect(left, 'commands flow on while they connect').to.be.greaterThan(0)
    await flow
    const last = (await move()).entries[0]!.position
    for (const { lines, upTo, after } of listeners) {
      await upTo(last)
      expect(positions(lines)).to.deep.equal(await readable(officer, after))
    }
  })

  it('takes a position that was never reached for the end', async () => {
    const { socket, lines, upTo } = await listen('officer')
    await resumed(socket, 1_000_000_000)
    const { entries } = await move()
    await upTo(entries[0]!.position)
    expect(positions(lines)).to.deep.equal([entries[0]!.position])
  })

  it('answers nonsense with a code, and cuts off who sends too much', async () => {
    const { socket } = await listen('officer')
    for (const nonsense of [
      { after: 'x' },
      { after: -2 },
      { after: 1.5 },
      { after: 1, more: 1 },
      'x',
      [1],
      { after: null },
    ])
      expect(await socket.timeout(5_000).emitWithAck('resume', nonsense), JSON.stringify(nonsense)).to.deep.equal({
        code: 'input.invalid',
      })
    socket.emit('resume')
    socket.emit('something', 'else')
    expect(await resumed(socket, 3)).to.include({ live: true })
    const ended = once(socket as never, 'disconnect')
    socket.emit('resume', { after: 'x'.repeat(10_000) })
    await ended
  })

  it('hears more with a new role and less without it', async () => {
    const admin = await signedIn(server, 'admin')
    const { socket } = await listen('econhead')
    const cut = once(socket as never, 'disconnect')
    expect((await admin.step('person.grant', { login: 'econhead', role: 'head', scope: 'crim' })).status).to.equal(201)
    expect((await cut)[0], 'to be connected again, with new rights').to.equal('transport close')
    const more = await listen('econhead')
    await resumed(more.socket)
    const { entries } = await move()
    await more.upTo(entries[0]!.position)
    const cutAgain = once(more.socket as never, 'disconnect')
    expect((await admin.step('person.revoke', { login: 'econhead', role: 'head', scope: 'crim' })).status).to.equal(201)
    await cutAgain
    const less = await listen('econhead')
    await resumed(less.socket)
    await move()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(less.lines).to.deep.equal([])
  })

  it('stays whole when one of two server processes is killed and started again while commands flow', async function () {
    this.timeout(120_000)
    const folder = await mkdtemp(join(tmpdir(), 'stillpoint-two-'))
    const ports = [await freePort(), await freePort()]
    const processes: ChildProcess[] = []
    const start = async (n: number): Promise<string> => {
      const child = spawn(
        process.execPath,
        ['--import=tsx', 'test/support/server-process.ts', server.database.adminUrl, String(ports[n]), folder],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      processes[n] = child
      const [address] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string]
      return address.trim()
    }
    const kill = async (n: number) => {
      const gone = once(processes[n]!, 'exit')
      processes[n]!.kill('SIGKILL')
      await gone
    }
    try {
      const urls = [await start(0), await start(1)]
      const officer = await signedIn({ url: urls[0]! }, 'officer')
      const from = (await officer.get('/api/movements?before=999999999&limit=1')).body.movements[0].position

      /** A page: follows one server, changes to the other when it is gone, goes on after the last line it saw. */
      const page = (first: number) => {
        const lines: Movement[] = []
        let moves = 0
        let closed = false
        let socket: Socket
        const connect = (n: number) => {
          if (closed) return
          moves += 1
          const browser = Object.assign(new Browser(urls[n]!), { cookie: officer.cookie })
          socket = browser.socket()
          socket.on('connect', () => socket.emit('resume', { after: lines.at(-1)?.position ?? from }))
          socket.on('movement', (line: Movement) => lines.push(line))
          const change = () => setTimeout(() => connect(1 - n), 50)
          socket.once('connect_error', change)
          socket.once('disconnect', change)
        }
        connect(first)
        const close = () => {
          closed = true
          socket.disconnect()
        }
        return { lines, close, moves: () => moves }
      }
      const pages = [page(0), page(1), page(0), page(1), page(0)]

      let flowing = true
      let taken = 0
      const command = async () => {
        const browser = Object.assign(new Browser(urls[taken % 2]!), { cookie: keeper.cookie })
        const { status } = await browser.step('intake.refuse', refuse, [world.item.waiting])
        if (status === 201) taken += 1
      }
      const keeper = await signedIn({ url: urls[1]! }, 'keeper')
      const flow = Promise.all(
        Array.from({ length: 3 }, async () => {
          // A server that is down refuses the connection; the other takes the next.
          while (flowing) await command().catch(() => (taken += 1))
        }),
      )
      const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
      await pause(700)
      await kill(0)
      await pause(700)
      await start(0)
      await pause(500)
      await kill(1)
      await pause(500)
      await start(1)
      await pause(500)
      flowing = false
      await flow

      const last = (await move()).entries[0]!.position
      const expected = await readable(Object.assign(new Browser(urls[0]!), { cookie: officer.cookie }), from)
      for (const { lines } of pages) await until(() => lines.at(-1)?.position === last, 'the last line', 20_000)
      for (const { lines, moves } of pages) {
        expect(positions(lines)).to.deep.equal(expected)
        expect(moves()).to.be.greaterThan(1)
      }
      expect(expected.length).to.be.greaterThan(50)
      for (const each of pages) each.close()
    } finally {
      for (const child of processes) child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('a feed', () => {
  /** A ledger in memory: lines are committed, and a little later dealt with by the follower. */
  function ledger(linger: () => Promise<unknown> = async () => {}) {
    const lines: Line[] = []
    let dealt = -1
    let waiting: (() => void)[] = []
    const follower = {
      position: () => dealt,
      moved: () => new Promise<void>((resolve) => waiting.push(resolve)),
    } as Follower
    const server = createServer()
    const feed = feedOn(server, {
      identify: async () => ({ sid: 's', personId: 'p', keys: ['everyone'] }),
      isSameSite: () => true,
      rightsNow: async () => ({ keys: ['everyone'] }),
      awake: async (sids) => new Set(sids),
      missed: async (_keys, after, limit) => {
        const found = lines.slice(after + 1, after + 1 + limit)
        await linger()
        return found.map(({ audience: _, ...line }) => line)
      },
      headSize: async () => lines.length,
      follower: () => follower,
      failed: (error) => {
        throw error
      },
    })
    const commit = (name = 'x') => lines.push({ position: lines.length, name, audience: ['everyone'] } as Line)
    const deal = () => {
      if (dealt + 1 >= lines.length) return
      feed.push(lines[dealt + 1]!)
      dealt += 1
      for (const tell of waiting) tell()
      waiting = []
    }
    const listening = async () => {
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
      return () => io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
    }
    return { feed, commit, deal, listening, size: () => lines.length, dealt: () => dealt }
  }
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  it('leaves out and repeats nothing however reading and pushing interleave', async () => {
    const log = ledger(() => pause(Math.random() * 8))
    const connect = await log.listening()
    const sockets: Socket[] = []
    try {
      for (let n = 0; n < 700; n++) log.commit()
      for (let n = 0; n < 650; n++) log.deal()
      let flowing = true
      const flow = (async () => {
        while (flowing) {
          for (let n = Math.random() * 4; n > 0; n--) log.commit()
          // It stays behind, so that a client which comes from a faster server is ahead of it.
          for (let n = Math.random() * 5; n > 0 && log.size() - log.dealt() > 40; n--) log.deal()
          await pause(Math.random() * 2)
        }
      })()
      const clients = await Promise.all(
        Array.from({ length: 40 }, async (_, n) => {
          await pause(n * 10)
          const socket = connect()
          sockets.push(socket)
          const heard = linesOf(socket)
          // From the start, from the middle, from what this process has dealt with, from what only another one has.
          const after = [-1, 500, log.dealt(), log.size() - 1][n % 4]!
          socket.on('connect', () => socket.emit('resume', { after }))
          await connected(socket)
          return { ...heard, after }
        }),
      )
      await pause(200)
      flowing = false
      await flow
      while (log.dealt() < log.size() - 1) log.deal()
      const last = log.size() - 1
      for (const { lines, upTo, after } of clients) {
        // On a busy machine a client may come when all has been said.
        if (after < last) await upTo(last)
        expect(positions(lines)).to.deep.equal(Array.from({ length: last - after }, (_, n) => after + 1 + n))
      }
    } finally {
      for (const socket of sockets) socket.disconnect()
      await log.feed.close()
    }
  })

  it('drops a client that does not read, and serves the others', async () => {
    const log = ledger()
    const connect = await log.listening()
    const [stalled, reader] = [await connected(connect()), await connected(connect())]
    try {
      await Promise.all([resumed(stalled), resumed(reader)])
      const heard = linesOf(reader)
      const wire = (stalled.io.engine.transport as unknown as { ws: { _socket: NetSocket } }).ws._socket
      wire.pause()
      expect(log.feed.size()).to.equal(2)
      for (let n = 0; n < 12_000; n++) {
        log.commit('x'.repeat(4_000))
        log.deal()
        if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      await until(() => log.feed.size() === 1, 'the stalled client to be dropped')
      await heard.upTo(11_999)
      expect(positions(heard.lines)).to.deep.equal(Array.from({ length: 12_000 }, (_, n) => n))
    } finally {
      stalled.disconnect()
      reader.disconnect()
      await log.feed.close()
    }
  })
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}
