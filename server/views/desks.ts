// Desks with what waits there and whose they are: plain SQL, because the write path asks it as well as screens.

import type { AtDesk } from '../custody/define.ts'
import type { Person } from '../custody/subjects.ts'
import { type Db, rowsOf } from './people.ts'

/** How many dockets wait for each desk, and who has it or may have it by a delegation. */
export async function readDesks(db: Db, desks: string[]): Promise<Map<string, AtDesk>> {
  const rows = await db.query(
    `SELECT desk,
       (SELECT count(*)::int FROM dockets
        WHERE open AND waits_for && ARRAY[desk] AND state->>'axis' <> 'discrepancy') AS waiting,
       (SELECT coalesce(jsonb_agg(people.state), '[]') FROM people
        WHERE NOT disabled AND EXISTS (
          SELECT FROM jsonb_array_elements((state->'grants') || coalesce(state->'delegations', '[]')) AS has
          WHERE has->>'role' || '@' || (has->>'scope') = desk
            AND coalesce(has #>> '{to,login}', login) = login)) AS people
     FROM unnest($1::text[]) AS desk`,
    [desks],
  )
  return new Map(rowsOf<{ desk: string; waiting: number; people: Person[] }>(rows).map(({ desk, ...at }) => [desk, at]))
}
