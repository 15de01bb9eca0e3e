// Everything that goes wrong, as application/problem+json (RFC 9457) with a sentence the reader can act on.

import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import type { Problem } from '../contract/steps.ts'
import { decimalPattern } from '../custody/decimal.ts'
import { Refusal } from '../custody/define.ts'
import { DocumentRefused } from '../documents/document-refused.ts'
import { FileRefused } from '../files/file-refused.ts'
import { FileTampered } from '../files/store.ts'
import { NotCanonical } from '../ledger/canonical.ts'
import { EntryTooLong } from '../ledger/entry.ts'
import { Denied } from '../people/denied.ts'
import { isNoDatabase } from './no-database.ts'
import type { Language, Sentence } from './parts.ts'

/** A request that is wrong in itself, before any rule of custody was asked. */
export class Faulty extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, unknown> = {},
  ) {
    super(code)
    this.name = 'Faulty'
  }
}

/** The thing that the address names is not there, or not for this reader – which must look the same. */
export class Missing extends Faulty {
  constructor(code: string, params: Record<string, unknown> = {}) {
    super(404, code, params)
  }
}

/** What was asked, or the 404 that nobody can tell from "not for you". */
export function found<T>(thing: T | undefined, code: string, params?: Record<string, unknown>): T {
  if (thing === undefined) throw new Missing(code, params)
  return thing
}

type Issue = z.core.$ZodIssue

/** Bad input of which it is known where it stands. */
export class BadInput extends Error {
  constructor(readonly issues: Issue[]) {
    super('input.invalid')
    this.name = 'BadInput'
  }
}

/** One place in the input that is wrong, for a reason of ours: `control`, `surrogate`, `code`, … */
export const badInput = (path: PropertyKey[], reason: string): BadInput =>
  new BadInput([{ code: 'custom', path, message: reason, params: { reason } } as Issue])

/** Parses what came in from `where`; throws BadInput with paths that begin there. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, where: string[] = []): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new BadInput(result.error.issues.map((issue) => ({ ...issue, path: [...where, ...issue.path] })))
}

const deniedStatus: Record<string, number> = {
  'session.none': 401,
  'session.idle': 401,
  'session.wrong': 401,
  'session.disabled': 403,
  'session.locked': 429,
  'session.busy': 503,
  'countersignature.wrong': 403,
  'password.not-your-people': 403,
  'password.link-unknown': 404,
  'setup.wrong-link': 403,
}
const fileStatus: Record<string, number> = { 'file.too-large': 413, 'file.type': 415 }

type Told = { status: number; code: string; params: Record<string, unknown>; issues?: Issue[] }

function told(error: unknown): Told {
  if (error instanceof Faulty) return error
  if (error instanceof FileRefused)
    return { status: fileStatus[error.code] ?? 400, code: error.code, params: error.params }
  if (error instanceof FileTampered) return { status: 500, code: 'file.tampered', params: { sha256: error.sha256 } }
  if (error instanceof DocumentRefused) return { status: 400, code: error.code, params: error.params }
  if (error instanceof Refusal)
    return { status: error.code === 'step.no-role' ? 403 : 409, code: error.code, params: error.params }
  if (error instanceof Denied)
    return { status: deniedStatus[error.code] ?? 409, code: error.code, params: error.params }
  if (error instanceof BadInput || error instanceof z.ZodError)
    return { status: 400, code: 'input.invalid', params: {}, issues: error.issues as Issue[] }
  if (error instanceof EntryTooLong) return { status: 400, code: 'input.too-long', params: { bytes: error.bytes } }
  if (error instanceof NotCanonical)
    return { status: 400, code: 'input.invalid', params: {}, issues: badInput([error.path], 'text').issues }
  if (isNoDatabase(error)) return { status: 503, code: 'request.no-database', params: {} }
  return parserFault(error) ?? { status: 500, code: 'request.failed', params: {} }
}

/** What Express and its body parser throw, by their own names. */
function parserFault(error: unknown): Told | undefined {
  const { type, status } = error as { type?: string; status?: number }
  if (type === 'entity.too.large') return { status: 413, code: 'request.too-large', params: {} }
  if (type === 'entity.parse.failed' || type === 'entity.verify.failed')
    return { status: 400, code: 'request.not-json', params: {} }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return { status: 415, code: 'request.wrong-type', params: {} }
  if (typeof status === 'number' && status >= 400 && status < 500) return { status, code: 'request.broken', params: {} }
}

/** Whether it is our own mistake, to be logged whole. */
export const isOurs = (error: unknown): boolean =>
  told(error).status >= 500 && !(error instanceof Faulty) && !(error instanceof Denied)

/** The answer to an error. */
export function problemOf(error: unknown, sentence: Sentence, language: Language, requestId?: string): Problem {
  const { status, code, params, issues } = told(error)
  return {
    type: `urn:stillpoint:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: sentence(code, status === 500 ? { reference: requestId } : params, language),
    code,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(issues ? { errors: issues.slice(0, 50).flatMap((issue) => errorsOf(issue, sentence, language)) } : {}),
    ...(requestId ? { requestId } : {}),
  }
}

function errorsOf(issue: Issue, sentence: Sentence, language: Language): { path: string; message: string }[] {
  // Of several forms, the one that fits best tells what is wrong.
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const best = issue.errors.reduce((one, other) => (other.length < one.length ? other : one))
    return best.flatMap((inner) =>
      errorsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue, sentence, language),
    )
  }
  const path = issue.path.map(String).join('.')
  return [{ path, message: sentence(`input.${reasonOf(issue)}`, paramsOf(issue), language) }]
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'custom':
      return String((issue as { params?: { reason?: string } }).params?.reason ?? 'wrong')
    case 'invalid_type':
      return /received undefined$/.test(issue.message) ? 'absent' : 'type'
    case 'too_big':
    case 'too_small':
      return `${issue.code === 'too_big' ? 'most' : 'least'}-${issue.origin === 'string' || issue.origin === 'array' ? issue.origin : 'number'}`
    case 'invalid_format':
      if (issue.format === 'regex') return issue.pattern === String(decimalPattern) ? 'decimal' : 'pattern'
      return ['datetime', 'date', 'uuid'].includes(issue.format) ? issue.format : 'pattern'
    case 'unrecognized_keys':
      return 'unknown-field'
    case 'invalid_value':
      return 'choice'
    default:
      return 'wrong'
  }
}

function paramsOf(issue: Issue): Record<string, unknown> {
  switch (issue.code) {
    case 'invalid_type':
      return { expected: issue.expected }
    case 'too_big':
      return { limit: Number(issue.maximum) }
    case 'too_small':
      return { limit: Number(issue.minimum) }
    case 'unrecognized_keys':
      // Said by the sender, so shortened before it is said back.
      return {
        fields: issue.keys
          .slice(0, 5)
          .map((key) => key.slice(0, 40))
          .join(', '),
      }
    case 'invalid_value':
      return { values: issue.values.slice(0, 30).join(', ') }
    default:
      return {}
  }
}
