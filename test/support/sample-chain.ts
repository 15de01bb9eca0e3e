// A chain of entries about one item, as a log of ours holds them, with other entries between.

import { leafOf } from './reference-log.ts'

export type SampleEntry = {
  format: number
  origin: string
  subject: { kind: string; id: string }
  version: number
  previous: string | null
  recordedAt: string
  step: string
  fact: string
  data: Record<string, unknown>
  command: { id: string; digest: string; ordinal: number; of: number }
  files: string[]
}

export type SampleLink = { position: bigint; body: Uint8Array; said: SampleEntry }

/** Members in order; JSON.stringify writes what stands here as RFC 8785 would. */
export function bodyOf(entry: object): Uint8Array {
  const sorted = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, member]) => [name, sorted(member)]),
        )
  return Buffer.from(JSON.stringify(sorted(entry)))
}

/** `length` entries about the item `id`, at every third position from 2 on; `change` makes one other than the rest. */
export function chainOf(
  length: number,
  { origin = 'log.example', id = 'E4F7Q2M8K3X7', change = (said: SampleEntry, _n: number) => said } = {},
): SampleLink[] {
  let previous: string | null = null
  return Array.from({ length }, (_, n) => {
    const said = change(
      {
        format: 1,
        origin,
        subject: { kind: 'item', id },
        version: n + 1,
        previous,
        recordedAt: `2026-11-22T01:02:0${n}.004Z`,
        step: n === 0 ? 'intake.register' : 'relocation.move',
        fact: n === 0 ? 'ItemRegistered' : 'Relocated',
        data: { name: '红色轿车', note: `"${n}"\n` },
        command: { id: `command-${n}`, digest: 'd'.repeat(64), ordinal: 0, of: 1 },
        files: n === 0 ? ['f'.repeat(64)] : [],
      },
      n,
    )
    const body = bodyOf(said)
    previous = leafOf(body).toString('hex')
    return { position: BigInt(2 + 3 * n), body, said }
  })
}
