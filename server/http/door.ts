// What is checked of every request before its route looks at it: where it comes from, and its text.

import { isUtf8 } from 'node:buffer'
import express, { type Request, type RequestHandler } from 'express'
import { isSameSite } from './origins.ts'
import { badInput, Faulty } from './problems.ts'

const deepest = 24

/**
 * Refuses what a foreign page made the browser send. Browsers always say where a request that changes something comes
 * from; programs that do not are no browsers and carry nobody's cookie unasked.
 */
export function sameOrigin(publicUrl: string): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next()
    const { origin } = request.headers
    const site = request.headers['sec-fetch-site']
    if (origin !== undefined ? !isSameSite(origin, publicUrl) : site !== undefined && site !== 'same-origin')
      throw new Faulty(403, 'request.foreign-origin', { publicUrl })
    next()
  }
}

const parse = express.json({
  limit: '4mb',
  type: 'application/json',
  inflate: false,
  // Otherwise broken bytes would silently become U+FFFD and be recorded.
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new Error('not UTF-8')
  },
})

/** Reads a JSON body; anything else is refused with 415, so that no form of a foreign page gets in. */
export const jsonBody: RequestHandler = (request, response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (hasBody && !request.is('application/json')) throw new Faulty(415, 'request.wrong-type')
  parse(request, response, next)
}

/** Refuses NUL and lone surrogates anywhere: PostgreSQL keeps neither, so a stored text would not be what was hashed. */
export function requireText(value: unknown, path: PropertyKey[] = []): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw badInput(path, 'control')
    if (!value.isWellFormed()) throw badInput(path, 'surrogate')
  } else if (Array.isArray(value)) {
    if (path.length >= deepest) throw badInput([], 'deep')
    for (const [index, each] of value.entries()) requireText(each, [...path, index])
  } else if (value && typeof value === 'object') {
    if (path.length >= deepest) throw badInput([], 'deep')
    for (const [name, each] of Object.entries(value)) {
      requireText(name, path)
      if (name === '__proto__') throw badInput(path, 'wrong')
      requireText(each, [...path, name])
    }
  }
}

/** The address without what may tell of people: the query. */
export const pathOf = (request: Request): string => request.originalUrl.split('?', 1)[0]!.slice(0, 200)
