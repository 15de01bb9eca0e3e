// Puts the routes together: what happens to every request, in order, and where it ends.

import { randomUUID } from 'node:crypto'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { type Reader, readerOf } from '../people/reader.ts'
import { caseRoutes } from './cases.ts'
import { codeRoutes } from './codes.ts'
import { countersignatureRoutes } from './countersignatures.ts'
import { demoRoutes } from './demo.ts'
import { docketRoutes } from './dockets.ts'
import { documentRoutes } from './documents.ts'
import { jsonBody, pathOf, requireText, sameOrigin } from './door.ts'
import { fileRoutes } from './files.ts'
import { securityHeaders } from './headers.ts'
import { itemRoutes } from './items.ts'
import { labelRoutes } from './labels.ts'
import { languageOf } from './languages.ts'
import { leftoverRoutes } from './leftovers.ts'
import { logRoutes } from './log.ts'
import { loopbackOnly } from './metrics.ts'
import { moneyRoutes } from './money.ts'
import { movementRoutes } from './movements.ts'
import { openApi, openApiRoute } from './openapi.ts'
import { operatorRoutes } from './operator.ts'
import type { HttpParts } from './parts.ts'
import { passwordRoutes } from './passwords.ts'
import { peopleRoutes } from './people.ts'
import { placeRoutes } from './places.ts'
import { practiceSheetRoutes } from './practice-sheet.ts'
import { isOurs, Missing, parsed, problemOf } from './problems.ts'
import { proofRoutes } from './proof.ts'
import { receiptRoutes } from './receipts.ts'
import { noParameters, type Route } from './route.ts'
import { screens } from './screens.ts'
import { searchRoutes } from './search.ts'
import { sessionRoutes } from './session.ts'
import { setupRoutes } from './setup.ts'
import { stepRoutes } from './steps.ts'

declare module 'express-serve-static-core' {
  interface Request {
    id: string
    /** Who asks, once it is known. */
    reader?: Reader
    /** What was read with the session for its route. */
    along?: unknown
    /** The path of the route, for metrics. */
    routePath?: string
  }
}

/** After what cannot be answered just now. */
const retrySeconds = 5

/** Every route there is; the tests walk them. Express tries them in this order, so what is asked all day comes first. */
export function routesOf(parts: HttpParts): Route[] {
  const routes: Route[] = [
    ...operatorRoutes(parts),
    ...codeRoutes(parts),
    ...stepRoutes(parts),
    ...itemRoutes(parts),
    ...sessionRoutes(parts),
    ...countersignatureRoutes(parts),
    ...docketRoutes(parts),
    ...caseRoutes(parts),
    ...placeRoutes(parts),
    ...peopleRoutes(parts),
    ...passwordRoutes(parts),
    ...movementRoutes(parts),
    ...searchRoutes(parts),
    ...moneyRoutes(parts),
    ...fileRoutes(parts),
    ...labelRoutes(parts),
    ...leftoverRoutes(parts),
    ...logRoutes(parts),
    ...proofRoutes(parts),
    ...documentRoutes(parts),
    ...receiptRoutes(parts),
    ...demoRoutes(parts),
    ...practiceSheetRoutes(parts),
    ...setupRoutes(parts),
    openApiRoute(() => described),
  ]
  const described = openApi(routes, parts.catalogue, parts.publicUrl)
  return routes
}

export async function apiOf(parts: HttpParts, routes: Route[]): Promise<Express> {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  // TLS ends at a proxy, which then is always the one that speaks to us; without it addresses are as they come.
  app.set('trust proxy', parts.publicUrl.startsWith('https:') ? 1 : false)
  app.use(observed(parts))
  app.use(...securityHeaders(parts.publicUrl))
  app.use('/api', (_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store')
    next()
  })
  app.use('/api', sameOrigin(parts.publicUrl))
  app.use('/metrics', loopbackOnly)
  for (const route of routes) app[route.method](route.path, ...handlersOf(route, parts))
  app.use(['/api', '/socket.io'], () => {
    throw new Missing('request.no-such-address')
  })
  app.use(await screens(parts))
  app.use(failed(parts))
  return app
}

function handlersOf(route: Route, parts: HttpParts): RequestHandler[] {
  const { params = noParameters, query = noParameters, body, upload, open, along, handle, status } = route
  const movesSession = open && route.path === '/api/session'
  return [
    (request, _response, next) => {
      request.routePath = route.path
      next()
    },
    ...(movesSession ? [parts.sessions.middleware] : []),
    ...(open ? [] : [signedIn(parts, along)]),
    ...(body ? [jsonBody] : []),
    ...(upload ? [upload] : []),
    async (request, response) => {
      const language = languageOf(request, parts.language)
      const { lang, ...asked } = request.query
      if (lang !== undefined && lang !== language) asked.lang = lang
      requireText([request.params, asked, request.body])
      const answer = await handle({
        params: parsed(params, { ...request.params }),
        query: parsed(query, asked),
        body: body ? parsed(body, request.body ?? {}) : {},
        reader: request.reader!,
        along: request.along,
        language,
        request,
        response,
      })
      if (response.headersSent || response.writableEnded) return
      if (answer === undefined) response.status(204).end()
      else sendJson(response.status(status ?? 200), JSON.stringify(answer))
    },
  ]
}

/** Head and body in one piece: what Express sends goes out as two. */
function sendJson(response: Response, text: string): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}

/** Finds out who asks. A request that a page makes by itself, with `X-Background: 1`, does not keep the session awake. */
function signedIn({ sessions, directory }: HttpParts, along: Route['along']): RequestHandler {
  return async (request, _response, next) => {
    const signed = await sessions.of(request, along?.(request.params as Record<string, string>))
    request.along = signed.along
    request.reader = await readerOf(directory, signed)
    if (request.headers['x-background'] !== '1') await sessions.mark(signed.sid)
    next()
  }
}

/** Numbers each request, counts it, and writes one line about it: never what was sent, nor what was searched for. */
function observed({ log, metrics }: HttpParts): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    const given = request.headers['x-request-id']
    request.id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
    response.setHeader('X-Request-Id', request.id)
    response.once('close', () => {
      const ms = Math.round((performance.now() - begun) * 10) / 10
      const { method, routePath = 'none' } = request
      const status = response.statusCode
      metrics.requests.observe({ method, route: routePath, status }, ms / 1000)
      log.info(
        { requestId: request.id, method, path: pathOf(request), status, ms, login: request.reader?.person.login },
        'request',
      )
    })
    next()
  }
}

function failed({ log, language, ...spoken }: HttpParts): ErrorRequestHandler {
  return (error, request: Request, response, next) => {
    if (isOurs(error)) log.error({ requestId: request.id, err: error }, 'request failed')
    if (response.headersSent) return next(error)
    const problem = problemOf(error, spoken, languageOf(request, language), request.id)
    const wait = problem.params?.minutes
    if (problem.status === 429 && typeof wait === 'number') response.setHeader('Retry-After', wait * 60)
    if (problem.status === 503) response.setHeader('Retry-After', retrySeconds)
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
  }
}
