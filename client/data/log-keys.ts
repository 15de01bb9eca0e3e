// Which keys this browser trusts: those of the log and its witnesses, from the first time that it saw them.

import type { LogState } from '../../server/contract/log.ts'
import {
  formatVerifierKey,
  type Policy,
  ProofError,
  parsePolicy,
  parseVerifierKey,
  utf8,
} from '../../server/proof/index.ts'

/** Keys that this browser trusts. `logKey` is a verifier key, `policy` what they amount to, without comments. */
export type Keys = { logKey: string; policy: string }

/** What this browser has seen of the log: `size` in decimal, `root` in hex; trusted `since`, seen last `at`. */
export type Known = Keys & { origin: string; size: string; root: string; since: string; at: string }

export type Change = { what: 'log' | 'witness' | 'quorum'; name?: string; was?: string; is?: string }

/** Keys as the server names them, reduced to what matters: addresses of witnesses may change. Throws ProofError. */
export function keysOf({ vkey, policy }: Pick<LogState, 'vkey' | 'policy'>): Keys {
  if (vkey === undefined) throw new ProofError('unsigned-log', 'Nothing of this log has been signed yet.')
  const { witnesses, groups, quorum } = parsePolicy(utf8(policy))
  const lines = [
    ...[...witnesses].map(([name, { key }]) => `witness ${name} ${formatVerifierKey(key)}`),
    ...[...groups].map(([name, { threshold, members }]) => `group ${name} ${threshold} ${members.join(' ')}`),
    `quorum ${quorum}`,
  ]
  return { logKey: formatVerifierKey(parseVerifierKey(vkey)), policy: `${lines.join('\n')}\n` }
}

/** What differs between the keys that are trusted and those that are offered. */
export function changesBetween(trusted: Keys, offered: Keys): Change[] {
  const [was, is] = [policyOf(trusted), policyOf(offered)]
  const keyIn = ({ witnesses }: Policy, name: string) => {
    const witness = witnesses.get(name)
    return witness && formatVerifierKey(witness.key)
  }
  const changed = (change: Change) => (change.was === change.is ? [] : [change])
  const ruleOf = ({ policy }: Keys) => policy.replace(/^witness .*\n/gm, '').trim()
  return [
    ...changed({ what: 'log', was: trusted.logKey, is: offered.logKey }),
    ...[...new Set([...was.witnesses.keys(), ...is.witnesses.keys()])].flatMap((name) =>
      changed({ what: 'witness', name, was: keyIn(was, name), is: keyIn(is, name) }),
    ),
    ...changed({ what: 'quorum', was: ruleOf(trusted), is: ruleOf(offered) }),
  ]
}

/** What to open checkpoints under. */
export const policyOf = ({ logKey, policy }: Keys): Policy => ({
  ...parsePolicy(utf8(policy)),
  logs: [{ key: parseVerifierKey(logKey) }],
})

/** The same log under other keys goes on where it was; another log begins anew. */
export function trusting(offered: Keys, known: Known | undefined, at: string): Known {
  const origin = parseVerifierKey(offered.logKey).name
  const { size, root } = known?.origin === origin ? known : { size: '0', root: '' }
  return { ...offered, origin, size, root, since: at, at }
}
