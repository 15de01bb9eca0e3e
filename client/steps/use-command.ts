// One command on its way: the signatures it takes, then the step itself, then what became of it.

import { useCallback, useState } from 'react'
import type { StepAnswer } from '../../server/contract/steps.ts'
import { countersign } from '../data/countersign.ts'
import { ProblemError, Unreached } from '../data/request.ts'
import { takeStep } from '../data/take-step.ts'

export type Credentials = { as: string; login: string; password: string }
export type Order = {
  step: string
  commandId: string
  items: string[]
  input: Record<string, unknown>
  expect?: Record<string, number>
}

/** A countersigner whose login or password did not do. */
export class SignatureRefused extends Error {
  constructor(
    readonly index: number,
    override readonly cause: unknown,
  ) {
    super('A countersignature was refused')
  }
}

export type CommandState = { phase: 'ready' | 'busy' } | { phase: 'refused' | 'unreached'; error: unknown }

/**
 * `send` gives the answer, or nothing when it failed; then `state` says why. After a lost network the same command goes
 * out again under the same id, so that nothing is done twice.
 */
export function useCommand() {
  const [state, setState] = useState<CommandState>({ phase: 'ready' })
  const send = useCallback(async (order: Order, signers: Credentials[]): Promise<StepAnswer | undefined> => {
    setState({ phase: 'busy' })
    try {
      const countersignatures = await signed(order, signers)
      const answer = await takeStep({ ...order, countersignatures })
      setState({ phase: 'ready' })
      return answer
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof SignatureRefused || error instanceof Unreached))
        throw error
      setState({ phase: error instanceof Unreached ? 'unreached' : 'refused', error })
      return undefined
    }
  }, [])
  const reset = useCallback(() => setState({ phase: 'ready' }), [])
  return { state, send, reset }
}

async function signed({ step, items, input }: Order, signers: Credentials[]): Promise<string[]> {
  const tokens: string[] = []
  for (const [index, { login, password }] of signers.entries()) {
    try {
      tokens.push(await countersign({ login, password, step, items, input }))
    } catch (error) {
      if (error instanceof Unreached) throw error
      throw new SignatureRefused(index, error)
    }
  }
  return tokens
}
