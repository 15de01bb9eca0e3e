// States made again from the ledger: of one subject at one time, and of every view from the first entry on.

import type pg from 'pg'
import type { Catalogue } from '../custody/catalogue.ts'
import { applyFact, type DecidedFact } from '../custody/decide.ts'
import { type Recorded, required, type Signature } from '../custody/define.ts'
import type { Item } from '../custody/item.ts'
import type { Subject, SubjectKind, Subjects } from '../custody/subjects.ts'
import type { EntryBody } from '../ledger/entry.ts'
import { chainsUpTo, type Entry, type Reader, readEntries } from '../ledger/read.ts'
import { showMoney } from './money.ts'
import { showMovements } from './movements.ts'
import { show, viewTables } from './show.ts'

/** What a fact said, from the entry that keeps it. */
function recordedIn(body: EntryBody): Recorded<Record<string, unknown>> {
  const { fact, data, step, docket, actor, countersigners, occurredAt } = body
  return {
    fact,
    data: data as Record<string, unknown>,
    step,
    ...(docket ? { docket } : {}),
    by: actor as unknown as Signature,
    countersigners: countersigners as Signature[],
    occurredAt,
  }
}

/** Items as they were after the entry at `position`, in the order of `codes`. */
export async function itemsAfter(
  client: Reader,
  catalogue: Catalogue,
  codes: string[],
  position: number,
): Promise<Item[]> {
  const items = new Map<string, Item>()
  for (const { body } of await chainsUpTo(client, 'item', codes, position))
    items.set(
      body.subject.id,
      applyFact<'item'>(catalogue.facts[body.fact]!, items.get(body.subject.id), recordedIn(body)),
    )
  return codes.map((code) => required(items.get(code), 'item.unknown', { code }))
}

const batch = 2000
const stateTables: Record<SubjectKind, { table: string; key: string; among?: string }> = {
  item: { table: 'items', key: 'code' },
  case: {
    table: 'cases',
    key: `coalesce(state->>'openedAs', case_no)`,
    among: 'case_no = ANY($1) OR former_nos && $1',
  },
  place: { table: 'places', key: 'code' },
  person: { table: 'people', key: 'id' },
  unit: { table: 'units', key: 'id' },
}

/**
 * Empties every view and makes it again from the ledger, in the caller's transaction. Calls back with the number of
 * entries done. Nothing else may write meanwhile: the head of the ledger is held.
 */
export async function rebuildViews(
  client: pg.PoolClient,
  catalogue: Catalogue,
  onProgress: (entries: number) => void = () => {},
): Promise<number> {
  await client.query('SELECT size FROM ledger_head FOR UPDATE')
  await client.query(`TRUNCATE ${viewTables.join(', ')}`)
  let after = -1
  for (;;) {
    const entries = await wholeCommands(client, after)
    if (entries.length === 0) return after + 1
    await showAgain(client, catalogue, entries)
    after = entries.at(-1)!.position
    onProgress(after + 1)
  }
}

/** The next entries; a command that the batch would cut through is taken whole. */
async function wholeCommands(client: pg.PoolClient, after: number): Promise<Entry[]> {
  const entries = await readEntries(client, { after, limit: batch })
  const last = entries.at(-1)
  if (!last) return []
  const rest = await readEntries(client, { after: last.position, limit: 100_000, command: last.body.command.id })
  return [...entries, ...rest]
}

async function showAgain(client: pg.PoolClient, catalogue: Catalogue, entries: Entry[]): Promise<void> {
  const states = await statesOf(client, entries)
  const facts = entries.map(({ body, audience }): DecidedFact => {
    const subject = body.subject as Subject
    const key = `${subject.kind} ${subject.id}`
    const before = states.get(key)
    const recorded = recordedIn(body)
    const after = applyFact(required(catalogue.facts[body.fact], 'fact.unknown', { fact: body.fact }), before, recorded)
    states.set(key, after)
    return { subject, version: body.version, recorded, before, after, audience }
  })
  const commands = new Map<string, { facts: DecidedFact[]; files: string[][] }>()
  entries.forEach(({ body }, n) => {
    const command = commands.get(body.command.id) ?? { facts: [], files: [] }
    command.facts.push(facts[n]!)
    command.files.push(body.files)
    commands.set(body.command.id, command)
  })
  await show(client, [...commands.values()])
  await showMoney(client, facts, entries)
  await showMovements(
    client,
    facts,
    entries.map(({ position, body }) => ({ position, recordedAt: body.recordedAt })),
  )
}

async function statesOf(client: pg.PoolClient, entries: Entry[]): Promise<Map<string, Subjects[SubjectKind]>> {
  const states = new Map<string, Subjects[SubjectKind]>()
  for (const [kind, { table, key, among = `${key} = ANY($1)` }] of Object.entries(stateTables)) {
    const ids = [
      ...new Set(entries.filter(({ body }) => body.subject.kind === kind).map(({ body }) => body.subject.id)),
    ]
    if (ids.length === 0) continue
    const { rows } = await client.query(`SELECT ${key} AS id, state FROM ${table} WHERE ${among}`, [ids])
    for (const { id, state } of rows) states.set(`${kind} ${id}`, state)
  }
  return states
}
