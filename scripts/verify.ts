// The command `stillpoint-verify`: reads its options, checks, and says what is wrong. Exit code 0, 1 or 2, see the help.

import { parseArgs } from 'node:util'
import type { Policy } from '../server/proof/policy.ts'
import { verifyBundleFile } from './verify/bundle.ts'
import { type LogReport, verifyLog } from './verify/log.ts'
import { NotChecked } from './verify/problem.ts'
import { progressOn } from './verify/progress.ts'
import { verifyReceipt } from './verify/receipt.ts'
import { sourceOf } from './verify/source.ts'
import { stateIn } from './verify/state.ts'
import { policyOf, textIn } from './verify/trust.ts'
import { lineOf } from './verify/words.ts'

const help = `Checks what Stillpoint has recorded, without its server and its database.

  stillpoint-verify log FOLDER|ADDRESS      a whole log (C2SP tlog-tiles), such as https://host/api/log
  stillpoint-verify bundle FILE             the proof of one item, .html or .json
  stillpoint-verify receipt CODE --log …    the code on a receipt, against a log

Whom to trust:
  --policy FILE    a policy (C2SP tlog-policy): the keys of logs, of witnesses, and who must have cosigned
  --key VKEY       a key as name+id+key instead, may be repeated; a witness's key means that it must have cosigned

For a log:
  --seen FILE      a checkpoint from earlier, may be repeated: the log must continue each
  --resume FILE    keeps there how far the check has got, and goes on from it
  --threads N      2 or as many as there are processors, up to 4, unless given; 0 for none
  --download DIR   keeps there what is fetched from an address
  --cookie TEXT    sent along to the address: a session, when the log is not public

  --json           one report in JSON on standard output
  --help           this text

Of a log it checks: every entry against its tile, every tile against the one below, root and signatures; canonical form
and shape of entries; the chain of every subject; that time never runs backwards; and that the rules, asked once more,
decide every command as the log tells. A resumed check hashes all entries again and follows all chains, but does not ask
again for form and rules of entries that it had asked before. What a log cannot tell is not checked: whether files are
stored, and whether an identity number is that of a member of the staff.

Exit code: 0 sound, 1 something is wrong, 2 could not be checked.`

process.exitCode = await run(process.argv.slice(2)).catch((error) => {
  if (!(error instanceof NotChecked)) throw error
  console.error(error.message)
  return 2
})

async function run(words: string[]): Promise<number> {
  const { values: options, positionals } = wordsIn(words)
  const [what, named, ...more] = positionals
  if (options.help || !what) {
    console.log(help)
    return options.help ? 0 : 2
  }
  if (!['log', 'bundle', 'receipt'].includes(what)) throw new NotChecked(`There is no "${what}" to check. See --help.`)
  if (!named || more.length > 0) throw new NotChecked(`"${what}" takes one thing to check. See --help.`)
  const policy = await policyOf({ ...(options.policy && { policy: options.policy }), keys: options.key ?? [] })
  if (what === 'bundle') return tell(options, await verifyBundleFile(named, policy))
  if (!policy) throw new NotChecked('Name whom to trust with --policy or --key. See --help.')
  return what === 'log' ? await checkLog(named, policy, options) : await checkReceipt(named, policy, options)
}

type Options = ReturnType<typeof wordsIn>['values']

async function checkLog(log: string, policy: Policy, options: Options): Promise<number> {
  const seen: { file: string; note: Uint8Array }[] = []
  for (const file of options.seen ?? []) seen.push({ file, note: await textIn(file) })
  const source = await sourceOf(log, options)
  const progress = progressOn(process.stderr)
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    const report = await verifyLog({
      log,
      source,
      policy,
      seen,
      ...(options.threads !== undefined && { threads: countIn(options.threads, '--threads') }),
      ...(options.resume && { state: stateIn(options.resume) }),
      onProgress: progress.show,
      signal: stop.signal,
    })
    progress.end()
    return tell(options, { ...report, lines: linesOf(report) })
  } finally {
    progress.end()
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
    await source.close()
  }
}

async function checkReceipt(code: string, policy: Policy, options: Options): Promise<number> {
  if (!options.log) throw new NotChecked('Name the log of the receipt with --log. See --help.')
  const source = await sourceOf(options.log, options)
  try {
    return tell(options, await verifyReceipt(code, source, policy))
  } finally {
    await source.close()
  }
}

/** Says it in JSON or in `lines`, and gives the exit code. */
function tell({ json }: Options, { lines, ...report }: { sound: boolean; lines: string[] }): number {
  console.log(json ? JSON.stringify(report, null, 2) : lines.join('\n'))
  return report.sound ? 0 : 1
}

function linesOf(report: LogReport): string[] {
  const { origin, size, root, cosignedBy, entries, commands, cut, seen, problems, more, sound } = report
  const count = problems.length + more
  return [
    `Log ${origin}, ${size} entries, root ${root}`,
    `Cosigned by ${cosignedBy.join(', ') || 'nobody'}.`,
    `${entries} entries read, ${commands} commands decided once more.`,
    ...(cut ? [`The last command begins at entry ${cut.position} and goes on after this checkpoint: not judged.`] : []),
    ...seen.filter(({ ok }) => ok).map(({ file, size }) => `The log continues ${file}, of ${size} entries.`),
    ...problems.map(lineOf),
    ...(more > 0 ? [`… and ${more} more.`] : []),
    sound ? 'Sound.' : `NOT SOUND: ${count} ${count === 1 ? 'problem' : 'problems'}.`,
  ]
}

function wordsIn(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        key: { type: 'string', multiple: true },
        seen: { type: 'string', multiple: true },
        resume: { type: 'string' },
        threads: { type: 'string' },
        download: { type: 'string' },
        cookie: { type: 'string' },
        log: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new NotChecked(`${(error as Error).message} See --help.`)
  }
}

function countIn(text: string, option: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  throw new NotChecked(`${option} must be a number from 0 to 99, not "${text}".`)
}
