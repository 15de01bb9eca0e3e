// Signed notes (C2SP signed-note): a text, signatures under it, and the keys that are trusted to sign.

import { ed25519 } from '@noble/curves/ed25519.js'
import { concat, equal, fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from './bytes.ts'
import { failUnless, ProofError } from './error.ts'
import { sha256 } from './hash.ts'

/** `text` ends in a newline and is what was signed. */
export type Note = { text: string; signatures: NoteSignature[] }

/** `id` has 4 bytes; `signature` is what follows it on the line. */
export type NoteSignature = { name: string; id: Uint8Array; signature: Uint8Array }

/** 1 signs texts (signed-note), 4 cosigns checkpoints with a time (tlog-cosignature). */
export type KeyType = 1 | 4

/** `key` is an Ed25519 public key of 32 bytes. */
export type VerifierKey = { name: string; id: Uint8Array; type: KeyType; key: Uint8Array }

const mostSignatures = 64

/** Takes a note apart without trusting any of it. Throws `wrong-note`, `wrong-base64` or `wrong-utf8`. */
export function parseNote(note: Uint8Array | string): Note {
  const whole = textOf(note)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a note must not hold.
  failUnless(!/[\x00-\x09\x0b-\x1f]/.test(whole), 'wrong-note', 'The note holds a control character.')
  const end = whole.lastIndexOf('\n\n')
  failUnless(end >= 0, 'wrong-note', 'No empty line divides the note from its signatures.')
  const lines = whole.slice(end + 2)
  failUnless(lines.endsWith('\n'), 'wrong-note', 'The note has no signature, or its last line has no end.')
  const signatures = lines.slice(0, -1).split('\n')
  failUnless(signatures.length <= mostSignatures, 'wrong-note', `The note has more than ${mostSignatures} signatures.`)
  return { text: whole.slice(0, end + 1), signatures: signatures.map(signatureOn) }
}

/** A key as `name+id+base64`. Throws `wrong-key`, and `unsupported-key` for other kinds of signature than Ed25519. */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(vkey) ?? []
  failUnless(!!name && !!id && !!material, 'wrong-key', 'A key is written as name+id+key.')
  failUnless(isKeyName(name), 'wrong-key', 'A key has a name without spaces.')
  const [type, ...key] = inKey(() => fromBase64(material))
  if (type !== 1 && type !== 4) throw new ProofError('unsupported-key', `The key ${name} is not an Ed25519 key.`)
  const parsed = { name, id: fromHex(id), type, key: Uint8Array.from(key) } as const
  failUnless(
    parsed.key.length === 32 && ed25519.utils.isValidPublicKey(parsed.key, false),
    'wrong-key',
    `The key ${name} is no point of the curve.`,
  )
  failUnless(equal(parsed.id, keyId(name, type, parsed.key)), 'wrong-key', `The key ${name} does not match its id.`)
  return parsed
}

export function formatVerifierKey({ name, id, type, key }: VerifierKey): string {
  return `${name}+${toHex(id)}+${toBase64(concat(Uint8Array.of(type), key))}`
}

/** The first four bytes of `SHA-256(name ‖ 0x0A ‖ type ‖ key)`. */
export function keyId(name: string, type: KeyType, key: Uint8Array): Uint8Array {
  return sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), key)).slice(0, 4)
}

/**
 * The signatures by `keys` (of type 1), all of them valid; unknown ones are ignored. Throws `wrong-signature` when a
 * known key's does not verify, `unsigned` when there is none, `wrong-key-type` for keys that sign otherwise.
 */
export function verifyNote(note: Note, keys: readonly VerifierKey[]): { key: VerifierKey }[] {
  const message = utf8(note.text)
  const verified = knownSignatures(note, keys, 1).map(({ key, signature }) => {
    const holds = isSignature(signature, message, key.key)
    failUnless(holds, 'wrong-signature', `The signature of ${key.name} does not belong to this text.`)
    return { key }
  })
  failUnless(verified.length > 0, 'unsigned', 'No key that is trusted has signed this.')
  return verified
}

/** Signatures whose name and id are those of one of `keys`, not yet verified. Throws `wrong-key-type`. */
export function knownSignatures(
  note: Note,
  keys: readonly VerifierKey[],
  type: KeyType,
): { key: VerifierKey; signature: Uint8Array }[] {
  const other = keys.find((key) => key.type !== type)
  if (other) throw new ProofError('wrong-key-type', `The key ${other.name} is for another kind of signature.`)
  return note.signatures.flatMap(({ name, id, signature }) =>
    keys.filter((key) => key.name === name && equal(key.id, id)).map((key) => ({ key, signature })),
  )
}

/** RFC 8032, without the laxer encodings that ZIP 215 allows: each signature has one form. Never throws. */
export function isSignature(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  return signature.length === 64 && ed25519.verify(signature, message, key, { zip215: false })
}

function textOf(note: Uint8Array | string): string {
  return typeof note === 'string' ? fromUtf8(utf8(note)) : fromUtf8(note)
}

function signatureOn(line: string): NoteSignature {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  failUnless(!!name && !!encoded && isKeyName(name), 'wrong-note', 'A line below the note is not a signature.')
  const bytes = fromBase64(encoded)
  failUnless(bytes.length > 4, 'wrong-note', `The signature of ${name} is empty.`)
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) }
}

function isKeyName(name: string): boolean {
  return !/[\p{White_Space}+]/u.test(name)
}

function inKey<T>(read: () => T): T {
  try {
    return read()
  } catch {
    throw new ProofError('wrong-key', 'The key is not base64.')
  }
}
