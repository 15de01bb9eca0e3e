// Whom the reader trusts: a policy from a file, or one made of keys.

import { readFile } from 'node:fs/promises'
import { ProofError } from '../../server/proof/error.ts'
import { parseVerifierKey } from '../../server/proof/note.ts'
import { type Policy, parsePolicy } from '../../server/proof/policy.ts'
import { NotChecked } from './problem.ts'

/** Keys of witnesses among `keys` stand for cosignatures that must all be there. Throws NotChecked. */
export async function policyOf({ policy, keys }: { policy?: string; keys: string[] }): Promise<Policy | undefined> {
  if (policy && keys.length > 0) throw new NotChecked('Give either --policy or --key, not both.')
  if (policy) return inWords(await textIn(policy), parsePolicy)
  if (keys.length === 0) return undefined
  const parsed = keys.map((key) => inWords(key, parseVerifierKey))
  const witnesses = parsed.filter(({ type }) => type === 4)
  const members = witnesses.map((_, n) => `witness ${n + 1}`)
  return {
    logs: parsed.filter(({ type }) => type === 1).map((key) => ({ key })),
    witnesses: new Map(witnesses.map((key, n) => [members[n]!, { key }])),
    groups: new Map(members.length > 0 ? [['all', { threshold: members.length, members }]] : []),
    quorum: members.length > 0 ? 'all' : 'none',
  }
}

/** The bytes of a file that the reader names. Throws NotChecked. */
export async function textIn(file: string): Promise<Uint8Array> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new NotChecked(`${file} cannot be read (${error.code}).`)
  })
}

function inWords<Given, Read>(given: Given, read: (given: Given) => Read): Read {
  try {
    return read(given)
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    throw new NotChecked(error.message)
  }
}
