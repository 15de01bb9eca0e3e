// A registration that was a mistake, or the second of one thing, is void: it stays to be read, and nothing follows from it.

import { z } from 'zod'
import { itemFact, itemStep, refuseIf, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import { whereaboutsOf } from '../../item.ts'

const Void = z.strictObject({ reason: field.longText(1000) })

export const voiding = itemStep({
  by: ['officer'],
  input: Void,
  signers: (act, item) => {
    if (!item) return []
    const head: Signer = { as: 'head', roles: ['head'], scope: item.owningUnit }
    if (item.custody.state !== 'stored') return [head]
    const keeper: Signer = { as: 'keeper', roles: ['keeper'], scope: item.custody.site, not: item.officers }
    const guarded = act.settings.twoPersonClasses.includes(item.class)
    const store: Signer = { as: 'storehead', roles: ['storehead'], scope: item.owningAgency }
    return guarded ? [head, keeper, store] : [head, keeper]
  },
  ready: (item, act) => {
    const { code, custody, control, officers, owningAgency, open } = item
    refuseIf(!officers.includes(act.actor.login), 'intake.not-of-your-case', { code })
    refuseIf(['out', 'in-transit'].includes(custody.state), 'intake.not-here', { code })
    refuseIf(control.agency !== owningAgency, 'intake.controlled-elsewhere', { code, agency: control.agencyName })
    const [docket] = Object.values(open)
    refuseIf(docket, 'intake.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
  },
  records: (_item, act) => ({ fact: 'RegistrationVoided', data: { ...act.input } }),
})

export const voided = {
  RegistrationVoided: itemFact((item, { occurredAt }) => {
    const from = whereaboutsOf(item)
    return {
      ...item,
      custody: { state: 'left', how: 'void', to: '', ...(from ? { from } : {}) },
      disposition: { state: 'done', kind: 'void', at: occurredAt },
      clocks: [],
      due: undefined,
    }
  }),
}
