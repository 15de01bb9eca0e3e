// In which order steps are offered: what carries on a docket first, what begins one next, small repairs last.

/** Steps that begin something on their own account; they come after those that carry on. */
const beginning = [
  'retrieval.request',
  'transfer.offer',
  'return.propose',
  'disposal.propose',
  'relocation.move',
  'item.recover',
]
const small = [
  'intake.defer',
  'relocation.dispatch',
  'relocation.pack',
  'relocation.unpack',
  'seal.replace',
  'label.replace',
  'item.split',
  'item.reassign',
  'correction.note',
  'intake.void',
  'money.reverse',
  'discrepancy.report',
]

const endings = /\.(reject|object|decline|refuse|withdraw|lapse|reject-extension)$/

/** Lower is sooner. */
export function rankOf(step: string): number {
  const procedure = step.split('.')[0]!
  if (beginning.includes(step)) return 2
  if (small.includes(step) || ['correction', 'label', 'seal', 'item', 'objection'].includes(procedure)) return 3
  if (endings.test(step)) return 1
  return 0
}

export const inOrder = <T extends { step: string }>(steps: T[]): T[] =>
  [...steps].sort((one, other) => rankOf(one.step) - rankOf(other.step))
