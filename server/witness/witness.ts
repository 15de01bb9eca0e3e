// A witness: watches over logs of other agencies by refusing to cosign two histories of one log (C2SP tlog-witness).
// It knows neither entries nor people; it sees sizes, roots and signatures. This file: its HTTP service.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Cosigner, openCosigner, type WitnessSettings } from './cosigner.ts'
import { WitnessError } from './error.ts'

export type Witness = {
  /** What policies name it by. */
  vkey: string
  /** Submission and monitoring prefix, without a slash at the end. */
  url: string
  close(): Promise<void>
}

/** A checkpoint with sixteen signatures of the largest kind, and a proof, is smaller. */
const largestBody = 128 * 1024
const closeWithinMs = 2_000

/** Serves until closed. Throws a WitnessError for settings that the operator can put right. */
export async function startWitness(settings: WitnessSettings & { host: string; port: number }): Promise<Witness> {
  const { host, port, say = () => {} } = settings
  const cosigner = await openCosigner(settings)
  const server = createServer((request, response) => {
    answer(cosigner, request, response).catch((error) => {
      // Whoever asked has gone before the request was whole.
      if (request.destroyed && !request.complete) return
      say(`A request failed: ${error instanceof WitnessError ? error.message : (error as Error).stack}`)
      if (response.headersSent) response.destroy()
      else send(response, 500, 'The witness could not write down what it has seen, and cosigned nothing.\n')
    })
  })
  // A log asks now and then, and a connection that stands is quicker.
  server.keepAliveTimeout = 75_000
  server.requestTimeout = 10_000
  try {
    await listening(server, host, port)
  } catch (error) {
    await cosigner.close()
    throw error
  }
  const { port: chosen } = server.address() as AddressInfo
  return {
    vkey: cosigner.vkey,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    close: async () => {
      const cut = setTimeout(() => server.closeAllConnections(), closeWithinMs)
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeIdleConnections()
      await closed
      clearTimeout(cut)
      await cosigner.close()
    },
  }
}

async function answer(cosigner: Cosigner, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url?.replace(/\?.*$/, '') ?? ''
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return send(response, 405, 'Checkpoints are added with POST.\n', { allow: 'POST' })
    const body = await bodyOf(request)
    // What is still on its way is not waited for.
    if (!body) return send(response, 413, `A request has no more than ${largestBody} bytes.\n`, { connection: 'close' })
    const { status, body: said } = await cosigner.addCheckpoint(body)
    return send(response, status, said, status === 409 ? { 'content-type': 'text/x.tlog.size' } : {})
  }
  const [, originHash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path) ?? []
  if (!originHash) return send(response, 404, 'There is nothing here.\n')
  if (request.method !== 'GET') return send(response, 405, 'Checkpoints are read with GET.\n', { allow: 'GET' })
  const note = cosigner.latest(originHash)
  if (!note) return send(response, 404, 'This witness has cosigned nothing of that log.\n')
  send(response, 200, note, { 'cache-control': 'no-cache' })
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(body)
}

/** The body; undefined when it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  if (Number(request.headers['content-length'] ?? 0) > largestBody) return undefined
  // Left open at the end of the loop: the answer still goes over this connection.
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    length += piece.length
    if (length > largestBody) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why =
      code === 'EADDRINUSE'
        ? `${host}:${port} is taken; stop what uses it or choose another port.`
        : code === 'EACCES'
          ? `This user may not listen on ${host}:${port}; choose a port above 1023.`
          : `${host} is not an address of this machine (${code}).`
    throw new WitnessError(`The witness cannot start. ${why}`)
  }
}
