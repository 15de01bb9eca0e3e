/**
 * Codes on labels: `E` item, `S` place, `C` container, `D` docket, `P` person's badge, then ten characters of
 * Crockford base 32 and a check character, twelve in all. They are opaque: they carry no data of a case or a person.
 *
 * Labels print them as Code 128 in code set B only, from the codewords of `code128Codewords`, handed to bwip-js with
 * `raw: true` (`^104^037…`; bwip-js adds the check value and the stop). Left to itself bwip-js changes to code set C
 * at four digits, so that neither the check value nor the width of a label could be told from here; in set B every
 * label is 167 modules wide.
 */

export type CodeKind = 'item' | 'place' | 'container' | 'docket' | 'person'
export type ParsedCode = { kind: CodeKind; code: string }

export const PREFIX: Record<CodeKind, string> = { item: 'E', place: 'S', container: 'C', docket: 'D', person: 'P' }
export const CODE_LENGTH = 12

const BODY_LENGTH = 10
const BODY_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHECK_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WRITTEN_LIKE_A_CODE = /^[ESCDP][0-9A-Z]{11}$/
const WELL_FORMED = /^[ESCDP][0-9A-HJKMNP-TV-Z]{10}[0-9A-Z]$/

const START_B = 104
const UNSAFE_CHECK_VALUE = 102

/**
 * A fresh code from at least ten random bytes, five bits of each. `undefined` when its Code 128 check value would be
 * 102, which one of the reading engines mistakes for a separator: take new bytes then.
 */
export function codeFrom(kind: CodeKind, bytes: Uint8Array): string | undefined {
  if (bytes.length < BODY_LENGTH) throw new RangeError(`A code needs ${BODY_LENGTH} random bytes`)
  const body = Array.from(bytes.subarray(0, BODY_LENGTH), (byte) => BODY_ALPHABET[byte % 32]).join('')
  const payload = PREFIX[kind] + body
  const code = payload + checkCharacter(payload)
  return code128CheckValue(code) === UNSAFE_CHECK_VALUE ? undefined : code
}

/** The code a text means, or `undefined` unless prefix, length, alphabet and check character are all right. */
export function parseCode(text: string): ParsedCode | undefined {
  const code = normalizeCode(text)
  if (!WELL_FORMED.test(code) || checkCharacter(code.slice(0, -1)) !== code.at(-1)) return undefined
  const kind = (Object.keys(PREFIX) as CodeKind[]).find((kind) => PREFIX[kind] === code[0])
  return kind && { kind, code }
}

/** True for a text with one of our prefixes and our length, even with a wrong check character: probably a misread. */
export function looksLikeCode(text: string): boolean {
  return WRITTEN_LIKE_A_CODE.test(normalizeCode(text))
}

/**
 * Drops control and format characters, white space and hyphens and raises a–z to A–Z. Nothing else is mapped: a code
 * with O for 0 or with full-width letters stays wrong, and the check character says so.
 */
export function normalizeCode(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s\p{Pd}]/gu, '').replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** The code as people read it: `E4F7Q2M8K3X7` becomes `E-4F7Q2-M8K3X-7`. */
export function printCode(code: string): string {
  return [code.slice(0, 1), code.slice(1, 6), code.slice(6, 11), code.slice(11)].join('-')
}

/** The check character of a payload of 0–9 and A–Z by ISO 7064, hybrid system MOD 37,36. */
export function checkCharacter(payload: string): string {
  if (!/^[0-9A-Z]+$/.test(payload)) throw new RangeError('A check character is made of digits and capital letters only')
  let product = 36
  for (const character of payload) {
    const sum = (product + CHECK_ALPHABET.indexOf(character)) % 36 || 36
    product = (sum * 2) % 37
  }
  return CHECK_ALPHABET[(37 - product) % 36] as string
}

/**
 * Start and data codewords of a text in code set B, without check value and stop (ISO/IEC 15417).
 * Throws RangeError outside the printable ASCII characters.
 */
export function code128Codewords(text: string): number[] {
  if (!/^[ -~]+$/.test(text)) throw new RangeError('Code set B holds printable ASCII characters only')
  return [START_B, ...Array.from(text, (character) => character.charCodeAt(0) - 32)]
}

/** The check value, 0 to 102, of the symbol `code128Codewords` describes: its weighted sum modulo 103. */
export function code128CheckValue(text: string): number {
  const codewords = code128Codewords(text)
  return codewords.reduce((sum, codeword, position) => sum + codeword * Math.max(position, 1), 0) % 103
}
