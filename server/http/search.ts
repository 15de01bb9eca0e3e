// One search over everything one may see.

import { SearchQuery } from '../contract/queries.ts'
import { search } from '../views/search.ts'
import { FoundThings } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { type Route, route } from './route.ts'

export function searchRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/search',
      summary: 'Items, cases, dockets, people and places by anything that is written on them, each with what matched',
      query: SearchQuery,
      gives: FoundThings,
      handle: ({ query, reader: { keys, desks, person } }) =>
        search(dataSource, { keys, desks, login: person.login }, query),
    }),
  ]
}
