// The leader of the tree: of all servers the one that integrates new entries and signs checkpoints.
//
// It leads while its own connection holds a lock, and writes on that connection only: when the connection is lost, the
// lock and the ability to write are lost with it. A process that is stopped loses its connection, because the database
// ends a session that has been silent; when it wakes up it has nothing left to write on.

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  addLogKey,
  type Checkpoint,
  keepCheckpoint,
  keepEvidence,
  logKeys,
  newestCheckpoint,
  type Writer,
} from '../ledger/checkpoints.ts'
import { integrate, leavesBetween } from '../ledger/integrate.ts'
import { growingFrom, rootOf } from '../ledger/proofs.ts'
import { headOf } from '../ledger/read.ts'
import { checkpointText, type LogKey, noteOf } from '../ledger/sign.ts'
import type { Growing } from '../ledger/tree.ts'

/** What the leader's own helpers write with, such as the one that asks witnesses. */
export type Leading = {
  /** The leader's connection: what is written on it is written by the leader or not at all. */
  writer: Writer
  /** Aborted when the lead is lost or given up. */
  lost: AbortSignal
}

export type TreeLeader = {
  /** There may be something new. */
  wake: () => void
  isLeading: () => boolean
  close: () => Promise<void>
}

type Leadership = {
  /** Address of a role with the signer's rights. */
  url: string
  origin: string
  key: LogKey
  /**
   * Called with the newest checkpoint when the lead is taken, and then with each new one, after it is kept. It must not
   * throw and should return at once: what takes long goes on beside the leader.
   */
  onCheckpoint?: ((checkpoint: Checkpoint, leading: Leading) => void) | undefined
  /** It goes on trying. A failure that repeats is told once. */
  failed: (error: unknown) => void
  /** The database ends the leader's session when it has said nothing for so long. */
  silentMs?: number
}

/** Another key signs this log; a new one has to be announced first. */
export class OtherKey extends Error {
  override name = 'OtherKey'
}

/** The ledger has another name: under this one nothing may be signed about it. */
export class OtherName extends Error {
  override name = 'OtherName'
}

/** The tree that is stored contradicts what was signed: nothing more is signed until somebody has looked into it. */
export class Contradiction extends Error {
  override name = 'Contradiction'
}

/** Held by the leader's session. */
const leaderLock = 7_305_003
/** Between two checkpoints. */
const spacingMs = 200
const everyMs = 1_000
const pauseAfterFailureMs = 1_000
const goodbyeMs = 2_000
/** A checkpoint is made after so many entries at the latest, also when there are many more. */
const mostAtOnce = 65_536
const leavesAtOnce = 4_096

export function leadTree(leadership: Leadership): TreeLeader {
  const { failed, silentMs = 10_000 } = leadership
  const closing = new AbortController()
  let leading = false
  let woken = false
  let goOn = () => {}
  let told: string | undefined

  const wake = () => {
    woken = true
    goOn()
  }
  /** Until woken, or for a while. */
  const rest = async (ms: number) => {
    if (woken || closing.signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      goOn = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const leadOn = async (client: pg.Client, lost: AbortSignal) => {
    const tree = await takeUp(client, leadership)
    leading = true
    told = undefined
    const tell = (checkpoint: Checkpoint) => leadership.onCheckpoint?.(checkpoint, { writer: client, lost })
    const newest = await newestCheckpoint(client, leadership.origin)
    if (newest) tell(newest)
    while (!closing.signal.aborted) {
      woken = false
      const made = await makeCheckpoint(client, tree, leadership)
      if (made) tell(made)
      if (made) await sleep(spacingMs, undefined, { signal: closing.signal }).catch(() => {})
      else await rest(everyMs)
    }
  }

  /** One connection: waits for the lead, and leads until the connection is lost or this leader closed. */
  const stand = async () => {
    const client = new pg.Client({
      connectionString: leadership.url,
      // So that an operator sees in the database which process leads.
      application_name: `stillpoint tree ${process.pid}`,
      connectionTimeoutMillis: 10_000,
      query_timeout: 60_000,
      keepAlive: true,
    })
    const lost = new AbortController()
    client.on('error', () => {})
    client.once('end', () => {
      lost.abort()
      wake()
    })
    try {
      await client.connect()
      await limitSilence(client, silentMs)
      while (!closing.signal.aborted && !(await takeLock(client)))
        await sleep(everyMs, undefined, { signal: closing.signal }).catch(() => {})
      if (!closing.signal.aborted) await leadOn(client, lost.signal)
    } finally {
      leading = false
      lost.abort()
      await hangUp(client)
    }
  }

  const loop = async () => {
    while (!closing.signal.aborted) {
      try {
        await stand()
      } catch (error) {
        const said = String(error)
        if (!closing.signal.aborted && said !== told) failed(error)
        told = said
        await sleep(pauseAfterFailureMs, undefined, { signal: closing.signal }).catch(() => {})
      }
    }
  }
  const ended = loop()

  return {
    wake,
    isLeading: () => leading,
    close: async () => {
      closing.abort()
      wake()
      await ended
    },
  }
}

/** A process that is stopped keeps its connections; so the database ends those of which nothing is heard. */
async function limitSilence(client: pg.Client, silentMs: number): Promise<void> {
  for (const setting of ['idle_session_timeout', 'idle_in_transaction_session_timeout', 'tcp_user_timeout'])
    await client.query('SELECT set_config($1, $2, false)', [setting, `${silentMs}`])
  await client.query(`SET statement_timeout = '50s'`)
}

/** Says good-bye, but to a database that does not answer only for a moment. */
async function hangUp(client: pg.Client): Promise<void> {
  await Promise.race([client.end().catch(() => {}), sleep(goodbyeMs, undefined, { ref: false })])
  const { stream } = (client as pg.Client & { connection: pg.Connection }).connection
  stream.destroy()
}

async function takeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [leaderLock])
  return rows[0].taken
}

