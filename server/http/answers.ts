// What routes give, as schemas: for OpenAPI, and for the test that holds answers against them.

import { z } from 'zod'
import { Expected } from '../contract/faults.ts'
import { foundBy } from '../contract/search.ts'
import { bookingKinds } from '../custody/bookings.ts'
import { itemClasses } from '../custody/classes.ts'
import { fileKinds, fileTypes } from '../custody/file-kinds.ts'
import { stages } from '../custody/item.ts'
import { placeKinds, roles } from '../custody/subjects.ts'

const Time = z.iso.datetime()
const Data = z.record(z.string(), z.unknown())
/** Names the shape in OpenAPI, so that it stands there once. */
const named = <T extends z.ZodType>(id: string, type: T): T => type.meta({ id }) as T

const Whereabouts = {
  place: z.string(),
  placeName: z.string(),
  site: z.string(),
  path: z.array(z.string()),
  pathNames: z.array(z.string()),
}

const Custody = named(
  'Custody',
  z.discriminatedUnion('state', [
    z.looseObject({ state: z.literal('with-officer'), holder: z.string(), holderName: z.string() }),
    z.looseObject({ state: z.literal('stored'), ...Whereabouts }),
    z.looseObject({ state: z.literal('out'), holder: z.string(), holderName: z.string(), from: z.object(Whereabouts) }),
    z.looseObject({
      state: z.literal('in-transit'),
      from: z.object(Whereabouts),
      toSite: z.string(),
      carrier: z.string(),
    }),
    z.looseObject({ state: z.literal('in-place'), address: z.string(), keeper: z.string() }),
    z.looseObject({ state: z.literal('frozen'), institution: z.string(), account: z.string(), assets: z.string() }),
    z.looseObject({ state: z.literal('entrusted'), contractor: z.string(), address: z.string() }),
    z.looseObject({ state: z.literal('deposited'), institution: z.string(), account: z.string() }),
    z.looseObject({ state: z.literal('left'), how: z.string(), to: z.string() }),
  ]),
)
const Control = named(
  'Control',
  z.looseObject({
    state: z.enum(['held', 'offered']),
    agency: z.string(),
    agencyName: z.string(),
    stage: z.enum(stages),
  }),
)
const Disposition = named(
  'Disposition',
  z.looseObject({ state: z.enum(['none', 'proposed', 'approved', 'done']), kind: z.string().optional() }),
)
const OpenDocket = named(
  'OpenDocket',
  z.looseObject({
    docket: z.string(),
    procedure: z.string(),
    stage: z.string(),
    requestedBy: z.string(),
    waitsFor: z.array(z.string()),
  }),
)

export const ItemCard = named(
  'Item',
  z.looseObject({
    code: z.string(),
    version: z.int(),
    caseNo: z.string(),
    line: z.string(),
    name: z.string(),
    class: z.enum(itemClasses),
    quantity: z.string(),
    unit: z.string(),
    photos: z.array(z.string()),
    owningUnit: z.string(),
    owningAgency: z.string(),
    officers: z.array(z.string()),
    custody: Custody,
    control: Control,
    disposition: Disposition,
    open: z.partialRecord(z.enum(['custody', 'control', 'disposition', 'discrepancy', 'label']), OpenDocket),
    clocks: z.array(z.object({ deadline: z.string(), at: Time })),
    due: z.object({ deadline: z.string(), at: Time }).optional(),
    overdue: z.boolean(),
    lastSeenAt: Time,
    lastAt: Time,
  }),
)

const Signed = named(
  'Signature',
  z.looseObject({
    login: z.string(),
    name: z.string(),
    unitName: z.string(),
    agencyName: z.string(),
    role: z.string().optional(),
    for: z.object({ login: z.string(), name: z.string() }).optional(),
  }),
)
const Standing = named(
  'Standing',
  z.object({ state: z.string(), name: z.string().optional(), code: z.string().optional() }),
)
const Subject = named('Subject', z.object({ kind: z.string(), id: z.string() }))

