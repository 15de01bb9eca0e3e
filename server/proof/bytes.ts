// Bytes and how they are written as text. Strict: whatever has two spellings is refused, so what was checked is what is shown.

import { failUnless, ProofError } from './error.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const bitsOf = new Map([...alphabet].map((letter, value) => [letter, value]))

/** RFC 4648 §4 with padding; refuses whitespace, a missing pad and trailing bits that are not zero. Throws `wrong-base64`. */
export function fromBase64(text: string): Uint8Array {
  failUnless(/^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0, 'wrong-base64', 'This is not base64.')
  const letters = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4))
  let held = 0
  let bits = 0
  let at = 0
  for (const letter of letters) {
    held = (held << 6) | bitsOf.get(letter)!
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = held >> bits
    held &= (1 << bits) - 1
  }
  failUnless(held === 0 && bits < 6, 'wrong-base64', 'This base64 ends in bits that belong to no byte.')
  return bytes
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(three >> shift) & 63]!)
    const given = Math.min(3, bytes.length - at)
    text += letters.slice(0, given + 1).join('') + '='.repeat(3 - given)
  }
  return text
}

/** Lower case only. Throws `wrong-hex`. */
export function fromHex(text: string): Uint8Array {
  failUnless(/^(?:[0-9a-f]{2})*$/.test(text), 'wrong-hex', 'This is not hexadecimal in small letters.')
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16))
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Throws `wrong-utf8` for bytes that are not UTF-8. A byte order mark is kept, because it was signed or hashed too. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new ProofError('wrong-utf8', 'This is not UTF-8.')
  }
}

/** Throws `wrong-utf8` for half a character, which would silently become another one. */
export function utf8(text: string): Uint8Array {
  failUnless(text.isWellFormed(), 'wrong-utf8', 'This text holds half a character (a lone surrogate).')
  return new TextEncoder().encode(text)
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
