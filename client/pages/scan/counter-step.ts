// The step that a scanned docket is at the counter for, and which of its lines can take it. Pure.

import type { OfferedStep, Problem } from '../../../server/contract/steps.ts'

export type CounterStep = { step: string; able: string[]; reasons: Map<string, Problem> }

/** Of the steps that handle the things themselves the one that most lines can take; nothing when none can. */
export function counterStep(
  offered: OfferedStep[],
  codes: string[],
  isPhysical: (step: string) => boolean,
): CounterStep | undefined {
  const found = offered.flatMap(({ step, possible, aside }): CounterStep[] => {
    if (!isPhysical(step) || (!possible && !aside)) return []
    const reasons = new Map((aside ?? []).map(({ code, refusal }) => [code, refusal]))
    const able = codes.filter((code) => !reasons.has(code))
    return able.length > 0 ? [{ step, able, reasons }] : []
  })
  return found.sort((one, other) => other.able.length - one.able.length)[0]
}
