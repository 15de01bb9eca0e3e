// A signed log as a server would serve it to a browser, made from a story; what is served can be falsified.

import type { Source } from '../../client/data/verify-chain.ts'
import { cardOf } from '../../server/contract/cards.ts'
import type { ChainEntry } from '../../server/contract/movements.ts'
import type { Signature } from '../../server/custody/define.ts'
import { bodyOf, type NewEntry } from '../../server/ledger/entry.ts'
import { entriesPath, tilePath, tilesOf } from '../../server/proof/index.ts'
import type { Story } from './custody.ts'
import { checkpointOf, type Key, leafOf, newKey, nodeOf, rootOver } from './reference-log.ts'

export const origin = 'test.example/ledger'

/** Two of three witnesses must have cosigned. */
export const newKeys = () => ({
  log: newKey(origin),
  witnesses: ['police', 'court', 'nobody'].map((n) => newKey(n, 4)),
})
export type LogKeys = ReturnType<typeof newKeys>

export const policyOf = (
  { log, witnesses }: LogKeys,
  rule = 'group agencies 2 police court nobody\nquorum agencies',
): string =>
  `# A policy for tests\nlog ${log.vkey}\n${witnesses.map(({ name, vkey }) => `witness ${name} ${vkey} http://127.0.0.1:1\n`).join('')}${rule}\n`

/** The story's entries as the ledger keeps them, after `before` others that are about a place. */
export function bodiesOf(story: Story, before = 0): Buffer[] {
  const first = story.log[0]!
  const others = Array.from({ length: before }, (_, n) => ({
    ...first,
    subject: { kind: 'place' as const, id: `S${n}` },
    version: 1,
    recordedAt: story.log[0]!.recordedAt,
  }))
  const last = new Map<string, string>()
  return [...others, ...story.log].map(({ position: _, recordedAt, ...entry }) => {
    const written = { authenticated: { by: 'password' }, files: [], ...entry, audience: [] } as unknown as NewEntry
    const body = bodyOf(written, origin, last.get(entry.subject.id) ?? null, recordedAt)
    last.set(entry.subject.id, leafOf(body).toString('hex'))
    return body
  })
}

/** The chain of the story's first item as the server reads it out of bodies. */
export function chainIn(bodies: Buffer[], code: string): ChainEntry[] {
  return bodies.flatMap((body, position) => {
    const { actor, ...entry } = JSON.parse(body.toString())
    if (entry.subject.id !== code) return []
    const hash = leafOf(body).toString('hex')
    return [{ ...entry, position, hash, name: '', by: actor as Signature } as ChainEntry]
  })
}

/** Tiles, bundles and a checkpoint that two witnesses have cosigned. */
export function servedLog(bodies: Buffer[], keys: LogKeys, cosigners: Key[] = keys.witnesses.slice(0, 2)) {
  const pieces = new Map<string, Uint8Array>()
  const levels = [bodies.map((body): Uint8Array => leafOf(body))]
  for (const { level, n, width } of tilesOf(BigInt(bodies.length))) {
    levels[level] ??= wholeSubtrees(levels[level - 1]!)
    const at = Number(n) * 256
    pieces.set(tilePath(level, n, width), Buffer.concat(levels[level]!.slice(at, at + width)))
    if (level === 0) pieces.set(entriesPath(n, width), bundleOf(bodies.slice(at, at + width)))
  }
  const root = rootOver(levels[0]!)
  const text = checkpointOf(origin, bodies.length, root)
  const note = `${text}\n${keys.log.sign(text)}${cosigners.map((key) => key.cosign(text)).join('')}`
  return { pieces, note, root, size: bodies.length, text }
}

export function bundleOf(bodies: Buffer[]): Buffer {
  return Buffer.concat(
    bodies.flatMap((body) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(body.length)
      return [length, body]
    }),
  )
}

/** What a browser asks for, answered truly; any answer can be given otherwise. */
export function sourceOf(story: Story, bodies: Buffer[], keys: LogKeys, falsely: Partial<Source> = {}): Source {
  const { pieces, note } = servedLog(bodies, keys)
  return {
    log: async () => ({ vkey: keys.log.vkey, policy: policyOf(keys) }),
    checkpoint: async () => Buffer.from(note),
    shown: async () => ({ item: cardOf(story.item, story.now), entries: chainIn(bodies, story.item.code) }),
    piece: async (path) => pieces.get(path),
    pause: async () => {},
    ...falsely,
  }
}

function wholeSubtrees(hashes: Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.floor(hashes.length / 256) }, (_, n) => {
    let row = hashes.slice(n * 256, (n + 1) * 256)
    while (row.length > 1) row = row.flatMap((hash, at) => (at % 2 === 0 ? [nodeOf(hash, row[at + 1]!)] : []))
    return row[0]!
  })
}
