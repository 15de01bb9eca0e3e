// Starts Stillpoint after `npm ci`: builds the pages when they are missing or old, then runs the server in this process.

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  leave(`Stillpoint needs Node.js 20.19 or later; this is ${process.versions.node}.`)
}

const root = new URL('../', import.meta.url)
const at = (path) => fileURLToPath(new URL(path, root))
if (!existsSync(at('node_modules/tsx'))) leave('The packages are not installed yet. Run "npm ci" first.')

// Before anything is loaded: Express, React and others look at it once.
process.env.NODE_ENV ??= 'production'
if (newest('dist/client/index.html') <= Math.max(...pageSources().map(newest))) await build()

const { register } = await import('tsx/esm/api')
register()
await import('../server/main.ts')

/** Everything the pages are made of, including the rules they share with the server. */
function pageSources() {
  const folders = ['client', 'server/custody', 'server/contract', 'server/proof']
  return [...folders, 'vite.config.ts', 'tsconfig.json', 'package-lock.json']
}

/** When the newest file at or under `path` was written, in ms; 0 when there is none. */
function newest(path) {
  if (!existsSync(at(path))) return 0
  const { mtimeMs } = statSync(at(path))
  if (!statSync(at(path)).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(at(path)).map((name) => newest(`${path}/${name}`)))
}

/** In a process of its own, which takes its memory with it. */
async function build() {
  console.log('Building the screens …')
  const vite = spawn(process.execPath, [at('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: at('.'),
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      vite.kill(signal)
      process.exit(130)
    })
  }
  const code = await new Promise((resolve, reject) => vite.once('error', reject).once('exit', resolve))
  if (code !== 0) leave('The pages could not be built; see above.')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
}

function leave(sentence) {
  console.error(sentence)
  process.exit(1)
}
