// People of one's own agency, and the agencies and units there are.

import { z } from 'zod'
import { PersonQuery } from '../contract/queries.ts'
import { readPeople, readPerson, readUnits } from '../views/people.ts'
import { PersonCard, PersonPage, UnitList } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

export function peopleRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/people',
      summary: 'People, by login',
      query: PersonQuery,
      gives: PersonPage,
      handle: ({ query, reader }) => readPeople(dataSource, reader.keys, query),
    }),

    route({
      method: 'get',
      path: '/api/people/:login',
      summary: 'One person, by login or badge',
      params: z.strictObject({ login: z.string().max(80) }),
      gives: PersonCard,
      handle: async ({ params: { login }, reader }) =>
        found(await readPerson(dataSource, reader.keys, login), 'person.unknown', { login }),
    }),

    route({
      method: 'get',
      path: '/api/units',
      summary: 'All agencies and units',
      gives: UnitList,
      handle: async () => ({ units: await readUnits(dataSource) }),
    }),
  ]
}
