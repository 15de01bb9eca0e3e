// The borrower hands the thing on to a colleague without a trip to the store: term and purpose stay, the clock goes on.

import { z } from 'zod'
import { differencesBetween } from '../../comparing.ts'
import { type Act, itemFact, itemStep, refuseIf } from '../../define.ts'
import { moveDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import type { Item, Whereabouts } from '../../item.ts'
import { perItem } from '../../lines.ts'
import { playersOf } from '../../separation.ts'
import { keeperDesk, kept, refuseUnmeasured, taken } from './loan.ts'

const HandOn = z.strictObject({ to: field.login(), condition: field.text(), photos: field.photos(1), ...taken })

/** Only to somebody who could have borrowed it, and who has had no other part in the loan. */
function refuseStranger(item: Item, act: Act<z.infer<typeof HandOn>>): void {
  const { login, name, grants, disabled } = act.person(act.input.to)
  const mayHold =
    act.role === 'officer'
      ? item.officers.includes(login) && grants.some(({ role }) => role === 'officer')
      : grants.some(({ role, scope }) => role === 'casemanager' && scope === act.scope)
  const isColleague = mayHold && !disabled && login !== act.actor.login
  refuseIf(!isColleague, 'retrieval.not-a-colleague', { code: item.code, name })
  const players = playersOf(item.open.custody!, ['decided', 'executed'])
  refuseIf(players.includes(login), 'step.two-hats', { code: item.code, login, name })
}

export const handOn = itemStep({
  by: ['officer', 'casemanager'],
  axis: 'custody',
  docket: { at: ['released', 'extension-requested'] },
  ...perItem(HandOn, ['seal', 'weight', 'mileage', 'condition', 'photos']),
  signers: (act) => [{ as: 'colleague', ...(act.input ? { logins: [act.input.to] } : {}) }],
  ready: (item, act) =>
    refuseIf(kept(item).borrower !== act.actor.login, 'retrieval.not-the-borrower', { code: item.code }),
  requires: (item, act) => {
    refuseStranger(item, act)
    refuseUnmeasured(item, act.input)
    const { seal, weight } = act.input
    const was = { seal: kept(item).seal ?? item.seal, weight: kept(item).weight ?? item.weight }
    const found = { condition: 'intact' as const, seal, weight }
    // A difference is cleared up at the counter by who had the thing, and not passed on.
    const kinds = differencesBetween(was, found, act.settings.weightTolerancePerMille)
    refuseIf(kinds.length > 0, 'retrieval.not-as-lent', { code: item.code, kinds })
  },
  records: (_item, act) => ({
    fact: 'ItemHandedOn',
    data: { ...act.input, holder: act.input.to, holderName: act.person(act.input.to).name },
  }),
})

type HandedOn = z.infer<typeof HandOn> & { holder: string; holderName: string }

export const handedOn = {
  ItemHandedOn: itemFact<HandedOn>(
    (item, recorded) => {
      const { holder, holderName, weight } = recorded.data
      const { stage, waitsFor } = item.open.custody!
      const { from } = item.custody as { from: Whereabouts }
      return {
        ...item,
        custody: { state: 'out', holder, holderName, from },
        heldBy: [...new Set([...item.heldBy, holder])],
        open: moveDocket(item, 'custody', recorded, {
          stage,
          waitsFor: stage === 'released' ? [`person:${holder}`, ...keeperDesk(item)] : waitsFor,
          data: { borrower: holder, borrowerName: holderName, ...(weight ? { weight } : {}) },
        }),
      }
    },
    { seen: true },
  ),
}
