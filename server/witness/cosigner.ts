// A witness without its HTTP: cosigns a checkpoint that continues what it cosigned before, and refuses all others.

import { createHash } from 'node:crypto'
import {
  type Checkpoint,
  concat,
  emptyRoot,
  equal,
  type Note,
  openCheckpoint,
  ProofError,
  parseVerifierKey,
  toBase64,
  type VerifierKey,
  verifyConsistency,
} from '../proof/index.ts'
import { WitnessError } from './error.ts'
import { keepEvidence } from './evidence.ts'
import { makeKey, readKey } from './key.ts'
import { lockState } from './lock.ts'
import { type AddCheckpoint, parseAddCheckpoint } from './request.ts'
import { makeState, type Remembered, readState } from './state.ts'

export type WitnessSettings = {
  name: string
  keyFile: string
  stateFile: string
  /** Verifier keys of the logs it cosigns; several of one name while a log changes its key. */
  logs: string[]
  /** Begins anew although its key was used before. */
  newState?: boolean
  /** Milliseconds since 1970. */
  now?: () => number
  /** Hears a sentence about each refusal that somebody should look at. */
  say?: (sentence: string) => void
}

/** `status` as in tlog-witness; `body` are signature lines for 200, a size for 409, else a sentence. */
export type Answer = { status: 200 | 400 | 403 | 404 | 409 | 422; body: string }

export type Cosigner = {
  vkey: string
  /** Throws when the checkpoint cannot be written down: then nothing was cosigned. */
  addCheckpoint: (body: Uint8Array) => Promise<Answer>
  /** The latest checkpoint of a log, by the SHA-256 of its origin in hex; undefined before the first. */
  latest: (originHash: string) => string | undefined
  /** Lets what has begun end. */
  close: () => Promise<void>
}

/** Takes possession of the state file; makes key and state at the first start. Throws a WitnessError. */
export async function openCosigner(settings: WitnessSettings): Promise<Cosigner> {
  const { name, keyFile, stateFile, newState = false, now = Date.now, say = () => {} } = settings
  const logs = logKeys(settings.logs)
  const release = await lockState(stateFile).catch((error) => {
    if (error instanceof WitnessError) throw error
    throw new WitnessError(`The state file ${stateFile} cannot be locked (${error.code}).`)
  })
  const { key, state } = await prepare().catch(async (error) => {
    await release()
    throw error
  })

  async function prepare() {
    const key = await readKey(keyFile, name)
    if (key && !newState && !(await readState(stateFile)))
      throw new WitnessError(
        `The key ${keyFile} was used before, but the state file ${stateFile} is missing. A witness that forgot what it ` +
          'has seen could cosign a fork: restore the file, or begin anew with --new-state.',
      )
    if (!(await readState(stateFile))) await makeState(stateFile)
    // The key comes last: as long as it is not there, nothing can have been cosigned and forgotten.
    return { state: (await readState(stateFile))!, key: key ?? (await makeKey(keyFile, name)) }
  }

  // Looking at the latest checkpoint, judging the next and writing it down are one act: the next request waits for it.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <Value>(act: () => Promise<Value>): Promise<Value> => {
    const turn = queue.then(act)
    queue = turn.catch(() => {})
    return turn
  }

  async function addCheckpoint(body: Uint8Array): Promise<Answer> {
    let request: AddCheckpoint
    let opened: ReturnType<typeof openCheckpoint>
    try {
      request = parseAddCheckpoint(body)
      opened = openCheckpoint(request.note, logs)
    } catch (error) {
      if (error instanceof ProofError) return { status: statusOf(error), body: `${error.message}\n` }
      throw error
    }
    const { checkpoint, note, signedBy } = opened
    if (request.old > checkpoint.size)
      return { status: 400, body: 'The old size is greater than that of the checkpoint.\n' }
    return inTurn(async () => {
      const last = state.latest(checkpoint.origin)
      const wrong = wrongWith(request, checkpoint, last)
      if (!wrong) return cosign(checkpoint, note, signedBy)
      await suspect(request, checkpoint, last, wrong)
      return wrong
    })
  }

  async function cosign(checkpoint: Checkpoint, note: Note, signedBy: VerifierKey[]): Promise<Answer> {
    const line = key.cosign(note.text, BigInt(Math.floor(now() / 1000)))
    const own = `${note.text}\n${linesBy(signedBy, note)}${line}`
    await state.remember({ origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root, note: own })
    return { status: 200, body: line }
  }

  async function suspect(request: AddCheckpoint, checkpoint: Checkpoint, last: Remembered | undefined, wrong: Answer) {
    const fork = isFork(checkpoint, last)
    if (!fork && wrong.status !== 422) return
    const kind = fork ? 'fork' : 'unproven'
    const { origin, size } = checkpoint
    const file = await keepEvidence(stateFile, {
      kind,
      witness: name,
      origin,
      cosigned: last?.note,
      refused: request.note,
      old: request.old,
      proof: request.proof,
      foundAt: new Date(now()).toISOString(),
    })
    const where = file ? ` Evidence: ${file}` : ''
    if (fork) say(`FORK: the log ${origin} has signed two roots for ${size} entries.${where}`)
    else say(`The log ${origin} was not shown to continue as ${size} entries: ${wrong.body.trim()}${where}`)
  }

  return {
    vkey: key.vkey,
    addCheckpoint,
    latest: (originHash) => state.all().find(({ origin }) => hashOf(origin) === originHash)?.note,
    close: async () => {
      await queue
      await release()
    },
  }
}

