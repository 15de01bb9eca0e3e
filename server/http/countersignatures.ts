// A second person signs the command of the first at the same counter, with a password of their own.

import { z } from 'zod'
import { CountersignRequest } from '../contract/steps.ts'
import { countersign } from '../people/countersignatures.ts'
import { Denied } from '../people/denied.ts'
import { prove } from '../people/sign-in.ts'
import { digestOf } from '../perform.ts'
import type { HttpParts } from './parts.ts'
import { badStepInput, Missing } from './problems.ts'
import { type Route, route } from './route.ts'

export function countersignatureRoutes({ catalogue, pool, directory, secret }: HttpParts): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/countersignatures',
      summary: 'Sign exactly this command of the person who is signed in; the token is good once, for five minutes',
      body: CountersignRequest,
      status: 201,
      gives: z.object({ token: z.string() }),
      handle: async ({ body, reader, request }) => {
        const { login, password, step: name } = body
        const step = Object.hasOwn(catalogue.steps, name) ? catalogue.steps[name] : undefined
        if (!step) throw new Missing('step.unknown', { step: name })
        const input = step.input.safeParse(body.input)
        if (!input.success) throw badStepInput(name, step.input, input.error)
        const digest = digestOf(secret, { ...body, input: input.data })
        const signer = await prove(pool, directory, { login, password, address: request.ip ?? '' }).catch((error) => {
          // Not the 401 of the session: that of the first person goes on.
          throw error instanceof Denied && error.code === 'session.wrong' ? new Denied('countersignature.wrong') : error
        })
        return { token: await countersign(pool, { personId: signer.id, forPersonId: reader.person.id, digest }) }
      },
    }),
  ]
}
