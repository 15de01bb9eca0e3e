// item 物品 – a thing is divided: the first part keeps the code, the others become things of their own; put together again;
// brought back into store, or put to another case. Pure.

import { procedure } from '../define.ts'
import { reassign } from './cases/reassignment.ts'
import { join, joined } from './item/join.ts'
import { recover, recovered, recoveryRefusals } from './item/recovery.ts'
import { divided, split } from './item/split.ts'

export const item = procedure({
  name: 'item',
  steps: { split, join, recover, reassign },
  facts: { ...divided, ...joined, ...recovered },
  refusals: [
    ...recoveryRefusals,
    'not-yours',
    'not-in-control',
    'same-case',
    'docket-open',
    'not-in-hand',
    'indivisible',
    'one-by-one',
    'does-not-balance',
    'part-unweighed',
    'weight-does-not-balance',
    'part-unvalued',
    'value-does-not-balance',
    'net-does-not-balance',
    'net-over-gross',
    'quantity-is-not-net',
    'rounds-do-not-balance',
    'notes-do-not-balance',
    'notes-are-not-the-value',
    'left-over',
    'on-two-parts',
    'not-of-it',
    'more-than-there',
    'a-number-each',
    'a-round-each',
    'not-whole',
    'nothing-to-join',
    'not-alike',
    'joined-unmeasured',
  ],
})
