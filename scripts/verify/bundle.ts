// Checks the proof of one item from a file: the JSON alone, or the page that holds it.

import { verifyBundle } from '../../server/proof/bundle.ts'
import { toHex } from '../../server/proof/bytes.ts'
import { ProofError } from '../../server/proof/error.ts'
import type { Policy } from '../../server/proof/policy.ts'
import { NotChecked, type Problem } from './problem.ts'
import { textIn } from './trust.ts'
import { lineOf } from './words.ts'

/** Without a policy the bundle is held against its own keys, and the report says so. Throws NotChecked. */
export async function verifyBundleFile(file: string, policy: Policy | undefined) {
  const text = Buffer.from(await textIn(file)).toString('utf8')
  const bundle = jsonIn(text, file)
  try {
    const { item, origin, size, root, entries, cosignedBy, quorum, trusting, problems, ok } = verifyBundle(
      bundle,
      policy,
    )
    const told: Problem[] = problems.map(({ code, message, position }) => ({
      code,
      message,
      ...(position !== undefined && { position: Number(position) }),
    }))
    const report = {
      file,
      item,
      origin,
      size: Number(size),
      root: toHex(root),
      entries: entries.map(({ position, ...entry }) => ({ position: Number(position), ...entry })),
      cosignedBy,
      quorum,
      trusting,
      problems: told,
      sound: ok,
    }
    return { ...report, lines: linesOf(report) }
  } catch (error) {
    if (!(error instanceof ProofError)) throw error
    const problem: Problem = { code: error.code, message: error.message }
    return { file, problems: [problem], sound: false, lines: [lineOf(problem), 'NOT SOUND.'] }
  }
}

/** The JSON, or what stands between the tags of the page's one script of type application/json. */
function jsonIn(text: string, file: string): unknown {
  const inPage = /<script\b[^>]*\btype="application\/json"[^>]*>([\s\S]*?)<\/script>/i.exec(text)?.[1]
  try {
    return JSON.parse(inPage ?? text)
  } catch {
    throw new NotChecked(`${file} holds no proof: it is neither such a page nor JSON.`)
  }
}

type Told = {
  item: string
  origin: string
  size: number
  entries: { position: number; fact?: string; recordedAt?: string; ok: boolean }[]
  cosignedBy: string[]
  trusting: 'reader' | 'bundle'
  problems: Problem[]
  sound: boolean
}

function linesOf({ item, origin, size, entries, cosignedBy, trusting, problems, sound }: Told): string[] {
  return [
    `Item ${item}, ${entries.length} entries of the log ${origin}, which had ${size} entries.`,
    ...entries.map(
      (it) => `  ${it.ok ? 'ok   ' : 'WRONG'} entry ${it.position} ${it.recordedAt ?? ''} ${it.fact ?? ''}`,
    ),
    `Cosigned by ${cosignedBy.join(', ') || 'nobody'}.`,
    ...(trusting === 'bundle'
      ? [
          'Held against the keys in the file itself: it fits together, but who made it, only --policy or --key can tell.',
        ]
      : []),
    ...problems.map(lineOf),
    sound ? 'Sound.' : 'NOT SOUND.',
  ]
}
