// Items: search, one card, its custody chain, and how many stand where.

import { z } from 'zod'
import { ItemQuery } from '../contract/queries.ts'
import { ItemTwin, Twin, TwinQuestion } from '../contract/twins.ts'
import { Refusal } from '../custody/define.ts'
import { itemCode } from '../custody/fields.ts'
import { readChain } from '../views/chain.ts'
import { countItems, readItem, readItems } from '../views/items.ts'
import { readTwins, twinsOfItem } from '../views/twins.ts'
import { Chain, ItemCard, ItemPage } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

const ByCode = z.strictObject({ code: itemCode() })

export function itemRoutes({ dataSource, pool }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/items',
      summary: 'Search items, the latest moved first',
      query: ItemQuery,
      gives: ItemPage,
      handle: ({ query, reader }) => readItems(dataSource, reader.keys, query),
    }),

    route({
      method: 'post',
      path: '/api/twins',
      summary: 'Which serial numbers, VINs, plates and seals are those of things that are here already',
      body: TwinQuestion,
      gives: z.object({ twins: z.array(Twin) }),
      handle: async ({ body, reader }) => {
        // Who registers nothing has no reason to try numbers.
        const registers = reader.person.grants.some(({ role }) => role === 'officer')
        if (!registers) throw new Refusal('step.no-role', { roles: ['officer'] })
        return { twins: await readTwins(pool, new Set(reader.keys), reader.person.agency, body.identifiers) }
      },
    }),

    route({
      method: 'get',
      path: '/api/items/:code/twins',
      summary: 'Other things with the same serial number, VIN, plate or seal',
      params: ByCode,
      gives: z.object({ twins: z.array(ItemTwin) }),
      handle: async ({ params: { code }, reader }) => ({
        twins: found(await twinsOfItem(dataSource, pool, new Set(reader.keys), code), 'item.unknown', { code }),
      }),
    }),

    route({
      method: 'get',
      path: '/api/items/:code',
      summary: 'One item, by its code or by any label it ever had',
      params: ByCode,
      gives: ItemCard,
      handle: async ({ params: { code }, reader }) =>
        found(await readItem(dataSource, reader.keys, code), 'item.unknown', { code }),
    }),

    route({
      method: 'get',
      path: '/api/items/:code/chain',
      summary: 'The custody chain of an item, from its first entry',
      params: ByCode,
      gives: Chain,
      handle: async ({ params: { code }, reader }) => ({
        entries: found(await readChain({ dataSource, pool }, reader.keys, code), 'item.unknown', { code }),
      }),
    }),

    route({
      method: 'get',
      path: '/api/counts',
      summary: 'How many of the items one may see stand where',
      gives: z.record(z.string(), z.number()),
      handle: ({ reader }) => countItems(dataSource, reader.keys),
    }),
  ]
}
