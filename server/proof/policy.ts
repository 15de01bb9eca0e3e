// Policies (C2SP tlog-policy): which logs are meant, and which witnesses must have cosigned before one is believed.

import { equal, fromUtf8 } from './bytes.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { type Cosignature, verifyCosignatures } from './cosignature.ts'
import { failUnless, ProofError } from './error.ts'
import { emptyRoot } from './hash.ts'
import { type KeyType, type Note, parseVerifierKey, type VerifierKey } from './note.ts'

export type Party = { key: VerifierKey; url?: string }

export type Group = { threshold: number; members: string[] }

/** Names are the policy's own, not those of keys. `groups` stand in the order of the file: members come before. */
export type Policy = {
  logs: Party[]
  witnesses: Map<string, Party>
  groups: Map<string, Group>
  /** A witness, a group, or `none`. */
  quorum: string
}

/** `cosignedBy` are names of the policy; `quorum` says whether they suffice. */
export type Judged = {
  checkpoint: Checkpoint
  note: Note
  cosignedBy: string[]
  cosignatures: Cosignature[]
  quorum: boolean
}

/** Reads a policy file. Throws `wrong-policy` with the number of the line. */
export function parsePolicy(bytes: Uint8Array): Policy {
  const lines = octets(bytes).split('\n')
  const reader = new PolicyReader(isUtf8(bytes))
  for (const [at, line] of lines.entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    if (words.length > 0 && !words[0]!.startsWith('#')) reader.read(words, at + 1)
  }
  return reader.policy()
}

/** Whether witnesses that cosigned, by their names in the policy, are as many as it asks for. */
export function meetsQuorum(policy: Policy, cosignedBy: Iterable<string>): boolean {
  const standing = new Set([...cosignedBy].filter((name) => policy.witnesses.has(name)))
  for (const [name, { threshold, members }] of policy.groups) {
    if (members.filter((member) => standing.has(member)).length >= threshold) standing.add(name)
  }
  return policy.quorum === 'none' || standing.has(policy.quorum)
}

/**
 * Reads a checkpoint that one of the policy's logs has signed, and tells who cosigned it. Throws what `openCheckpoint`
 * and `verifyCosignatures` throw, and `wrong-root` for an empty log with another root. Whether a missing quorum is a
 * failure is the caller's to say.
 */
export function openUnderPolicy(note: Uint8Array | string, policy: Policy): Judged {
  const opened = openCheckpoint(
    note,
    policy.logs.map(({ key }) => key),
  )
  const { size, root } = opened.checkpoint
  failUnless(size > 0n || equal(root, emptyRoot), 'wrong-root', 'A log without entries has another root.')
  const witnesses = [...policy.witnesses]
  const cosignatures = verifyCosignatures(
    opened.note,
    witnesses.map(([, { key }]) => key),
  )
  const signed = new Set(cosignatures.map(({ key }) => key))
  const cosignedBy = witnesses.filter(([, { key }]) => signed.has(key)).map(([name]) => name)
  return {
    checkpoint: opened.checkpoint,
    note: opened.note,
    cosignedBy,
    cosignatures,
    quorum: meetsQuorum(policy, cosignedBy),
  }
}

/** Takes one line after the other; what a line refers to stands above it. */
class PolicyReader {
  readonly #logs: Party[] = []
  readonly #witnesses = new Map<string, Party>()
  readonly #groups = new Map<string, Group>()
  readonly #members = new Set<string>()
  readonly #utf8: boolean
  #quorum: string | undefined
  #line = 0

  constructor(isUtf8: boolean) {
    this.#utf8 = isUtf8
  }

