// What a witness remembers: for each log the latest checkpoint it cosigned, in one JSON file.

import { readFile } from 'node:fs/promises'
import { equal, fromBase64, parseCheckpoint, parseNote, toBase64 } from '../proof/index.ts'
import { replaceFile, writeNewFile } from './durable.ts'
import { WitnessError } from './error.ts'

/** `note` is the checkpoint as text with the signatures of its log and of this witness. */
export type Remembered = { origin: string; size: bigint; root: Uint8Array; note: string }

export type State = {
  latest: (origin: string) => Remembered | undefined
  all: () => Remembered[]
  /** Settles when it is on the disk. One at a time. Throws, and remembers nothing new, when that fails. */
  remember: (seen: Remembered) => Promise<void>
}

const format = 'stillpoint-witness-state@1'

export const makeState = (file: string): Promise<void> =>
  writeNewFile(file, textOf([])).catch((error) => {
    throw new WitnessError(`The state file ${file} cannot be written (${error.code}).`)
  })

/** The state in the file; undefined when there is no file. Throws a WitnessError for one that cannot be relied on. */
export async function readState(file: string): Promise<State | undefined> {
  let text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw new WitnessError(`The state file ${file} cannot be read (${error.code}).`)
  })
  if (text === undefined) return undefined
  let logs = new Map(parsed(text, file).map((seen) => [seen.origin, seen]))
  return {
    latest: (origin) => logs.get(origin),
    all: () => [...logs.values()],
    remember: async (seen) => {
      // Whoever put another file here, or works with the same one, knows something that this process does not.
      if ((await readFile(file, 'utf8')) !== text)
        throw new WitnessError(
          `The state file ${file} was changed by somebody else. Stop this witness and look into it.`,
        )
      const next = new Map(logs).set(seen.origin, seen)
      const nextText = textOf([...next.values()])
      await replaceFile(file, nextText)
      text = nextText
      logs = next
    },
  }
}

function textOf(logs: Remembered[]): string {
  const written = logs.map(({ origin, size, root, note }) => ({
    origin,
    size: String(size),
    root: toBase64(root),
    note,
  }))
  return `${JSON.stringify({ format, logs: written }, null, 2)}\n`
}

function parsed(text: string, file: string): Remembered[] {
  try {
    const { format: found, logs } = JSON.parse(text)
    if (found !== format) throw new Error('another format')
    const read = (logs as Record<keyof Remembered, string>[]).map(({ origin, size, root, note }) => {
      const seen = { origin, size: BigInt(size), root: fromBase64(root), note }
      const checkpoint = parseCheckpoint(parseNote(note).text)
      const agrees = checkpoint.origin === origin && checkpoint.size === seen.size && equal(checkpoint.root, seen.root)
      if (!agrees) throw new Error('a note of another checkpoint')
      return seen
    })
    if (new Set(read.map(({ origin }) => origin)).size !== read.length) throw new Error('a log twice')
    return read
  } catch (error) {
    throw new WitnessError(
      `The state file ${file} is damaged (${(error as Error).message}). A witness that forgot what it has seen could ` +
        'cosign a fork, so restore the file from a copy.',
    )
  }
}
