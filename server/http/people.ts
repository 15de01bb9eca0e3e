// People of one's own agency, and the agencies and units there are.

import { z } from 'zod'
import { AttemptQuery, PersonQuery } from '../contract/queries.ts'
import { readAttempts } from '../views/attempts.ts'
import { readDuties } from '../views/duties.ts'
import { readPeople, readPerson, readUnits } from '../views/people.ts'
import { AttemptPage, Duties, PersonCard, PersonPage, UnitList } from './answers.ts'
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
      path: '/api/people/:login/duties',
      summary: 'What one person has in hand, asked for and must decide',
      params: z.strictObject({ login: z.string().max(80) }),
      gives: Duties,
      handle: async ({ params: { login }, reader }) =>
        readDuties(
          dataSource,
          reader.keys,
          found(await readPerson(dataSource, reader.keys, login), 'person.unknown', { login }),
          reader.now,
        ),
    }),

    route({
      method: 'get',
      path: '/api/attempts',
      summary: 'Attempts that separation of duties refused, the newest first: for inspectors',
      query: AttemptQuery,
      gives: AttemptPage,
      handle: ({ query, reader }) => readAttempts(dataSource, reader.keys, query),
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
