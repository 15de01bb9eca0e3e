// transfer 移送 – control over an item goes to another agency; the thing itself stays on its shelf.

import { z } from 'zod'
import { refuseOtherDesk, refuseOutsider } from '../control.ts'
import { type Act, factAbout, itemFact, itemStep, type NewFact, procedure, refuseIf, required } from '../define.ts'
import { closeDocket, moveDocket, openDocket } from '../docket.ts'
import * as field from '../fields.ts'
import type { Item } from '../item.ts'
import { lineFor, strangeLines } from '../lines.ts'
import { refuseSince } from '../rules.ts'
import type { Unit } from '../subjects.ts'
import {
  caseTakenOver,
  handlingOf,
  refuseAstray,
  refuseTakingOver,
  takesJurisdiction,
} from './transfer/jurisdiction.ts'
import { type Offered, type OfferedStage, offeredStages, offerOn } from './transfer/offer.ts'

/** The agencies that a stage can lead to; a stage that is not named leads to any. */
const receiversOf: Partial<Record<OfferedStage, readonly Unit['type'][]>> = {
  prosecution: ['procuratorate'],
  'supplementary-investigation': ['police', 'procuratorate'],
  trial: ['court'],
  appeal: ['court', 'procuratorate'],
}

const list = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(2000)
const Note = z.strictObject({ note: field.longText().optional() })
const Offer = z.strictObject({
  to: field.agencyId(),
  stage: z.enum(offeredStages),
  document: field.document(),
  items: list(z.strictObject({ code: field.itemCode(), proposal: field.text(), note: field.longText().optional() })),
})
/** What the receiver looked at instead of the thing: each is a tick. */
const Verified = z.strictObject({
  record: z.boolean(),
  photos: z.boolean(),
  sealNo: z.boolean(),
  lastSeenAt: z.boolean(),
})
const Accept = z.strictObject({
  items: list(z.strictObject({ code: field.itemCode(), verified: Verified })),
  /** With jurisdiction: the unit that is to handle the case; its head gives it to officers. */
  unit: field.unitId().optional(),
})
const Decline = z.strictObject({ items: list(z.strictObject({ code: field.itemCode(), reason: field.longText(500) })) })

type Lines = { items: { code: string }[] }

/** The inventory names each scanned item once, and no other. */
function refuseOtherItems(act: Act<Lines>): void {
  const { items } = act.input
  const differ = [
    ...strangeLines(act, items),
    ...act.items.filter((item) => !lineFor(item, act, items)).map(({ code }) => code),
  ]
  refuseIf(differ.length > 0, 'transfer.items-differ', { items: differ })
}

/** D12 (CP 295): one decision to send a case back counts once, however many items or dockets carry it. */
function refuseTooOften(item: Item, documentNo: string, act: Act<unknown>): void {
  const { caseNo, events, supplementaryTimes } = act.caseOf(item.caseNo)
  const counted = events.some(
    ({ event, document }) => event === 'supplementary-investigation' && document.no === documentNo,
  )
  const times = act.settings.supplementaryTimes
  refuseIf(!counted && supplementaryTimes >= times, 'transfer.sent-back-too-often', { caseNo, times })
}

/** The police have no case managers; there the legal reviewer takes over what comes back. */
const desksOfReceiver = ({ id, type }: Unit): string[] => [`${type === 'police' ? 'legal' : 'casemanager'}@${id}`]

/** One fact for each case of the items, where there is something to say. */
const factsOnCases = (act: Act<unknown>, say: (caseNo: string) => Omit<NewFact, 'subject'> | undefined): NewFact[] =>
  [...new Set(act.items.map(({ caseNo }) => caseNo))].flatMap((caseNo) => {
    const fact = say(caseNo)
    return fact ? [{ ...fact, subject: { kind: 'case' as const, id: caseNo } }] : []
  })

const heldBySender = ({ control: { agency, agencyName, stage } }: Item): Item['control'] => ({
  state: 'held',
  agency,
  agencyName,
  stage,
})

