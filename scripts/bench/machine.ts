// What the figures were measured on; without it they say nothing.

import { arch, cpus, platform, release, totalmem } from 'node:os'
import type pg from 'pg'
import { inMegabytes, type Note } from './figures.ts'

/** `pool` when a database is part of what is measured. */
export async function machine(pool?: pg.Pool): Promise<Note[]> {
  const processors = cpus()
  return [
    { name: 'processor', value: `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores` },
    { name: 'memory', value: inMegabytes(totalmem()) },
    { name: 'system', value: `${platform()} ${release()} ${arch()}` },
    { name: 'Node.js', value: process.versions.node },
    ...(pool ? [await database(pool)] : []),
  ]
}

async function database(pool: pg.Pool): Promise<Note> {
  const { rows } = await pool.query(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS "synchronousCommit", current_setting('shared_buffers') AS buffers`,
  )
  const { version, fsync, synchronousCommit, buffers } = rows[0]
  return {
    name: 'PostgreSQL',
    value: `${version}, fsync ${fsync}, synchronous_commit ${synchronousCommit}, shared_buffers ${buffers}`,
  }
}
