// Many sockets in a process of their own, which note when each line arrives. Started by feed.ts.

import { io } from 'socket.io-client'
import { type Arrivals, now } from './feed.ts'

type Asked = 'give' | { url: string; cookie: string; sockets: number }

let arrivals: Arrivals = []

process.on('message', async (asked: Asked) => {
  if (asked === 'give') {
    process.send!({ arrivals })
    arrivals = []
    return
  }
  for (let n = 0; n < asked.sockets; n++) await listenTo(asked.url, asked.cookie)
  process.send!('connected')
})
process.once('disconnect', () => process.exit(0))

async function listenTo(url: string, cookie: string): Promise<void> {
  const socket = io(url, { forceNew: true, transports: ['websocket'], extraHeaders: { cookie } })
  socket.on('movement', ({ position }: { position: number }) => arrivals.push({ position, at: now() }))
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
  await socket.timeout(10_000).emitWithAck('resume', {})
}
