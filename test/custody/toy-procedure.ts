// airing 晾晒 – a procedure that no property room has: an officer asks for a thing to be aired, a keeper airs it. All of it is in this file.

import { z } from 'zod'
import { itemFact, itemStep, procedure, refuseIf } from '../../server/custody/define.ts'
import { closeDocket, openDocket } from '../../server/custody/docket.ts'
import * as field from '../../server/custody/fields.ts'
import { whereaboutsOf } from '../../server/custody/item.ts'

const Ask = z.strictObject({ reason: field.longText(500), until: field.time() })
const Air = z.strictObject({ place: field.placeCode(), photos: field.photos(1), weight: field.weight().optional() })

export const airing = procedure({
  name: 'airing',
  steps: {
    ask: itemStep({
      by: ['officer'],
      axis: 'custody',
      docket: 'opens',
      part: 'requests',
      input: Ask,
      ready: (item) => refuseIf(item.custody.state !== 'stored', 'airing.not-stored', { code: item.code }),
      requires: (_item, act) => refuseIf(act.input.until <= act.occurredAt, 'airing.too-late'),
      records: (_item, act) => ({ fact: 'AiringAsked', data: { ...act.input } }),
    }),
    air: itemStep({
      by: ['keeper'],
      axis: 'custody',
      docket: { at: ['asked'] },
      part: 'executes',
      physical: true,
      input: Air,
      records: (_item, act) => ({ fact: 'ItemAired', data: { ...act.input } }),
    }),
  },
  facts: {
    AiringAsked: itemFact((item, recorded) => ({
      ...item,
      open: openDocket(item, 'custody', recorded, {
        stage: 'asked',
        waitsFor: [`keeper@${whereaboutsOf(item)!.site}`],
      }),
    })),
    ItemAired: itemFact((item) => ({ ...item, open: closeDocket(item, 'custody') }), { seen: true }),
  },
  refusals: ['not-stored', 'too-late'],
})
