// What a right value changes of the thing, and what it must not change by itself.

import { type Denomination, worthOf } from '../../amounts.ts'
import { type Due, hoursAfter, started } from '../../clocks.ts'
import { discrepancyOf } from '../../comparing.ts'
import { type Act, type NewFact, Refusal, refuseIf } from '../../define.ts'
import { sameName } from '../../handling.ts'
import { type Changes, type Item, withChanges } from '../../item.ts'
import { termOf } from '../../measures.ts'
import { type NewItem, refuseClass } from '../intake/description.ts'

/** What was counted, weighed or sealed: once a keeper has received the thing, only a discrepancy changes it. */
const measured = [
  'quantity',
  'weight',
  'seal',
  'details.grossWeight',
  'details.netWeight',
  'details.denominations',
  'details.currency',
]
export const isMeasured = (name: string): boolean => measured.includes(name)

/** What the account says as well: its booking is reversed first. */
const ofMoney = ['quantity', 'value', 'details.denominations', 'details.currency']

/** What a class may not lack. */
const demanded = /^(class|weight|seal|value|serials|details\..*)$/

/** A field of the item as it is now, by its dotted name. */
export function fieldIn(item: Item, name: string): unknown {
  const [member, inner] = name.split('.') as [keyof Item, string | undefined]
  const value = item[member]
  return (inner === undefined ? value : (value as Record<string, unknown> | undefined)?.[inner]) ?? null
}

export function changesOf(item: Item, name: string, right: unknown, act: Act<unknown>): Changes {
  const [member, inner] = name.split('.') as [keyof Item, string | undefined]
  if (name === 'serials') return { serials: (right as string[] | null) ?? [] }
  if (name === 'extractedAt') return { extractedAt: String(right), ...clocksFrom(String(right), item, act) }
  if (name === 'weight' && item.details.grossWeight !== undefined)
    return { weight: right as string | null, details: withMember(item.details, 'grossWeight', right) }
  if (inner === undefined) return { [member]: right }
  const changed = { [member]: withMember(item[member] as Record<string, unknown>, inner, right) }
  if (name === 'details.grossWeight') return { ...changed, weight: right as string | null }
  if (name !== 'details.denominations') return changed
  return { ...changed, value: worthOf((right as Denomination[] | null) ?? []) }
}

/** Refuses what no correction may say of the thing, whoever signs. */
export function refuseChange(item: Item, name: string, right: unknown, act: Act<unknown>): void {
  const { code } = item
  const after = withChanges(item, changesOf(item, name, right, act))
  refuseIf(isMeasured(name) && item.custody.state === 'left', 'correction.has-left', { code })
  refuseIf(ofMoney.includes(name) && item.custody.state === 'deposited', 'correction.on-account', { code })
  refuseIf(name === 'value' && item.class === 'cash', 'correction.amount-of-cash', { code })
  if (name === 'witness')
    for (const { name: own } of [act.actor, ...act.countersigners])
      refuseIf(sameName(act, own, String(right)), 'correction.witness-is-staff', { name: own })
  if (name === 'document.no' || name === 'line') {
    const free = item.parent || act.isFreeLine(after.caseNo, after.document.no, after.line)
    refuseIf(!free, 'correction.line-used', { no: after.document.no, line: after.line })
  }
  if (name === 'extractedAt') refuseExtraction(item, after.extractedAt, act)
  if (demanded.test(name) && isComplete(item)) refuseClass(after as unknown as NewItem, after.line)
}

function refuseExtraction(item: Item & { exception?: object }, at: string, act: Act<unknown>): void {
  const { position } = act.input as { position: number }
  const registeredAt = act.entry(String(position)).occurredAt
  refuseIf(at > registeredAt, 'correction.extracted-after', { at: registeredAt })
  const { acceptedAt } = act.caseOf(item.caseNo)
  refuseIf(at < acceptedAt && !item.exception, 'correction.extracted-before', { acceptedAt })
}

/** Whether the thing has everything that its class asks for; a part that was split off may not. */
function isComplete(item: Item): boolean {
  try {
    refuseClass(item as unknown as NewItem, item.line)
    return true
  } catch (refusal) {
    if (refusal instanceof Refusal) return false
    throw refusal
  }
}

/** The discrepancy that stands for the correction of what a keeper had counted, weighed or read. */
export function differing(item: Item, name: string, changes: Changes, reason: string, act: Act<unknown>): NewFact {
  const was = Object.fromEntries(Object.keys(changes).map((member) => [member, item[member as keyof Item]]))
  return discrepancyOf(act, [name === 'seal' ? 'seal-broken' : 'short'], {
    was,
    now: changes,
    note: reason,
    photos: [],
    correction: true,
  })
}

const withMember = (whole: Record<string, unknown>, member: string, right: unknown): never => {
  const { [member]: _before, ...rest } = whole
  return (right === null ? rest : { ...rest, [member]: right }) as never
}

/** Clocks that run from the extraction run from the right one; what was put off or renewed since goes its own way. */
function clocksFrom(at: string, item: Item, act: Act<unknown>): Pick<Changes, 'clocks'> {
  const { kind } = act.caseOf(item.caseNo)
  const clocksAt = (from: string): Due[] => [
    { deadline: 'D01', at: hoursAfter(from, act.settings.handInHours) },
    ...[termOf({ measure: item.measure, kind, custody: item.custody }, from, act.settings) ?? []].flat(),
  ]
  const running = (due: Due) => item.clocks.some(({ deadline, at }) => deadline === due.deadline && at === due.at)
  const moved = clocksAt(item.extractedAt).filter(running)
  const right = clocksAt(at).filter(({ deadline }) => moved.some((due) => due.deadline === deadline))
  return right.length > 0 ? { clocks: right.reduce(started, { clocks: item.clocks }).clocks } : {}
}
