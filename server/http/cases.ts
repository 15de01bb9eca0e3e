// Cases.

import { z } from 'zod'
import { CaseQuery } from '../contract/queries.ts'
import { readCase, readCases } from '../views/cases.ts'
import { CaseCard, CasePage } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

export function caseRoutes({ dataSource }: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/cases',
      summary: 'Search cases',
      query: CaseQuery,
      gives: CasePage,
      handle: ({ query, reader }) => readCases(dataSource, reader.keys, query),
    }),

    route({
      method: 'get',
      path: '/api/cases/:no',
      summary: 'One case',
      params: z.strictObject({
        no: z
          .string()
          .max(60)
          .meta({ examples: ['A3301020000002026030001'] }),
      }),
      gives: CaseCard,
      handle: async ({ params: { no }, reader }) =>
        found(await readCase(dataSource, reader.keys, no), 'case.unknown', { caseNo: no }),
    }),
  ]
}
