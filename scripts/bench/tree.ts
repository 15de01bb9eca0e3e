// What the tree over the ledger costs: integrating it, waiting to be covered by a checkpoint, proving one item of many.

import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Database, openDatabase } from '../../server/database/data-source.ts'
import { leadTree } from '../../server/followers/tree.ts'
import { channel } from '../../server/ledger/append.ts'
import { checkpointsChannel, coveredSize } from '../../server/ledger/checkpoints.ts'
import { headOf } from '../../server/ledger/read.ts'
import { openLogKey } from '../../server/ledger/sign.ts'
import { readProof } from '../../server/views/proof.ts'
import type { Cluster } from './cluster.ts'
import { ask, type Wish } from './commands.ts'
import { now } from './feed.ts'
import { type Comparison, inMs, median, percentile, perSecond } from './figures.ts'
import { origin, requestItems, seed } from './seed.ts'
import type { Visitor } from './visitor.ts'

const everyMs = 10

/** Signs everything there is, as the leader of the tree does after a long absence. Gives entries per second. */
async function signAll({ pool, signerUrl }: Database, keyFile: string): Promise<number> {
  const { size } = await headOf(pool)
  const key = await openLogKey(keyFile, origin)
  const from = await coveredSize(pool, origin)
  const begun = performance.now()
  let failure: unknown
  const leader = leadTree({ url: signerUrl!, origin, key, failed: (error) => (failure = error) })
  try {
    while ((await coveredSize(pool, origin)) < size) {
      if (failure) throw failure
      await sleep(5)
    }
    return (size - from) / ((performance.now() - begun) / 1000)
  } finally {
    await leader.close()
  }
}

/** A ledger that nobody has signed yet, against commands of many items one after the other, without HTTP. */
export async function integration(
  cluster: Cluster,
  wishes: string[],
  officer: string,
  batch: number,
  rounds: number,
): Promise<Comparison> {
  const database = await openDatabase({ databaseUrl: await cluster.copy('tree'), dataDir: cluster.dataDir })
  try {
    const written: number[] = []
    for (let round = 0; round < rounds; round++) {
      const items = wishes.splice(-batch)
      const before = (await headOf(database.pool)).size
      const begun = performance.now()
      await requestItems(database, officer, items)
      const added = (await headOf(database.pool)).size - before
      written.push(added / ((performance.now() - begun) / 1000))
    }
    const integrated = await signAll(database, `${cluster.dataDir}/tree-key`)
    return {
      name: `entries integrated and signed, against written in commands of ${batch} items`,
      ours: perSecond(integrated),
      bare: perSecond(median(written)),
      ratio: integrated / median(written),
      floor: { atLeast: 20 },
    }
  } finally {
    await database.close()
  }
}

/** How long an entry waits for a checkpoint that covers it, at 100 commands per second, against a second and a half. */
export async function covering(
  databaseUrl: string,
  officers: ReadonlyMap<string, Visitor>,
  wishes: readonly Wish[],
): Promise<Comparison> {
  const committed = new Map<number, number>()
  const waits: number[] = []
  const listener = new pg.Client({ connectionString: databaseUrl })
  await listener.connect()
  listener.on('notification', ({ channel: from, payload = '' }) => {
    if (from === channel) return void committed.set(Number(payload.split('-')[1]), now())
    const size = Number(payload.split(' ')[1])
    for (const [position, at] of committed) {
      if (position >= size) continue
      waits.push(now() - at)
      committed.delete(position)
    }
  })
  await listener.query(`LISTEN ${channel}; LISTEN ${checkpointsChannel}`)
  const begun = now()
  const answers: Promise<unknown>[] = []
  for (const [n, { officer, items }] of wishes.entries()) {
    await sleep(Math.max(0, begun + n * everyMs - now()))
    answers.push(ask(officers.get(officer)!, items))
  }
  await Promise.all(answers)
  const rate = wishes.length / ((now() - begun) / 1000)
  for (let tries = 0; committed.size > 0 && tries < 200; tries++) await sleep(25)
  await listener.end()
  if (committed.size > 0 || waits.length < wishes.length) throw new Error('Some entries were never covered.')
  const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
  return {
    name: `commit to covering checkpoint at ${rate.toFixed(0)} commands/s: p99, against 1.5 s`,
    ours: `p50 ${inMs(p50)}, p99 ${inMs(p99)}`,
    bare: inMs(1500),
    ratio: p99 / 1500,
    floor: { atMost: 1 },
  }
}

