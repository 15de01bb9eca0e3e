// The installation that an operator's script works on: its settings and its database, or a sentence saying why not.

import { type Config, ConfigError, readConfig } from '../server/config.ts'
import { type Database, openDatabase } from '../server/database/data-source.ts'

export async function openInstallation(): Promise<{ config: Config; database: Database }> {
  try {
    const config = readConfig()
    return { config, database: await openDatabase(config) }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}
