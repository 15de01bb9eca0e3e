// What a list is narrowed to, kept in the address so that it can be linked to and survives a reload.

import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Narrowing<Name extends string> = Partial<Record<Name, string>>

/** The values of `names` in the address, and a change to some of them; an empty value takes one away. */
export function useNarrowing<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams()
  const text = search.toString()
  const values = useMemo(() => {
    const given = new URLSearchParams(text)
    return Object.fromEntries(
      names.flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : [])),
    ) as Narrowing<Name>
  }, [text, names])
  const change = useCallback(
    (changes: Partial<Record<Name, string | undefined>>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes) as [Name, string | undefined][])
            if (value) next.set(name, value)
            else next.delete(name)
          return next
        },
        { replace: true },
      ),
    [setSearch],
  )
  return [values, change] as const
}
