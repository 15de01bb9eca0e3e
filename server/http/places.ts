// The store: sites, rooms, racks, slots, containers, with what lies in them.

import { z } from 'zod'
import { PlaceQuery } from '../contract/queries.ts'
import { placeCode } from '../custody/fields.ts'
import { readPlace, readPlaces } from '../views/places.ts'
import { PlaceCard, PlacePage } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

export function placeRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/places',
      summary: 'Places in the order of the tree',
      query: PlaceQuery,
      gives: PlacePage,
      handle: ({ query, reader }) => readPlaces(dataSource, reader.keys, query),
    }),

    route({
      method: 'get',
      path: '/api/places/:code',
      summary: 'One place',
      params: z.strictObject({ code: placeCode() }),
      gives: PlaceCard,
      handle: async ({ params: { code }, reader }) =>
        found(await readPlace(dataSource, reader.keys, code), 'place.unknown', { code }),
    }),
  ]
}
