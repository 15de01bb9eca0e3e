// Sign-in and who is signed in. Pure; shared with the browser.

import { z } from 'zod'
import type { Delegation, Grant } from '../custody/subjects.ts'

export const SignIn = z.strictObject({ login: z.string().min(1).max(80), password: z.string().min(1).max(256) })
export type SignIn = z.infer<typeof SignIn>

export type Me = {
  person: {
    id: string
    login: string
    name: string
    number: string
    unit: string
    unitName: string
    agency: string
    agencyName: string
    /** Their own, and those that they have now in the place of others. */
    roles: string[]
    grants: Grant[]
    /** In whose place they act now. */
    standsIn: Delegation[]
  }
  /** Seconds without a request after which the session locks. */
  idleSeconds: number
  /** Why nothing may be recorded: code and params of a refusal. */
  readOnly?: { code: string; params: Record<string, unknown> }
}
