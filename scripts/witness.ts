// The command `stillpoint-witness`: reads its options, serves until Ctrl-C, and says in a sentence what is wrong.

import { parseArgs } from 'node:util'
import { WitnessError } from '../server/witness/error.ts'
import { startWitness, type Witness } from '../server/witness/witness.ts'

const help = `Cosigns the log of another agency as long as it only ever grows (C2SP tlog-witness).

  stillpoint-witness --name NAME --key FILE --state FILE --log VKEY [--log VKEY …] --port PORT [--host HOST]

  --name NAME    the witness's own name, such as witness.procuratorate.example; no spaces, no "+"
  --key FILE     its private key; made at the first start. Keep a copy, show it to nobody
  --state FILE   what it has seen; made at the first start. One for each witness, never an older copy
  --log VKEY     the key of a log, as its log page shows it: name+id+key. May be given several times
  --port PORT    where it answers; 0 for any that is free
  --host HOST    127.0.0.1 unless given; put a proxy with TLS in front for other machines
  --new-state    begin anew although the key was used before and the state is lost
  --help         this text

It prints its key for the policy of those who rely on it:

  witness NAME VKEY http://HOST:PORT

Evidence of a log that shows two histories is kept in the folder "evidence" beside the state file.`

const orphanedEveryMs = 250
/** Asked before anything is said: whoever reads the first line may end npx at once. */
const parent = process.ppid

process.exitCode = await run(process.argv.slice(2)).catch((error) => {
  if (!(error instanceof WitnessError)) throw error
  console.error(error.message)
  return 1
})

/** Gives the exit code; undefined while the witness serves. */
async function run(words: string[]): Promise<number | undefined> {
  const options = optionsIn(words)
  if (options.help || words.length === 0) {
    console.log(help)
    return 0
  }
  const witness = await startWitness({
    name: required(options.name, '--name'),
    keyFile: required(options.key, '--key'),
    stateFile: required(options.state, '--state'),
    logs: options.log ?? [],
    port: portIn(required(options.port, '--port')),
    host: options.host ?? '127.0.0.1',
    newState: options['new-state'] ?? false,
    say: (sentence) => console.error(`${new Date().toISOString()} ${sentence}`),
  })
  console.log(`witness ${options.name} ${witness.vkey} ${witness.url}`)
  stopOnSignal(witness)
}

function optionsIn(words: string[]) {
  try {
    return parseArgs({
      args: words,
      options: {
        name: { type: 'string' },
        key: { type: 'string' },
        state: { type: 'string' },
        log: { type: 'string', multiple: true },
        port: { type: 'string' },
        host: { type: 'string' },
        'new-state': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new WitnessError(`${(error as Error).message} See --help.`)
  }
}

function required(value: string | undefined, option: string): string {
  if (value) return value
  throw new WitnessError(`${option} is missing. See --help.`)
}

function portIn(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65535) return Number(text)
  throw new WitnessError(`--port must be a number from 0 to 65535, not "${text}".`)
}

function stopOnSignal(witness: Witness): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    witness.close().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  if (process.env.npm_command !== 'exec') return
  // A signal to npx ends npx and the shell between, and does not come here.
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, orphanedEveryMs)
  watch.unref()
}
