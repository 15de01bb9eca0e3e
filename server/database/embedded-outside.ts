// Where the embedded PostgreSQL lives when root started us in a folder that is closed to others, such as /root.
//
// PostgreSQL refuses to run as root, so it runs as the user `postgres`, who can reach neither programs nor data there.
// Both then stand under one open folder: the programs once for each release, the data once for each data folder, which
// keeps a link to them under the usual name.

import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import { basename, dirname, join, sep } from 'node:path'
import { ConfigError } from '../config.ts'

export type UnixUser = { uid: number; gid: number }

const outside = '/var/lib/stillpoint'
/** Whose a folder of PostgreSQL is. Beside it and not in it, where `postgres` could make root write elsewhere. */
const ownerFileOf = (place: string) => `${place}.owner`
const leftoverAfterMs = 600_000

/** The first folder on the way to `path`, itself included, that `user` cannot enter. */
export async function closedFolder(path: string, user: UnixUser): Promise<string | undefined> {
  const parts = (await fs.realpath(path)).split(sep)
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join(sep) || sep
    const { uid, gid, mode } = await fs.stat(folder)
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (!(mode & needed)) return folder
  }
  return undefined
}

/** The open folder, made when missing. Throws a ConfigError when it cannot be had either. */
export async function openOutside(user: UnixUser, closed: string): Promise<string> {
  const advice = `Open ${closed} with "chmod o+x ${closed}", or start Stillpoint as an ordinary user.`
  try {
    await fs.mkdir(outside, { recursive: true, mode: 0o755 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigError(
      `The user "postgres" cannot enter ${closed}, and ${outside} cannot be made (${code}). ${advice}`,
    )
  }
  const { uid, mode } = await fs.stat(outside)
  // Root runs what stands there.
  if (uid !== 0 || mode & 0o022) throw new ConfigError(`${outside} must belong to root alone. ${advice}`)
  const shut = await closedFolder(outside, user)
  if (shut) throw new ConfigError(`The user "postgres" can enter neither ${closed} nor ${shut}. ${advice}`)
  return outside
}

/**
 * A copy of the package's programs that the user can run; its folder. Made beside its place and moved there, so that of
 * two that start at once one wins and neither sees half a copy.
 */
export async function copyPrograms(packageFolder: string, folder: string): Promise<string> {
  const { name, version } = JSON.parse(await fs.readFile(join(packageFolder, 'package.json'), 'utf8'))
  const copy = join(folder, `programs-${basename(name)}-${version}`)
  if (await isThere(copy)) return copy
  const fresh = await makeBeside(folder, 'programs')
  try {
    const native = join(packageFolder, 'native')
    await fs.cp(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
    await openToAll(fresh)
    await moveUnlessThere(fresh, copy)
  } finally {
    await fs.rm(fresh, { recursive: true, force: true })
  }
  return copy
}

/** Moves a finished folder of PostgreSQL to its place and links the data folder to it, unless that has one by now. */
export async function linkOutside(dataDir: string, finished: string): Promise<void> {
  const place = join(dirname(finished), `postgres-${randomBytes(6).toString('hex')}`)
  await fs.rename(finished, place)
  await fs.writeFile(ownerFileOf(place), await fs.realpath(dataDir))
  await fs.symlink(place, join(dataDir, 'postgres')).catch(async (error: NodeJS.ErrnoException) => {
    await removeOutside(place)
    if (error.code !== 'EEXIST') throw error
  })
}

/**
 * The folder of PostgreSQL that the data folder links to, if it does. Throws a ConfigError when that is gone, or when the
 * data folder is a copy of another, for two data folders never share a database.
 */
export async function followLink(dataDir: string): Promise<string | undefined> {
  const link = join(dataDir, 'postgres')
  const place = await fs.readlink(link).catch(() => undefined)
  if (place === undefined) return undefined
  if (!(await isThere(place)))
    throw new ConfigError(
      `The database of ${dataDir} stood in ${place}, which is gone. ` +
        `Bring it back, or remove ${dataDir} to begin with an empty one.`,
    )
  const here = await fs.realpath(dataDir)
  const owner = await fs.readFile(ownerFileOf(place), 'utf8').catch(() => here)
  if (owner === here) return place
  const ownerLink = await fs.readlink(join(owner, 'postgres')).catch(() => undefined)
  if (ownerLink === place)
    throw new ConfigError(
      `${dataDir} is a copy of ${owner}, to which the database in ${place} belongs. Choose another DATA_DIR.`,
    )
  await fs.writeFile(ownerFileOf(place), here)
  return place
}

async function removeOutside(place: string): Promise<void> {
  await fs.rm(place, { recursive: true, force: true })
  await fs.rm(ownerFileOf(place), { force: true })
}

/** A new empty folder beside the one it is to become; what an interrupted start left there goes. */
export async function makeBeside(folder: string, kind: string): Promise<string> {
  for (const name of await fs.readdir(folder)) {
    if (!name.startsWith(`${kind}.new-`)) continue
    const { mtimeMs } = await fs.stat(join(folder, name)).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > leftoverAfterMs) await fs.rm(join(folder, name), { recursive: true, force: true })
  }
  return fs.mkdtemp(join(folder, `${kind}.new-`))
}

/** Installed under a narrow umask, they would be root's alone. */
async function openToAll(folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await fs.chmod(path, (await fs.stat(path)).mode & 0o100 ? 0o755 : 0o644)
  }
  await fs.chmod(folder, 0o755)
}

async function moveUnlessThere(from: string, to: string): Promise<void> {
  await fs.rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' && error.code !== 'ENOTEMPTY') throw error
  })
}

async function isThere(path: string): Promise<boolean> {
  return fs.stat(path).then(
    () => true,
    () => false,
  )
}
