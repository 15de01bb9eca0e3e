// Brings each new checkpoint to the witnesses that the policy names, keeps what they cosign, and sounds the alarm when
// one of them has seen another history. Run by the leader that makes the checkpoints; never waits for anybody there.

import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Logger } from 'pino'
import {
  type Checkpoint,
  checkpointAt,
  keepCosignature,
  keepEvidence,
  latestCosignatures,
  logKeys,
  newestCheckpoint,
  type Writer,
} from '../ledger/checkpoints.ts'
import { consistencyProof, rootOf } from '../ledger/proofs.ts'
import type { Reader } from '../ledger/read.ts'
import {
  concat,
  equal,
  openCheckpoint,
  ProofError,
  parseNote,
  parseVerifierKey,
  toBase64,
  toHex,
  type VerifierKey,
  verifyCosignatures,
} from '../proof/index.ts'
import type { Leading } from './tree.ts'

/** A witness as the policy names it; `url` is its submission and monitoring prefix. */
export type Named = { name: string; key: VerifierKey; url: string }

export type WitnessFollower = {
  /** For the leader: there is a newer checkpoint, and when the lead ends. Returns at once. */
  onCheckpoint: (checkpoint: unknown, leading: Pick<Leading, 'lost'>) => void
  /** Breaks off what is under way; what was not kept is asked for again later. */
  close: () => Promise<void>
}

type Following = {
  origin: string
  witnesses: readonly Named[]
  reader: Reader
  /** Address of the signer's role; not the leader's connection, since a cosignature proves itself whoever keeps it. */
  writerUrl: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** How long a witness may take to answer. */
  withinMs?: number
  /** The first pause after a failure; each further one is twice as long, up to `longestPauseMs`. */
  firstPauseMs?: number
  longestPauseMs?: number
  /** Looks for a newer checkpoint although none was offered. */
  everyMs?: number
}

/** What a witness said to a checkpoint. */
type Said = { status: number; body: string }

/** The witness and this log do not agree; asking again will not help soon. */
class Contradiction extends Error {
  override name = 'Contradiction'
}

const largestAnswer = 16 * 1024
const dayMs = 86_400_000

/** Idle until this server leads. Each witness has a pace of its own: one that is down keeps no other waiting. */
export function followWitnesses(following: Following): WitnessFollower {
  let lead: AbortSignal | undefined
  let loops: Loop[] = []
  const closing = new AbortController()
  const writer = new pg.Pool({
    connectionString: following.writerUrl,
    application_name: 'stillpoint witnesses',
    max: 2,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
    statement_timeout: 50_000,
    keepAlive: true,
  })
  // An idle connection that is lost is replaced when it is needed.
  writer.on('error', () => {})
  return {
    onCheckpoint: (_checkpoint, { lost }) => {
      if (closing.signal.aborted) return
      if (lead !== lost) {
        lead = lost
        const until = AbortSignal.any([lost, closing.signal])
        loops = following.witnesses.map((witness) => loopFor(witness, following, writer, until))
      } else for (const { wake } of loops) wake()
    },
    close: async () => {
      closing.abort()
      await Promise.all(loops.map(({ ended }) => ended))
      await writer.end()
    },
  }
}

type Loop = { wake: () => void; ended: Promise<void> }

function loopFor(witness: Named, following: Following, writer: Writer, closing: AbortSignal): Loop {
  const { log, firstPauseMs = 500, longestPauseMs = 60_000, everyMs = 30_000 } = following
  const visits = visitsTo(witness, following, writer, closing)
  let woken = false
  let goOn = () => {}

  /** Until the time is over, or the follower is closed, or, where that is allowed, something new has come. */
  const pause = (ms: number, mayBeWoken: boolean) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        closing.removeEventListener('abort', end)
        goOn = () => {}
        resolve()
      }
      const timer = setTimeout(end, ms)
      closing.addEventListener('abort', end)
      if (mayBeWoken) goOn = end
      if (closing.aborted || (mayBeWoken && woken)) end()
    })

  const run = async () => {
    let failures = 0
    while (!closing.aborted) {
      woken = false
      try {
        await visits.bringNewest()
        if (failures > 0) log.info({ witness: witness.name }, 'the witness answers again')
        failures = 0
      } catch (error) {
        if (closing.aborted) return
        // One line when it begins, not one for each attempt.
        if (failures === 0 && !(error instanceof Contradiction))
          log.warn({ err: error, witness: witness.name }, 'a witness does not cosign; it is asked again')
        failures = error instanceof Contradiction ? Number.POSITIVE_INFINITY : failures + 1
      }
      const backoffMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1))
      await pause(failures > 0 ? backoffMs * (0.75 + Math.random() / 2) : everyMs, failures === 0)
    }
  }

  return {
    wake: () => {
      woken = true
      goOn()
    },
    ended: run(),
  }
}

