// Steps: one route takes them all, one says which are possible.

import { z } from 'zod'
import { type OfferedStep, ScannedCode, type StepAnswer, StepEnvelope } from '../contract/steps.ts'
import { Refusal } from '../custody/define.ts'
import { claimCountersignatures } from '../people/countersignatures.ts'
import { offered, perform } from '../perform.ts'
import { personById } from '../views/people.ts'
import { AnsweredStep, OfferedSteps } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { badStepInput, Missing, problemOf } from './problems.ts'
import { type Route, route } from './route.ts'

const Name = z.strictObject({ step: z.string().max(80) })
const Asked = z.strictObject({
  item: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(ScannedCode).min(1).max(200)),
  /** A procedure, of whose steps it is said for each thing why it cannot take them. */
  apart: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
})

export function stepRoutes(parts: HttpParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/steps/:step',
      summary: 'Take a step, for all its items or for none',
      params: Name,
      body: StepEnvelope,
      status: 201,
      gives: AnsweredStep,
      handle: async ({ params, body, reader }): Promise<StepAnswer> => {
        const { step } = params
        // Names of ours only: what was asked for becomes a label of a metric.
        if (!Object.hasOwn(parts.catalogue.steps, step)) throw new Missing('step.unknown', { step })
        const { countersignatures: tokens, ...command } = body
        try {
          const answer = await perform(parts, {
            ...command,
            step,
            actor: reader.person.login,
            authenticated: { by: 'password', at: reader.signedInAt },
            claim: async (client, digest) => {
              const signers = await claimCountersignatures(client, { tokens, digest, forPersonId: reader.person.id })
              return Promise.all(signers.map(async (id) => (await personById(client, id))?.login ?? id))
            },
          })
          parts.metrics.steps.inc({ step, outcome: 'done' })
          return answer
        } catch (error) {
          parts.metrics.steps.inc({ step, outcome: error instanceof Refusal ? error.code : 'failed' })
          if (error instanceof z.ZodError) throw badStepInput(step, parts.catalogue.steps[step]!.input, error)
          throw error
        }
      },
    }),

    route({
      method: 'get',
      path: '/api/steps',
      summary: 'The steps that are possible now for scanned codes, and why the others are not',
      query: Asked,
      gives: OfferedSteps,
      handle: async ({ query, reader, language }): Promise<{ steps: OfferedStep[] }> => {
        const steps = await offered(parts, reader.person.login, query.item, query.apart)
        return {
          steps: steps.map(({ step, refusal, signers, aside }) => ({
            step,
            possible: refusal === undefined,
            ...(refusal ? { refusal: problemOf(refusal, parts, language) } : {}),
            signers,
            ...(aside
              ? { aside: aside.map((each) => ({ code: each.code, refusal: problemOf(each.refusal, parts, language) })) }
              : {}),
          })),
        }
      },
    }),
  ]
}