const answer = {
  by: ['casemanager', 'legal'] as const,
  axis: 'control' as const,
  docket: { at: ['endorsed'] },
  part: 'decides' as const,
  partial: true,
  ready: (item: Item, act: Act<undefined>) => refuseOtherDesk(item, 'control', act, 'transfer.not-the-receiver'),
}

const review = {
  by: ['legal', 'leader'] as const,
  axis: 'control' as const,
  docket: { at: ['offered', 'reviewed'] },
  part: 'decides' as const,
  input: Note,
  ready: (item: Item, act: Act<undefined>) => refuseOtherDesk(item, 'control', act, 'transfer.not-your-decision'),
}

export const transfer = procedure({
  name: 'transfer',
  steps: {
    offer: itemStep({
      by: ['officer', 'casemanager'],
      axis: 'control',
      docket: 'opens',
      part: 'requests',
      input: Offer,
      ready: (item, act) => {
        refuseOutsider(item, act, 'transfer')
        refuseSince(act, 2, item.custody.state === 'with-officer', 'transfer.not-kept', { code: item.code })
      },
      requiresOnce: refuseOtherItems,
      requires: (item, act) => {
        const { to, stage, document } = act.input
        const unit = act.unit(to)
        refuseIf(unit.kind !== 'agency', 'transfer.not-an-agency', { to: unit.name })
        refuseIf(to === item.control.agency, 'transfer.to-itself', { to: unit.name })
        refuseIf(receiversOf[stage]?.includes(unit.type) === false, 'transfer.wrong-receiver', { to: unit.name, stage })
        refuseAstray(item, unit, stage, act)
        if (stage === 'supplementary-investigation') refuseTooOften(item, document.no, act)
      },
      records: (item, act) => {
        const { to, stage, document } = act.input
        const { code: _code, ...line } = lineFor(item, act, act.input.items)!
        const receivers = desksOfReceiver(act.unit(to))
        // Legal review is an office of the police; a procuratorate or a court sends on its own case manager's word.
        const waitsFor = act.role === 'officer' ? [`legal@${item.control.agency}`] : receivers
        const needsLeader = act.settings.stagesNeedingLeader.includes(stage)
        const data = { to, toName: act.unit(to).name, stage, document, ...line, needsLeader, receivers, waitsFor }
        return { fact: 'TransferOffered', data }
      },
      recordsOnce: (act) =>
        factsOnCases(act, (caseNo) =>
          act.caseOf(caseNo).agencies.includes(act.input.to)
            ? undefined
            : { fact: 'CaseOffered', data: { to: act.input.to } },
        ),
    }),

    endorse: itemStep({ ...review, records: (_item, act) => ({ fact: 'TransferEndorsed', data: { ...act.input } }) }),

    object: itemStep({
      ...review,
      despiteDiscrepancy: 'takes-off',
      records: (_item, act) => ({ fact: 'TransferObjected', data: { ...act.input } }),
    }),

    accept: itemStep({
      ...answer,
      input: Accept,
      requiresOnce: refuseOtherItems,
      requires: (item, act) => {
        const { verified } = lineFor(item, act, act.input.items)!
        const left = [...(['record', 'photos', 'lastSeenAt'] as const), ...(item.seal ? (['sealNo'] as const) : [])]
        refuseIf(!left.every((what) => verified[what]), 'transfer.unverified', { code: item.code })
        refuseIf(item.open.disposition, 'transfer.disposition-under-way', {
          code: item.code,
          docket: item.open.disposition?.docket,
        })
        const { to, stage, document } = offerOn(item)
        if (takesJurisdiction(item, act)) refuseTakingOver(item, to, act)
        else refuseIf(act.input.unit, 'transfer.unit-unasked', { code: item.code })
        if (stage === 'supplementary-investigation') refuseTooOften(item, document.no, act)
      },
      records: (item, act) => {
        const accepted = { fact: 'TransferAccepted', data: { verified: lineFor(item, act, act.input.items)!.verified } }
        if (!takesJurisdiction(item, act)) return accepted
        return [accepted, { fact: 'ItemTakenOver', data: handlingOf(item, act) }]
      },
      recordsOnce: (act) => {
        const { to, stage, document } = offerOn(act.items[0]!)
        if (takesJurisdiction(act.items[0]!, act)) return factsOnCases(act, (caseNo) => caseTakenOver(caseNo, to, act))
        if (stage !== 'supplementary-investigation') return []
        return factsOnCases(act, () => ({ fact: 'CaseSentBack', data: { document } }))
      },
    }),

    decline: itemStep({
      ...answer,
      despiteDiscrepancy: 'takes-off',
      input: Decline,
      requiresOnce: refuseOtherItems,
      records: (item, act) => ({
        fact: 'TransferDeclined',
        data: { reason: lineFor(item, act, act.input.items)!.reason },
      }),
    }),

    withdraw: itemStep({
      by: ['officer', 'casemanager'],
      despiteDiscrepancy: 'takes-off',
      axis: 'control',
      docket: { at: ['offered', 'reviewed', 'endorsed'] },
      input: Note,
      ready: (item, act) => refuseOutsider(item, act, 'transfer'),
      records: (_item, act) => ({ fact: 'TransferWithdrawn', data: { ...act.input } }),
    }),
  },

  facts: {
    TransferOffered: itemFact<Offered>((item, recorded) => {
      const { to, toName, stage: toStage, waitsFor, receivers } = recorded.data
      const { agency, agencyName, stage } = item.control
      const standing = {
        stage: waitsFor[0] === receivers[0] ? 'endorsed' : 'offered',
        waitsFor,
        data: { ...recorded.data },
      }
      return {
        ...item,
        control: { state: 'offered', agency, agencyName, stage, to, toName, toStage },
        agencies: [...new Set([...item.agencies, to])],
        open: openDocket(item, 'control', recorded, standing),
      }
    }),
    TransferEndorsed: itemFact((item, recorded) => {
      const { needsLeader, receivers } = offerOn(item)
      const forLeader = needsLeader && item.open.control!.stage === 'offered'
      const standing = forLeader
        ? { stage: 'reviewed', waitsFor: [`leader@${item.control.agency}`] }
        : { stage: 'endorsed', waitsFor: receivers }
      return { ...item, open: moveDocket(item, 'control', recorded, { ...standing, decided: true }) }
    }),
    TransferObjected: itemFact((item) => ({
      ...item,
      control: heldBySender(item),
      open: closeDocket(item, 'control'),
    })),
    TransferAccepted: itemFact((item) => {
      const { to: agency, toName: agencyName, stage } = offerOn(item)
      return { ...item, control: { state: 'held', agency, agencyName, stage }, open: closeDocket(item, 'control') }
    }),
    TransferDeclined: itemFact((item) => ({
      ...item,
      control: heldBySender(item),
      open: closeDocket(item, 'control'),
    })),
    TransferWithdrawn: itemFact((item) => ({
      ...item,
      control: heldBySender(item),
      open: closeDocket(item, 'control'),
    })),
    CaseOffered: factAbout<'case', { to: string }>('case', (state, { data }) => {
      const it = required(state, 'case.unknown')
      return { ...it, agencies: [...new Set([...it.agencies, data.to])] }
    }),
    CaseSentBack: factAbout<'case', { document: Offered['document'] }>('case', (state, { data }) => {
      const it = required(state, 'case.unknown')
      const { kind, no, date } = data.document
      const event = 'supplementary-investigation' as const
      if (it.events.some((each) => each.event === event && each.document.no === no)) return it
      return {
        ...it,
        events: [...it.events, { event, date, document: { kind, no } }],
        supplementaryTimes: it.supplementaryTimes + 1,
      }
    }),
  },

  refusals: [
    'not-in-control',
    'not-the-officer',
    'not-kept',
    'items-differ',
    'not-an-agency',
    'to-itself',
    'wrong-receiver',
    'sent-back-too-often',
    'not-your-decision',
    'not-the-receiver',
    'unverified',
    'disposition-under-way',
    'without-jurisdiction',
    'no-jurisdiction',
    'case-elsewhere',
    'unit-missing',
    'unit-unasked',
    'handled-by-another',
  ],
})
