// Loads and locks what a command may look at, in one order for all commands: people, cases, places, items.

import type pg from 'pg'
import { everyDeskOf } from '../custody/audience.ts'
import type { ItemClass } from '../custody/classes.ts'
import { parseCode } from '../custody/codes.ts'
import type { Command } from '../custody/decide.ts'
import type { AnyStep } from '../custody/define.ts'
import { type References, referencesIn } from '../custody/fields.ts'
import { type DocketAxis, holdersOf, type Item, involvedIn, storesOf } from '../custody/item.ts'
import { rulesIn } from '../custody/rules.ts'
import { type Case, numbersOf, type Person, type Place, type Subject, type Unit } from '../custody/subjects.ts'
import { lineKey, nameKey, type Remains, type World } from '../custody/world.ts'
import { readDesks } from './desks.ts'
import { readUnits } from './people.ts'
import { itemsByKey, lockKeys } from './twins.ts'

type Asked = Pick<Command, 'items' | 'input' | 'actor' | 'countersigners'>

/**
 * Loads the world of a command. With `lock` the rows that facts may be recorded on are held until the transaction
 * ends, the others are held against change; the number of queries does not depend on the number of items.
 */
export async function loadWorld(client: pg.PoolClient, step: AnyStep, asked: Asked, lock: boolean): Promise<World> {
  const named = asked.input === undefined ? undefined : referencesIn(step.input, asked.input)
  const subject = named && step.on !== 'item' ? step.subject(asked.input) : undefined
  const holding = (strong: unknown) => (lock ? (strong ? 'FOR UPDATE' : 'FOR SHARE') : '')
  const onItem = step.on === 'item'
  const containers =
    onItem && step.containers ? asked.items.filter((code) => parseCode(code)?.kind === 'container') : []

  // Every command reads the units first, so whoever has the table alone waits for those under way and is waited for.
  if (step.on !== 'item' && step.alone && lock) await client.query('LOCK TABLE units IN ACCESS EXCLUSIVE MODE')
  // Whoever adds one looks at the names of all the others, and nobody adds one meanwhile.
  if (step.on === 'unit' && step.makes && lock)
    await client.query("SELECT pg_advisory_xact_lock(hashtext('names of units'))")
  const units = new Map((await readUnits(client)).map((unit) => [unit.id, unit]))
  if (step.on === 'unit' && subject && lock) {
    const { rows } = await client.query('SELECT state FROM units WHERE id = $1 FOR UPDATE', [subject])
    for (const { state } of rows as { state: Unit }[]) units.set(state.id, state)
  }

  const logins = [
    asked.actor,
    ...asked.countersigners,
    ...(named?.people ?? []),
    ...(step.on === 'person' && subject ? [subject] : []),
  ]
  const people = await states<Person>(
    client,
    'people',
    `SELECT state FROM people WHERE login = ANY($1) OR id = ANY($1) ORDER BY id ${holding(step.on === 'person')}`,
    [[...new Set(logins)]],
  )

  const about =
    step.on === 'person' && subject ? people.find(({ login, id }) => [login, id].includes(subject)) : undefined
  if (about?.delegations?.length) people.push(...(await otherSidesOf(client, about, people, holding(true))))

  const codes = [...new Set([...asked.items.filter((code) => !containers.includes(code)), ...(named?.items ?? [])])]
  const askedNos = [...(named?.cases ?? []), ...(step.on === 'case' && subject ? [subject] : [])]
  const cases = await states<Case>(
    client,
    'cases',
    `SELECT state FROM cases WHERE case_no = ANY($1) OR former_nos && $1 OR case_no IN
       (SELECT case_no FROM items JOIN codes ON items.code = codes.id WHERE codes.code = ANY($2))
     ORDER BY case_no ${holding(step.on === 'case' || (onItem && step.recordsOnce))}`,
    [askedNos, codes],
  )
  const today = new Map(cases.flatMap((it) => numbersOf(it).map((no) => [no, it.caseNo] as const)))
  const caseNos = askedNos.map((no) => today.get(no) ?? no)

  const placeCodes = [...containers, ...(named?.places ?? []), ...(step.on === 'place' && subject ? [subject] : [])]
  const below = step.on === 'place' && step.withAll
  // A site has none around it whose row would keep two of one name apart.
  if (step.on === 'place' && step.makes && placeCodes.length === 0 && lock)
    await client.query("SELECT pg_advisory_xact_lock(hashtext('names of sites'))")
  const placesOf = (asked: string[]) =>
    states<Place>(
      client,
      below ? 'places below' : 'places',
      `SELECT state FROM places
       WHERE code = ANY($1) OR code IN (SELECT parent FROM places WHERE code = ANY($1))
         ${below ? `OR state->'path' ?| $1` : ''}
       ORDER BY code ${holding(step.on === 'place' || (onItem && step.containers))}`,
      [asked],
    )
  const places = placeCodes.length ? await placesOf(placeCodes) : []
  // Fit for a thing is only what all around it are fit for.
  const around = places.flatMap(({ path }) => path.filter((code) => !places.some((place) => place.code === code)))
  if (onItem && around.length > 0)
    places.push(
      ...(await states<Place>(
        client,
        'around',
        `SELECT state FROM places WHERE code = ANY($1) ORDER BY code ${holding(false)}`,
        [around],
      )),
    )
  // A container that was moved while its row was waited for stands elsewhere than when the statement began.
  const elsewhere = places.flatMap(({ kind, parent = '' }) =>
    kind === 'container' && !places.some(({ code }) => code === parent) ? [parent] : [],
  )
  if (elsewhere.length > 0) places.push(...(await placesOf(elsewhere)))

  const boxes = [
    ...new Set([...containers, ...places.filter(({ kind }) => kind === 'container').map(({ code }) => code)]),
  ]
  const wanted = [
    `SELECT id FROM codes WHERE code = ANY($1) AND kind = 'item'`,
    ...(boxes.length ? ['SELECT code FROM items WHERE place = ANY($2)'] : []),
    ...(step.on === 'case' && step.withAll ? ['SELECT code FROM items WHERE case_no = ANY($3)'] : []),
  ]
  const itemValues = [codes, boxes, caseNos]
  const items = await states<Item>(
    client,
    `items ${wanted.length} ${boxes.length > 0}`,
    `SELECT state FROM items WHERE code IN (${wanted.join(' UNION ALL ')})
       AND ($2::text[] IS NOT NULL AND $3::text[] IS NOT NULL) ORDER BY code ${lock ? 'FOR UPDATE' : ''}`,
    itemValues,
  )
  const involved = onItem && step.withInvolved ? items.flatMap((item) => involvedIn(item, step.axis!)) : []
  // Without a lock it is asked what could be done, and so who would have to sign.
  if (onItem && (step.withHolders || !lock)) involved.push(...items.flatMap(holdersOf))
  if (onItem && (step.withOverseers || !lock) && items.some(({ open }) => open.discrepancy))
    people.push(...(await overseersOf(client, items, units, lock)))
  const known = new Set(people.map(({ login }) => login))
  const strangers = [...new Set(involved)].filter((login) => !known.has(login))
  // Who has left may come back: not while it is decided who signs instead of them.
  if (strangers.length > 0)
    people.push(
      ...(await states<Person>(
        client,
        'involved',
        `SELECT state FROM people WHERE login = ANY($1) ORDER BY id ${holding(false)}`,
        [strangers],
      )),
    )

  const withLines = onItem && step.withLines === true
  const byCode = new Map<string, Item>()
  for (const item of items) for (const code of [item.code, ...item.labels]) byCode.set(code, item)
  return {
    items: byCode,
    cases: new Map(cases.flatMap((it) => numbersOf(it).map((no) => [no, it]))),
    places: new Map(places.map((place) => [place.code, place])),
    people: new Map(people.map((person) => [person.login, person])),
    units,
    identified: await identified(client, step, asked.input, cases, subject, lock),
    takenNames: step.on === 'place' ? await namesAmong(client, places, placeCodes) : new Map(),
    identities: onItem && step.withIdentities ? await identitiesOn(client, items, step.axis!) : new Map(),
    ...(await circumstances(client, step, named, {
      units,
      subject,
      about,
      caseNos: withLines ? [...new Set([...caseNos, ...cases.map(({ caseNo }) => caseNo)])] : caseNos,
      placeCodes,
    })),
  }
}

