// One entry: what it says, the exact bytes that say it, and the hash of those bytes.

import { createHash, timingSafeEqual } from 'node:crypto'
import { canonicalBytes, canonicalText } from './canonical.ts'

/** A command with an entry longer than this is refused whole; tlog-tiles keeps a body's length in 16 bits. */
export const longestBody = 65_535

export class EntryTooLong extends Error {
  override name = 'EntryTooLong'
  constructor(
    readonly bytes: number,
    readonly subject: Subject,
  ) {
    super(`An entry about ${subjectKey(subject)} would have ${bytes} bytes; ${longestBody} are allowed.`)
  }
}

export type Subject = { kind: 'item' | 'case' | 'place' | 'person' | 'agency' | 'unit'; id: string }

/**
 * The command an entry came from. `digest` covers the input and is keyed, `ordinal` counts its `of` entries from 0.
 * `asked` is this entry's piece of what the command asked for, see `piecesOf`.
 */
export type CommandMark = { id: string; digest: string; ordinal: number; of: number; asked: string }

/** What the caller says about one fact. Times are `YYYY-MM-DDTHH:mm:ss.sssZ`, files SHA-256 in hex. */
export type NewEntry = {
  subject: Subject
  /** Counts the subject's entries from 1. */
  version: number
  step: string
  fact: string
  data: object
  docket?: string | undefined
  /** A snapshot: id, name, number, unit, agency and role at the time. */
  actor: { id: string } & Record<string, unknown>
  /** How the actor was authenticated. */
  authenticated: object
  countersigners: object[]
  device?: string | undefined
  /** As people say it, for instance when a thing was extracted. */
  occurredAt: string
  command: CommandMark
  files: string[]
  /** Who may read it. Kept beside the body, because rights change and the body does not. */
  audience: string[]
}

/** The body of an entry as it is read back. `previous` is the hex hash of the subject's previous entry. */
export type EntryBody = Omit<NewEntry, 'audience'> & {
  format: 1
  origin: string
  previous: string | null
  /** The database's clock; never earlier than that of the entry before. */
  recordedAt: string
}

/** `SHA-256(0x00 ‖ body)`, the leaf hash of RFC 6962. */
export function hashOfEntry(body: Uint8Array): Buffer {
  return createHash('sha256')
    .update(new Uint8Array([0x00]))
    .update(body)
    .digest()
}

/** `SHA-256(0x02 ‖ salt ‖ JCS(data))`: stands in an entry for particulars that can be erased. The salt has 32 bytes. */
export function commitmentOf(salt: Uint8Array, data: object): Buffer {
  if (salt.length !== 32) throw new RangeError(`A salt has 32 bytes, not ${salt.length}.`)
  return createHash('sha256')
    .update(new Uint8Array([0x02]))
    .update(salt)
    .update(canonicalBytes(data))
    .digest()
}

/** Whether `data` and `salt` are what was committed to; `commitment` in hex. */
export function isCommittedTo(commitment: string, salt: Uint8Array, data: object): boolean {
  const expected = Buffer.from(commitment, 'hex')
  return expected.length === 32 && timingSafeEqual(expected, commitmentOf(salt, data))
}

/** The exact bytes of an entry. Throws NotCanonical or EntryTooLong. */
export function bodyOf(entry: NewEntry, origin: string, previous: string | null, recordedAt: string): Buffer {
  const { audience: _, docket, device, ...said } = entry
  const optional = { ...(docket === undefined ? {} : { docket }), ...(device === undefined ? {} : { device }) }
  const body = canonicalBytes({ ...said, ...optional, format: 1, origin, previous, recordedAt })
  if (body.length > longestBody) throw new EntryTooLong(body.length, entry.subject)
  return body
}

/**
 * What a command asked for, as canonical JSON in as many pieces as it has entries: joined they are the text again. In
 * pieces, because a register of hundreds of things is longer than one entry may be.
 */
export function piecesOf(asked: object, entries: number): string[] {
  const text = canonicalText(asked)
  // A character of two code units stays whole; half of one has no canonical form.
  const cuts = Array.from({ length: entries + 1 }, (_, n) => {
    const at = Math.ceil((text.length * n) / entries)
    return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at
  })
  return Array.from({ length: entries }, (_, n) => text.slice(cuts[n], cuts[n + 1]))
}

/** One string for a subject, to key maps with. */
export function subjectKey(subject: Subject): string {
  return `${subject.kind}:${subject.id}`
}
