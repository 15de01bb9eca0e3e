// How fast a whole log is checked, against nothing but SHA-256 and JSON.parse over the same bytes.

import { execFile } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { logKey } from '../../server/ledger/sign.ts'
import { entriesPath, fullWidth } from '../../server/proof/tiles.ts'
import { type Comparison, inMegabytes, median, type Note, perSecond } from './figures.ts'
import { Clerk } from './log/clerk.ts'
import { LogFolder } from './log/folder.ts'
import { liveThrough } from './log/history.ts'

const origin = 'bench.example/log'
const threads = 2
const program = new URL('../stillpoint-verify.mjs', import.meta.url).pathname
/** Tells the most memory that the process ever had, when it ends. */
const atExit = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS))`

type Log = { folder: string; vkey: string; entries: number }

export async function checkOfALog(
  entries: number,
  rounds: number,
  say: (sentence: string) => void,
): Promise<{ comparison: Comparison; notes: Note[] }> {
  const log = await madeLog(entries, say)
  const [files, ours, one, two, peaks]: [string[], number[], number[], number[], number[]] = [
    bundlesOf(log),
    [],
    [],
    [],
    [],
  ]
  for (let round = 0; round < rounds; round++) {
    say(`Checking the log, round ${round + 1} of ${rounds}`)
    one.push(log.entries / (await bare(files, 1)))
    const { seconds, peak } = await check(log)
    ours.push(log.entries / seconds)
    peaks.push(peak)
    two.push(log.entries / (await bare(files, threads)))
  }
  const ratios = (rates: number[]) => median(ours.map((rate, round) => rate / rates[round]!))
  return {
    comparison: {
      name: `check of a log of ${log.entries} entries, ${threads} threads, against SHA-256 and JSON.parse, 1 thread`,
      ours: perSecond(median(ours)),
      bare: perSecond(median(one)),
      ratio: ratios(one),
      floor: { atLeast: 0.5 },
    },
    notes: [
      {
        name: 'check of a log, against SHA-256 and JSON.parse on as many threads',
        value: `${ratios(two).toFixed(2)} of ${perSecond(median(two))}`,
      },
      { name: 'check of a log, most memory', value: inMegabytes(Math.max(...peaks)) },
    ],
  }
}

/** The command as people run it, from its start to its end. */
async function check({ folder, vkey }: Log): Promise<{ seconds: number; peak: number }> {
  const started = performance.now()
  const words = ['--import', `data:text/javascript,${encodeURIComponent(atExit)}`, program, 'log', folder, '--json']
  const { stderr } = await promisify(execFile)(process.execPath, [
    ...words,
    '--key',
    vkey,
    '--threads',
    String(threads),
  ])
  const seconds = (performance.now() - started) / 1000
  return { seconds, peak: Number(/peak (\d+)/.exec(stderr)![1]) * 1024 }
}

/** Seconds that so many threads take for the bundles. */
async function bare(files: string[], count: number): Promise<number> {
  const workers = Array.from({ length: count }, (_, index) => {
    const share = files.filter((_file, n) => n % count === index)
    return new Worker(new URL('./bare-entries.mjs', import.meta.url), { workerData: share, execArgv: [] })
  })
  await Promise.all(workers.map((worker) => once(worker, 'online')))
  const started = performance.now()
  const done = workers.map((worker) => once(worker, 'message'))
  for (const worker of workers) worker.postMessage('go')
  await Promise.all(done)
  const seconds = (performance.now() - started) / 1000
  for (const worker of workers) await worker.terminate()
  return seconds
}

function bundlesOf({ folder, entries }: Log): string[] {
  return Array.from({ length: Math.ceil(entries / fullWidth) }, (_, n) =>
    join(folder, entriesPath(BigInt(n), Math.min(fullWidth, entries - n * fullWidth))),
  )
}

/** Made by real rules, once: it takes minutes, so it stays in the system's folder for such things. */
async function madeLog(entries: number, say: (sentence: string) => void): Promise<Log> {
  const home = join(tmpdir(), `stillpoint-bench-log-${entries}-${await versionOfHistory()}`)
  const about = join(home, 'about.json')
  if (existsSync(about)) return JSON.parse(await readFile(about, 'utf8'))
  const draft = `${home}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true })
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const key = logKey(pem, origin, 'memory')
  const folder = new LogFolder(join(draft, 'log'), key)
  const clerk = new Clerk(origin, '2024-01-01T00:00:00.000Z', (body, hash) => folder.append(body, hash))
  let told = 0
  liveThrough(clerk, entries, 150, (size) => {
    if (size - told < entries / 10) return
    told = size
    say(`Making a log: ${size} of ${entries} entries`)
  })
  folder.checkpoint()
  const log = { folder: join(home, 'log'), vkey: key.vkey, entries: folder.size }
  await writeFile(join(draft, 'about.json'), JSON.stringify(log))
  await rm(home, { recursive: true, force: true })
  await rename(draft, home)
  return log
}

/** Another history makes another log. */
async function versionOfHistory(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of ['clerk.ts', 'history.ts', 'folder.ts'])
    hash.update(await readFile(new URL(`./log/${file}`, import.meta.url)))
  return hash.digest('hex').slice(0, 12)
}
