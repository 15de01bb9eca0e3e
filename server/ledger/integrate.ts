// Bringing the stored tree up to the ledger: which subtrees have become full. Their hashes the database computes itself.

import type { Writer } from './checkpoints.ts'
import { cut } from './proofs.ts'
import type { Reader } from './read.ts'
import { tileWidth } from './tree.ts'

/** Subtrees that one statement adds: at the lowest level 8,192 entries. */
const batch = 32

/**
 * Adds every subtree that is full among the first `size` entries and not stored yet, from the lowest level upwards.
 * Begins where the tree ends, so it can be broken off at any statement. One statement per 8,192 entries and a few more.
 */
export async function integrate(writer: Writer, size: number): Promise<void> {
  let level = 1
  for (let full = Math.floor(size / tileWidth); full > 0; full = Math.floor(full / tileWidth)) {
    for (let done = await countAt(writer, level); done < full; done += batch)
      await writer.query({
        name: 'tree-add',
        text: 'INSERT INTO tree (level, index) SELECT $1, n FROM generate_series($2::bigint, $3::bigint - 1) AS n',
        values: [level, done, Math.min(done + batch, full)],
      })
    level += 1
  }
}

/** The leaf hashes of the entries from position `from` to `to`, without `to`. */
export async function leavesBetween(reader: Reader, from: number, to: number): Promise<Buffer[]> {
  const { rows } = await reader.query({
    name: 'ledger-leaves',
    text: `SELECT string_agg(hash, ''::bytea ORDER BY position) AS hashes FROM ledger WHERE position >= $1 AND position < $2`,
    values: [from, to],
  })
  const leaves = cut(rows[0].hashes ?? Buffer.alloc(0))
  if (leaves.length !== to - from) throw new Error(`The ledger lacks entries between ${from} and ${to}.`)
  return leaves
}

async function countAt(reader: Reader, level: number): Promise<number> {
  const { rows } = await reader.query({
    name: 'tree-count',
    text: 'SELECT coalesce(max(index) + 1, 0) AS count FROM tree WHERE level = $1',
    values: [level],
  })
  return Number(rows[0].count)
}
