// Goes once over the bytes of an entry: whether they are canonical JSON (RFC 8785), and where its members stand.
//
// It knows the plain case only, which is nearly every entry, and says no more than "not sure" of the rest.

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const backslash = 0x5c
/** After a backslash; characters that have no short escape are left to the strict check. */
const escapes = new Set([...'"\\bfnrt'].map((sign) => sign.charCodeAt(0)))
const isEscape = Uint8Array.from({ length: 256 }, (_, code) => (escapes.has(code) ? 1 : 0))
const literals = new Map(['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]))
/** Numbers with more digits may be no safe integers. */
const mostDigits = 15
const deepest = 32

/** Names that are looked for in an object, in ascending order, and for some of them what is looked for inside. */
export type Wanted = { names: Uint8Array[]; inside: (Wanted | undefined)[]; first: number; count: number }

/** Each name gets the next numbers of members: its own and, behind it, those of what is inside. */
export function wanted(names: Record<string, string[] | true>): { wanted: Wanted; slots: Record<string, number> } {
  const slots: Record<string, number> = {}
  let next = 0
  const list = (words: string[], prefix: string): Wanted => {
    const first = next
    next += words.length
    for (const [n, word] of words.entries()) slots[prefix + word] = first + n
    return {
      names: words.map((word) => Buffer.from(word)),
      inside: words.map(() => undefined),
      first,
      count: words.length,
    }
  }
  const words = Object.keys(names).sort()
  const top = list(words, '')
  top.inside = words.map((word) => {
    const inner = names[word]!
    return inner === true ? undefined : list([...inner].sort(), `${word}.`)
  })
  return { wanted: top, slots }
}

export class Scan {
  /** Of each member that is looked for, where its value begins and ends; 0 when it is not there. */
  readonly begins = new Int32Array(64)
  readonly ends = new Int32Array(64)
  #bytes: Uint8Array = new Uint8Array(0)

  /**
   * Whether `bytes` are, for sure, one canonical object of safe integers, strings and the like – given that they are
   * UTF-8, which is for the caller to ask.
   */
  isCanonical(bytes: Uint8Array, of: Wanted): boolean {
    this.#bytes = bytes
    this.begins.fill(0)
    return bytes[0] === 0x7b && this.#object(0, 0, of) === bytes.length
  }

  /** Gives where the value ends, or -1. */
  #value(at: number, depth: number): number {
    const code = this.#bytes[at]!
    if (code === quote) return this.#string(at)
    if (code === 0x7b) return depth < deepest ? this.#object(at, depth + 1, undefined) : -1
    if (code === 0x5b) return depth < deepest ? this.#array(at, depth + 1) : -1
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number(at)
    return this.#literal(at)
  }

  #string(at: number): number {
    const bytes = this.#bytes
    for (let n = at + 1; n < bytes.length; n++) {
      const code = bytes[n]!
      if (code === quote) return n + 1
      if (code < 0x20) return -1
      if (code === backslash && isEscape[bytes[++n]!] !== 1) return -1
    }
    return -1
  }

  #number(at: number): number {
    const bytes = this.#bytes
    const first = bytes[at] === 0x2d ? at + 1 : at
    let n = first
    while (bytes[n]! >= 0x30 && bytes[n]! <= 0x39) n++
    if (n === first || n - first > mostDigits) return -1
    // No zero in front, and no minus before a zero.
    if (bytes[first] === 0x30 && (n - first > 1 || first > at)) return -1
    return n
  }

  #literal(at: number): number {
    const word = literals.get(this.#bytes[at]!)
    if (!word) return -1
    for (let n = 0; n < word.length; n++) if (this.#bytes[at + n] !== word[n]) return -1
    return at + word.length
  }

  #array(at: number, depth: number): number {
    const bytes = this.#bytes
    if (bytes[at + 1] === 0x5d) return at + 2
    for (let n = at; ; ) {
      n = this.#value(n + 1, depth)
      if (n < 0) return -1
      if (bytes[n] === 0x5d) return n + 1
      if (bytes[n] !== comma) return -1
    }
  }

  #object(at: number, depth: number, of: Wanted | undefined): number {
    const bytes = this.#bytes
    if (bytes[at + 1] === 0x7d) return at + 2
    let [lastBegin, lastEnd, next] = [0, 0, 0]
    for (let n = at; ; ) {
      const begin = n + 2
      const end = this.#nameEnd(n + 1)
      if (end < 0 || bytes[end + 1] !== colon) return -1
      if (lastEnd > 0 && !this.#ascends(lastBegin, lastEnd, begin, end)) return -1
      lastBegin = begin
      lastEnd = end
      let slot = -1
      let inside: Wanted | undefined
      if (of) {
        while (next < of.count && this.#compare(begin, end, of.names[next]!) > 0) next++
        if (next < of.count && this.#compare(begin, end, of.names[next]!) === 0) {
          slot = of.first + next
          inside = of.inside[next]
        }
      }
      const value = end + 2
      n = inside && bytes[value] === 0x7b ? this.#object(value, depth + 1, inside) : this.#value(value, depth)
      if (n < 0) return -1
      if (slot >= 0) {
        this.begins[slot] = value
        this.ends[slot] = n
      }
      if (bytes[n] === 0x7d) return n + 1
      if (bytes[n] !== comma) return -1
    }
  }

  /** Where a name's closing quote stands; names of other than plain signs are sorted by other rules than their bytes. */
  #nameEnd(at: number): number {
    const bytes = this.#bytes
    if (bytes[at] !== quote) return -1
    for (let n = at + 1; n < bytes.length; n++) {
      const code = bytes[n]!
      if (code === quote) return n
      if (code < 0x20 || code > 0x7e || code === backslash) return -1
    }
    return -1
  }

  #ascends(begin: number, end: number, nextBegin: number, nextEnd: number): boolean {
    const bytes = this.#bytes
    const both = Math.min(end - begin, nextEnd - nextBegin)
    for (let n = 0; n < both; n++) {
      const difference = bytes[nextBegin + n]! - bytes[begin + n]!
      if (difference !== 0) return difference > 0
    }
    return nextEnd - nextBegin > end - begin
  }

  #compare(begin: number, end: number, name: Uint8Array): number {
    const length = end - begin
    const both = Math.min(length, name.length)
    for (let n = 0; n < both; n++) {
      const difference = this.#bytes[begin + n]! - name[n]!
      if (difference !== 0) return difference
    }
    return length - name.length
  }
}
