// Takes the demonstration's steps under ids made from their names, so that loading it again goes on where it stopped.

import { createHash } from 'node:crypto'
import { ConfigError } from '../config.ts'
import type { StepAnswer } from '../contract/steps.ts'
import { type Parts, perform } from '../perform.ts'
import type { Pictures } from './pictures.ts'
import type { Times } from './times.ts'

export type Taking = {
  /** What tells the command from all others of the demonstration, for ever. */
  name: string
  by: string
  step: string
  at: string
  input: object
  items?: string[]
  signers?: string[]
}

/** What agencies, people and the store are added with. */
export type Founding = {
  parts: Parts
  times: Times
  /** Codes of places by their names in the demonstration. */
  places: Map<string, string>
  take: (taking: Taking) => Promise<StepAnswer>
}

/** What stories are told with. */
export type Demo = Founding & { pictures: Pictures }

/** A UUID of version 8 (RFC 9562: made by a rule of our own) that is the same for the same name. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(`stillpoint demonstration ${name}`).digest('hex')
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Takes steps one after the other; calls back with how many it has taken. */
export function takingIn(parts: Parts, onTaken: (taken: number) => void): Demo['take'] {
  let taken = 0
  return async ({ name, by, step, at, input, items = [], signers = [] }) => {
    const answer = await perform(parts, {
      step,
      commandId: idOf(name),
      items,
      input,
      actor: by,
      authenticated: { by: 'demonstration' },
      occurredAt: at,
      claim: async () => signers,
    }).catch((error) => {
      if (error.message === 'command.reused') throw new ConfigError(otherDemonstration)
      throw new Error(`The demonstration could not take ${step} (${name}): ${describe(error)}`, { cause: error })
    })
    taken += 1
    onTaken(taken)
    return answer
  }
}

const otherDemonstration =
  'The database holds the beginning of a demonstration by another version of Stillpoint. Start with an empty one.'

const describe = (error: Error & { params?: object }) => `${error.message} ${JSON.stringify(error.params ?? {})}`
