// The acts that stories are told with: one function for each way things go, giving the steps it takes.

import type { Card } from '../contract/cards.ts'
import type { Act, Scene } from './story.ts'
import { dateOf } from './times.ts'

type At = { at: string; by: string }

/** Seal, weight and mileage as they are on record. */
function marksOf(thing: Card): { seal?: string; weight?: string; mileage?: unknown } {
  return {
    ...(thing.seal ? { seal: thing.seal } : {}),
    ...(thing.class === 'drugs' ? { weight: thing.weight } : {}),
    ...(thing.class === 'vehicle' ? { mileage: thing.details.mileage } : {}),
  }
}

const unmetered = ({ mileage: _unread, ...marks }: ReturnType<typeof marksOf>) => marks

/** A line for each thing: what is read on it. */
const linesOf = (things: Card[]) => things.map((thing) => ({ code: thing.code, ...marksOf(thing) }))

const photosOf = ({ things, pictures }: Scene) => [pictures.counter(things[0]!.code)]

const simple = (step: string, groups: string[], { at, by }: At, input: object = {}, signers: string[] = []): Act => ({
  at,
  by,
  step,
  groups,
  input: () => input,
  signers,
})

/** A case event such as an effective judgment. */
export function recorded({ at, by }: At, event: string, document: { kind: string; no: string }): Act {
  return { at, by, step: 'case.record', input: ({ caseNo }) => ({ caseNo, event, date: dateOf(at), document }) }
}

export type Loan = {
  by: string
  askedAt: string
  usedAt: string
  dueAt: string
  purpose: string
  reason: string
  /** Absent while it waits. */
  approvedAt?: string
  decider?: string
  releasedAt?: string
  keeper?: string
}

/** Asked for, and as far as there are times for it approved and released. */
export function lent(groups: string[], loan: Loan): Act[] {
  const { by, askedAt, usedAt, dueAt, purpose, reason, approvedAt, decider = 'head', releasedAt } = loan
  const acts = [simple('retrieval.request', groups, { at: askedAt, by }, { purpose, reason, usedAt, dueAt })]
  if (approvedAt) acts.push(simple('retrieval.approve', groups, { at: approvedAt, by: decider }))
  if (!releasedAt) return acts
  const release = (scene: Scene) => ({
    condition: '外观及封装完好',
    photos: photosOf(scene),
    lines: linesOf(scene.things),
  })
  const { keeper = 'keeper' } = loan
  return [...acts, { at: releasedAt, by: keeper, step: 'retrieval.release', groups, input: release, signers: [by] }]
}

export type GivenBack = { at: string; borrower: string; keeper?: string; found?: object }

/** Each thing by itself to its old place, as it went out but for what was `found`. */
export function givenBack(groups: string[], { at, borrower, keeper = 'keeper', found = {} }: GivenBack): Act {
  const input = (scene: Scene) => {
    const thing = scene.things[0]!
    const place = scene.placeOf(thing)
    return { place, condition: 'intact', photos: photosOf(scene), ...marksOf(thing), ...found }
  }
  return { at, by: keeper, step: 'retrieval.give-back', groups, input, signers: [borrower], each: true }
}

export function extensionAsked(groups: string[], { at, by }: At, dueAt: string, reason: string): Act {
  return simple('retrieval.extend', groups, { at, by }, { dueAt, reason })
}

export type Offer = At & { to: string; stage: string; document: { kind: string; no: string }; proposal: string }

export function offered(groups: string[], { at, by, to, stage, document, proposal }: Offer): Act {
  const input = ({ things }: Scene) => ({
    to,
    stage,
    document: { ...document, date: dateOf(at) },
    items: things.map(({ code }) => ({ code, proposal })),
  })
  return { at, by, step: 'transfer.offer', groups, input }
}

export const endorsed = (groups: string[], at: At): Act =>
  simple('transfer.endorse', groups, at, { note: '手续齐全，同意移送。' })

export function accepted(groups: string[], { at, by }: At): Act {
  const verified = { record: true, photos: true, sealNo: true, lastSeenAt: true }
  const input = ({ things }: Scene) => ({ items: things.map(({ code }) => ({ code, verified })) })
  return { at, by, step: 'transfer.accept', groups, input }
}

export type Return = At & { ground: string; owner: string; idNumber: string; proof?: string; note?: string }