async function classesIn(client: pg.PoolClient, place: string): Promise<Set<ItemClass>> {
  const { rows } = await client.query(
    `SELECT DISTINCT class FROM items WHERE place IN (SELECT code FROM places WHERE state->'path' ? $1)`,
    [place],
  )
  return new Set(rows.map((row) => row.class as ItemClass))
}

/** As the unique index of lines has it: the line of a registration that was void is free again. */
const holdsItsLine = `(state #>> '{custody,how}') IS DISTINCT FROM 'void'`

/** Whoever puts a thing into somebody's hands holds their row meanwhile, so nothing comes to them after this was read. */
async function heldBy(client: pg.PoolClient, login: string): Promise<World['held']> {
  const { rows } = await client.query(
    `SELECT code FROM items WHERE holder = $1
     UNION SELECT code FROM items WHERE custody = 'in-transit' AND state->'custody'->>'carrier' = $1`,
    [login],
  )
  return new Map([[login, rows.map(({ code }) => code as string).sort()]])
}

/** Whoever lent something to somebody, and to whom they did: what ends for one ends for the other. */
function otherSidesOf(
  client: pg.PoolClient,
  { delegations = [] }: Person,
  known: Person[],
  holding: string,
): Promise<Person[]> {
  const logins = new Set(delegations.flatMap(({ of, to }) => [of.login, to.login]))
  for (const { login } of known) logins.delete(login)
  return states<Person>(client, 'delegating', `SELECT state FROM people WHERE login = ANY($1) ORDER BY id ${holding}`, [
    [...logins],
  ])
}

