// `npm run bench`: what the product costs beside the bare tools it is made of, on one machine in one run.
// `npm run bench -- verify`: only how fast a whole log is checked; it needs no database.
//
// BENCH_ITEMS   items in the database, 100000 by default
// BENCH_ENTRIES entries in the log that is checked, 1000000 by default; it is made once and kept in the temporary folder
// BENCH_QUICK   1: fewer and smaller rounds, to see whether it still runs; too rough for a floor to count as missed

import { join } from 'node:path'
import type pg from 'pg'
import { openDatabase } from '../server/database/data-source.ts'
import { setPassword } from '../server/people/passwords.ts'
import { startCluster } from './bench/cluster.ts'
import { manyInOne, record, singleCommands, type Wish } from './bench/commands.ts'
import { liveFeed } from './bench/feed.ts'
import { type Comparison, inMegabytes, isMissed, type Note, notesOf, tableOf } from './bench/figures.ts'
import { lookUps } from './bench/look-up.ts'
import { machine } from './bench/machine.ts'
import { units } from './bench/seed.ts'
import { startServer } from './bench/server.ts'
import { covering, integration, proofs } from './bench/tree.ts'
import { checkOfALog } from './bench/verify.ts'
import { type Visitor, visitor } from './bench/visitor.ts'

const items = Number(process.env.BENCH_ITEMS || 100_000)
const quick = process.env.BENCH_QUICK === '1'
const size = quick
  ? {
      rounds: 3,
      perRound: 80,
      batch: 100,
      batchRounds: 1,
      codes: 400,
      feedRounds: 1,
      perFeed: 40,
      sockets: 300,
      covered: 200,
      logs: { long: 100_000, short: 10_000 },
    }
  : {
      rounds: 5,
      perRound: 480,
      batch: 500,
      batchRounds: 3,
      codes: 3_000,
      feedRounds: 3,
      perFeed: 120,
      sockets: 300,
      covered: 1_500,
      logs: { long: 1_000_000, short: 10_000 },
    }
const entries = Number(process.env.BENCH_ENTRIES || (quick ? 100_000 : 1_000_000))
const checks = quick ? 1 : 3
const longestMs = 30 * 60_000
const password = 'measured only here'

const log = (sentence: string) => console.error(sentence)
setTimeout(() => fail(new Error('It takes too long.')), longestMs).unref()
process.once('SIGINT', () => process.exit(130))

await (process.argv[2] === 'verify' ? benchVerify() : bench()).catch(fail)

async function benchVerify(): Promise<void> {
  const { comparison, notes } = await checkOfALog(entries, checks, log)
  report([...(await machine()), ...notes], [comparison])
}

