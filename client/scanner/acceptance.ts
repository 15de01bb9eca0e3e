/** The acceptance rule: which readings become scans, and why the others do not. Pure: time and keys come from outside. */
import { looksLikeCode, parseCode } from '../../server/custody/codes.ts'
import type { Reading, Refusal, RefusalReason, Scan } from './scan.ts'

export type Verdict =
  | { kind: 'scan'; scan: Scan }
  /** The same value again within two seconds, shown anew. */
  | { kind: 'repeat'; text: string; by: Reading['by']; at: number }
  /** The label has simply not left the camera's picture since the last verdict on it: nothing new to tell. */
  | { kind: 'held' }
  /** A text without a check character of ours; `reads` of `needed` equal reads are there. */
  | { kind: 'waiting'; text: string; by: Reading['by']; at: number; reads: number; needed: number }
  | { kind: 'refused'; refusal: Refusal }

/** What was seen lately, by value. */
export type Memory = {
  accepted: ReadonlyMap<string, number>
  refused: ReadonlyMap<string, number>
  foreign: ReadonlyMap<string, { reads: number; at: number }>
}

export const EMPTY_MEMORY: Memory = { accepted: new Map(), refused: new Map(), foreign: new Map() }

export const REPEAT_MS = 2000
/** quagga2 sees every third frame at most, and on a slow machine a frame takes a quarter of a second. */
export const HELD_MS = 1000
export const FOREIGN_READS = 3
export const FOREIGN_WINDOW_MS = 3000
/** quagga2's own limit of 0.25 filters nothing; wrong readings were measured above this. */
export const MAX_QUAGGA_ERROR = 0.12

const SYMBOLOGIES = ['code128', 'qrcode', 'datamatrix']

/**
 * Judges one reading. `key` becomes the scan's idempotency key if there is a scan.
 *
 * Repeats are counted from the last time a value was seen, so a label lying in front of the camera is scanned once.
 * A camera must read a foreign text three times; a hand scanner compares its own reads before it sends any.
 */
export function accept(memory: Memory, reading: Reading, key: string): { memory: Memory; verdict: Verdict } {
  const kept = forget(memory, reading.at)
  const text = cleanText(reading.text)
  const { by, at } = reading
  const reason = refusalReason(text, reading)
  if (reason) return refuse(kept, { reason, text, by, at })

  const code = parseCode(text)
  const value = code?.code ?? text
  const seenAt = kept.accepted.get(value)
  if (seenAt !== undefined) {
    const verdict: Verdict = isHeld(reading, seenAt) ? { kind: 'held' } : { kind: 'repeat', text: value, by, at }
    return { memory: { ...kept, accepted: new Map(kept.accepted).set(value, at) }, verdict }
  }

  const reads = (kept.foreign.get(value)?.reads ?? 0) + 1
  if (!code && by !== 'hand' && reads < FOREIGN_READS) {
    return {
      memory: { ...kept, foreign: new Map(kept.foreign).set(value, { reads, at }) },
      verdict: { kind: 'waiting', text: value, by, at, reads, needed: FOREIGN_READS },
    }
  }
  const foreign = new Map(kept.foreign)
  foreign.delete(value)
  return {
    memory: { ...kept, foreign, accepted: new Map(kept.accepted).set(value, at) },
    verdict: { kind: 'scan', scan: { text: value, ...(code && { code }), by, at, key } },
  }
}

/** The text without control characters: quagga2 ends a text with a group separator when its check value is 102. */
export function cleanText(text: string): string {
  return text.replace(/\p{Cc}/gu, '').trim()
}

function refusalReason(text: string, reading: Reading): RefusalReason | undefined {
  if (text === '') return 'empty'
  if (reading.symbology !== undefined && !SYMBOLOGIES.includes(reading.symbology)) return 'symbology'
  // Written so that a missing error counts as too large.
  if (reading.by === 'quagga' && !(reading.error! < MAX_QUAGGA_ERROR)) return 'unsteady'
  if (looksLikeCode(text) && !parseCode(text)) return 'check-character'
  return undefined
}

function refuse(memory: Memory, refusal: Refusal): { memory: Memory; verdict: Verdict } {
  const value = `${refusal.reason} ${refusal.text}`
  const toldAt = memory.refused.get(value)
  const told = toldAt !== undefined && isHeld(refusal, toldAt)
  return {
    memory: { ...memory, refused: new Map(memory.refused).set(value, refusal.at) },
    verdict: told ? { kind: 'held' } : { kind: 'refused', refusal },
  }
}

function isHeld(seen: { by: Reading['by']; at: number }, lastAt: number): boolean {
  return seen.by !== 'hand' && seen.at - lastAt < HELD_MS
}

function forget(memory: Memory, now: number): Memory {
  const within = (ms: number) => (at: number) => now - at < ms
  return {
    accepted: keep(memory.accepted, within(REPEAT_MS)),
    refused: keep(memory.refused, within(REPEAT_MS)),
    foreign: keep(memory.foreign, ({ at }) => within(FOREIGN_WINDOW_MS)(at)),
  }
}

function keep<Value>(map: ReadonlyMap<string, Value>, test: (value: Value) => boolean): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([, value]) => test(value)))
}