/** Counted while nobody else decides anything. */
async function remainsIn(client: pg.PoolClient, unit: string): Promise<Remains> {
  const { rows } = await client.query(
    `SELECT
       (SELECT count(*)::int FROM people WHERE NOT disabled
          AND (unit = $1 OR state->'grants' @> jsonb_build_array(jsonb_build_object('scope', $1::text)))) AS people,
       (SELECT count(*)::int FROM cases WHERE state->>'unit' = $1 AND open) AS cases,
       (SELECT count(*)::int FROM items WHERE owning_unit = $1 AND custody <> 'left') AS items`,
    [unit],
  )
  return rows[0]
}

/** Everybody of the agency that a unit or a person belongs to; one at a time adds to them. */
async function numbersIn(client: pg.PoolClient, units: string[], login: string): Promise<World['numbers']> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('numbers of people'))`)
  const { rows } = await client.query(
    `SELECT login, state->>'name' AS name, state->>'number' AS number, state->>'agency' AS agency FROM people
     WHERE state->>'agency' IN (SELECT state->>'agency' FROM units WHERE id = ANY($1)
       UNION SELECT state->>'agency' FROM people WHERE login = $2)`,
    [units, login],
  )
  return rows
}

/** Storeheads and inspectors of the agencies that the items belong to, and of those above. */
async function overseersOf(
  client: pg.PoolClient,
  items: Item[],
  units: Map<string, Unit>,
  lock: boolean,
): Promise<Person[]> {
  // Nobody becomes one meanwhile: whoever decides the command once more must find the same people.
  if (lock) await client.query('LOCK TABLE people IN SHARE MODE')
  const agencies = new Set<string>()
  for (const item of items)
    for (const owning of storesOf(item))
      for (let id: string | undefined = owning; id && !agencies.has(id); id = units.get(id)?.parent) agencies.add(id)
  return states<Person>(
    client,
    'overseers',
    `SELECT state FROM people WHERE roles && '{storehead,inspector}' AND state->>'agency' = ANY($1) AND NOT disabled`,
    [[...agencies]],
  )
}

async function states<State>(client: pg.PoolClient, name: string, text: string, values: unknown[]): Promise<State[]> {
  const locks = text.includes('FOR UPDATE') ? 'update' : text.includes('FOR SHARE') ? 'share' : 'read'
  const { rows } = await client.query({ name: `world ${name} ${locks}`, text, values })
  return rows.map(({ state }) => state)
}

/** Things by the keys that the step looks for, while nobody else registers one of them. */
async function identified(
  client: pg.PoolClient,
  step: AnyStep,
  input: unknown,
  cases: Case[],
  subject: string | undefined,
  lock: boolean,
): Promise<World['identified']> {
  const it = cases.find((one) => subject !== undefined && numbersOf(one).includes(subject))
  const keys = step.on === 'case' && step.looksFor && it ? step.looksFor(it, input) : []
  if (lock) await lockKeys(client, keys)
  const found = await itemsByKey(client, keys)
  return (key) => found.get(key) ?? []
}

/** The names of what stands directly in and beside the named places; of all sites for a step that makes one. */
async function namesAmong(client: pg.PoolClient, places: Place[], codes: string[]): Promise<Map<string, string>> {
  const parents = places.flatMap(({ code, parent }) =>
    codes.includes(code) ? [code, ...(parent ? [parent] : [])] : [],
  )
  const amongSites = codes.length === 0 || places.some(({ code, kind }) => kind === 'site' && codes.includes(code))
  const { rows } = await client.query(
    `SELECT code, coalesce(parent, state->>'agency') AS within, state->>'name' AS name FROM places
     WHERE in_use AND (parent = ANY($1) OR ($2 AND kind = 'site')) ORDER BY code`,
    [parents, amongSites],
  )
  return new Map(rows.map(({ code, within, name }) => [nameKey(within, name), code]))
}

/** Who is named in the dockets of the items on the axis, by the commitments to their particulars; none that was erased. */
async function identitiesOn(client: pg.PoolClient, items: Item[], axis: DocketAxis): Promise<Map<string, string>> {
  const commitments = items.flatMap(({ open }) => commitmentsIn(open[axis]?.data))
  if (commitments.length === 0) return new Map()
  const { rows } = await client.query(
    `SELECT commitment, data->>'idNumber' AS number FROM particulars WHERE commitment = ANY($1) AND data ? 'idNumber'`,
    [[...new Set(commitments)]],
  )
  return new Map(rows.map(({ commitment, number }) => [commitment, number]))
}

/** What stands under `particulars` in a value, at any depth. */
function commitmentsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'particulars' && typeof each === 'string' ? each : commitmentsIn(each),
  )
}

/** The small facts that a few steps ask for; each is looked up only when the input names something of its sort. */
async function circumstances(
  client: pg.PoolClient,
  step: AnyStep,
  named: References | undefined,
  {
    units,
    subject,
    about,
    caseNos,
    placeCodes,
  }: {
    units: Map<string, Unit>
    subject: string | undefined
    about: Person | undefined
    caseNos: string[]
    placeCodes: string[]
  },
): Promise<
  Pick<
    World,
    | 'occupied'
    | 'lying'
    | 'keeping'
    | 'held'
    | 'desks'
    | 'numbers'
    | 'remains'
    | 'entries'
    | 'files'
    | 'staffIdentities'
    | 'takenLines'
  >
> {
  const set = async (asks: unknown, text: string, values: unknown[]): Promise<Set<string>> =>
    asks ? new Set((await client.query(text, values)).rows.map(({ id }) => id as string)) : new Set()
  const entries = named?.entries.size
    ? (
        await client.query(
          `SELECT position::text, subject_kind AS kind, subject_id AS id, step, fact, encode(hash, 'hex') AS hash,
             occurred_at AS "occurredAt"
           FROM ledger WHERE position = ANY($1::bigint[])`,
          [[...named.entries]],
        )
      ).rows
    : []
  const rules = rulesIn(units.values())
  const files = named?.files.size
    ? (await client.query('SELECT sha256, type, bytes FROM files WHERE sha256 = ANY($1)', [[...named.files]])).rows
    : []
  return {
    occupied: await set(
      step.on === 'place' && placeCodes.length,
      `SELECT place AS id FROM items WHERE place = ANY($1) UNION SELECT parent FROM places WHERE parent = ANY($1) AND in_use`,
      [placeCodes],
    ),
    lying: new Map(
      step.on === 'place' && step.withAll
        ? await Promise.all(placeCodes.slice(-1).map(async (place) => [place, await classesIn(client, place)] as const))
        : [],
    ),
    keeping: await set(
      step.on === 'person' && placeCodes.length,
      'SELECT DISTINCT site AS id FROM items WHERE site = ANY($1)',
      [placeCodes],
    ),
    desks: about && step.on === 'person' && step.alone ? await readDesks(client, everyDeskOf(about)) : new Map(),
    ...(step.on === 'unit' && step.alone && subject ? { remains: await remainsIn(client, subject) } : {}),
    held: subject && step.on === 'person' ? await heldBy(client, subject) : new Map(),
    numbers:
      step.on === 'person' && (step.makes || step.withNumbers)
        ? await numbersIn(client, [...(named?.units ?? [])], subject ?? '')
        : [],
    entries: new Map(
      entries.map(({ position, kind, id, occurredAt, ...entry }) => [
        position,
        { subject: { kind, id } as Subject, ...entry, occurredAt: (occurredAt as Date).toISOString() },
      ]),
    ),
    files: new Map(files.map(({ sha256, type, bytes }) => [sha256, { type, bytes: Number(bytes) }])),
    staffIdentities: await set(
      named?.identities.size,
      `SELECT data->>'idNumber' AS id FROM particulars JOIN people ON people.state->>'identity' = particulars.commitment
       WHERE data->>'idNumber' = ANY($1) AND NOT people.disabled`,
      [[...(named?.identities ?? [])]],
    ),
    takenLines: new Set(
      caseNos.length
        ? (
            await client.query(
              `SELECT case_no, document_no, line FROM items
               WHERE case_no = ANY($1) AND parent IS NULL AND ${holdsItsLine}`,
              [caseNos],
            )
          ).rows.map((row) => lineKey(rules, row.case_no, row.document_no, row.line))
        : [],
    ),
  }
}
