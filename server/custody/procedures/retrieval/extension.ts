// The borrower asks for longer, and whoever decides loans decides.

import { z } from 'zod'
import { started } from '../../clocks.ts'
import { type Act, actingIn, itemFact, itemStep, refuseIf } from '../../define.ts'
import { moveDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import type { Item } from '../../item.ts'
import { refuseSince } from '../../rules.ts'
import {
  daysBetween,
  decidingDesk,
  keeperDesk,
  kept,
  Note,
  refuseControlMoved,
  refuseElsewhere,
  refuseTerm,
} from './loan.ts'

const Extend = z.strictObject({ dueAt: field.time(), reason: field.longText(1000) })

export const extend = itemStep({
  by: ['officer', 'casemanager'],
  axis: 'custody',
  docket: { at: ['released'] },
  part: 'requests',
  input: Extend,
  ready: (item, act) =>
    refuseIf(kept(item).borrower !== act.actor.login, 'retrieval.not-the-borrower', { code: item.code }),
  requires: (item, act) => {
    refuseIf(act.input.dueAt <= kept(item).dueAt, 'retrieval.not-longer', { dueAt: kept(item).dueAt })
    refuseTerm(act, act.occurredAt, act.input.dueAt)
    const { openedAt } = item.open.custody!
    const days = act.settings.retrievalTotalDays
    refuseSince(act, 2, daysBetween(openedAt, act.input.dueAt) > days, 'retrieval.total-too-long', { days, openedAt })
  },
  records: (item, act) => ({
    fact: 'ExtensionRequested',
    data: { ...act.input, decidesAt: decidingDesk(item, kept(item).purpose) },
  }),
})

function refuseBorrower(item: Item, act: Act<undefined>): void {
  const own = actingIn(act).some(({ login }) => login === kept(item).borrower)
  refuseIf(own, 'step.own-request', { code: item.code })
}

export const approveExtension = itemStep({
  by: ['head', 'leader', 'casemanager'],
  axis: 'custody',
  docket: { at: ['extension-requested'] },
  part: 'redecides',
  input: Note,
  ready: (item, act) => {
    refuseElsewhere(item, act)
    refuseControlMoved(item)
    refuseBorrower(item, act)
  },
  records: (_item, act) => ({ fact: 'ExtensionApproved', data: { ...act.input } }),
})

export const rejectExtension = itemStep({
  by: ['head', 'leader', 'casemanager'],
  axis: 'custody',
  docket: { at: ['extension-requested'] },
  part: 'redecides',
  input: Note,
  ready: (item, act) => {
    refuseElsewhere(item, act)
    refuseBorrower(item, act)
  },
  records: (_item, act) => ({ fact: 'ExtensionRejected', data: { ...act.input } }),
})

export const extended = {
  ExtensionRequested: itemFact<z.infer<typeof Extend> & { decidesAt: string }>((item, recorded) => ({
    ...item,
    open: moveDocket(item, 'custody', recorded, {
      stage: 'extension-requested',
      waitsFor: [recorded.data.decidesAt],
      data: { wantedDueAt: recorded.data.dueAt, decidesAt: recorded.data.decidesAt },
    }),
  })),
  ExtensionApproved: itemFact((item, recorded) => ({
    ...item,
    ...started(item, { deadline: 'D03', at: kept(item).wantedDueAt! }),
    open: moveDocket(item, 'custody', recorded, {
      stage: 'released',
      waitsFor: [`person:${kept(item).borrower}`, ...keeperDesk(item)],
      data: { dueAt: kept(item).wantedDueAt },
    }),
  })),
  ExtensionRejected: itemFact((item, recorded) => ({
    ...item,
    open: moveDocket(item, 'custody', recorded, {
      stage: 'released',
      waitsFor: [`person:${kept(item).borrower}`, ...keeperDesk(item)],
    }),
  })),
}
