// One call to the server: JSON in and out or bytes, problems as errors, a locked session waited for.

import type { Problem } from '../../server/contract/steps.ts'
import { lockAndWait, noteActivity } from './lock.ts'
import { isAttended } from './presence.ts'

/** The server said no, and why (RFC 9457). */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title || problem.code)
    this.name = 'ProblemError'
  }
}

/** The server was not reached: nothing is known about whether the call took effect. */
export class Unreached extends Error {
  constructor(cause: unknown) {
    super('The server was not reached', { cause })
    this.name = 'Unreached'
  }
}

export type Call = {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  signal?: AbortSignal
  /** A call that may be answered 401 without meaning that the session is locked. */
  open?: boolean
  /** Asks the server, whatever the browser has kept. */
  fresh?: boolean
}

const TIMEOUT_MS = 30_000

/** Throws ProblemError or Unreached. A 401 shows the lock; the call goes out again once the person is back. */
export async function request<Answer>(path: string, call: Call = {}): Promise<Answer> {
  const response = await answerTo(path, call)
  if (response.status === 204) return undefined as Answer
  return (await response.json()) as Answer
}

/** The same for what is not JSON, such as a file. It is never taken from the browser's cache. */
export async function requestBlob(path: string): Promise<Blob> {
  const response = await answerTo(path, { fresh: true })
  try {
    return await response.blob()
  } catch (error) {
    throw new Unreached(error)
  }
}

async function answerTo(path: string, call: Call): Promise<Response> {
  const attended = isAttended()
  const response = await send(path, call, attended)
  if (response.status === 401 && !call.open) {
    await lockAndWait()
    return answerTo(path, call)
  }
  if (attended) noteActivity()
  if (!response.ok) throw new ProblemError(await problemOf(response))
  return response
}

async function send(path: string, { method = 'GET', body, signal, fresh }: Call, attended: boolean): Promise<Response> {
  const isForm = body instanceof FormData
  const within = isForm ? undefined : AbortSignal.timeout(TIMEOUT_MS)
  const signals = [signal, within].filter((each) => each !== undefined)
  try {
    return await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      ...(fresh ? { cache: 'no-store' } : {}),
      headers: {
        accept: 'application/json, application/problem+json',
        'accept-language': document.documentElement.lang,
        // Does not keep the session awake on the server, see `noteActivity` for this side.
        ...(attended ? {} : { 'x-background': '1' }),
        ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signals.length > 0 ? { signal: AbortSignal.any(signals) } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreached(error)
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const unknown = {
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: '',
    code: `http.${response.status}`,
  }
  try {
    return { ...unknown, ...((await response.json()) as Partial<Problem>) }
  } catch {
    return unknown
  }
}

/** `?a=1&b=2` of what is given; empty values are left out. */
export function queryText(query: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}
