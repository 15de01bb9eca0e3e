// What earlier rules left behind besides things: who and what is called the same.

import { z } from 'zod'
import { readNamesakes } from '../views/namesakes.ts'
import type { HttpParts } from './parts.ts'
import { type Route, route } from './route.ts'

const Namesakes = z.object({
  numbers: z.array(
    z.object({
      number: z.string(),
      people: z.array(z.object({ login: z.string(), name: z.string(), agencyName: z.string() })),
    }),
  ),
  names: z.array(z.object({ name: z.string(), units: z.array(z.object({ id: z.string(), name: z.string() })) })),
})

export function leftoverRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/leftovers',
      summary: 'People by one number, agencies and units by one name, from before that was refused',
      gives: Namesakes,
      handle: ({ reader }) => readNamesakes(dataSource, reader.keys),
    }),
  ]
}
