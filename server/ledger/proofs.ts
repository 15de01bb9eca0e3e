// Roots, inclusion and consistency proofs (RFC 6962 §2.1) of any size that has been integrated, from what is stored.

import type { Reader } from './read.ts'
import {
  consistencyPath,
  Growing,
  hashOfRange,
  inclusionPath,
  type Range,
  type Span,
  type Stored,
  spansOf,
} from './tree.ts'

/** The root of the first `size` entries. One query, of at most a few hundred hashes. */
export async function rootOf(reader: Reader, size: number): Promise<Buffer> {
  const [root] = await hashesOf(reader, [{ from: 0, to: size }])
  return root!
}

/** The audit path of the entry at `index` in the tree of `size` entries, from the leaf upwards. One query. */
export async function inclusionProof(reader: Reader, index: number, size: number): Promise<Buffer[]> {
  return hashesOf(reader, inclusionPath(index, size))
}

/** The audit paths of several entries, in their order. One query. */
export async function inclusionProofs(reader: Reader, indexes: readonly number[], size: number): Promise<Buffer[][]> {
  const paths = indexes.map((index) => inclusionPath(index, size))
  const hashes = await hashesOf(reader, paths.flat())
  let taken = 0
  return paths.map(({ length }) => {
    taken += length
    return hashes.slice(taken - length, taken)
  })
}

/** Proves that the first `older` of `newer` entries are those of the smaller tree; empty for two of a size. One query. */
export async function consistencyProof(reader: Reader, older: number, newer: number): Promise<Buffer[]> {
  return hashesOf(reader, consistencyPath(older, newer))
}

/** The tree of `size` entries, to go on from. */
export async function growingFrom(reader: Reader, size: number): Promise<Growing> {
  return Growing.from(size, await readSpans(reader, spansOf({ from: 0, to: size })))
}

async function hashesOf(reader: Reader, ranges: readonly Range[]): Promise<Buffer[]> {
  const stored = await readSpans(reader, ranges.flatMap(spansOf))
  return ranges.map((range) => hashOfRange(range, stored))
}

const nameOf = ({ level, first, count }: Span) => `${level}/${first}/${count}`

async function readSpans(reader: Reader, spans: readonly Span[]): Promise<Stored> {
  const distinct = [...new Map(spans.map((span) => [nameOf(span), span])).values()]
  if (distinct.length === 0) return () => []
  const { rows } = await reader.query({
    name: 'ledger-spans',
    text: `
      SELECT CASE level WHEN 0 THEN (
          SELECT string_agg(hash, ''::bytea ORDER BY position) FROM ledger
          WHERE position >= first AND position < first + count
        ) ELSE (
          SELECT string_agg(hash, ''::bytea ORDER BY index) FROM tree
          WHERE tree.level = span.level AND index >= first AND index < first + count
        ) END AS hashes
      FROM unnest($1::int[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS span (level, first, count, row)
      ORDER BY row`,
    values: [
      distinct.map(({ level }) => level),
      distinct.map(({ first }) => first),
      distinct.map(({ count }) => count),
    ],
  })
  const found = new Map<string, Buffer[]>()
  distinct.forEach((span, row) => {
    const hashes: Buffer | null = rows[row].hashes
    if (hashes?.length !== span.count * 32) throw new Error(`The tree lacks hashes at ${nameOf(span)}.`)
    found.set(nameOf(span), cut(hashes))
  })
  return (span) => found.get(nameOf(span))!
}

/** Hashes that stand one after the other. */
export const cut = (hashes: Buffer): Buffer[] =>
  Array.from({ length: hashes.length / 32 }, (_, n) => hashes.subarray(n * 32, n * 32 + 32))
