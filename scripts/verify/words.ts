// What is wrong, in sentences: those of the rules are the ones that people read at the counter.

import type { Problem as RuleProblem } from '../../server/custody/replay.ts'
import { readSentences } from '../../server/http/sentences.ts'
import type { Finding, Problem } from './problem.ts'

const locales = new URL('../../client/locales/', import.meta.url)

export async function inWords(findings: readonly Finding[]): Promise<Problem[]> {
  const ruled = findings.some((finding) => 'rule' in finding)
  const { sentence } = ruled ? await readSentences(locales, 'UTC') : { sentence: (code: string) => code }
  return findings.map((finding) => {
    if (!('rule' in finding)) return finding
    const { position, code, step, refusal } = finding.rule
    const sentences = refusal && {
      en: sentence(refusal.code, refusal.params, 'en'),
      'zh-CN': sentence(refusal.code, refusal.params, 'zh-CN'),
    }
    return {
      code,
      message: sentenceOf(finding.rule, sentences?.en),
      position,
      step,
      ...(refusal && { refusal: { ...refusal, sentence: sentences! } }),
    }
  })
}

function sentenceOf({ code, step, about }: RuleProblem, refused: string | undefined): string {
  const detail = about ? ` (${about})` : ''
  if (code === 'refused') return `The rules refuse ${step} here: ${refused}`
  if (code === 'other-facts') return `The rules would have recorded something else for ${step}${detail}.`
  if (code === 'incomplete') return `Entries of this command (${step}) are missing or stand in another order.`
  if (code === 'unreadable') return `What this command (${step}) asked for cannot be read${detail}.`
  return `What ${step} recorded cannot have happened to its subject${detail}.`
}

/** One line for a problem: where, then what. */
export function lineOf({ position, path, message }: Problem): string {
  const where = [position === undefined ? '' : `entry ${position}`, path ?? ''].filter(Boolean).join(', ')
  return where ? `${where}: ${message}` : message
}