  read([keyword, ...rest]: string[], line: number): void {
    this.#line = line
    const words = rest.map((word) => (this.#utf8 ? fromUtf8(octetsOf(word)) : word))
    if (keyword === 'log') this.#log(words)
    else if (keyword === 'witness') this.#witness(words)
    else if (keyword === 'group') this.#group(words)
    else if (keyword === 'quorum') this.#setQuorum(words)
    else this.#fail('begins with a word that no policy knows')
  }

  policy(): Policy {
    failUnless(this.#quorum !== undefined, 'wrong-policy', 'The policy names no quorum.')
    return { logs: this.#logs, witnesses: this.#witnesses, groups: this.#groups, quorum: this.#quorum }
  }

  #log([vkey, url, ...more]: string[]): void {
    if (!vkey || more.length > 0) this.#fail('is not "log <key> [<url>]"')
    const log = this.#party(vkey, url, 1)
    if (this.#logs.some(({ key }) => equal(key.key, log.key.key))) this.#fail('names a log a second time')
    this.#logs.push(log)
  }

  #witness([name, vkey, url, ...more]: string[]): void {
    if (!name || !vkey || more.length > 0) this.#fail('is not "witness <name> <key> [<url>]"')
    this.#requireNew(name)
    const witness = this.#party(vkey, url, 4)
    const known = [...this.#witnesses.values()].some(({ key }) => equal(key.key, witness.key.key))
    if (known) this.#fail('names a witness a second time')
    this.#witnesses.set(name, witness)
  }

  #group([name, least, ...members]: string[]): void {
    if (!name || !least || members.length === 0) this.#fail('is not "group <name> <number>|all|any <member> …"')
    this.#requireNew(name)
    for (const member of members) {
      if (!this.#isDefined(member)) this.#fail('takes a member that no line above defines')
      if (this.#members.has(member)) this.#fail('takes a member that belongs to a group already')
      this.#members.add(member)
    }
    const threshold = least === 'all' ? members.length : least === 'any' ? 1 : this.#number(least)
    if (threshold < 1 || threshold > members.length) this.#fail('asks for none of its members, or for more than it has')
    this.#groups.set(name, { threshold, members })
  }

  #setQuorum([name, ...more]: string[]): void {
    if (!name || more.length > 0) this.#fail('is not "quorum <name>"')
    if (this.#quorum !== undefined) this.#fail('names a second quorum')
    if (name !== 'none' && !this.#isDefined(name)) this.#fail('names a quorum that no line above defines')
    this.#quorum = name
  }

  #party(vkey: string, url: string | undefined, type: KeyType): Party {
    const key = this.#key(vkey)
    if (key.type !== type)
      this.#fail(type === 1 ? 'has a key that no log signs with' : 'has a key that no witness signs with')
    return url === undefined ? { key } : { key, url }
  }

  #key(vkey: string): VerifierKey {
    try {
      return parseVerifierKey(this.#utf8 ? vkey : fromUtf8(octetsOf(vkey)))
    } catch (error) {
      return this.#fail(`has no key: ${error instanceof ProofError ? error.message : error}`)
    }
  }

  #number(text: string): number {
    return /^\d{1,6}$/.test(text) ? Number(text) : this.#fail('has no number where it must say how many')
  }

  #requireNew(name: string): void {
    if (name === 'none' || this.#isDefined(name)) this.#fail('defines a name that is taken')
  }

  #isDefined(name: string): boolean {
    return this.#witnesses.has(name) || this.#groups.has(name)
  }

  #fail(how: string): never {
    throw new ProofError('wrong-policy', `Line ${this.#line} of the policy ${how}.`)
  }
}

/** A character for each octet: names are compared octet by octet, whatever they mean. Throws `wrong-policy`. */
function octets(bytes: Uint8Array): string {
  const allowed = bytes.every((octet) => octet === 0x09 || octet === 0x0a || (octet >= 0x20 && octet !== 0x7f))
  failUnless(allowed, 'wrong-policy', 'The policy holds a control character; lines end in a newline alone.')
  return Array.from(bytes, (octet) => String.fromCharCode(octet)).join('')
}

function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (octet) => octet.charCodeAt(0))
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    fromUtf8(bytes)
    return true
  } catch {
    return false
  }
}
