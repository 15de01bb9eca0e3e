// Tells an error that says the database is not to be reached just now from any other.

/** Of the operating system, while connecting or talking. */
const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Of PostgreSQL (its manual, appendix A): connection exceptions, too many of them, shutting down, crashed, starting. */
const sqlStates = /^(08...|53300|57P0[123])$/

/** pg gives these no code of their own. */
const messages = new Set([
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Query read timeout',
  'timeout expired',
  'timeout exceeded when trying to connect',
])

export function isNoDatabase(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return systemCodes.has(code) || sqlStates.test(code)
  return typeof message === 'string' && messages.has(message)
}
