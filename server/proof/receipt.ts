// The code on a receipt: which entry it stands for, and the log as it was when the receipt was printed.

import { fromHex } from './bytes.ts'
import { failUnless, ProofError } from './error.ts'

/** `root` is that of the log's first `size` entries; `leafHash` that of the entry at `position`, which is one of them. */
export type Receipt = {
  /** Where the receipt can be looked up: the address before `#`. */
  address: string
  token: string
  origin: string
  size: bigint
  root: Uint8Array
  position: bigint
  leafHash: Uint8Array
}

/**
 * Reads `<address>/r/<token>#o=<origin>&s=<size>&r=<root>&p=<position>&h=<leaf hash>`, hashes in hex and the origin as
 * URLs write it. Nothing in it is signed: the log must show that it held this root and this entry. Throws `wrong-receipt`.
 */
export function parseReceipt(text: string): Receipt {
  const [, address, token, fragment] =
    /^(https?:\/\/[^\s#?]+\/r\/((?:0|[1-9]\d*)-[A-Za-z0-9_-]{22}))#(\S+)$/.exec(text) ?? []
  failUnless(!!address && !!token && !!fragment, 'wrong-receipt', 'This is not the code of a receipt.')
  const said = membersOf(fragment)
  const origin = decoded(said.get('o')!)
  failUnless(origin !== '', 'wrong-receipt', 'The receipt names no log.')
  const size = countIn(said.get('s')!)
  const position = countIn(said.get('p')!)
  failUnless(position < size, 'wrong-receipt', 'The receipt names an entry that its log did not hold.')
  failUnless(token.startsWith(`${position}-`), 'wrong-receipt', 'The receipt names two different entries.')
  const [root, leafHash] = [hashIn(said.get('r')!), hashIn(said.get('h')!)]
  return { address, token, origin, size, root, position, leafHash }
}

/** Exactly the five members, each of them once. */
function membersOf(fragment: string): Map<string, string> {
  const pairs = fragment.split('&').map((pair) => /^([osrph])=([^=]+)$/.exec(pair))
  const members = new Map(pairs.flatMap((pair) => (pair ? [[pair[1]!, pair[2]!] as const] : [])))
  failUnless(pairs.length === 5 && members.size === 5, 'wrong-receipt', 'The receipt does not say all that it must.')
  return members
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ProofError('wrong-receipt', 'The name of the log is cut off.')
  }
}

function countIn(text: string): bigint {
  failUnless(/^(0|[1-9]\d{0,18})$/.test(text), 'wrong-receipt', 'The receipt holds a number that is none.')
  return BigInt(text)
}

function hashIn(text: string): Uint8Array {
  failUnless(/^[0-9a-f]{64}$/.test(text), 'wrong-receipt', 'The receipt holds a hash that is none.')
  return fromHex(text)
}
