// One process per state file: two that remember different things could cosign both sides of a fork.

import { readFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { writeNewFile } from './durable.ts'
import { StateInUse } from './error.ts'

/** Locks that this process holds: after a crash a new process may have the old one's number. */
const held = new Set<string>()

/**
 * Takes the lock of a state file, also one that a process left behind which no longer runs. Gives what releases it.
 * Throws StateInUse while another one holds it. Processes on other machines are not seen.
 */
export async function lockState(stateFile: string): Promise<() => Promise<void>> {
  const file = `${resolve(stateFile)}.lock`
  const inUse = new StateInUse(
    `The state file ${stateFile} is in use by another witness (${file}). Give each witness a state file of its own.`,
  )
  if (held.has(file)) throw inUse
  held.add(file)
  try {
    if (await isHeldElsewhere(file)) throw inUse
    await rm(file, { force: true })
    await writeNewFile(file, `${process.pid} ${beganAt(process.pid)}\n`).catch((error) => {
      throw error.code === 'EEXIST' ? inUse : error
    })
  } catch (error) {
    held.delete(file)
    throw error
  }
  return async () => {
    await rm(file, { force: true })
    held.delete(file)
  }
}

async function isHeldElsewhere(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const [pid, began = ''] = text.trim().split(' ')
  if (!pid || Number(pid) === process.pid) return false
  return isRunning(Number(pid)) && beganAt(Number(pid)) === began
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Tells a process from a later one with its number: ticks since boot on Linux; elsewhere unknown and the same for all. */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