async function bench(): Promise<void> {
  const cluster = await startCluster(items, log)
  const [url, bareUrl] = [await cluster.copy('product'), await cluster.copy('bare')]
  const database = await openDatabase({ databaseUrl: url, dataDir: cluster.dataDir })
  // Its roles are those of the copy it is measured against.
  const bare = await openDatabase({ databaseUrl: bareUrl, dataDir: cluster.dataDir })
  await bare.close()
  const notes: Note[] = [...(await machine(database.pool)), { name: 'items', value: String(items) }]
  const server = await startServer(url, join(cluster.dataDir, 'server'))
  try {
    const signIn = (logins: string[]) => signedIn(server.url, database.pool, logins)
    const signedOfficers = await signIn(names('officer'))
    const officers = new Map(names('officer').map((login, n) => [login, signedOfficers[n]!]))
    const keepers = await signIn(names('officer').map(() => 'keeper'))
    const [leader] = await signIn(['leader'])
    notes.push({ name: 'memory, idle', value: inMegabytes(await server.memory()) })

    const wishes = await wishesIn(database.pool)
    const next = (count: number) => shared(wishes, count)
    const comparisons: Comparison[] = []

    log('Writing down the statements of single commands')
    const rounds = []
    for (let n = 0; n <= size.rounds; n++) {
      const recordings = await record(database.pool, next(size.perRound))
      rounds.push({ wishes: next(size.perRound), recordings })
    }
    log('Single commands')
    comparisons.push(await singleCommands(officers, bare.url, rounds))

    log('Many items in one command')
    const own = (count: number) => Array.from({ length: count }, () => wishes.get('officer1')!.pop()!)
    const batches = Array.from({ length: size.batchRounds }, () => ({
      together: own(size.batch),
      single: own(size.batch),
    }))
    comparisons.push(await manyInOne(officers.get('officer1')!, batches))

    log('Scanned codes')
    const codes = await database.pool.query('SELECT code FROM items ORDER BY md5(code) LIMIT $1', [size.codes])
    comparisons.push(
      await lookUps(
        keepers,
        codes.rows.map(({ code }) => code),
        size.rounds,
      ),
    )
    notes.push({ name: 'memory, after the commands', value: inMegabytes(await server.memory()) })

    log('Sockets')
    const line = await database.pool.query('SELECT line FROM movements ORDER BY position DESC LIMIT 1')
    comparisons.push(
      await liveFeed({
        url: server.url,
        databaseUrl: database.url,
        officers,
        cookie: leader!.cookie(),
        sockets: size.sockets,
        rounds: Array.from({ length: size.feedRounds + 1 }, () => next(size.perFeed)),
        line: line.rows[0].line,
        whileConnected: async () => {
          notes.push({ name: `memory, ${size.sockets} sockets`, value: inMegabytes(await server.memory()) })
        },
      }),
    )
    log('Checkpoints')
    comparisons.push(await covering(database.url, officers, next(size.covered)))
    for (const each of [...officers.values(), ...keepers, leader!]) each.leave()
    await server.stop()
    comparisons.push(
      await integration(cluster, own(size.batch * size.batchRounds), 'officer1', size.batch, size.batchRounds),
    )
    log('Proofs')
    comparisons.push(await proofs(cluster, size.logs))
    const check = await checkOfALog(entries, checks, log)
    comparisons.push(check.comparison)
    notes.push(...check.notes)
    report(notes, comparisons)
  } finally {
    await server.stop()
    await database.close()
    await cluster.stop()
  }
}

function report(notes: Note[], comparisons: Comparison[]): void {
  console.log(`\n${notesOf(notes)}\n\n${tableOf(comparisons)}\n`)
  console.log(
    'The delay of the live feed is counted from the notice of the commit, that of the broadcast from the call of emit,\n' +
      'each to the arrival at every socket. Ratios are medians over rounds in which both sides took turns.',
  )
  for (const { name, ratio } of comparisons.filter(isMissed)) {
    console.error(`Missed: ${name}: ${ratio.toFixed(2)}`)
    if (!quick) process.exitCode = 1
  }
}

function names(role: string): string[] {
  return Array.from({ length: units }, (_, n) => `${role}${n + 1}`)
}

/** A visitor for each login. One after the other: attempts at the same moment would count as failures of one address. */
async function signedIn(url: string, pool: pg.Pool, logins: string[]): Promise<Visitor[]> {
  const visitors: Visitor[] = []
  for (const login of logins) {
    const { rows } = await pool.query('SELECT id FROM people WHERE login = $1', [login])
    await setPassword(pool, rows[0].id, password)
    const one = visitor(url)
    await one.signIn(login, password)
    visitors.push(one)
  }
  return visitors
}

/** Stored things that nobody has asked for, by the officer who may; those of one case together, as people ask for them. */
async function wishesIn(pool: pg.Pool): Promise<Map<string, string[]>> {
  const { rows } = await pool.query(
    `SELECT state->'officers'->>0 AS officer, array_agg(code ORDER BY case_no, code) AS codes FROM items
     WHERE custody = 'stored' AND dockets = '{}' GROUP BY 1`,
  )
  return new Map(rows.map(({ officer, codes }) => [officer, codes]))
}

/** So many wishes for one item each, spread evenly over the officers. */
function shared(wishes: Map<string, string[]>, count: number): Wish[] {
  const officers = names('officer')
  return Array.from({ length: count }, (_, n) => {
    const officer = officers[n % officers.length]!
    const item = wishes.get(officer)!.pop()
    if (!item) throw new Error(`Too few items; BENCH_ITEMS=${items} is not enough.`)
    return { officer, items: [item] }
  })
}

function fail(error: unknown): void {
  console.error(error)
  process.exit(1)
}