const line = {
  position: z.int(),
  recordedAt: Time,
  occurredAt: Time,
  step: z.string(),
  fact: z.string(),
  subject: Subject,
  name: z.string(),
  caseNo: z.string().optional(),
  docket: z.string().optional(),
  axis: z.enum(['custody', 'control', 'disposition']).optional(),
  from: Standing.optional(),
  to: Standing.optional(),
  by: Signed,
}
export const MovementLine = named('Movement', z.object(line))

const ChainEntry = named(
  'ChainEntry',
  z.object({
    ...line,
    version: z.int(),
    hash: z.string(),
    previous: z.string().nullable(),
    data: Data,
    countersigners: z.array(Signed),
    files: z.array(z.string()),
    particulars: z.record(z.string(), z.record(z.string(), z.string()).nullable()).optional(),
  }),
)

export const DocketCard = named(
  'Docket',
  z.looseObject({
    code: z.string(),
    procedure: z.string(),
    axis: z.string(),
    open: z.boolean(),
    stages: z.array(z.string()),
    openedAt: Time,
    openedBy: Signed,
    closedAt: Time.optional(),
    caseNos: z.array(z.string()),
    items: z.array(z.looseObject({ code: z.string(), name: z.string(), stage: z.string().optional() })),
    waitsFor: z.array(z.string()),
    route: z.array(
      z.looseObject({ step: z.string(), fact: z.string(), at: Time, by: Signed, countersigners: z.array(Signed) }),
    ),
  }),
)
export const CaseCard = named(
  'Case',
  z.looseObject({
    caseNo: z.string(),
    title: z.string(),
    kind: z.string(),
    acceptedAt: z.string(),
    unit: z.string(),
    officers: z.array(z.string()),
    formerNos: z.array(z.string()).optional(),
    mergedInto: z.string().optional(),
    splitFrom: z.string().optional(),
    items: z.int(),
    held: z.int().optional(),
  }),
)
export const PlaceCard = named(
  'Place',
  z.looseObject({
    code: z.string(),
    kind: z.enum(placeKinds),
    name: z.string(),
    parent: z.string().optional(),
    path: z.array(z.string()),
    pathNames: z.array(z.string()),
    classes: z.array(z.string()),
    inUse: z.boolean(),
    items: z.int(),
    children: z.int(),
  }),
)
const Grant = named('Grant', z.looseObject({ role: z.enum(roles), scope: z.string() }))
const Party = z.object({ login: z.string(), name: z.string() })
const Delegation = named(
  'Delegation',
  z.looseObject({
    id: z.string(),
    of: Party,
    to: Party,
    role: z.enum(roles),
    scope: z.string(),
    from: Time,
    until: Time,
  }),
)
export const PersonCard = named(
  'Person',
  z.looseObject({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    number: z.string(),
    unit: z.string(),
    agency: z.string(),
    grants: z.array(Grant),
    delegations: z.array(Delegation).optional(),
    disabled: z.boolean(),
  }),
)
const Unit = named(
  'Unit',
  z.looseObject({
    id: z.string(),
    kind: z.enum(['agency', 'unit']),
    type: z.string(),
    agency: z.string(),
    name: z.string(),
  }),
)

export const SignedIn = named(
  'SignedIn',
  z.object({
    person: z.object({
      id: z.string(),
      login: z.string(),
      name: z.string(),
      number: z.string(),
      unit: z.string(),
      unitName: z.string(),
      agency: z.string(),
      agencyName: z.string(),
      roles: z.array(z.string()),
      grants: z.array(Grant),
      standsIn: z.array(Delegation),
    }),
    idleSeconds: z.int(),
    readOnly: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).optional(),
  }),
)

export const ProblemDetails = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    params: Data.optional(),
    errors: z
      .array(
        z.object({
          pointer: z.string(),
          code: z.string(),
          name: z.string().optional(),
          detail: z.string(),
          expected: Expected.extend({ says: z.string() }).optional(),
        }),
      )
      .optional(),
    requestId: z.string().optional(),
  }),
)

