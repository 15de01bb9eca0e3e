// Everything that goes wrong, as application/problem+json (RFC 9457) with a sentence the reader can act on.

import { STATUS_CODES } from 'node:http'
import { z } from 'zod'
import { type Fault, faultsOf, pointerTo } from '../contract/faults.ts'
import type { InputError, Problem } from '../contract/steps.ts'
import type { Words } from '../contract/words.ts'
import { Refusal } from '../custody/define.ts'
import { DocumentRefused } from '../documents/document-refused.ts'
import { FileRefused } from '../files/file-refused.ts'
import { FileTampered } from '../files/store.ts'
import { NotCanonical } from '../ledger/canonical.ts'
import { EntryTooLong } from '../ledger/entry.ts'
import { Denied } from '../people/denied.ts'
import { isNoDatabase } from './no-database.ts'
import type { Language, Spoken } from './parts.ts'

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

/** Bad input of which it is known where it stands; its fields are those of `step`, where it is one's. */
export class BadInput extends Error {
  constructor(
    readonly faults: Fault[],
    readonly step?: string,
  ) {
    super('input.invalid')
    this.name = 'BadInput'
  }
}

/** One place in the input that is wrong, for a reason of ours: `control`, `surrogate`, `code`, … */
export const badInput = (path: PropertyKey[], reason: string): BadInput => new BadInput([{ path, reason, params: {} }])

/** Parses what came in. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new BadInput(faultsOf(result.error.issues, schema))
}

/** What a step's schema refused, told as the sender wrote it: below `input`. */
export function badStepInput(step: string, schema: z.ZodType, { issues }: z.ZodError): BadInput {
  const faults = faultsOf(issues, schema)
  return new BadInput(
    faults.map((fault) => ({ ...fault, path: ['input', ...fault.path] })),
    step,
  )
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

type Told = { status: number; code: string; params: Record<string, unknown>; bad?: BadInput }

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
  if (error instanceof BadInput) return { status: 400, code: 'input.invalid', params: {}, bad: error }
  if (error instanceof z.ZodError) return told(new BadInput(faultsOf(error.issues)))
  if (error instanceof EntryTooLong) return { status: 400, code: 'input.too-long', params: { bytes: error.bytes } }
  if (error instanceof NotCanonical)
    return { status: 400, code: 'input.invalid', params: {}, bad: badInput([error.path], 'text') }
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
export function problemOf(error: unknown, spoken: Spoken, language: Language, requestId?: string): Problem {
  const { status, code, params, bad } = told(error)
  return {
    type: `urn:stillpoint:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: spoken.sentence(code, status === 500 ? { reference: requestId } : params, language),
    code,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(bad ? { errors: errorsOf(bad, spoken.words(language)) } : {}),
    ...(requestId ? { requestId } : {}),
  }
}

function errorsOf({ faults, step }: BadInput, words: Words): InputError[] {
  const errors = faults.slice(0, 50).map((fault) => {
    const inForm = step ? { ...fault, path: fault.path.slice(1) } : fault
    const name = words.faultName(inForm.path, step)
    const says = fault.expected && words.expectedText(fault.expected, step, inForm.path)
    return {
      pointer: pointerTo(fault.path),
      code: `input.${fault.reason}`,
      ...(name ? { name } : {}),
      detail: words.faultText(inForm, step),
      ...(fault.expected && says ? { expected: { says, ...fault.expected } } : {}),
    }
  })
  // A place may fail two checks that say the same.
  const told = new Map(errors.map((error) => [`${error.pointer} ${error.detail}`, error]))
  return [...told.values()]
}
