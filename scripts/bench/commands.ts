// How fast steps are taken: over HTTP against their bare SQL, and many things in one command against one by one.

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { catalogue } from '../../server/custody/catalogue.ts'
import { perform } from '../../server/perform.ts'
import { type Comparison, inMs, median, perSecond } from './figures.ts'
import { type Recording, recordingPool, replay } from './recording.ts'
import { origin, retrieval } from './seed.ts'
import { rateOf, type Visitor } from './visitor.ts'

/** A request for a thing, by an officer who may ask for it. */
export type Wish = { officer: string; items: string[] }

const requestStep = 'retrieval.request'

/** Sends one command over HTTP. */
export const ask = (visitor: Visitor, items: string[]): Promise<string> =>
  visitor.post(`/api/steps/${requestStep}`, { commandId: randomUUID(), items, input: retrieval() })

/** Takes the steps without HTTP and writes down what is sent to the database. */
export async function record(pool: pg.Pool, wishes: readonly Wish[]): Promise<Recording[]> {
  const recordings: Recording[] = []
  await rateOf([1, 2, 3, 4], wishes, async (_, { officer, items }) => {
    const { pool: recorder, recording } = recordingPool(pool)
    await perform(
      { pool: recorder, catalogue, origin, secret: 'of no command' },
      {
        step: requestStep,
        commandId: randomUUID(),
        items,
        input: retrieval(),
        actor: officer,
        authenticated: { by: 'password', at: new Date().toISOString() },
        claim: async () => [],
      },
    )
    recordings.push(recording)
  })
  return recordings
}

/** Single commands a second; HTTP and bare SQL take turns, each with as many clients as there are `officers`. */
export async function singleCommands(
  officers: ReadonlyMap<string, Visitor>,
  bareUrl: string,
  /** What each side does in each round; the first round is to get warm. */
  rounds: { wishes: Wish[]; recordings: Recording[] }[],
): Promise<Comparison> {
  const bare = await Promise.all(
    [...officers.keys()].map(async () => {
      const client = new pg.Client({ connectionString: bareUrl })
      await client.connect()
      return client
    }),
  )
  const overHttp = async (wishes: Wish[]) => {
    const begun = performance.now()
    // Each officer has a client of their own.
    await Promise.all(
      [...officers].map(async ([officer, visitor]) => {
        for (const wish of wishes) if (wish.officer === officer) await ask(visitor, wish.items)
      }),
    )
    return wishes.length / ((performance.now() - begun) / 1000)
  }
  const overSql = (recordings: Recording[]) => rateOf(bare, recordings, replay)

  const rates: { http: number; sql: number }[] = []
  for (const [n, { wishes, recordings }] of rounds.entries()) {
    let http = n % 2 === 0 ? await overHttp(wishes) : 0
    const sql = await overSql(recordings)
    http ||= await overHttp(wishes)
    if (n > 0) rates.push({ http, sql })
  }
  await Promise.all(bare.map((client) => client.end()))
  return {
    name: `single commands over HTTP, ${officers.size} clients, against the same SQL by bare pg`,
    ours: perSecond(median(rates.map(({ http }) => http))),
    bare: perSecond(median(rates.map(({ sql }) => sql))),
    ratio: median(rates.map(({ http, sql }) => http / sql)),
    floor: { atLeast: 0.35 },
    aim: 0.6,
  }
}

/** What one item costs in a command of many, against in a command of its own; one client over HTTP, one after the other. */
export async function manyInOne(
  visitor: Visitor,
  rounds: { together: string[]; single: string[] }[],
): Promise<Comparison> {
  const perItem: { together: number; single: number }[] = []
  for (const { together, single } of rounds) {
    const begun = performance.now()
    await ask(visitor, together)
    const between = performance.now()
    for (const item of single) await ask(visitor, [item])
    perItem.push({
      together: (between - begun) / together.length,
      single: (performance.now() - between) / single.length,
    })
  }
  return {
    name: `one command of ${rounds[0]!.together.length} items, per item, against single commands, one client`,
    ours: inMs(median(perItem.map(({ together }) => together))),
    bare: inMs(median(perItem.map(({ single }) => single))),
    ratio: median(perItem.map(({ together, single }) => single / together)),
    floor: { atLeast: 15 },
  }
}
