// What earlier rules let be called the same: people of one agency by one number, agencies and units by one name.

import type { DataSource } from 'typeorm'
import type { Namesakes } from '../contract/cards.ts'
import { folded } from '../custody/folding.ts'
import { PersonTable, readUnits } from './people.ts'

/** Those that the reader may see, accounts that are closed among them. */
export async function readNamesakes(db: DataSource, keys: string[]): Promise<Namesakes> {
  const people = await db
    .getRepository(PersonTable)
    .createQueryBuilder('person')
    .select('person.state')
    .addSelect('person.id')
    .where('person.audience && :keys', { keys })
    .getMany()
  const byNumber = grouped(
    people.map(({ state }) => state),
    ({ agency, number }) => `${agency} ${folded(number)}`,
  )
  const byName = grouped(await readUnits(db), ({ kind, agency, name }) =>
    kind === 'agency' ? folded(name) : `${agency} ${folded(name)}`,
  )
  return {
    numbers: several(byNumber).map((same) => ({
      number: same[0]!.number,
      people: same.map(({ login, name, agencyName }) => ({ login, name, agencyName })),
    })),
    names: several(byName).map((same) => ({ name: same[0]!.name, units: same.map(({ id, name }) => ({ id, name })) })),
  }
}

function grouped<Each>(all: readonly Each[], by: (each: Each) => string): Map<string, Each[]> {
  const groups = new Map<string, Each[]>()
  for (const each of all) groups.set(by(each), [...(groups.get(by(each)) ?? []), each])
  return groups
}

const several = <Each>(groups: Map<string, Each[]>): Each[][] => [...groups.values()].filter(({ length }) => length > 1)
