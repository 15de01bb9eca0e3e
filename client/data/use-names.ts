// Names for the ids that desks and dockets carry: units and agencies, sites, people.

import { useCallback } from 'react'
import { usePeople } from './use-people.ts'
import { usePlaces } from './use-places.ts'
import { useUnits } from './use-units.ts'

/** Gives the name of a unit, an agency, a site or a login, as far as the reader may know it. */
export function useNames(): (id: string) => string | undefined {
  const { data: units } = useUnits()
  const { rows: sites } = usePlaces({ kind: 'site' })
  const { rows: people } = usePeople({ limit: 500 })
  return useCallback(
    (id) =>
      units?.find((unit) => unit.id === id)?.name ??
      sites?.find((site) => site.code === id)?.name ??
      people?.find((person) => person.login === id)?.name,
    [units, sites, people],
  )
}
