// Three witnesses for the demonstration, so that it shows cosignatures without other machines. In earnest each of them
// stands with another agency: three in one process prove nothing, because one administrator has all their keys.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from '../witness/durable.ts'
import { StateInUse } from '../witness/error.ts'
import { startWitness, type Witness } from '../witness/witness.ts'

const agencies = ['police', 'procuratorate', 'court']

export type DemoWitnesses = {
  /** Policy that asks for two of the three, with the addresses they have this time. */
  policyFile: string
  close(): Promise<void>
}

/** Starts them on free ports of this machine; keys and states lie under `demo-witnesses` and stay. */
export async function startDemoWitnesses(
  { dataDir, vkey }: { dataDir: string; vkey: string },
  say: (sentence: string) => void,
): Promise<DemoWitnesses> {
  const folder = join(dataDir, 'demo-witnesses')
  const policyFile = join(folder, 'policy')
  const running: Witness[] = []
  const close = async () => {
    await Promise.all(running.splice(0).map((witness) => witness.close()))
  }
  try {
    for (const agency of agencies)
      running.push(
        await startWitness({
          name: `${agency}.demo.example/witness`,
          keyFile: join(folder, agency, 'key'),
          stateFile: join(folder, agency, 'state.json'),
          logs: [vkey],
          host: '127.0.0.1',
          port: 0,
          say: (sentence) => say(`Witness ${agency}: ${sentence}`),
        }),
      )
    await replaceFile(policyFile, policyOf(vkey, running))
    return { policyFile, close }
  } catch (error) {
    await close()
    // Another server of this installation runs them, and has written where.
    if (error instanceof StateInUse && existsSync(policyFile)) return { policyFile, close }
    throw error
  }
}

const policyOf = (
  vkey: string,
  witnesses: Witness[],
): string => `# The demonstration's policy, written anew at each start.
log ${vkey}
${witnesses.map((witness, n) => `witness ${agencies[n]} ${witness.vkey} ${witness.url}\n`).join('')}group agencies 2 ${agencies.join(' ')}
quorum agencies
`
