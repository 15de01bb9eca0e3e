// Where a check has got to, in a file, so that it goes on there another time.
//
// What it says is believed only with the tree: whoever goes on hashes all entries again and must come to the same root
// over the first of them. Their form and the rules are what need not be checked twice.

import { randomUUID } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { type Finding, NotChecked } from './problem.ts'

const format = 'stillpoint-verify-state@1'

/** The first `size` entries were checked, `root` is that over them in hex, `findings` are what was wrong with them. */
export type Saved = { origin: string; size: number; root: string; commands: number; findings: Finding[] }

export type State = {
  /** Undefined before the first time. Throws NotChecked for another log's state. */
  read: (origin: string) => Promise<Saved | undefined>
  keep: (saved: Saved) => Promise<void>
}

export const stateIn = (file: string): State => ({
  read: async (origin) => {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw new NotChecked(`${file} cannot be read (${error.code}).`)
    })
    if (text === undefined) return undefined
    const saved = savedIn(text)
    if (!saved) throw new NotChecked(`${file} does not hold the state of a check.`)
    if (saved.origin !== origin) throw new NotChecked(`${file} is about the log ${saved.origin}, not ${origin}.`)
    return saved
  },
  keep: async (saved) => {
    const draft = `${file}.${randomUUID()}`
    await writeFile(draft, JSON.stringify({ format, ...saved }))
    await rename(draft, file)
  },
})

function savedIn(text: string): Saved | undefined {
  try {
    const { format: said, ...saved } = JSON.parse(text)
    const fits =
      said === format &&
      typeof saved.origin === 'string' &&
      [saved.size, saved.commands].every((count) => Number.isSafeInteger(count) && count >= 0) &&
      /^[0-9a-f]{64}$/.test(saved.root) &&
      Array.isArray(saved.findings)
    return fits ? saved : undefined
  } catch {
    return undefined
  }
}
