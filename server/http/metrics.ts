// Numbers for the operator, in the text format of Prometheus.

import type { RequestHandler } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { Missing } from './problems.ts'

export type Metrics = {
  registry: Registry
  requests: Histogram<'method' | 'route' | 'status'>
  /** `outcome` is `done`, or the code of the refusal. */
  steps: Counter<'step' | 'outcome'>
}

/** `numbers` are asked for when somebody looks. */
export function newMetrics(
  numbers: Record<'ledgerSize' | 'feedLag' | 'sockets', () => Promise<number> | number>,
): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, ask: () => Promise<number> | number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await ask())
      },
    })
  gauge('stillpoint_ledger_entries', 'Entries in the ledger', numbers.ledgerSize)
  gauge('stillpoint_feed_lag_entries', 'Entries that the live feed of this process has still to push', numbers.feedLag)
  gauge('stillpoint_sockets', 'Sockets that are connected to this process', numbers.sockets)
  return {
    registry,
    requests: new Histogram({
      name: 'stillpoint_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    }),
    steps: new Counter({
      name: 'stillpoint_steps_total',
      help: 'Steps by outcome',
      labelNames: ['step', 'outcome'],
      registers: [registry],
    }),
  }
}

/** For this machine only; what a proxy passes on comes from elsewhere and does not find it. */
export const loopbackOnly: RequestHandler = (request, _response, next) => {
  const address = request.socket.remoteAddress ?? ''
  const here = address === '::1' || /^(::ffff:)?127\./.test(address)
  if (!here || request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined)
    throw new Missing('request.no-such-address')
  next()
}
