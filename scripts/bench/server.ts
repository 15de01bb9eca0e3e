// The server that is measured: the product as it is started for real, in a process of its own.

import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { origin } from './seed.ts'
import { visitor } from './visitor.ts'

export type Measured = {
  /** Origin it listens on. */
  url: string
  /** Resident memory, bytes. */
  memory: () => Promise<number>
  stop: () => Promise<void>
}

const startWithinMs = 60_000

/** `folder` is for its files and its log; `databaseUrl` names the owner of a migrated database. */
export async function startServer(databaseUrl: string, folder: string): Promise<Measured> {
  await mkdir(folder, { recursive: true })
  const log = openSync(join(folder, 'server.log'), 'w')
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATA_DIR: folder,
      LOG_ORIGIN: origin,
      DEMO: '0',
      HOST: '127.0.0.1',
      PORT: '0',
      PUBLIC_URL: '',
    },
    stdio: ['ignore', 'pipe', log],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`The server did not start; see ${folder}/server.log.`)),
      startWithinMs,
    )
    createInterface(child.stdout!).on('line', (line) => {
      const address = /^Stillpoint: (http\S+)/.exec(line)?.[1]
      if (!address) return
      clearTimeout(late)
      resolve(address)
    })
    ended.then(() => reject(new Error(`The server ended by itself; see ${folder}/server.log.`)))
  })
  return {
    url,
    memory: async () => {
      const numbers = visitor(url)
      const text = await numbers.get('/metrics')
      numbers.leave()
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1])
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
