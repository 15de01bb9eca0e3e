// Removes a data folder with its database, which stands elsewhere when the folder is closed to PostgreSQL's user.

import { readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export function removeDataFolder(dataDir: string): void {
  const place = linkedFrom(dataDir)
  if (place) for (const path of [place, `${place}.owner`]) rmSync(path, { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

function linkedFrom(dataDir: string): string | undefined {
  try {
    return readlinkSync(join(dataDir, 'postgres'))
  } catch {
    return undefined
  }
}
