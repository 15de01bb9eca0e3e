// Files that a witness relies on after a power cut: whole or not there at all, and on the disk before anybody is answered.

import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Puts `text` in the place of what the file held. When this settles, a restart of the machine finds it. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const next = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.new`
  try {
    await writeNewFile(next, text)
    await rename(next, file)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
  await syncFolder(dirname(file))
}

/** Makes a file that only its owner may read, and its folders. Throws `EEXIST` when there is one. */
export async function writeNewFile(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncFolder(dirname(file))
}

/** The name of a new file stands in its folder, which is written separately. Windows cannot open a folder and does so itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
