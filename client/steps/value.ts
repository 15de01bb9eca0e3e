// The value of a form: a tree of plain values under construction, read and changed by path.

export type Value = unknown
export type Path = readonly (string | number)[]

export function valueAt(value: Value, path: Path): Value {
  return path.reduce<Value>((at, name) => (at as Record<string | number, Value> | undefined)?.[name], value)
}

/** A copy with another value at the path; the tree is made where it is missing. */
export function withValue(value: Value, path: Path, next: Value): Value {
  const [name, ...rest] = path
  if (name === undefined) return next
  if (typeof name === 'number') {
    const list = Array.isArray(value) ? [...value] : []
    list[name] = withValue(list[name], rest, next)
    return list
  }
  return {
    ...(value as Record<string, Value> | undefined),
    [name]: withValue((value as Record<string, Value>)?.[name], rest, next),
  }
}

/** Without what was left empty: blank texts, and objects in which nothing was said. Lists keep their place. */
export function pruned(value: Value): Value {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (Array.isArray(value)) return value.map(pruned).filter((each) => each !== undefined)
  if (value === null || typeof value !== 'object') return value ?? undefined
  const entries = Object.entries(value).flatMap(([name, each]): [string, Value][] => {
    const kept = pruned(each)
    return kept === undefined ||
      (typeof kept === 'object' && !Array.isArray(kept) && Object.keys(kept as object).length === 0)
      ? []
      : [[name, kept]]
  })
  return Object.fromEntries(entries)
}

/** `items.takenFrom.name`: without the numbers of rows, as words are looked up. */
export const wordsPath = (path: Path): string => path.filter((name) => typeof name === 'string').join('.')

export const pathKey = (path: Path): string => path.join('.')
