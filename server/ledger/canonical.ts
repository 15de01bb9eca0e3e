// The one way to write a value down as bytes: canonical JSON (RFC 8785), strictly.

/** A value that has no canonical form here; `path` is where it stands, such as `data.seals[1]`. */
export class NotCanonical extends Error {
  override name = 'NotCanonical'
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path || 'The value'} ${reason}.`)
  }
}

/**
 * The RFC 8785 text of `value`: strings, booleans, null, arrays, plain objects and safe integers, nothing else.
 * Throws NotCanonical for the rest, and for text with NUL or a lone surrogate or not in NFC: such text would be stored
 * or shown as other characters than those that were hashed.
 */
export function canonicalText(value: unknown, path = ''): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value, path)
  if (typeof value === 'number') {
    // Beyond 2^53 two different numbers are written alike; fractions are decimal strings by our own rule.
    if (!Number.isSafeInteger(value)) throw new NotCanonical(path, 'is not a safe integer')
    return String(value)
  }
  if (Array.isArray(value)) {
    // Array.from also visits holes, which map would skip.
    return `[${Array.from(value, (element, index) => canonicalText(element, `${path}[${index}]`)).join(',')}]`
  }
  if (!isPlainObject(value)) throw new NotCanonical(path, `is ${value === undefined ? 'undefined' : 'not plain data'}`)
  // The default order of sort is that of UTF-16 code units, as RFC 8785 demands.
  const members = Object.keys(value).sort()
  const above = path && `${path}.`
  return `{${members.map((name) => `${quoted(name, above + name)}:${canonicalText(value[name], above + name)}`).join(',')}}`
}

/** The bytes of `canonicalText` in UTF-8. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalText(value), 'utf8')
}

/** Characters that stand for themselves in JSON and in NFC, whatever stands beside them: most text is of these only. */
const plain = /^[ !#-[\]-~\u3001-\u3011\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*$/

function quoted(text: string, path: string): string {
  if (plain.test(text)) return `"${text}"`
  if (text.includes('\0')) throw new NotCanonical(path, 'contains NUL')
  if (!text.isWellFormed()) throw new NotCanonical(path, 'contains half a character (a lone surrogate)')
  if (text !== text.normalize('NFC')) throw new NotCanonical(path, 'is not in Unicode normal form C')
  // ECMAScript and RFC 8785 escape the same characters in the same way.
  return JSON.stringify(text)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
