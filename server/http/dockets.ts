// Dockets: what waits for whom, and the way each has gone.

import { z } from 'zod'
import { DocketQuery } from '../contract/queries.ts'
import { docketCode } from '../custody/fields.ts'
import { readDocket, readDockets } from '../views/dockets.ts'
import { DocketCard, DocketPage } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

export function docketRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/dockets',
      summary: 'Dockets, the newest first; `waiting=me` for those that wait for one of my desks',
      query: DocketQuery,
      gives: DocketPage,
      handle: ({ query, reader }) =>
        readDockets(dataSource, reader.keys, { login: reader.person.login, desks: reader.desks }, query),
    }),

    route({
      method: 'get',
      path: '/api/dockets/:id',
      summary: 'One docket with its items and its route',
      params: z.strictObject({ id: docketCode() }),
      gives: DocketCard,
      handle: async ({ params: { id }, reader }) =>
        found(await readDocket(dataSource, reader.keys, id), 'code.unknown', { code: id }),
    }),
  ]
}
