// Why the server did not start: one sentence on what is wrong and what to do; what is our mistake is shown whole.

import { addressOf, ConfigError } from './config.ts'

const askWithinMs = 1_500

type Failure = NodeJS.ErrnoException & { address?: string; port?: number }

/** The sentence, or the error itself when nobody but us can put it right. */
export async function reasonFor(error: unknown, host = process.env.HOST): Promise<unknown> {
  if (error instanceof ConfigError) return `Stillpoint cannot start. ${error.message}`
  const { code, syscall, address, port } = error as Failure
  if (isFullDisk(error))
    return 'Stillpoint cannot start. The disk is full. Free some space and start again; nothing recorded is lost.'
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return error
  const own = address && port ? addressOf(address, port) : undefined
  const where = own?.replace('http://', '') ?? host
  if (code === 'EADDRINUSE') {
    if (own && (await isStillpoint(own)))
      return `Stillpoint is running already: ${own}. For a second one beside it choose another PORT and DATA_DIR.`
    return `Stillpoint cannot start. ${where} is taken; stop what uses it or choose another PORT.`
  }
  if (code === 'EACCES')
    return `Stillpoint cannot start. This user may not listen on ${where}; choose a PORT above 1023.`
  return `Stillpoint cannot start. HOST ${where} is not an address of this machine (${code}).`
}

/** Said by the system, by PostgreSQL (disk_full), or by a program of PostgreSQL in words. */
function isFullDisk(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === 'ENOSPC' || code === '53100' || /No space left on device/.test(message ?? '')
}

async function isStillpoint(address: string): Promise<boolean> {
  try {
    const answer = await fetch(`${address}/ready`, { signal: AbortSignal.timeout(askWithinMs) })
    const said = await answer.json()
    return said.status === 'ready' && typeof said.entries === 'number' && typeof said.feedLag === 'number'
  } catch {
    return false
  }
}
