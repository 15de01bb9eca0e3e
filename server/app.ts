// Puts the parts together: rules, ledger, views, sign-in, HTTP, the live feed. The only file that knows them all.

import { createServer, type IncomingMessage, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Response } from 'express'
import pino, { type DestinationStream, type Logger } from 'pino'
import { addressOf, type Config, ConfigError } from './config.ts'
import { agenciesUnder, keysOf } from './custody/audience.ts'
import { type Catalogue, catalogue } from './custody/catalogue.ts'
import { nextChange } from './custody/delegation.ts'
import type { Unit } from './custody/subjects.ts'
import type { Database } from './database/data-source.ts'
import { readsOn } from './database/reads.ts'
import { removeOldUploads } from './files/upload.ts'
import { type Follower, follow } from './followers/follower.ts'
import { feedOn, type Line, type Listener } from './followers/sockets.ts'
import { Contradiction, leadTree, OtherKey, OtherName } from './followers/tree.ts'
import { apiOf, routesOf } from './http/api.ts'
import { newMetrics } from './http/metrics.ts'
import { isSameSite } from './http/origins.ts'
import type { HttpParts } from './http/parts.ts'
import { readSentences } from './http/sentences.ts'
import { secretOf } from './installation.ts'
import { listen } from './ledger/listen.ts'
import { headOf } from './ledger/read.ts'
import { NoLogKey, openLogKey } from './ledger/sign.ts'
import { openContinuity, refusalFor } from './log/continuity.ts'
import { openWitnessing } from './log/witnessing.ts'
import type { Directory } from './people/directory.ts'
import { readerOf } from './people/reader.ts'
import { type Sessions, sessionsIn } from './people/sessions.ts'
import { setupToken } from './people/tokens.ts'
import { adoptRules, type Parts } from './perform.ts'
import { renewViews } from './upgrade.ts'
import { movementsAfter, readMovements } from './views/movements.ts'
import { personById, personByLogin, personOf, readUnits } from './views/people.ts'

export type App = {
  /** What to open in a browser. */
  address: string
  port: number
  /** Where a real installation is founded; only while its ledger is empty. */
  setupLink?: string
  close(): Promise<void>
}

const dayMs = 86_400_000
const unitsKeptMs = 2_000
const closeWithinMs = 3_000

/** What `perform` works with, for whoever takes steps without HTTP. */
export const partsOf = async (
  config: Config,
  { pool }: Pick<Database, 'pool'>,
  procedures: Catalogue = catalogue,
): Promise<Parts> => ({
  pool,
  catalogue: procedures,
  origin: config.logOrigin,
  secret: await secretOf(pool, 'sessions'),
})

/**
 * Listens on the address of `config` and serves until closed. Throws what `listen` throws when the address is taken.
 * Log lines are JSON, to standard error unless `options.log` is given.
 */
