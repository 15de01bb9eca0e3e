// The movement log, the same lines that sockets push.

import { MovementQuery } from '../contract/queries.ts'
import { readMovements } from '../views/movements.ts'
import { MovementList } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { type Route, route } from './route.ts'

export function movementRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/movements',
      summary: 'Movements after a position, ascending, or before one, the newest first',
      query: MovementQuery,
      gives: MovementList,
      handle: ({ query, reader }) => readMovements(dataSource, reader.keys, query),
    }),
  ]
}
