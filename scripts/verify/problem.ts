// What a check finds: something wrong with the log, which is a result, or that it could not be done, which is none.

import type { Problem as RuleProblem } from '../../server/custody/replay.ts'

/** `code` for programs, `message` for people; `position` of the entry or `path` of the piece that is at fault. */
export type Problem = {
  code: string
  message: string
  position?: number
  path?: string
  step?: string
  /** Which rule refuses the step, with its sentence in each language. */
  refusal?: { code: string; params: Record<string, unknown>; sentence?: Record<string, string> }
}

/** As a thread tells it: for rules the sentence is still to be found. */
export type Finding = Problem | { rule: RuleProblem }

/** Wrong arguments, nothing to read, nobody who answers: the log was not checked. The message is a whole sentence. */
export class NotChecked extends Error {
  override name = 'NotChecked'
}
