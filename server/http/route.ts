// How a route is stated: what it takes, as schemas, what it gives, and what it does. Express and OpenAPI read the same.

import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import type { Reader } from '../people/reader.ts'
import type { Along } from '../people/sessions.ts'
import type { Language } from './parts.ts'

type Asked<Params, Query, Body> = {
  params: Params
  query: Query
  body: Body
  language: Language
  request: Request
  response: Response
}
type AskedBy<Params, Query, Body> = Asked<Params, Query, Body> & {
  reader: Reader
  /** The row of the route's `along`. */
  along: unknown
}

type Stated<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  method: 'get' | 'post' | 'delete'
  /** As Express writes it: `/api/items/:code`. */
  path: string
  summary: string
  params?: Params
  query?: Query
  /** JSON. */
  body?: Body
  /** Takes one file in the field `file` instead of JSON. */
  upload?: RequestHandler
  /** Default 200; 204 when it gives nothing. */
  status?: number
  /** Schema of the JSON it gives, or the media types of what else; nothing for 204. */
  gives?: z.ZodType | readonly string[]
  /** What is read in one statement with the session, by the parameters as they came, still unchecked. */
  along?: (params: Record<string, string | undefined>) => Along | undefined
}

export type Route = Stated<z.ZodType, z.ZodType, z.ZodType> & {
  /** May be asked without having signed in. */
  open: boolean
  /** Undefined when the handler has answered by itself. */
  handle: (asked: AskedBy<unknown, unknown, unknown>) => Promise<unknown>
}

const nothing = z.strictObject({})
type Nothing = typeof nothing

/** A route for people who are signed in. */
export function route<P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  stated: Stated<P, Q, B> & { handle: (asked: AskedBy<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<unknown> },
): Route {
  return { ...stated, open: false } as unknown as Route
}

/** A route for everybody. */
export function openRoute<P extends z.ZodType = Nothing, Q extends z.ZodType = Nothing, B extends z.ZodType = Nothing>(
  stated: Stated<P, Q, B> & { handle: (asked: Asked<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<unknown> },
): Route {
  return { ...stated, open: true } as unknown as Route
}

export const noParameters = nothing

/** A position or a size in an address: digits, and nothing that only reads as a number. */
export const count = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/)
  .transform(Number)
