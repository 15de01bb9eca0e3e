// The environment, read once into one typed object.

import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { chinaTime, isTimeZone } from './custody/local-time.ts'

/** A wrong setting or surrounding that the operator can put right; the message is the whole sentence to show. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const wildcardHosts = ['0.0.0.0', '::']

const port = z.coerce.number().int().min(0).max(65535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')
const postgresUrl = z.string().refine((value) => hasProtocol(value, ['postgres:', 'postgresql:']))
const webOrigin = z
  .string()
  .refine((value) => hasProtocol(value, ['http:', 'https:']) && new URL(value).pathname === '/')
const host = z.string().regex(/^[A-Za-z0-9.:_-]+$/)
// An origin line of a C2SP checkpoint: neither spaces nor a plus sign.
const logOrigin = z.string().regex(/^[^\s+]{1,200}$/)
const timeZone = z.string().refine(isTimeZone)
const locale = z.enum(['zh-CN', 'en'])

/** The settings of one server process. `dataDir` is absolute, `publicUrl` an origin without a trailing slash. */
export type Config = Readonly<{
  port: number
  host: string
  /** Unset: a PostgreSQL of our own runs inside `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
  /** Unset: demonstration data are loaded when the database is embedded and new. */
  demo: boolean | undefined
  publicUrl: string
  logOrigin: string
  /** Ed25519 private key that signs checkpoints of the ledger; made on first start. */
  logKeyFile: string
  /** Checkpoints, tiles and entries are read without signing in. */
  logPublic: boolean
  /** Which witnesses are asked to cosign, and how many must; unset: a file in `dataDir`, or the demonstration's. */
  logPolicyFile: string | undefined
  timeZone: string
  locale: z.infer<typeof locale>
}>

/**
 * Reads the settings from `environment`; an empty value counts as unset.
 * Throws a ConfigError with one sentence about the first wrong value.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const read = <T>(name: string, schema: z.ZodType<T>, whatItMustBe: string): T | undefined => {
    const value = environment[name]?.trim()
    if (value === undefined || value === '') return undefined
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    // An address of a database may hold a password, so its value is not repeated.
    const shown = name === 'DATABASE_URL' ? '' : `, not "${value}"`
    throw new ConfigError(`${name} must be ${whatItMustBe}${shown}.`)
  }

  const chosenHost = read('HOST', host, 'a host name or an IP address') ?? '127.0.0.1'
  const chosenPort = read('PORT', port, 'a port number from 0 to 65535') ?? 3000
  const dataDir = resolve(read('DATA_DIR', z.string(), 'a folder') ?? 'data')
  const publicUrl = read('PUBLIC_URL', webOrigin, 'an http or https address without a path')
  const config: Config = Object.freeze({
    port: chosenPort,
    host: chosenHost,
    databaseUrl: read('DATABASE_URL', postgresUrl, 'an address that starts with postgres:// or postgresql://'),
    dataDir,
    demo: read('DEMO', flag, '0 or 1'),
    publicUrl: publicUrl ? new URL(publicUrl).origin : addressOf(chosenHost, chosenPort),
    // Fixed, not taken from the address: a ledger keeps one name for life while addresses change.
    logOrigin: read('LOG_ORIGIN', logOrigin, 'a name without spaces or "+"') ?? 'localhost/stillpoint',
    logKeyFile: resolve(read('LOG_KEY_FILE', z.string(), 'a file') ?? join(dataDir, 'keys', 'log-key')),
    logPublic: read('LOG_PUBLIC', flag, '0 or 1') ?? false,
    logPolicyFile: read(
      'LOG_POLICY_FILE',
      z.string().transform((file) => resolve(file)),
      'a file',
    ),
    timeZone: read('TZ_DISPLAY', timeZone, 'a time zone such as Asia/Shanghai') ?? chinaTime,
    locale: read('LOCALE', locale, 'zh-CN or en') ?? 'zh-CN',
  })
  if (config.demo) refuseDemoBeyondLoopback(config)
  return config
}

/** Everybody knows the passwords of the demonstration sign-ins, so other machines must not reach them. */
export function refuseDemoBeyondLoopback(config: Pick<Config, 'host'>): void {
  if (isLoopback(config.host)) return
  throw new ConfigError(
    `The demonstration data have well-known passwords and are served on this machine only, but HOST is ${config.host}. ` +
      'Set HOST=127.0.0.1, or start a real installation with DEMO=0 and a DATA_DIR or DATABASE_URL of its own.',
  )
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** The address a browser on this machine can open. */
export function addressOf(host: string, port: number): string {
  const reachable = wildcardHosts.includes(host) ? 'localhost' : host
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`
}

function hasProtocol(value: string, protocols: string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol)
}