/** The proof of an item whose entries lie far apart, in a long log and in a short one. */
export async function proofs(cluster: Cluster, sizes: { long: number; short: number }): Promise<Comparison> {
  const [long, short] = [await logOf(cluster, sizes.long), await logOf(cluster, sizes.short)]
  try {
    const times: { long: number; short: number }[] = []
    for (let round = 0; round <= 5; round++) {
      const one = { long: await proving(long), short: await proving(short) }
      if (round > 0) times.push(one)
    }
    return {
      name: `proof of one item, ${sizes.long} entries against ${sizes.short}`,
      ours: inMs(median(times.map((each) => each.long))),
      bare: inMs(median(times.map((each) => each.short))),
      ratio: median(times.map((each) => each.long / each.short)),
      floor: { atMost: 3 },
    }
  } finally {
    await Promise.all([long.close(), short.close()])
  }
}

/** Milliseconds for each proof. */
async function proving({ dataSource, pool }: Database): Promise<number> {
  const { rows } = await pool.query(`SELECT code FROM items WHERE dockets <> '{}' ORDER BY code LIMIT 40`)
  const begun = performance.now()
  for (const { code } of rows) {
    const bundle = await readProof({ dataSource, pool }, ['agency:psb'], code, {
      origin,
      policy: 'quorum none\n',
      witnesses: [],
    })
    if (!bundle || bundle === 'not-covered') throw new Error(`${code} has no proof.`)
  }
  return (performance.now() - begun) / rows.length
}

/** A signed log of so many entries: some things, and what happened to them with much else in between. */
async function logOf(cluster: Cluster, size: number): Promise<Database> {
  const url = await cluster.kept(`log_${size}`, async (made) => {
    const database = await openDatabase({ databaseUrl: made, dataDir: cluster.dataDir })
    try {
      await seed(database, 250, () => {})
      await fill(database.pool, Math.floor(size / 2))
      const { rows } = await database.pool.query(
        `SELECT code FROM items WHERE custody = 'stored' AND dockets = '{}' AND state->'officers'->>0 = 'officer1' LIMIT 40`,
      )
      await requestItems(
        database,
        'officer1',
        rows.map(({ code }) => code),
      )
      await fill(database.pool, size)
      await signAll(database, `${cluster.dataDir}/log-key`)
    } finally {
      await database.close()
    }
  })
  return openDatabase({ databaseUrl: url, dataDir: cluster.dataDir })
}

/** Entries of a usual length about nothing, until there are `size`. */
async function fill(pool: pg.Pool, size: number): Promise<void> {
  const atOnce = 20_000
  for (let { size: from } = await headOf(pool); from < size; from += atOnce) {
    const count = Math.min(atOnce, size - from)
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(`UPDATE ledger_head SET size = size + $1, clock = clock_timestamp()`, [count])
      await client.query(
        `INSERT INTO ledger (position, body, hash, subject_kind, subject_id, version, step, fact, actor_id, command_id,
           ordinal, occurred_at, recorded_at, audience)
         SELECT n, body, sha256('\\x00'::bytea || body), 'case', 'filler ' || n, 1, 'none', 'None', 'none',
           gen_random_uuid(), 0, now(), now(), '{}'
         FROM generate_series($1::bigint, $1::bigint + $2 - 1) AS n,
           LATERAL (SELECT convert_to('{"n":' || n || ',"text":"' || repeat('x', 700) || '"}', 'UTF8') AS body) AS made`,
        [from, count],
      )
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  }
  await pool.query('ANALYZE ledger').catch(() => {})
}
