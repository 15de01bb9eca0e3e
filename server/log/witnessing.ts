// What this installation does to be watched: its policy, its witnesses, and in the demonstration the witnesses themselves.

import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { startDemoWitnesses } from '../demo/witnesses.ts'
import { followWitnesses, type WitnessFollower } from '../followers/witnesses.ts'
import type { Reader } from '../ledger/read.ts'
import { meetsQuorum, toHex } from '../proof/index.ts'
import { type LogPolicy, readLogPolicy, witnessesIn } from './policy.ts'

export type Witnessing = LogPolicy & {
  /** The witnesses run in this very process, which proves nothing and shows how it looks. */
  isDemonstration: boolean
  /** In the order of the policy; `keyId` in hex. */
  witnesses: { name: string; keyName: string; keyId: string }[]
  /** Whether witnesses of these names are as many as the policy asks for. */
  meetsQuorum: (names: readonly string[]) => boolean
  /** For the leader of the tree. */
  onCheckpoint: WitnessFollower['onCheckpoint'] | undefined
  close(): Promise<void>
}

type Parts = {
  reader: Reader
  /** Address of the signer's role; none when this server never leads. */
  writerUrl: string | undefined
  vkey: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** Throws a ConfigError for a policy that the operator has to put right. `vkey` is the key of the log. */
export async function openWitnessing(
  config: Pick<Config, 'dataDir' | 'demo' | 'logOrigin' | 'logPolicyFile'>,
  { reader, writerUrl, vkey, log }: Parts,
): Promise<Witnessing> {
  const isDemonstration = config.demo === true && config.logPolicyFile === undefined
  const demo = isDemonstration
    ? await startDemoWitnesses({ dataDir: config.dataDir, vkey }, (sentence) => log.warn(sentence))
    : undefined
  try {
    const policy = await readLogPolicy({ ...config, logPolicyFile: demo?.policyFile ?? config.logPolicyFile }, vkey)
    const witnesses = witnessesIn(policy)
    const follower =
      writerUrl === undefined
        ? undefined
        : followWitnesses({ origin: config.logOrigin, witnesses, reader, writerUrl, log })
    return {
      ...policy,
      isDemonstration,
      witnesses: [...policy.policy.witnesses].map(([name, { key }]) => ({
        name,
        keyName: key.name,
        keyId: toHex(key.id),
      })),
      meetsQuorum: (names) => meetsQuorum(policy.policy, names),
      onCheckpoint: follower?.onCheckpoint,
      close: async () => {
        await follower?.close()
        await demo?.close()
      },
    }
  } catch (error) {
    await demo?.close()
    throw error
  }
}
