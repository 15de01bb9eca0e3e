// Where a log is read from: a folder, or an address whose pieces are brought into one.

import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { NotChecked } from './problem.ts'

export type Source = {
  folder: string
  checkpoint: () => Promise<Uint8Array>
  /** Sees to it that the pieces are in the folder, as far as they exist; of two paths the second serves for the first. */
  bring: (paths: readonly string[]) => Promise<void>
  close: () => Promise<void>
}

/** A bundle has at most 256 entries of 65,535 bytes, each after its length. */
const largestPiece = 256 * (65_535 + 2)
const atOnce = 12
const attempts = 4
const patienceMs = 60_000

/** `cookie` is sent along; `download` keeps what was fetched. Throws NotChecked when there is nothing to read. */
export function sourceOf(log: string, options: { cookie?: string; download?: string }): Promise<Source> {
  if (/^https?:\/\//.test(log)) return addressSource(log.replace(/\/+$/, ''), options)
  if (options.download) throw new NotChecked('--download is for a log at an address; this one is in a folder already.')
  return folderSource(log)
}

async function folderSource(folder: string): Promise<Source> {
  const about = await stat(folder).catch(() => undefined)
  if (!about?.isDirectory()) throw new NotChecked(`There is no folder ${folder}.`)
  return {
    folder,
    checkpoint: () =>
      readFile(join(folder, 'checkpoint')).catch((error: NodeJS.ErrnoException) => {
        throw new NotChecked(`${join(folder, 'checkpoint')} cannot be read (${error.code}); a log has a checkpoint.`)
      }),
    bring: async () => undefined,
    close: async () => undefined,
  }
}

async function addressSource(
  address: string,
  { cookie, download }: { cookie?: string; download?: string },
): Promise<Source> {
  const folder = download ?? (await mkdtemp(join(tmpdir(), 'stillpoint-log-')))
  const gate = gateFor(atOnce)
  const get = (path: string) => gate(() => fetched(`${address}/${path}`, cookie))

  async function bring(path: string): Promise<boolean> {
    if (await exists(join(folder, path))) return true
    const bytes = await get(path)
    if (!bytes) return false
    await keep(join(folder, path), bytes)
    return true
  }

  return {
    folder,
    checkpoint: async () => {
      const note = await get('checkpoint')
      if (!note) throw new NotChecked(`There is no log at ${address}.`)
      await keep(join(folder, 'checkpoint'), note)
      return note
    },
    bring: async (paths) => {
      for (const path of paths) if (await bring(path)) return
    },
    close: async () => {
      if (!download) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Undefined when the server says that there is no such thing. Tries again when it is busy or out of reach. */
async function fetched(url: string, cookie: string | undefined): Promise<Uint8Array | undefined> {
  for (let attempt = 1; ; attempt++) {
    const answer = await asked(url, cookie)
    if (answer instanceof Uint8Array) return answer
    if (answer.status === 404) return undefined
    const passing = answer.status === undefined || answer.status === 429 || answer.status >= 500
    if (!passing || attempt === attempts) throw new NotChecked(`${url} cannot be read: ${answer.why}.`)
    await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt))
  }
}

async function asked(url: string, cookie: string | undefined): Promise<Uint8Array | { status?: number; why: string }> {
  try {
    const headers = { 'accept-encoding': 'gzip', ...(cookie && { cookie }) }
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs), redirect: 'error' })
    if (answer.ok) return await bytesOf(answer)
    await answer.body?.cancel()
    const signedOut = answer.status === 401 || answer.status === 403
    const hint = signedOut ? '; the log is not public, give the cookie of a session with --cookie' : ''
    return { status: answer.status, why: `the server answers ${answer.status}${hint}` }
  } catch (error) {
    if (error instanceof NotChecked) throw error
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } }
    return { why: cause?.code ?? cause?.message ?? message }
  }
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > largestPiece) throw new NotChecked(`${answer.url} is larger than any piece of a log.`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Whole or not at all, so that an interrupted download leaves no half of a piece. */
async function keep(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.part`, bytes)
  await rename(`${file}.part`, file)
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )

/** Lets so many through at a time. */
function gateFor(places: number) {
  const waiting: (() => void)[] = []
  let free = places
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free > 0) free -= 1
    else await new Promise<void>((go) => waiting.push(go))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