/** The tree as the newest checkpoint left it, checked against what was signed. */
async function takeUp(client: pg.Client, { origin, key }: Leadership): Promise<Growing> {
  const size = await lengthOf(client, origin)
  const newest = await newestCheckpoint(client, origin)
  await requireKey(client, origin, key, newest?.size ?? 0)
  if (newest && newest.size > size) await contradict(client, newest, { size })
  const covered = newest?.size ?? 0
  await integrate(client, covered)
  const tree = await growingFrom(client, covered)
  if (newest && !tree.root().equals(newest.root))
    await contradict(client, newest, { size: covered, root: tree.root().toString('hex') })
  return tree
}

/** How many entries the ledger has. It gets its name with the first, perhaps from a server that was told another one. */
async function lengthOf(client: pg.Client, origin: string): Promise<number> {
  const { size, origin: named } = await headOf(client)
  if (named !== null && named !== origin) throw new OtherName(`The ledger is called ${named}, not ${origin}.`)
  return size
}

/** The key that begins a log is written down; from then on only the last key that was written down may sign. */
async function requireKey(client: pg.Client, origin: string, key: LogKey, size: number): Promise<void> {
  const known = (await logKeys(client, origin)).at(-1)
  if (!known) await addLogKey(client, { origin, vkey: key.vkey, fromSize: size })
  else if (known.vkey !== key.vkey)
    throw new OtherKey(`The log ${origin} is signed with the key ${known.vkey}, and this server has ${key.vkey}.`)
}

/**
 * Integrates what is new and signs it; nothing when nothing is new. The root is computed twice: by going on, leaf by
 * leaf, from the tree that was signed last, and from the hashes that are stored. Only when they agree is it signed, so
 * no checkpoint contradicts an earlier one, whatever was done to the database in between.
 */
async function makeCheckpoint(
  client: pg.Client,
  tree: Growing,
  { origin, key }: Leadership,
): Promise<Checkpoint | undefined> {
  const before = tree.size
  const size = Math.min(await lengthOf(client, origin), before + mostAtOnce)
  if (size <= before) return undefined
  await integrate(client, size)
  for (let from = before; from < size; from += leavesAtOnce)
    for (const leaf of await leavesBetween(client, from, Math.min(from + leavesAtOnce, size))) tree.append(leaf)
  const root = tree.root()
  const stored = await rootOf(client, size)
  if (!stored.equals(root)) {
    const newest = await newestCheckpoint(client, origin)
    await contradict(client, newest, { size, root: stored.toString('hex') })
  }
  const text = checkpointText(origin, size, root)
  return keepCheckpoint(client, { origin, size, root, note: noteOf(text, [key.signatureOver(text)]) })
}

async function contradict(
  client: pg.Client,
  signed: Checkpoint | undefined,
  here: { size: number; root?: string },
): Promise<never> {
  const seen = signed && { size: signed.size, root: signed.root.toString('hex') }
  const evidence = { kind: 'tree-contradicts-checkpoint', about: { signed: seen ?? null, here } }
  await keepEvidence(client, { ...evidence, notes: signed ? [signed.note] : [] })
  throw new Contradiction(`The ledger contradicts its own checkpoint: ${JSON.stringify(evidence.about)}.`)
}
