// Entries by the thousand for tests of the tree: written by the owner of the ledger in one statement, about nothing.

import pg from 'pg'

/** The body of the synthetic entry at a position. */
export const bodyAt = (position: number): Buffer => Buffer.from(`{"entry":${position}}`)

/** Appends `count` entries with `bodyAt` of their position. */
export async function addLeaves(adminUrl: string, count: number, origin = 'test.example/ledger'): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(
      `UPDATE ledger_head SET size = size + $1, origin = coalesce(origin, $2),
              clock = greatest(clock, date_trunc('milliseconds', clock_timestamp()))`,
      [count, origin],
    )
    await client.query(
      `INSERT INTO ledger SELECT n, body, sha256('\\x00'::bytea || body), 'item', 'leaf ' || n, 1, 's', 'f', null, 'p',
         gen_random_uuid(), 0, now(), now(), '{}'
       FROM (SELECT n, convert_to('{"entry":' || n || '}', 'UTF8') AS body
             FROM ledger_head, generate_series(size - $1::bigint, size - 1) AS n) AS made`,
      [count],
    )
    await client.query(`SELECT pg_notify('ledger', '')`)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}