export async function startApp(
  config: Config,
  database: Database,
  options: { log?: Logger; print?: (line: string) => void; catalogue?: Catalogue } = {},
): Promise<App> {
  const { pool, dataSource } = database
  // Whoever tries it out reads the screen, an operator the log.
  const log = options.log ?? newLog(pino.destination({ dest: 2, sync: false }), config.demo ? 'warn' : 'info')
  const logKey = await openLogKey(config.logKeyFile, config.logOrigin).catch((error) => {
    throw error instanceof NoLogKey ? new ConfigError(`${error.message} Check LOG_KEY_FILE.`) : error
  })
  const witnessing = await openWitnessing(config, {
    reader: pool,
    writerUrl: database.signerUrl,
    vkey: logKey.vkey,
    log,
  })
  const continuity = await openContinuity({
    reader: pool,
    signerUrl: database.signerUrl,
    dataDir: config.dataDir,
    origin: config.logOrigin,
    vkey: logKey.vkey,
    policy: witnessing.policy,
    failed: (error) => log.error({ err: error }, 'the newest checkpoint is not kept beside the database'),
  })
  const broken = continuity.broken()
  if (broken)
    log.error({ kind: broken.kind, seen: broken.seen.size, by: broken.seen.by, here: broken.here.size }, 'READ-ONLY')
  let answer: ((request: IncomingMessage, response: Response) => void) | undefined
  const server = createServer()
  const built = new Promise<void>((ready) => {
    server.on('request', async (request, response) => {
      if (!answer) await built
      answer!(request, response as Response)
    })
    server.once('built', ready)
  })
  // A proxy keeps connections open for a minute; the one who closes first loses requests.
  server.keepAliveTimeout = 75_000
  const port = await listening(server, config)
  const ownAddress = addressOf(config.host, port)
  // With PORT=0 the address is known only now.
  const publicUrl = config.port === 0 && config.publicUrl.endsWith(':0') ? ownAddress : config.publicUrl

  const own = {
    ...(await partsOf(config, database, options.catalogue)),
    halted: () => (broken ? refusalFor(broken) : undefined),
  }
  await renewViews(own)
  if (!broken) await adoptRules(own)
  const { secret } = own
  const reads = readsOn(database.url)
  const sessions = sessionsIn(pool, { publicUrl, secret, reads, personOf })
  const directory = directoryOf(database)
  await removeOldUploads(config.dataDir, dayMs, Date.now())

  let follower: Follower | undefined
  const feed = feedOn(server, {
    identify: (request) => identify(request, sessions, directory),
    isSameSite: (origin) => isSameSite(origin, publicUrl),
    rightsNow: async (personId) => {
      const person = await directory.byId(personId)
      if (!person || person.disabled) return undefined
      const under = await directory.agenciesUnder(person.agency)
      const now = new Date().toISOString()
      return { keys: [...keysOf(person, under, now)], changesAt: nextChange(person, now) }
    },
    awake: sessions.awake,
    missed: async (keys, after, limit) => (await readMovements(dataSource, keys, { after, limit })).movements,
    headSize: async () => (await headOf(pool)).size,
    follower: () => follower!,
    failed: (error) => log.error({ err: error }, 'live feed'),
  })
  const { size } = await headOf(pool)
  follower = follow<Line>({
    name: 'sockets',
    after: size - 1,
    read: (after, limit) => movementsAfter(pool, after, limit),
    deal: (line) => {
      feed.push(line)
      if (line.subject.kind === 'person') personChanged(line.subject.id)
      if (line.subject.kind === 'unit') {
        directory.forgetUnits()
        feed.recheck()
      }
    },
    failed: (error) => log.warn({ err: error }, 'the follower of the live feed tries again'),
  })
  const following = follower
  const leader =
    database.signerUrl === undefined || broken
      ? undefined
      : leadTree({
          url: database.signerUrl,
          origin: config.logOrigin,
          key: logKey,
          onCheckpoint: (checkpoint, leading) => {
            continuity.remember(checkpoint.note)
            witnessing.onCheckpoint?.(checkpoint, leading)
          },
          failed: (error) => {
            const wrong = [Contradiction, OtherKey, OtherName].some((kind) => error instanceof kind)
            log[wrong ? 'error' : 'warn']({ error: String(error) }, 'no checkpoint of the ledger can be made')
          },
        })
  const listener = listen(database.url, () => {
    following.wake()
    leader?.wake()
  })
  const feedLag = async () => Math.max(0, (await headOf(pool)).size - 1 - following.position())

  /** Whose account was closed is signed out everywhere; whose rights changed hears only what they may hear now. */
  function personChanged(personId: string): void {
    feed.recheck(personId)
    directory.byId(personId).then(
      (person) => (person?.disabled ? sessions.endAllOf(personId) : undefined),
      (error) => log.error({ err: error }, 'sessions of a disabled person'),
    )
  }

  const spoken = await readSentences(new URL('../client/locales/', import.meta.url), config.timeZone)
  const parts: HttpParts = {
    ...own,
    dataSource,
    reads,
    publicUrl,
    dataDir: config.dataDir,
    logPublic: config.logPublic,
    receiptSecret: await secretOf(pool, 'receipts'),
    policy: async () => witnessing.text,
    witnesses: witnessing.witnesses,
    meetsQuorum: witnessing.meetsQuorum,
    ownWitnesses: witnessing.isDemonstration,
    screens: fileURLToPath(new URL('../dist/client/', import.meta.url)),
    language: config.locale,
    ...spoken,
    timeZone: config.timeZone,
    sessions,
    directory,
    metrics: newMetrics({ ledgerSize: async () => (await headOf(pool)).size, feedLag, sockets: feed.size }),
    log,
    demo: config.demo === true,
    feedLag,
    endSockets: (of) => feed.end(of),
  }
  answer = (await apiOf(parts, routesOf(parts))) as unknown as typeof answer
  server.emit('built')
  await listener.ready

  const setupLink = size === 0 ? `${publicUrl}/setup#${setupToken(secret)}` : undefined
  const print = options.print ?? console.log
  if (broken)
    print(
      `READ-ONLY: the log has ${broken.here.size} entries here, but ${broken.seen.by} keeps a signed checkpoint over ${broken.seen.size} that does not agree. ` +
        'Nothing can be recorded. See docs/proof.md, "When the log is read-only".',
    )
  if (setupLink) print(`Found your agency and its administrator here, once: ${setupLink}`)
  return {
    address: publicUrl,
    port,
    ...(setupLink ? { setupLink } : {}),
    close: async () => {
      const cut = setTimeout(() => server.closeAllConnections(), closeWithinMs)
      await listener.close()
      await leader?.close()
      await witnessing.close()
      await continuity.close()
      await following.close()
      await feed.close()
      clearTimeout(cut)
      sessions.close()
      await reads.close()
    },
  }
}

async function listening(server: Server, { host, port }: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  return (server.address() as { port: number }).port
}

/** Who opens a socket, by the session cookie of the request. */
async function identify(request: IncomingMessage, sessions: Sessions, directory: Directory): Promise<Listener> {
  const reader = await readerOf(directory, await sessions.of(request))
  const { sid, person, keys, now } = reader
  return { sid, personId: person.id, keys, changesAt: nextChange(person, now) }
}

/** People are read anew each time; which agency is below which changes once in years and is kept for two seconds. */
function directoryOf({ pool }: Database): Directory & { forgetUnits: () => void } {
  let units: { read: Promise<Unit[]>; at: number } | undefined
  return {
    byLogin: (login) => personByLogin(pool, login),
    byId: (id) => personById(pool, id),
    agenciesUnder: async (agency) => {
      if (!units || Date.now() - units.at > unitsKeptMs) units = { read: readUnits(pool), at: Date.now() }
      return agenciesUnder(agency, await units.read)
    },
    forgetUnits: () => {
      units = undefined
    },
  }
}

/** What an error of ours says of itself; not the values that a failed query carried. */
const errorIn = (error: unknown) => {
  const { name, message, code, stack } = error as Error & { code?: string }
  return { name, message, code, stack }
}

/** JSON lines: requests by number, method, path, status, time and login; never what was sent or searched for. */
export const newLog = (to: DestinationStream, level: 'info' | 'warn'): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorIn } }, to)
