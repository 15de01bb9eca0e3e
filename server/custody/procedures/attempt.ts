// attempt 越权尝试 – who tried what separation of duties forbids. Recorded by the system about the person who tried, so
// that no thing and no docket moves on by it; see system.ts. Pure.

import { factAbout, procedure } from '../define.ts'

/** The command as it was sent, with its particulars veiled, and why it was refused. Logins. */
export type RefusedAttempt = {
  actor: string
  step: string
  items: string[]
  input: unknown
  countersigners: string[]
  occurredAt?: string
  code: string
  params: Record<string, unknown>
}

/** What is said of it: not what was typed. */
export type Attempted = Pick<RefusedAttempt, 'step' | 'items' | 'code' | 'params' | 'countersigners'>

export const attempt = procedure({
  name: 'attempt',
  steps: {},
  facts: {
    AttemptRefused: {
      ...factAbout<'person', Attempted>('person', (person) => person!),
      audience: ({ agency }) => [`inspects:${agency}`],
    },
  },
  refusals: ['not-refused'],
})
