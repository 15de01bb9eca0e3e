// A small log by real rules, in memory and in folders, as it is and as somebody might have changed it.

import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Clerk } from '../../scripts/bench/log/clerk.ts'
import { LogFolder } from '../../scripts/bench/log/folder.ts'
import { liveThrough } from '../../scripts/bench/log/history.ts'
import { type LogReport, type Settings, verifyLog } from '../../scripts/verify/log.ts'
import { sourceOf } from '../../scripts/verify/source.ts'
import { policyOf } from '../../scripts/verify/trust.ts'
import { canonicalBytes } from '../../server/ledger/canonical.ts'
import { type EntryBody, hashOfEntry, subjectKey } from '../../server/ledger/entry.ts'
import { logKey } from '../../server/ledger/sign.ts'

export const origin = 'test.example/log'
const newPem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
export const key = logKey(newPem(), origin, 'memory')
export const otherKey = logKey(newPem(), origin, 'memory')

let made: Buffer[] | undefined

/** Bodies of some 900 entries; the history ends where a command does. */
export function bodies(): Buffer[] {
  made ??= recorded((clerk) => liveThrough(clerk, 900, 4))
  return made
}

/** What a clerk writes down of a history. */
export function recorded(history: (clerk: Clerk) => void): Buffer[] {
  const written: Buffer[] = []
  history(new Clerk(origin, '2026-01-01T00:00:00.000Z', (body) => written.push(Buffer.from(body))))
  return written
}

export const entryOf = (body: Uint8Array): EntryBody => JSON.parse(Buffer.from(body).toString())

/** Position of the `nth` entry with that fact. */
export const positionOf = (fact: string, nth = 0): number =>
  bodies()
    .map((body, position) => ({ fact: entryOf(body).fact, position }))
    .filter((entry) => entry.fact === fact)[nth]!.position

/** What somebody with the key of the log can do: change an entry, and write all that follows anew. */
export const rewritten = (position: number, change: (entry: EntryBody) => object): Buffer[] =>
  chained(bodies(), (entry, at) => (at === position ? change(entry) : {}))

/** The entries with changes, each naming the one before it as that is written now. */
export function chained(from: readonly Buffer[], change: (entry: EntryBody, position: number) => object): Buffer[] {
  const last = new Map<string, string>()
  return from.map((body, position) => {
    const entry = entryOf(body)
    const changed = { ...entry, ...change(entry, position) } as EntryBody
    const previous = last.get(subjectKey(changed.subject)) ?? null
    const written = canonicalBytes({ ...changed, previous })
    last.set(subjectKey(changed.subject), hashOfEntry(written).toString('hex'))
    return written
  })
}

/** Folders that are gone after the tests. */
export function folders() {
  const made: string[] = []
  const empty = async () => {
    made.push(await mkdtemp(join(tmpdir(), 'stillpoint-verify-')))
    return made.at(-1)!
  }
  return {
    empty,
    /** A log of these bodies, signed. */
    written: async (
      entries: readonly Uint8Array[],
      { by = key, sign }: { by?: typeof key; sign?: (text: string) => string[] } = {},
    ) => {
      const folder = await empty()
      const log = new LogFolder(folder, by)
      for (const body of entries) log.append(body, hashOfEntry(body))
      return { folder, note: log.checkpoint(sign) }
    },
    remove: async () => {
      for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Checks a log in this process, trusting its key. */
export async function verified(log: string, over: Partial<Settings> = {}): Promise<LogReport> {
  const source = await sourceOf(log, {})
  try {
    const policy = (await policyOf({ keys: [key.vkey] }))!
    return await verifyLog({ log, source, policy, seen: [], ...over })
  } finally {
    await source.close()
  }
}
