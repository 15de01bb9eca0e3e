// The policy of this log (C2SP tlog-policy): which witnesses it asks to cosign, and how many of them make it believed.

import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Config, ConfigError } from '../config.ts'
import type { Named } from '../followers/witnesses.ts'
import { type Policy, ProofError, parsePolicy } from '../proof/index.ts'

/** `text` is for those who check: in exports and for `stillpoint-verify`. */
export type LogPolicy = { file: string; text: string; policy: Policy }

/**
 * Reads the policy file; makes one that asks for nobody and explains itself when there is none. Throws a ConfigError
 * for a file that is no policy, or one that lists logs and not this one.
 */
export async function readLogPolicy(
  { logPolicyFile, dataDir }: Pick<Config, 'logPolicyFile' | 'dataDir'>,
  vkey: string,
): Promise<LogPolicy> {
  const file = logPolicyFile ?? join(dataDir, 'log-policy')
  const bytes = await readFile(file).catch((error) => {
    if (error.code === 'ENOENT') return writeTemplate(file, vkey)
    throw new ConfigError(`The policy file ${file} cannot be read (${error.code}).`)
  })
  const policy = policyIn(bytes, file)
  const wanted = vkey.split('+')[1]
  const isListed = policy.logs.some(({ key }) => Buffer.from(key.id).toString('hex') === wanted)
  if (policy.logs.length > 0 && !isListed)
    throw new ConfigError(`The policy file ${file} lists other logs than this one. Add the line: log ${vkey}`)
  return { file, text: bytes.toString(), policy }
}

/** The witnesses of a policy that can be asked, with where. Throws a ConfigError for an address that is none. */
export function witnessesIn({ policy, file }: LogPolicy): Named[] {
  return [...policy.witnesses].flatMap(([name, { key, url }]) => {
    if (url === undefined) return []
    if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol))
      throw new ConfigError(`In the policy file ${file} the witness ${name} has no http or https address: "${url}".`)
    return [{ name, key, url }]
  })
}

/** Text of a policy; the explanation is meant for whoever opens the file. */
export const policyTemplate = (
  vkey: string,
): string => `# Who must have seen this log before it is believed (C2SP tlog-policy).
#
# Another agency runs a witness with the key of this log,
#
#   npx stillpoint-witness --name NAME --key FILE --state FILE --log VKEY --port PORT
#
# and gives you the line that it prints. Put such lines here, say how many of them are needed, and start Stillpoint
# again. An address is needed only here, where the witnesses are asked; whoever merely checks can do without.

log ${vkey}

# witness police        <key> https://witness.police.example
# witness procuratorate <key> https://witness.procuratorate.example
# witness court         <key> https://witness.court.example
# group agencies 2 police procuratorate court
# quorum agencies

quorum none
`

function policyIn(bytes: Uint8Array, file: string): Policy {
  try {
    return parsePolicy(bytes)
  } catch (error) {
    if (error instanceof ProofError) throw new ConfigError(`The policy file ${file} is wrong. ${error.message}`)
    throw error
  }
}

async function writeTemplate(file: string, vkey: string): Promise<Buffer> {
  const text = policyTemplate(vkey)
  await mkdir(dirname(file), { recursive: true })
  // Another server that starts at the same time may be first.
  const handle = await open(file, 'wx').catch((error) => {
    if (error.code === 'EEXIST') return undefined
    throw new ConfigError(`The policy file ${file} cannot be written (${error.code}). Set LOG_POLICY_FILE.`)
  })
  if (!handle) return readFile(file)
  await handle.writeFile(text)
  await handle.close()
  return Buffer.from(text)
}
