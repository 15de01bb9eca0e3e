// Open things by what there should be one of: serial number, VIN, plate, seal.

import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { ItemTwin, Twin } from '../contract/twins.ts'
import { isReadable } from '../custody/audience.ts'
import { parseCode } from '../custody/codes.ts'
import { type Identifier, identifierKey, identifiersOf, keysOfItem, mostTwins } from '../custody/identifiers.ts'
import type { Item } from '../custody/item.ts'

const isSame = (one: string[], other: string[]) => one.join('\n') === other.join('\n')

/** Writes the keys of the items whose keys are others than before. */
export async function showIdentifiers(client: pg.PoolClient, changed: { before?: Item; after: Item }[]): Promise<void> {
  const others = changed.flatMap(({ before, after }) => {
    const keys = keysOfItem(after)
    return isSame(before ? keysOfItem(before) : [], keys) ? [] : [{ code: after.code, isNew: !before, keys }]
  })
  const old = others.filter(({ isNew }) => !isNew).map(({ code }) => code)
  if (old.length > 0) await client.query('DELETE FROM item_identifiers WHERE code = ANY($1)', [old])
  const rows = others.flatMap(({ code, keys }) => keys.map((key) => ({ code, key })))
  if (rows.length === 0) return
  await client.query({
    name: 'identifiers',
    text: 'INSERT INTO item_identifiers (key, code) SELECT * FROM unnest($1::text[], $2::text[])',
    values: [rows.map(({ key }) => key), rows.map(({ code }) => code)],
  })
}

type Asking = Pick<pg.PoolClient, 'query'>

const lookUp = `
  SELECT asked.key, items.state
  FROM unnest($1::text[]) AS asked (key)
  CROSS JOIN LATERAL (
    SELECT code FROM item_identifiers WHERE key = asked.key ORDER BY code COLLATE "C" LIMIT ${mostTwins}
  ) AS found
  JOIN items ON items.code = found.code
  ORDER BY found.code COLLATE "C"`

/** Open items by the keys that they are found under. */
export async function itemsByKey(client: Asking, keys: readonly string[]): Promise<Map<string, Item[]>> {
  const found = new Map<string, Item[]>()
  if (keys.length === 0) return found
  const { rows } = await client.query(lookUp, [[...new Set(keys)]])
  for (const { key, state } of rows as { key: string; state: Item }[])
    found.set(key, [...(found.get(key) ?? []), state])
  return found
}

/** A few dozen locks for all keys, so that no command needs more; taken in one order. */
const buckets = 64

/** Until the transaction ends nobody else registers a thing with one of these keys. */
export async function lockKeys(client: pg.PoolClient, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtext('identifiers'), bucket) FROM
       (SELECT DISTINCT abs(hashtext(key) % ${buckets}) AS bucket FROM unnest($1::text[]) AS asked (key) ORDER BY 1) AS held`,
    [keys],
  )
}

/** For each that is told already, the open thing that has it; of one that the reader may not see, only where it is. */
export async function readTwins(
  client: Asking,
  keys: Set<string>,
  agency: string,
  asked: readonly Identifier[],
): Promise<Twin[]> {
  const found = await itemsByKey(
    client,
    asked.map((each) => identifierKey(each, agency)),
  )
  return asked.flatMap((each) => {
    const items = found.get(identifierKey(each, agency)) ?? []
    const item = items.find((one) => isReadable(keys, 'item', one)) ?? items[0]
    if (!item) return []
    const known = isReadable(keys, 'item', item) ? { code: item.code, name: item.name } : {}
    return [{ ...each, ...known, agency: item.control.agencyName }]
  })
}

/** Other open things with an identifier of this one that the reader may see; not its own parts, nor what it is a part of. */
export async function twinsOfItem(
  db: DataSource,
  client: Asking,
  keys: Set<string>,
  code: string,
): Promise<ItemTwin[] | undefined> {
  const [row] = await db.query(
    `SELECT state FROM items WHERE code = (SELECT id FROM codes WHERE code = $1 AND kind = 'item') AND audience && $2`,
    [parseCode(code)?.code ?? code, [...keys]],
  )
  if (!row) return undefined
  const item = row.state as Item
  const identifiers = identifiersOf(item)
  const keyOf = (each: Identifier) => identifierKey(each, item.owningAgency)
  const found = await itemsByKey(client, identifiers.map(keyOf))
  const family = [item.code, item.parent ?? item.code]
  return identifiers.flatMap((each) =>
    (found.get(keyOf(each)) ?? []).flatMap((twin) =>
      family.includes(twin.code) || family.includes(twin.parent ?? '') || !isReadable(keys, 'item', twin)
        ? []
        : [{ ...each, code: twin.code, name: twin.name, caseNo: twin.caseNo }],
    ),
  )
}