/** One witness: what it has cosigned, and how to bring it the next. */
function visitsTo(witness: Named, following: Following, writer: Writer, closing: AbortSignal) {
  const { origin, reader, log, withinMs = 5_000 } = following
  /** The size this witness last cosigned; undefined until the database was asked. */
  let cosigned: number | undefined
  let alarmed = ''

  async function bringNewest(): Promise<void> {
    cosigned ??= await cosignedBefore()
    let newest = await newestCheckpoint(reader, origin)
    if (!newest || newest.size <= cosigned) return
    let said = await add(cosigned, newest)
    if (said.status === 409) {
      // A reply was lost, another server was the leader meanwhile, or one of the two forgot something.
      const size = sizeIn(said.body)
      if (size > newest.size) newest = (await newestCheckpoint(reader, origin))!
      if (size > newest.size) return contradicted(said, size)
      said = await add(size, newest)
    }
    if (said.status === 422) return contradicted(said)
    if (said.status !== 200) throw new Error(`It answered ${said.status}: ${said.body.slice(0, 200)}`)
    await keepCosignature(writer, cosignatureIn(said.body, newest))
    cosigned = newest.size
  }

  async function cosignedBefore(): Promise<number> {
    const { name, id } = witness.key
    const all = await latestCosignatures(reader, origin)
    return all.find(({ keyName, keyId }) => keyName === name && equal(keyId, id))?.size ?? 0
  }

  /** add-checkpoint of tlog-witness. */
  async function add(old: number, { size, note }: Checkpoint): Promise<Said> {
    const proof = old === 0 ? [] : await consistencyProof(reader, old, size)
    const body = `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
    return ask('add-checkpoint', { method: 'POST', body })
  }

  async function ask(path: string, init: RequestInit = {}): Promise<Said> {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(withinMs)])
    const response = await fetch(`${witness.url.replace(/\/$/, '')}/${path}`, { ...init, signal, redirect: 'error' })
    return { status: response.status, body: await textOf(response) }
  }

  /** The line of this witness in its answer, verified; lines of keys that the policy does not name are passed over. */
  function cosignatureIn(lines: string, { size, note }: Checkpoint) {
    const signed = parseNote(note + lines)
    // An empty line among its lines would make what stands before it part of the text that is signed.
    if (signed.text !== parseNote(note).text) throw new Error('It answered something else than signature lines.')
    const [cosignature] = verifyCosignatures(signed, [witness.key])
    const { name, id } = witness.key
    const found = signed.signatures.find((line) => line.name === name && equal(line.id, id))
    if (!cosignature || !found) throw new Error('It answered without a cosignature of the key that the policy names.')
    const atMs = Number(cosignature.timestamp) * 1000
    if (atMs === 0 || atMs > Date.now() + dayMs)
      throw new Error('It cosigned with a time that is not now; see its clock.')
    const line = `— ${name} ${toBase64(concat(id, found.signature))}`
    return { origin, size, keyName: name, keyId: Buffer.from(id), line, at: new Date(atMs) }
  }

  /** Keeps as evidence what the witness holds against this log: a checkpoint that the log itself has signed. */
  async function contradicted({ status, body }: Said, beyond?: number): Promise<never> {
    const theirs = await theirCheckpoint()
    const newest = (await newestCheckpoint(reader, origin))!
    const by = witness.name
    const size = theirs?.size ?? beyond
    if (theirs && theirs.size > newest.size) {
      const { root, note } = theirs
      const about = { seen: { by, size, root: toHex(root) }, here: { size: newest.size } }
      await alarm('log-shorter', about, [newest.note, note], 'a witness has cosigned more of this log than there is')
    } else if (theirs) {
      const here = await rootOf(reader, theirs.size)
      // They agree after all: it was another leader's visit that came in between.
      if (equal(here, theirs.root)) throw new Error(`It answered ${status}: ${body.slice(0, 200)}`)
      const ours = (await checkpointAt(reader, origin, theirs.size)) ?? newest
      const about = { seen: { by, size, root: toHex(theirs.root) }, here: { size, root: toHex(here) } }
      await alarm(
        'log-different',
        about,
        [ours.note, theirs.note],
        'a witness has cosigned another history of this log',
      )
    } else {
      const about = { seen: { by, size: size ?? null }, here: { size: newest.size }, status, said: keepable(body) }
      await alarm('witness-refused', about, [newest.note], 'a witness refuses this log and shows no checkpoint for it')
    }
    throw new Contradiction()
  }

  /** What the witness has cosigned, if this log has signed it. */
  async function theirCheckpoint(): Promise<{ size: number; root: Uint8Array; note: string } | undefined> {
    const { status, body: note } = await ask(`${createHash('sha256').update(origin).digest('hex')}/checkpoint`)
    if (status !== 200) return undefined
    const keys = (await logKeys(reader, origin)).map(({ vkey }) => parseVerifierKey(vkey))
    try {
      const { size, root } = openCheckpoint(note, keys).checkpoint
      return { size: Number(size), root, note }
    } catch (error) {
      if (error instanceof ProofError) return undefined
      throw error
    }
  }

  /** Written down once, and said once by each process. */
  async function alarm(kind: string, about: { seen: object }, notes: string[], sentence: string): Promise<void> {
    const seen = JSON.stringify({ seen: about.seen })
    if (alarmed !== kind + seen) log.error({ witness: witness.name, ...about }, sentence)
    alarmed = kind + seen
    const { rows } = await reader.query('SELECT 1 FROM log_evidence WHERE kind = $1 AND about @> $2 LIMIT 1', [
      kind,
      seen,
    ])
    if (rows.length === 0) await keepEvidence(writer, { kind, about, notes })
  }

  return { bringNewest }
}

/** The beginning of what somebody said, without what the database cannot hold: NUL and half a character. */
const keepable = (said: string) => said.slice(0, 500).replaceAll('\0', '\ufffd').toWellFormed()

/** The body of a 409: a size, and a line feed. */
function sizeIn(body: string): number {
  const [, size] = /^(0|[1-9]\d{0,15})\n$/.exec(body) ?? []
  if (size === undefined || !Number.isSafeInteger(Number(size))) throw new Error('It answered 409 without a size.')
  return Number(size)
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of response.body ?? []) {
    length += piece.length
    if (length > largestAnswer) throw new Error('It answered more than any checkpoint needs.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}
