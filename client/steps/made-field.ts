// The field that gives its id to what a step brings into being: it is typed anew, not chosen from what there is.

import { catalogue } from '../../server/custody/catalogue.ts'

/** Name of that field of the step's input; nothing for steps that make nothing. */
export function madeField(step: string): string | undefined {
  const stated = catalogue.steps[step]
  if (!stated || stated.on === 'item' || !stated.makes) return undefined
  let name: string | undefined
  // The step says it by the one field that it looks at.
  const input = new Proxy(
    {},
    {
      get: (_input, field) => {
        name ??= String(field)
      },
    },
  )
  stated.subject(input as never)
  return name
}
