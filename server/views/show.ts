// Brings every view up to date with what was decided: one statement for each table however many items.

import type pg from 'pg'
import type { DecidedFact } from '../custody/decide.ts'
import type { SubjectKind, Subjects } from '../custody/subjects.ts'
import { showCases } from './cases.ts'
import { codesOfItem, codesOfPerson, codesOfPlace, showCodes } from './codes.ts'
import { showDockets } from './dockets.ts'
import { showFileUses } from './files.ts'
import { showItems } from './items.ts'
import { showPeople, showUnits } from './people.ts'
import { showPlaces } from './places.ts'
import { showIdentifiers } from './twins.ts'

/** The views that are made from facts, in an order in which they can be emptied. */
export const viewTables = [
  'items',
  'item_identifiers',
  'codes',
  'cases',
  'places',
  'people',
  'units',
  'dockets',
  'movements',
  'money_lines',
  'file_uses',
  'found_by',
] as const

/** A subject before the facts, unless they made it, and after them. */
type Changed<Kind extends SubjectKind> = { before?: Subjects[Kind]; after: Subjects[Kind] }

const fileHash = /^[0-9a-f]{64}$/

/** The files that a fact names, of those that are `stored`. */
export function filesIn(value: unknown, stored: ReadonlySet<string>, found = new Set<string>()): string[] {
  if (typeof value === 'string') {
    if (fileHash.test(value) && stored.has(value)) found.add(value)
  } else if (value && typeof value === 'object') for (const each of Object.values(value)) filesIn(each, stored, found)
  return [...found].sort()
}

/**
 * Writes the subjects of the facts as they are after them. `commands` are the facts of one command each, in order;
 * the rows of all subjects are locked by the caller.
 */
export async function show(
  client: pg.PoolClient,
  commands: { facts: DecidedFact[]; files: string[][] }[],
): Promise<void> {
  const facts = commands.flatMap((command) => command.facts)
  const changed = <Kind extends SubjectKind>(kind: Kind): Changed<Kind>[] => {
    const subjects = new Map<string, Changed<Kind>>()
    for (const { subject, before, after } of facts as DecidedFact<Kind>[])
      if (subject.kind === kind)
        subjects.set(subject.id, {
          before: subjects.has(subject.id) ? subjects.get(subject.id)!.before : before,
          after,
        })
    return [...subjects.values()]
  }
  const [items, places, people] = [changed('item'), changed('place'), changed('person')]
  await showUnits(
    client,
    changed('unit').map(({ after }) => after),
  )
  await showPeople(client, people)
  await showCases(client, changed('case'))
  await showPlaces(client, places)
  await showItems(client, items)
  await showIdentifiers(client, items)
  await showCodes(client, [
    // Labels are only ever added.
    ...items.flatMap(({ before, after }) => (before?.labels.length === after.labels.length ? [] : codesOfItem(after))),
    ...places.flatMap(({ after }) => codesOfPlace(after)),
    ...people.flatMap(({ after }) => codesOfPerson(after)),
  ])
  await showFileUses(
    client,
    commands.flatMap(({ facts, files }) =>
      facts.flatMap(({ subject }, n) =>
        files[n]!.map((sha256) => ({ sha256, subjectKind: subject.kind, subjectId: subject.id })),
      ),
    ),
  )
  await showDockets(
    client,
    commands.map((command) => command.facts),
  )
}
