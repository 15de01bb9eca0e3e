// What an entry says, as fields: the dotted path of each field's name and its values, never the raw data.

import { catalogue } from '../../../server/custody/catalogue.ts'

/** One field: the dotted path of its name, its row in a list if it stands in one, its value. */
export type Scalar = string | number | boolean
export type FieldLine = { path: string; values: Scalar[]; rows: number[] }

/** What a page shows in its own way beside the fields, or what only the machinery needs. */
const shownElsewhere = new Set([
  'at.place',
  'at.placeName',
  'at.site',
  'at.path',
  'by',
  'code',
  'caseNo',
  'photos',
  'photo',
  'custody',
  'control',
  'particulars',
  'owningUnit',
  'owningAgency',
  'officers',
  'place',
  'holder',
  'holderName',
  'borrower',
  'to',
  'needsLeader',
  'part',
  'decidesAt',
  'waitsFor',
  'receivers',
  'deciders',
  'reviewers',
  'approvers',
  'recordedAt',
  'clocks',
  'heldBy',
  'keptBy',
  'changes',
  'insteadOf',
])

/**
 * The step in whose words an entry's data are said. A fact may belong to another procedure than the step that recorded
 * it, as when a give-back finds a discrepancy.
 */
export function stepOfWords({ step, fact }: { step: string; fact: string }): string {
  const owner = Object.values(catalogue.procedures).find(({ facts }) => fact in facts)
  return owner && !step.startsWith(`${owner.name}.`) ? `${owner.name}.${fact}` : step
}

/** Entry data → its fields in the order they were said. */
export function linesOf(data: unknown, prefix = ''): FieldLine[] {
  const lines: FieldLine[] = []
  const walk = (value: unknown, path: string, rows: number[]): void => {
    if (value === undefined || value === null || value === '' || shownElsewhere.has(path) || /articulars$/.test(path))
      return
    if (Array.isArray(value)) {
      if (value.some((each) => typeof each === 'object'))
        for (const [index, each] of value.entries()) walk(each, path, [...rows, index])
      else if (value.length > 0) lines.push({ path, values: value as Scalar[], rows })
    } else if (typeof value === 'object')
      for (const [name, each] of Object.entries(value)) walk(each, path ? `${path}.${name}` : name, rows)
    else lines.push({ path, values: [value as Scalar], rows })
  }
  const { kind, kinds, ...rest } = (data ?? {}) as Record<string, unknown>
  // What the first part was said to be is what it came to.
  if (rest.first !== undefined) delete rest.amounts
  const said = Array.isArray(kinds) && kinds.length > 0 ? { kinds, ...rest } : { kind, ...rest }
  for (const [name, value] of Object.entries(said)) walk(value, `${prefix}${name}`, [])
  return lines
}