export const AnsweredStep = z.object({
  docket: z.string().optional(),
  entries: z.array(z.object({ position: z.int(), subject: Subject, fact: z.string(), hash: z.string() })),
  items: z.array(ItemCard),
})
const Signer = z.looseObject({
  as: z.string(),
  logins: z.array(z.string()).optional(),
  roles: z.array(z.string()).optional(),
  scope: z.string().optional(),
})
export const OfferedSteps = z.object({
  steps: z.array(
    z.object({
      step: z.string(),
      possible: z.boolean(),
      refusal: ProblemDetails.optional(),
      signers: z.array(Signer),
      aside: z.array(z.object({ code: z.string(), refusal: ProblemDetails })).optional(),
    }),
  ),
})

const next = z.string().optional()
export const ItemPage = z.object({ items: z.array(ItemCard), next })
export const DocketPage = z.object({ dockets: z.array(DocketCard), next })
export const CasePage = z.object({ cases: z.array(CaseCard), next })
export const PlacePage = z.object({ places: z.array(PlaceCard), next })
export const PersonPage = z.object({ people: z.array(PersonCard), next })
const matched = z.array(
  named('Matched', z.object({ by: z.enum(foundBy), text: z.string(), marks: z.array(z.array(z.int()).length(2)) })),
)
export const FoundThings = z.object({
  items: z.array(ItemCard.extend({ matched })),
  cases: z.array(CaseCard.extend({ matched })),
  dockets: z.array(DocketCard.extend({ matched })),
  people: z.array(PersonCard.extend({ matched })),
  places: z.array(PlaceCard.extend({ matched })),
})
const Hanging = z.object({ count: z.int(), codes: z.array(z.string()) })
export const Duties = z.object({
  holds: Hanging,
  asked: Hanging,
  desks: z.array(z.object({ desk: z.string(), alone: z.boolean(), waiting: z.int() })),
})
export const AttemptPage = z.object({
  attempts: z.array(
    z.object({
      position: z.int(),
      at: Time,
      who: z.looseObject({ id: z.string(), login: z.string(), name: z.string(), unitName: z.string() }),
      step: z.string(),
      items: z.array(z.string()),
      countersigners: z.array(z.string()),
      code: z.string(),
      params: Data,
    }),
  ),
  next,
})
export const UnitList = z.object({ units: z.array(Unit) })
const Sum = z.string()
const Sums = { ...Object.fromEntries(bookingKinds.map((kind) => [kind, Sum])), balance: Sum }
const OnAccount = { currency: z.string(), account: z.string(), institution: z.string() }
export const MoneyPage = z.object({
  balances: z.array(named('Balance', z.object({ caseNo: z.string(), items: z.int(), ...OnAccount, ...Sums }))),
  totals: z.array(named('MoneyTotal', z.object({ ...OnAccount, ...Sums }))),
  next,
})
export const MoneyLinePage = z.object({
  lines: z.array(
    named(
      'MoneyLine',
      z.object({
        position: z.int(),
        at: Time,
        item: z.string(),
        name: z.string(),
        caseNo: z.string(),
        ...OnAccount,
        kind: z.enum(bookingKinds),
        amount: Sum,
        fact: z.string(),
        docket: z.string().optional(),
        voucher: z.looseObject({ kind: z.string(), no: z.string() }).optional(),
      }),
    ),
  ),
  next,
})
export const MovementList = z.object({ movements: z.array(MovementLine) })
export const Chain = z.object({ entries: z.array(ChainEntry) })
export const StoredFile = z.object({
  sha256: z.string(),
  bytes: z.int(),
  type: z.enum(fileTypes),
  kind: z.enum(fileKinds),
})
export const ResolvedCode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('item'), item: ItemCard }),
  z.object({ kind: z.literal('place'), place: PlaceCard }),
  z.object({ kind: z.literal('docket'), docket: DocketCard }),
  z.object({ kind: z.literal('person'), person: PersonCard }),
])
export const DemoSignIns = z.object({
  demo: z.boolean(),
  signIns: z.array(z.object({ login: z.string(), role: z.string(), name: z.string(), agencyName: z.string() })),
})
