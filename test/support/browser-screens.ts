// The built screens for tests: built anew when they are missing or older than what they are made of.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')
const sources = ['client', 'server/custody', 'server/contract', 'server/proof', 'vite.config.ts', 'package-lock.json']

/** In a process of its own: the bundler sets variables of the process that it runs in. */
export async function buildScreens(): Promise<void> {
  const builtAt = newest(join(root, 'dist/client/index.html'))
  if (builtAt > Math.max(...sources.map((source) => newest(join(root, source))))) return
  const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = await once(vite, 'exit')
  if (code !== 0) throw new Error('The screens could not be built')
}

/** When the newest file at or under `path` was written, in ms; 0 when there is none. */
function newest(path: string): number {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
