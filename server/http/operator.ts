// For the operator: does the process live, can it work, how is it.

import { z } from 'zod'
import { headOf } from '../ledger/read.ts'
import type { HttpParts } from './parts.ts'
import { Faulty } from './problems.ts'
import { openRoute, type Route } from './route.ts'

/** Further behind than this the live feed is not live. */
const mostBehind = 5_000

export function operatorRoutes({ pool, feedLag, metrics, log }: HttpParts): Route[] {
  return [
    openRoute({
      method: 'get',
      path: '/health',
      summary: 'The process answers',
      gives: z.object({ status: z.literal('ok') }),
      handle: async () => ({ status: 'ok' }),
    }),

    openRoute({
      method: 'get',
      path: '/ready',
      summary: 'The database answers and the live feed keeps up',
      gives: z.object({ status: z.literal('ready'), entries: z.number(), feedLag: z.number() }),
      handle: async () => {
        const head = await headOf(pool).catch((error) => {
          log.warn({ error: String(error) }, 'the database does not answer')
          throw new Faulty(503, 'request.not-ready')
        })
        const behind = await feedLag()
        if (behind > mostBehind) throw new Faulty(503, 'request.not-ready')
        return { status: 'ready', entries: head.size, feedLag: behind }
      },
    }),

    openRoute({
      method: 'get',
      path: '/metrics',
      summary: 'Numbers in the text format of Prometheus; answered on this machine only',
      gives: ['text/plain'],
      handle: async ({ response }) => {
        response.setHeader('Content-Type', metrics.registry.contentType)
        response.send(await metrics.registry.metrics())
      },
    }),
  ]
}