export function returnProposed(groups: string[], { at, by, ground, owner, idNumber, proof, note }: Return): Act {
  const input = ({ pictures }: Scene) => ({
    ground,
    owner: { name: owner, idNumber },
    titleProof: proof ? [pictures.paper(proof)] : [],
    ...(note ? { note } : {}),
  })
  return { at, by, step: 'return.propose', groups, input }
}

export const returnApproved = (groups: string[], at: At): Act =>
  simple('return.approve', groups, at, { note: '权属清楚，同意发还。' })

export const noticeSent = (groups: string[], { at, by }: At, how: string): Act =>
  simple('return.notice', groups, { at, by }, { sentAt: at, how })

export function handedOver(groups: string[], { at, by }: At, recipient: { name: string; idNumber: string }): Act {
  const input = ({ pictures }: Scene) => ({
    recipient: { ...recipient, relation: 'owner' },
    signature: pictures.signature(recipient.name),
    photo: pictures.counter(recipient.name),
  })
  return { at, by, step: 'return.hand-over', groups, input, signers: ['keeper2'] }
}

export type Deposit = { no: string; amount: string; currency?: string; note?: string }

/** Put on the account of the agency, the notes counted out of the safe by two keepers. */
export function deposited(groups: string[], { at, by }: At, { no, amount, currency = 'CNY', note }: Deposit): Act {
  const input = {
    institution: '江城银行城关支行',
    account: '（演示）3301 0100 0000 0001',
    voucher: { kind: '现金缴款单', no, date: dateOf(at) },
    amount,
    currency,
    ...(note ? { note } : {}),
  }
  return simple('money.deposit', groups, { at, by }, input, ['keeper', 'keeper2'])
}

export type Disposal = At & {
  kind: string
  basis: { kind: string; no: string; date: string }
  reason: string
  value?: string
}

/** What a disposal rests on besides a judgment, which its case records. */
const basisPapers: Record<string, string> = { decision: '处置决定', consent: '变卖同意书' }

export function disposalProposed(groups: string[], { at, by, basis, ...said }: Disposal): Act {
  const paper = basisPapers[basis.kind]
  const input = ({ pictures }: Scene) => ({
    ...said,
    basis: paper ? { ...basis, document: pictures.paper(paper) } : basis,
  })
  return { at, by, step: 'disposal.propose', groups, input }
}

export const disposalReviewed = (groups: string[], at: At): Act =>
  simple('disposal.review', groups, at, { note: '法律依据充分，拟同意。' })

export const disposalApproved = (groups: string[], at: At, more: object = {}): Act =>
  simple('disposal.approve', groups, at, { note: '同意处置，督察部门现场监督。', ...more })

export function staged(groups: string[], { at, by }: At, place: string): Act {
  return { at, by, step: 'disposal.stage', groups, input: (scene) => ({ place: scene.place(place) }) }
}

export type Execution = At & { method: string; site: string; vouchers?: object[]; weight?: string }

export function executed(groups: string[], { at, by, method, site, vouchers = [], weight }: Execution): Act {
  const input = (scene: Scene) => ({
    method,
    at,
    site,
    ...(weight ? { weight } : {}),
    photos: photosOf(scene),
    vouchers,
    report: scene.pictures.paper('处置笔录'),
  })
  return { at, by, step: 'disposal.execute', groups, input, signers: ['inspector'] }
}

export function moved(groups: string[], { at, by }: At, to: string, reason: string): Act {
  return { at, by, step: 'relocation.move', groups, input: ({ place }) => ({ to: place(to), reason }) }
}

export function packed(groups: string[], { at, by }: At, container: string): Act {
  return { at, by, step: 'relocation.pack', groups, input: ({ place }) => ({ container: place(container) }) }
}

export function dispatched(groups: string[], { at, by }: At, toSite: string, carrier: string): Act {
  const input = ({ place, things }: Scene) => ({
    toSite: place(toSite),
    carrier,
    lines: things.map((thing) => ({ code: thing.code, ...unmetered(marksOf(thing)) })),
  })
  return { at, by, step: 'relocation.dispatch', groups, input, signers: [carrier] }
}

export function arrived(groups: string[], { at, by }: At, to: string, carrier: string): Act {
  const input = ({ place, things }: Scene) => ({
    place: place(to),
    checked: { condition: 'intact', ...unmetered(marksOf(things[0]!)) },
  })
  return { at, by, step: 'relocation.arrive', groups, input, signers: [carrier], each: true }
}

/** Any other step whose input holds no codes. */
export const taken = (step: string, groups: string[], at: At, input: object, signers: string[] = []): Act =>
  simple(step, groups, at, input, signers)
