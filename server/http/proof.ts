// The proof of an item, to take away: JSON, or one file that checks itself in any browser without a network.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { itemCode } from '../custody/fields.ts'
import { proofFile, wordsOfProofFile } from '../documents/proof-file.ts'
import { timeZoneOf } from '../views/people.ts'
import { type ProofBundle, readProof } from '../views/proof.ts'
import type { HttpParts } from './parts.ts'
import { Faulty, found } from './problems.ts'
import { type Route, route } from './route.ts'

const ByCode = z.strictObject({ code: itemCode() })
const Asked = z.strictObject({ format: z.enum(['html', 'json']).default('html') })

/** Whoever asks right after a step need not ask again: a checkpoint is a moment away. */
const patienceMs = 2_000
const pauseMs = 100

export function proofRoutes(parts: HttpParts): Route[] {
  const { dataSource, pool, origin, policy, witnesses, screens, text } = parts
  return [
    route({
      method: 'get',
      path: '/api/items/:code/proof',
      summary: 'Everything needed to check the chain of an item without this server',
      params: ByCode,
      query: Asked,
      gives: ['text/html', 'application/json'],
      handle: async ({ params: { code }, query: { format }, reader, response }) => {
        const bundle = found(await provenSoon(reader.keys, code), 'item.unknown', { code })
        const name = `attachment; filename="${bundle.item}-proof.${format}"`
        if (format === 'json') {
          response.setHeader('Content-Disposition', name)
          return bundle
        }
        const script = await readFile(join(screens, 'proof-file.js'), 'utf8').catch(() => {
          throw new Faulty(503, 'request.no-screens')
        })
        const timeZone = (await timeZoneOf(dataSource, reader.person.agency)) ?? parts.timeZone
        const words = wordsOfProofFile(bundle, timeZone, (key) => [text(key, 'zh-CN'), text(key, 'en')])
        response.setHeader('Content-Disposition', name)
        response.type('html').send(proofFile(bundle, script, words))
      },
    }),
  ]

  async function provenSoon(keys: string[], code: string): Promise<ProofBundle | undefined> {
    const end = Date.now() + patienceMs
    for (;;) {
      const log = { origin, policy: await policy(), witnesses }
      const bundle = await readProof({ dataSource, pool }, keys, code, log)
      if (bundle !== 'not-covered') return bundle
      if (Date.now() > end) throw new Faulty(409, 'log.not-covered')
      await sleep(pauseMs)
    }
  }
}