/** The checks of tlog-witness that depend on what was seen before, in its order; nothing when all hold. */
function wrongWith({ old, proof }: AddCheckpoint, next: Checkpoint, last: Remembered | undefined): Answer | undefined {
  const lastSize = last?.size ?? 0n
  const unproven = (sentence: string): Answer => ({ status: 422, body: `${sentence}\n` })
  if (old !== lastSize) return { status: 409, body: `${lastSize}\n` }
  if (next.size === 0n && !equal(next.root, emptyRoot)) return unproven('A log without entries has another root.')
  if (old === 0n) {
    return proof.length > 0 ? unproven('From an empty log on there is nothing to prove.') : undefined
  }
  try {
    verifyConsistency(old, next.size, proof, last!.root, next.root)
  } catch (error) {
    if (error instanceof ProofError) return unproven(error.message)
    throw error
  }
}

/** Two roots for one size: no proof can mend that. */
function isFork(next: Checkpoint, last: Remembered | undefined): boolean {
  if (next.size === 0n) return !equal(next.root, emptyRoot)
  return last?.size === next.size && !equal(last.root, next.root)
}

function statusOf({ code }: ProofError): 400 | 403 | 404 {
  if (code === 'unknown-log') return 404
  return code === 'wrong-signature' || code === 'unsigned' ? 403 : 400
}

/** The signature lines of keys that were verified; unknown ones are not passed on. */
function linesBy(keys: VerifierKey[], { signatures }: Note): string {
  return signatures
    .filter(({ name, id }) => keys.some((key) => key.name === name && equal(key.id, id)))
    .map(({ name, id, signature }) => `— ${name} ${toBase64(concat(id, signature))}\n`)
    .join('')
}

function logKeys(vkeys: string[]): VerifierKey[] {
  if (vkeys.length === 0) throw new WitnessError('A witness needs the key of at least one log.')
  const keys = vkeys.map((vkey) => {
    try {
      const key = parseVerifierKey(vkey)
      if (key.type === 1) return key
    } catch (error) {
      throw new WitnessError(`"${vkey}" is not the key of a log. ${(error as Error).message}`)
    }
    throw new WitnessError(`"${vkey}" is the key of a witness, not of a log.`)
  })
  if (new Set(vkeys).size !== vkeys.length) throw new WitnessError('The key of a log is given twice.')
  return keys
}

const hashOf = (origin: string) => createHash('sha256').update(origin).digest('hex')
