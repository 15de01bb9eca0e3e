// The least that socket.io takes to tell everybody a line: what the live feed is measured against. Started by feed.ts.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Server } from 'socket.io'
import { now, type Sent } from './feed.ts'

type Asked = { line: object; count: number; everyMs: number }

const server = createServer()
// The transport of the product, so that only what it adds is measured.
const io = new Server(server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false })
io.on('connection', (socket) => socket.on('resume', (_asked, answer) => answer({ live: true })))

process.on('message', async ({ line, count, everyMs }: Asked) => {
  const sent: Sent[] = []
  const begun = now()
  for (let position = 0; position < count; position++) {
    await sleep(Math.max(0, begun + position * everyMs - now()))
    sent.push({ position, at: now() })
    io.emit('movement', { ...line, position })
  }
  process.send!({ sent })
})
process.once('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => {
  process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
