// Sessions: in PostgreSQL, begun at sign-in, asleep after half an hour without a request, gone at sign-out.

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import connectPgSimple from 'connect-pg-simple'
import type { Request, RequestHandler, Response } from 'express'
import session, { type SessionData } from 'express-session'
import type pg from 'pg'
import type { Person } from '../custody/subjects.ts'
import { Denied } from './denied.ts'

declare module 'express-session' {
  interface SessionData {
    personId: string
    /** When the password was last given, ISO 8601. */
    signedInAt: string
    /** When the person last did something, ISO 8601, exact to `markSeconds`. */
    seenAt: string
  }
}

export const idleSeconds = 30 * 60
/** A sleeping session is kept so long, so that the person is told why to sign in again. */
const keptSeconds = 12 * 3600
const markSeconds = 20
const PgStore = connectPgSimple(session)

/** A session, and its person as they are now. */
export type Signed = { sid: string; person: Person | undefined; signedInAt: string }

/** One thing that is read in the statement that reads the session. */
export type Along = {
  /** Tells its statement from the others. */
  name: string
  /** SQL that gives one row at most for the value that an expression gives. It cannot know yet who asks. */
  rowOf: (value: string) => string
  value: string
}

export type Sessions = {
  /** Where a session is begun or ended: puts it on the request. */
  middleware: RequestHandler
  begin: (request: Request, person: Person) => Promise<void>
  end: (request: Request, response: Response) => Promise<void>
  /**
   * Whose session a request carries, and the row that is asked for along with it: all null when there is none.
   * Throws Denied `session.none` or `session.idle`.
   */
  of: (request: Pick<IncomingMessage, 'headers'>, along?: Along) => Promise<Signed & { along: unknown }>
  /** The person is there: the half hour starts anew. */
  mark: (sid: string) => Promise<void>
  /** Signs a person out everywhere, but for the session `except`. */
  endAllOf: (personId: string, except?: string) => Promise<void>
  /** Those of the sessions that are neither gone nor asleep. */
  awake: (sids: string[]) => Promise<Set<string>>
  close: () => void
}

type Row = { sess: Partial<SessionData>; person: Person | null }

type Options = {
  /** Decides the cookie: `__Host-` and `Secure` when the address is https. */
  publicUrl: string
  secret: string
  /** Where the session of a request is looked up. */
  reads: Pick<pg.Pool, 'query'>
  /** SQL for the state of the person whose id an expression gives: read together with the session. */
  personOf: (id: string) => string
}

export function sessionsIn(pool: pg.Pool, options: Options): Sessions {
  const secure = options.publicUrl.startsWith('https:')
  const name = secure ? '__Host-stillpoint' : 'stillpoint'
  const cookie = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  // Touching is done by `mark`: a request of a machine, or one that is refused, does not keep a session awake.
  const store = new PgStore({
    pool,
    tableName: 'sessions',
    ttl: keptSeconds,
    disableTouch: true,
    pruneSessionInterval: 900,
    errorLog: () => {},
  })
  const marks = new Map<string, number>()
  // Signatures that were found right stay right; whether a session still counts, only its row tells.
  const verified = new Map<string, string>()
  const sidOf = (cookie: string): string | undefined => {
    const known = verified.get(cookie)
    if (known) return known
    const sid = sidIn(cookie, options.secret)
    if (verified.size > 10_000) verified.clear()
    if (sid) verified.set(cookie, sid)
    return sid
  }
  const columns = `sess, ${options.personOf("sess ->> 'personId'")} AS person`
  const alive = 'sid = $1 AND expire > now()'
  const lookUp = (sid: string, along?: Along): pg.QueryConfig =>
    along
      ? {
          name: `session and ${along.name}`,
          text: `SELECT ${columns}, along.* FROM sessions LEFT JOIN LATERAL (${along.rowOf('$2')}) along ON true WHERE ${alive}`,
          values: [sid, along.value],
        }
      : { name: 'session', text: `SELECT ${columns} FROM sessions WHERE ${alive}`, values: [sid] }

  return {
    middleware: session({
      name,
      secret: options.secret,
      store,
      cookie,
      // Never saved after sign-in, so a slow request cannot bring back a session that was ended meanwhile.
      resave: false,
      saveUninitialized: false,
      proxy: secure,
    }),

    begin: async (request, person) => {
      await new Promise<void>((done, fail) => request.session.regenerate((error) => (error ? fail(error) : done())))
      const now = new Date().toISOString()
      Object.assign(request.session, { personId: person.id, signedInAt: now, seenAt: now })
      await new Promise<void>((done, fail) => request.session.save((error) => (error ? fail(error) : done())))
    },

    end: async (request, response) => {
      await new Promise<void>((done, fail) => request.session.destroy((error) => (error ? fail(error) : done())))
      response.clearCookie(name, cookie)
    },

    // Looked up here, not by the middleware, which would also watch every answer for changes to write back.
    of: async ({ headers }, asked) => {
      const cookie = headers.cookie?.split(/; */).find((each) => each.startsWith(`${name}=s%3A`))
      const sid = cookie && sidOf(cookie.slice(name.length + 1))
      if (!sid) throw new Denied('session.none')
      const { rows } = await options.reads.query<Row>(lookUp(sid, asked))
      const { sess, person, ...along } = rows[0] ?? ({} as Partial<Row>)
      const { personId, signedInAt, seenAt } = sess ?? {}
      if (!personId || !seenAt || !signedInAt) throw new Denied('session.none')
      if (Date.now() - Date.parse(seenAt) > idleSeconds * 1000) throw new Denied('session.idle')
      return { sid, person: person ?? undefined, signedInAt, along }
    },

    mark: async (sid) => {
      const now = Date.now()
      if (now - (marks.get(sid) ?? 0) < markSeconds * 1000) return
      if (marks.size > 10_000) marks.clear()
      marks.set(sid, now)
      await pool.query(
        `UPDATE sessions SET expire = to_timestamp($2), sess = jsonb_set(sess::jsonb, '{seenAt}', to_jsonb($3::text))::json
         WHERE sid = $1`,
        [sid, now / 1000 + keptSeconds, new Date(now).toISOString()],
      )
    },

    endAllOf: async (personId, except = '') => {
      await pool.query(`DELETE FROM sessions WHERE sess ->> 'personId' = $1 AND sid <> $2`, [personId, except])
    },

    awake: async (sids) => {
      const { rows } = await pool.query(`SELECT sid FROM sessions WHERE sid = ANY($1) AND sess ->> 'seenAt' > $2`, [
        sids,
        new Date(Date.now() - idleSeconds * 1000).toISOString(),
      ])
      return new Set(rows.map((row: { sid: string }) => row.sid))
    },

    close: () => store.close(),
  }
}

/** The session id in a cookie that is signed with the secret: `s:<id>.<HMAC-SHA-256>`, as express-session has it. */
function sidIn(cookie: string, secret: string): string | undefined {
  const [sid, mac, more] = cookie.slice('s%3A'.length).split('.')
  if (!sid || !mac || more !== undefined || !/^[\w-]+$/.test(sid)) return undefined
  const given = Buffer.from(mac.replaceAll('%2B', '+').replaceAll('%2F', '/'), 'base64')
  const expected = createHmac('sha256', secret).update(sid).digest()
  return given.length === expected.length && timingSafeEqual(given, expected) ? sid : undefined
}
