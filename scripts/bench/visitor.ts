// A client over HTTP: one connection that stays open, one session.

import { Agent, request } from 'node:http'

export type Visitor = {
  /** Cookie of the session, once signed in. */
  cookie: () => string
  signIn: (login: string, password: string) => Promise<void>
  get: (path: string) => Promise<string>
  post: (path: string, body: object) => Promise<string>
  leave: () => void
}

/** Answers come as text; any status but 2xx is thrown. */
export function visitor(origin: string): Visitor {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { hostname, port } = new URL(origin)
  let cookie = ''

  const send = (method: string, path: string, body?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { ...(cookie ? { cookie } : {}) }
      if (body !== undefined) {
        headers['content-type'] = 'application/json'
        headers['content-length'] = Buffer.byteLength(body)
      }
      const sent = request({ agent, hostname, port, method, path, headers }, (answer) => {
        const given = answer.headers['set-cookie']?.[0]?.split(';', 1)[0]
        if (given) cookie = given
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk) => {
          text += chunk
        })
        answer.on('error', reject)
        answer.on('end', () => {
          const { statusCode = 0 } = answer
          if (statusCode >= 200 && statusCode < 300) resolve(text)
          else reject(new Error(`${method} ${path} was answered ${statusCode}: ${text.slice(0, 500)}`))
        })
      })
      sent.on('error', reject)
      sent.end(body)
    })

  return {
    cookie: () => cookie,
    signIn: async (login, password) => {
      await send('POST', '/api/session', JSON.stringify({ login, password }))
    },
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, JSON.stringify(body)),
    leave: () => agent.destroy(),
  }
}

/** Lets all clients work at once until there is nothing left to do; gives what was done in a second. */
export async function rateOf<Client, Task>(
  clients: readonly Client[],
  tasks: readonly Task[],
  work: (client: Client, task: Task) => Promise<unknown>,
): Promise<number> {
  let next = 0
  const begun = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      while (next < tasks.length) await work(client, tasks[next++]!)
    }),
  )
  return tasks.length / ((performance.now() - begun) / 1000)
}
