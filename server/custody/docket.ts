// A docket: one run of a procedure over items. Items remember the one they are on; the docket itself is read from facts. Pure.

import type { DecidedFact } from './decide.ts'
import { loginsOf, type Recorded, type Signature } from './define.ts'
import type { DocketAxis, Item, OpenDocket } from './item.ts'

type Standing = { stage: string; waitsFor: string[]; data?: Record<string, unknown> }

/** `item.open` with a docket opened on the axis by this fact; `procedure` when another than the step's. */
export function openDocket(
  item: Item,
  axis: DocketAxis,
  recorded: Recorded,
  standing: Standing & { procedure?: string },
): Item['open'] {
  const docket: OpenDocket = {
    docket: recorded.docket!,
    procedure: standing.procedure ?? recorded.step.split('.')[0]!,
    stage: standing.stage,
    openedAt: recorded.occurredAt,
    requestedBy: recorded.by.login,
    ...(recorded.by.for ? { requestedFor: recorded.by.for.login } : {}),
    decidedBy: [],
    ...signed([], recorded),
    waitsFor: standing.waitsFor,
    data: standing.data ?? {},
  }
  return { ...item.open, [axis]: docket }
}

/** `item.open` with the docket at its next stage; `decided` and `executed` remember who did, new `data` is laid over the old. */
export function moveDocket(
  item: Item,
  axis: DocketAxis,
  recorded: Recorded,
  standing: Standing & { decided?: boolean; executed?: boolean },
): Item['open'] {
  const open = item.open[axis]!
  const { stage, waitsFor, decided, executed } = standing
  const logins = loginsOf(recorded.by)
  const parts = {
    decidedBy: decided ? [...open.decidedBy, ...logins] : open.decidedBy,
    ...(executed ? { executedBy: [...new Set([...(open.executedBy ?? []), ...logins])] } : {}),
    ...signed(open.signedBy ?? [], recorded),
  }
  return { ...item.open, [axis]: { ...open, stage, waitsFor, ...parts, data: { ...open.data, ...standing.data } } }
}

/** Who countersigned the docket so far; nothing while nobody did. */
function signed(before: string[], { countersigners }: Recorded): Pick<OpenDocket, 'signedBy'> {
  const signedBy = [...new Set([...before, ...countersigners.flatMap(loginsOf)])]
  return signedBy.length > 0 ? { signedBy } : {}
}

/** `item.open` without the docket on the axis. */
export function closeDocket(item: Item, axis: DocketAxis): Item['open'] {
  const { [axis]: _, ...rest } = item.open
  return rest
}

/** One stop on a docket's way: a step, who took it, who countersigned. */
export type RouteStop = {
  step: string
  fact: string
  at: string
  by: Signature
  countersigners: Signature[]
  items: number
  data: Record<string, unknown>
}

/** A docket as its page shows it. */
export type Docket = {
  code: string
  procedure: string
  axis: DocketAxis
  open: boolean
  stages: string[]
  openedAt: string
  openedBy: Signature
  closedAt?: string
  caseNos: string[]
  /** Its lines: each has a stage and waits for desks of its own until it has ended. */
  items: { code: string; name: string; stage?: string; waitsFor?: string[] }[]
  /** Every desk that a line waits for. */
  waitsFor: string[]
  route: RouteStop[]
  audience: string[]
}

const axes: DocketAxis[] = ['custody', 'control', 'disposition', 'discrepancy']

/** The docket on an item by its code, with its axis. */
function standingOf(item: Item, code: string): { axis: DocketAxis; open: OpenDocket } | undefined {
  for (const axis of axes) {
    const open = item.open[axis]
    if (open?.docket === code) return { axis, open }
  }
}

/** The dockets that a fact moves: its own, and every one that its item came onto or left by it. */
export function docketsMovedBy({ subject, recorded, before, after }: DecidedFact): string[] {
  const codes = new Set(recorded.docket ? [recorded.docket] : [])
  if (subject.kind !== 'item') return [...codes]
  for (const axis of axes) {
    const [was, is] = [before as Item | undefined, after as Item].map((item) => item?.open[axis]?.docket)
    if (was !== is) for (const code of [was, is]) if (code) codes.add(code)
  }
  return [...codes]
}

/** What a step said of all its items alike; what was read on each of them stands on its own chain. */
function saidOfAll(facts: DecidedFact[]): Record<string, unknown> {
  const [first, ...others] = facts.map(({ recorded }) => recorded.data)
  const texts = Object.entries(first!).map(([name, value]) => [name, value, JSON.stringify(value)] as const)
  const alike = texts.filter(([name, , text]) => others.every((data) => JSON.stringify(data[name]) === text))
  return Object.fromEntries(alike.map(([name, value]) => [name, value]))
}

/** The docket after the facts of one command that move it. */
export function advanceDocket(before: Docket | undefined, code: string, facts: DecidedFact[]): Docket {
  const first = facts[0]!.recorded
  const items = new Map((before?.items ?? []).map((item) => [item.code, item]))
  let axis = before?.axis
  let procedure = before?.procedure
  const audience = new Set(before?.audience ?? [])
  const caseNos = new Set(before?.caseNos ?? [])
  for (const { subject, before: was, after, audience: readers } of facts) {
    for (const key of readers) audience.add(key)
    if (subject.kind !== 'item') continue
    const item = after as Item
    const standing = standingOf(item, code)
    procedure ??= standing?.open.procedure
    axis ??= (standing ?? (was && standingOf(was as Item, code)))?.axis
    const { stage, waitsFor } = standing?.open ?? {}
    items.set(item.code, { code: item.code, name: item.name, ...(stage ? { stage, waitsFor } : {}) })
    caseNos.add(item.caseNo)
  }
  const list = [...items.values()]
  const open = list.some((item) => item.stage)
  const { step, fact, occurredAt: at, by, countersigners } = first
  const data = saidOfAll(facts.filter(({ recorded }) => recorded.fact === fact))
  return {
    code,
    procedure: procedure ?? step.split('.')[0]!,
    axis: axis ?? 'custody',
    open,
    stages: [...new Set(list.flatMap((item) => item.stage ?? []))],
    openedAt: before?.openedAt ?? at,
    openedBy: before?.openedBy ?? by,
    ...(open ? {} : { closedAt: at }),
    caseNos: [...caseNos],
    items: list,
    waitsFor: [...new Set(list.flatMap((item) => item.waitsFor ?? []))].sort(),
    route: [
      ...(before?.route ?? []),
      {
        step,
        fact,
        at,
        by,
        countersigners,
        items: facts.filter(({ subject }) => subject.kind === 'item').length,
        data,
      },
    ],
    audience: [...audience].sort(),
  }
}
