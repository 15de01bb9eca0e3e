// The thing goes out with its borrower.

import { z } from 'zod'
import { started } from '../../clocks.ts'
import { differencesBetween } from '../../comparing.ts'
import { type Act, itemFact, itemStep, refuseIf } from '../../define.ts'
import { moveDocket } from '../../docket.ts'
import * as field from '../../fields.ts'
import { type Item, whereaboutsOf } from '../../item.ts'
import { perItem } from '../../lines.ts'
import { daysBetween, keeperDesk, kept, refuseControlMoved, refuseSealUnread, refuseUnmeasured, taken } from './loan.ts'

const Release = z.strictObject({ condition: field.text(), photos: field.photos(1), ...taken })

/** D17. Saying that it went out earlier does not bring an approval back. */
function refuseLapsed(item: Item, act: Act<undefined>): void {
  const { approvedAt, approvalRecordedAt } = kept(item)
  const days = act.settings.approvalLapsesAfterDays
  const lapsed = daysBetween(approvedAt!, act.occurredAt) > days || daysBetween(approvalRecordedAt!, act.now) > days
  refuseIf(lapsed, 'retrieval.approval-lapsed', { approvedAt, days })
}

export const release = itemStep({
  by: ['keeper'],
  axis: 'custody',
  docket: { at: ['approved'] },
  part: 'executes',
  physical: true,
  ...perItem(Release, ['seal', 'weight', 'mileage', 'condition', 'photos']),
  // Nobody takes a thing along for somebody else.
  signers: (_act, item) => (item?.open.custody ? [{ as: 'borrower', logins: [kept(item).borrower] }] : []),
  ready: (item, act) => {
    refuseIf(item.custody.state !== 'stored', 'retrieval.not-stored', { code: item.code })
    refuseControlMoved(item)
    refuseLapsed(item, act)
  },
  requires: (item, act) => {
    refuseUnmeasured(item, act.input)
    refuseSealUnread(item, act)
    // Otherwise a little could be taken at every loan, each time within the tolerance of the last weighing.
    const { seal = item.seal, weight } = act.input
    const differs = differencesBetween(
      item,
      { condition: 'intact', seal, weight },
      act.settings.weightTolerancePerMille,
    )
    refuseIf(differs.length > 0, 'retrieval.not-as-recorded', { code: item.code, kinds: differs })
  },
  records: (item, act) => ({
    fact: 'ItemReleased',
    data: { ...act.input, holder: kept(item).borrower, holderName: kept(item).borrowerName },
  }),
})

export const released = {
  ItemReleased: itemFact<z.infer<typeof Release> & { holder: string; holderName: string }>(
    (item, recorded) => ({
      ...item,
      custody: {
        state: 'out',
        holder: recorded.data.holder,
        holderName: recorded.data.holderName,
        from: whereaboutsOf(item)!,
      },
      ...started(item, { deadline: 'D03', at: kept(item).dueAt }),
      heldBy: [...new Set([...item.heldBy, recorded.data.holder])],
      open: moveDocket(item, 'custody', recorded, {
        stage: 'released',
        executed: true,
        waitsFor: [`person:${recorded.data.holder}`, ...keeperDesk(item)],
        data: {
          ...(recorded.data.seal ? { seal: recorded.data.seal } : {}),
          ...(recorded.data.weight ? { weight: recorded.data.weight } : {}),
        },
      }),
    }),
    { seen: true },
  ),
}
