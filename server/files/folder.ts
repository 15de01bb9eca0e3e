/** Where bytes lie in the data folder, and how they get there so that a crash leaves a whole file or none. */
import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const SHA256 = /^[0-9a-f]{64}$/

export function uploadsIn(dataDir: string): string {
  return join(dataDir, 'uploads')
}

/** Where the bytes with this SHA-256 lie. Throws RangeError for what is none in lower case hex. */
export function originalIn(dataDir: string, sha256: string): string {
  return placeIn(join(dataDir, 'files'), sha256)
}

/** Where the copy of a picture lies that is `width` pixels wide. Throws RangeError as `originalIn` does. */
export function thumbnailIn(dataDir: string, sha256: string, width: number): string {
  return placeIn(join(dataDir, 'thumbnails', String(width)), sha256)
}

/** Writes bytes to a fresh file among the uploads and gives its path. */
export async function writeUpload(dataDir: string, bytes: Buffer): Promise<string> {
  await makeFolder(uploadsIn(dataDir))
  const path = join(uploadsIn(dataDir), randomUUID())
  await writeFile(path, bytes, { mode: 0o600 })
  return path
}

/**
 * Moves a file of the same file system to its place and returns when it would survive a power cut. A file that is
 * already there is replaced at once: under a name made from its content it can only be the same or damaged.
 */
export async function moveInto(place: string, from: string): Promise<void> {
  await makeFolder(dirname(place))
  await sync(from, 'r+')
  await rename(from, place)
  // Windows neither needs nor allows a folder to be synchronized.
  if (process.platform !== 'win32') await sync(dirname(place), 'r')
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Only a hash becomes a path, so that none can be made up from outside. */
function placeIn(folder: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new RangeError('A file is named by its SHA-256 in hex')
  return join(folder, sha256.slice(0, 2), sha256.slice(2))
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
