// A thing that was registered under the wrong case goes to the right one.

import { z } from 'zod'
import { type Act, itemStep, refuseIf } from '../../define.ts'
import * as field from '../../fields.ts'
import type { Item } from '../../item.ts'
import { hasEnded } from '../../subjects.ts'
import { reassigned, tookIn } from './division.ts'
import { refuseDocketOfUnit, refuseMerged } from './officers.ts'

const Reassign = z.strictObject({
  caseNo: field.caseNo(),
  document: field.document(),
  line: field.text(20),
  reason: field.longText(1000),
})

/** Its officers, and the head of the unit that handles it. */
function refuseStranger({ code, officers, owningUnit }: Item, act: Act<unknown>): void {
  const own = act.role === 'head' ? act.scope === owningUnit : officers.includes(act.actor.login)
  refuseIf(!own, 'item.not-yours', { code })
}

export const reassign = itemStep({
  by: ['officer', 'head'],
  input: Reassign,
  // The case that takes it in agrees: its head to what an officer asks, one of its officers to what a head decides.
  signers: (act) => {
    const into = act.input && act.caseOf(act.input.caseNo)
    return act.role === 'head'
      ? [{ as: 'officer', ...(into ? { logins: into.officers } : { roles: ['officer' as const] }) }]
      : [{ as: 'head', roles: ['head'], ...(into ? { scope: into.unit } : {}) }]
  },
  ready: (item, act) => {
    refuseStranger(item, act)
    const { agency, state } = item.control
    refuseIf(state === 'offered' || agency !== item.owningAgency, 'item.not-in-control', { code: item.code })
  },
  requires: (item, act) => {
    const { document, line } = act.input
    refuseIf(act.items.length > 1, 'item.one-by-one')
    const into = act.caseOf(act.input.caseNo)
    const { caseNo } = into
    refuseIf(caseNo === item.caseNo, 'item.same-case', { code: item.code, caseNo })
    refuseMerged(into)
    refuseIf(hasEnded(into), 'case.ended', { caseNo })
    refuseIf(into.agency !== item.owningAgency, 'case.other-agency', { caseNo })
    refuseIf(!act.isFreeLine(caseNo, document.no, line), 'case.line-used', { caseNo, no: document.no, line })
    refuseDocketOfUnit([item], into.unit)
  },
  records: (item, act) => {
    const { document, line, reason } = act.input
    return reassigned(item, act.caseOf(act.input.caseNo), { document, line, reason })
  },
  recordsOnce: (act) => act.items.map((item) => tookIn(act.caseOf(act.input.caseNo), item.caseNo, [item])),
})
