// Those who examine a log side by side: threads, or for a small log this process itself.

import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type Bundle, type Examined, Examiner, type Task } from './examiner.ts'

export type Crew = {
  /** One answer from each of them. Bundles are given in their order; several may be under way. */
  examine: (bundle: Bundle) => Promise<Examined[]>
  close: () => Promise<void>
}

/** A thread has its own heap; half of the short-lived objects would be kept for nothing were the young one small. */
const youngMegabytes = 96

/** `threads` of them; none means that this process examines by itself. */
export async function crewFor(task: Omit<Task, 'share'>, threads: number): Promise<Crew> {
  if (threads > 0) return inThreads(task, threads, await threadSource())
  const examiner = new Examiner({ ...task, share: { index: 0, of: 1 } })
  return { examine: async (bundle) => [examiner.take(bundle)], close: async () => undefined }
}

function inThreads(task: Omit<Task, 'share'>, threads: number, source: URL): Crew {
  const members = Array.from({ length: threads }, (_, index) =>
    member({ ...task, share: { index, of: threads } }, source),
  )
  return {
    examine: (bundle) => Promise.all(members.map(({ examine }) => examine(bundle))),
    close: async () => {
      for (const { worker } of members) await worker.terminate()
    },
  }
}

function member(task: Task, source: URL) {
  const worker = new Worker(source, { workerData: task, resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes } })
  const waiting: { resolve: (examined: Examined) => void; reject: (error: unknown) => void }[] = []
  let failure: unknown
  worker.on('message', (examined: Examined) => waiting.shift()!.resolve(examined))
  worker.on('error', (error) => {
    failure = error
    for (const { reject } of waiting.splice(0)) reject(error)
  })
  return {
    worker,
    examine: (bundle: Bundle) =>
      new Promise<Examined>((resolve, reject) => {
        if (failure) return reject(failure)
        waiting.push({ resolve, reject })
        worker.postMessage(bundle)
      }),
  }
}

let bundled: Promise<URL> | undefined

/**
 * The thread's program as one module. Loaded file by file through tsx it would run a quarter slower, because tsx keeps
 * the name of every function that is made, each time it is made.
 */
function threadSource(): Promise<URL> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<URL> {
  // Loaded only when there are threads: it takes longer than to check a small log.
  const { build } = await import('vite')
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: fileURLToPath(new URL('thread.ts', import.meta.url)), write: false, minify: false, target: 'node20' },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output)) throw new Error('The program of the threads was not built.')
  return new URL(`data:text/javascript;base64,${Buffer.from(output.output[0].code).toString('base64')}`)
}
