// Which file is named by what: whoever may read one of its subjects may read the file.

import type pg from 'pg'
import type { DataSource } from 'typeorm'

type FileUse = { sha256: string; subjectKind: string; subjectId: string }

export async function showFileUses(client: pg.PoolClient, uses: FileUse[]): Promise<void> {
  if (uses.length === 0) return
  await client.query({
    name: 'file uses',
    text: `INSERT INTO file_uses SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    values: [uses.map((use) => use.sha256), uses.map((use) => use.subjectKind), uses.map((use) => use.subjectId)],
  })
}

/** Plain SQL for a question over six tables. Whether the reader uploaded the file or may read an item, case or person that names it. */
export async function mayReadFile(db: DataSource, keys: string[], login: string, sha256: string): Promise<boolean> {
  const [row] = await db.query(
    `SELECT EXISTS (SELECT FROM files WHERE sha256 = $1 AND uploaded_by = $2)
       OR EXISTS (
         SELECT FROM file_uses AS use
         LEFT JOIN items ON use.subject_kind = 'item' AND items.code = use.subject_id
         LEFT JOIN cases ON use.subject_kind = 'case' AND (cases.case_no = use.subject_id OR cases.former_nos @> ARRAY[use.subject_id])
         LEFT JOIN places ON use.subject_kind = 'place' AND places.code = use.subject_id
         LEFT JOIN people ON use.subject_kind = 'person' AND people.id = use.subject_id
         WHERE use.sha256 = $1
           AND coalesce(items.audience, cases.audience, places.audience, people.audience) && $3
       ) AS readable`,
    [sha256, login, keys],
  )
  return row.readable
}
