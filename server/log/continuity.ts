// Whether the ledger still is what was seen of it: compared at start with checkpoints that were kept outside the
// database, by this server and by the witnesses. A restored backup, or a history written anew, comes to light here.

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '../custody/define.ts'
import { coveredSize, keepEvidence, logKeys, newestCheckpoint } from '../ledger/checkpoints.ts'
import { integrate } from '../ledger/integrate.ts'
import { rootOf } from '../ledger/proofs.ts'
import { headOf, type Reader } from '../ledger/read.ts'
import { openCheckpoint, type Policy, ProofError, parseVerifierKey } from '../proof/index.ts'
import { replaceFile } from '../witness/durable.ts'

/** A checkpoint of this log that somebody kept: `by` is `server` or the name of a witness. */
export type Sighting = { by: string; note: string }

/** How the ledger contradicts what was seen of it. Roots in hex; `here` is the ledger as it is. */
export type Break = {
  kind: 'log-shorter' | 'log-different'
  seen: { by: string; size: number; root: string; note: string }
  here: { size: number; root?: string }
}

/** What a server knows about the ledger it works on. */
export type Continuity = {
  /** Why nothing may be recorded any more; nothing as long as all is well. */
  broken: () => Break | undefined
  /** To be called with each new checkpoint. */
  remember: (note: string) => void
  /** Settles when what was remembered is on the disk. */
  close: () => Promise<void>
}

type Known = {
  reader: Reader
  /** Address of the signer's role; without it the tree is compared as far as it is there. */
  signerUrl: string | undefined
  dataDir: string
  origin: string
  /** Of this server. */
  vkey: string
  policy: Policy
  failed: (error: unknown) => void
}

/** Compares, keeps evidence of a contradiction, and from then on remembers what is signed. */
export async function openContinuity(known: Known): Promise<Continuity> {
  const { reader, dataDir, origin, vkey, policy, failed } = known
  const broken = await compare(known, await sightings(dataDir, origin, policy), vkey)
  let newest: string | undefined
  let writing: Promise<void> | undefined
  // The newest only, however fast they come.
  const write = async () => {
    while (newest !== undefined) {
      const note = newest
      newest = undefined
      await rememberCheckpoint(dataDir, note).catch(failed)
    }
    writing = undefined
  }
  const remember = (note: string) => {
    newest = note
    writing ??= write()
  }
  // Other servers sign as well; what they signed last is known from here on.
  const signed = broken ? undefined : await newestCheckpoint(reader, origin)
  if (signed) remember(signed.note)
  return {
    broken: () => broken,
    remember: broken ? () => {} : remember,
    close: async () => writing,
  }
}

async function compare(
  { reader, signerUrl, origin }: Known,
  seen: readonly Sighting[],
  vkey: string,
): Promise<Break | undefined> {
  if (seen.length === 0) return undefined
  const keys = [...new Set([...(await logKeys(reader, origin)).map((key) => key.vkey), vkey])]
  if (!signerUrl) {
    const covered = await coveredSize(reader, origin)
    const { size } = await headOf(reader)
    const comparable = ({ size: at }: { size: number }) => at <= covered || at > size
    return findBreak(reader, keys, seen, comparable)
  }
  const signer = new pg.Client({ connectionString: signerUrl, connectionTimeoutMillis: 10_000 })
  signer.on('error', () => {})
  await signer.connect()
  try {
    // Another server may lead already and be at the same.
    await integrate(signer, (await headOf(signer)).size).catch((error) => {
      if (!(error instanceof pg.DatabaseError)) throw error
    })
    const found = await findBreak(signer, keys, seen)
    if (found) {
      const { kind, seen: theirs, here } = found
      const about = { origin, by: theirs.by, seen: { size: theirs.size, root: theirs.root }, here }
      await keepEvidence(signer, { kind, about, notes: [theirs.note] })
    }
    return found
  } finally {
    await signer.end()
  }
}

const askWithinMs = 3_000

const seenFile = (dataDir: string) => join(dataDir, 'log-seen')

/** Keeps the newest checkpoint beside the database, where a restored backup does not reach. */
export const rememberCheckpoint = (dataDir: string, note: string): Promise<void> => replaceFile(seenFile(dataDir), note)

/** What this server and the witnesses have seen of the log. Witnesses that do not answer in time are left out. */
export async function sightings(dataDir: string, origin: string, policy: Policy | undefined): Promise<Sighting[]> {
  const own = await readFile(seenFile(dataDir), 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  const path = `${createHash('sha256').update(origin).digest('hex')}/checkpoint`
  const asked = [...(policy?.witnesses ?? [])].map(async ([by, { url }]): Promise<Sighting[]> => {
    if (!url) return []
    const signal = AbortSignal.timeout(askWithinMs)
    // One that begins to answer and never ends is left out as well.
    const note = await noteAt(`${url.replace(/\/$/, '')}/${path}`, signal).catch(() => undefined)
    return note === undefined ? [] : [{ by, note }]
  })
  return [...(own === undefined ? [] : [{ by: 'server', note: own }]), ...(await Promise.all(asked)).flat()]
}

async function noteAt(url: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await fetch(url, { signal, redirect: 'error' })
  return answer.ok ? answer.text() : undefined
}

/**
 * The contradiction between the ledger and the largest checkpoint that one of the log's keys has signed; nothing when
 * all agree. The tree is integrated up to the size of the ledger. Notes that the log has not signed prove nothing and are
 * passed over.
 */
export async function findBreak(
  reader: Reader,
  vkeys: readonly string[],
  seen: readonly Sighting[],
  comparable: (sighting: { size: number }) => boolean = () => true,
): Promise<Break | undefined> {
  const keys = vkeys.map(parseVerifierKey)
  const { size: length } = await headOf(reader)
  const largestFirst = seen
    .flatMap(({ by, note }) => {
      const checkpoint = signed(note, keys)
      return checkpoint ? [{ by, note, size: Number(checkpoint.size), root: checkpoint.root }] : []
    })
    .filter(comparable)
    .sort((one, other) => other.size - one.size)
  for (const { by, note, size, root: seenRoot } of largestFirst) {
    const sighting = { by, size, root: Buffer.from(seenRoot).toString('hex'), note }
    if (size > length) return { kind: 'log-shorter', seen: sighting, here: { size: length } }
    const root = (await rootOf(reader, size)).toString('hex')
    if (root !== sighting.root) return { kind: 'log-different', seen: sighting, here: { size: length, root } }
  }
  return undefined
}

function signed(note: string, keys: Parameters<typeof openCheckpoint>[1]) {
  try {
    return openCheckpoint(note, keys).checkpoint
  } catch (error) {
    if (error instanceof ProofError) return undefined
    throw error
  }
}

/** Why nothing may be recorded any more, for the person at the counter. */
export const refusalFor = ({ kind, seen, here }: Break): Refusal =>
  new Refusal('ledger.read-only', { kind, by: seen.by, seen: seen.size, here: here.size })
