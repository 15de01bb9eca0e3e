// What a scanned code stands for: an item, a place, a docket or a person.

import { z } from 'zod'
import { parseCode } from '../custody/codes.ts'
import { type Belonging, belongingOf, resolved } from '../views/resolve.ts'
import { ResolvedCode } from './answers.ts'
import type { HttpParts } from './parts.ts'
import { found } from './problems.ts'
import { type Route, route } from './route.ts'

const Scan = z
  .string()
  .max(80)
  .refine((text) => parseCode(text) !== undefined, { params: { reason: 'code' } })

export function codeRoutes(parts: HttpParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/codes/:code',
      summary: 'What a scanned code stands for',
      params: z.strictObject({ code: Scan }),
      gives: ResolvedCode,
      along: ({ code = '' }) => belongingOf(code),
      handle: async ({ params: { code }, reader, along }) =>
        found(await resolved(parts, reader.keys, along as Belonging), 'code.unknown', { code }),
    }),
  ]
}
