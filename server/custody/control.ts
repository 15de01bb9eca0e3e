// Who acts for the agency that controls an item, and whose turn it is on a docket. Pure.

import { deskOf } from './audience.ts'
import { type Act, refuseIf } from './define.ts'
import { type DocketAxis, type Item, isOffShelf, storesOf, whereaboutsOf } from './item.ts'
import { refuseSince, refuseUntil } from './rules.ts'
import type { Role } from './subjects.ts'

/** Refuses everybody but the officers of the case and the case managers (or other offices) of the agency in control. */
export function refuseOutsider(item: Item, act: Act<unknown>, procedure: string): void {
  const { code, control } = item
  const agency = act.role === 'officer' ? act.actor.agency : act.scope
  refuseIf(control.agency !== agency, `${procedure}.not-in-control`, { code, agency: control.agencyName })
  refuseIf(act.role === 'officer' && !item.officers.includes(act.actor.login), `${procedure}.not-the-officer`, { code })
}

/**
 * The desks that decide as `role` for the agency in control. A procuratorate or a court need not have that office:
 * there another case manager than the one who asked decides as well (general rule 1 keeps them apart).
 */
export function desksInControl(item: Item, act: Act<unknown>, role: Role): string[] {
  const { agency } = item.control
  const desk = `${role}@${agency}`
  return act.unit(agency).type === 'police' ? [desk] : [desk, `casemanager@${agency}`]
}

/** Refuses whoever sits at none of the desks that the docket on the axis waits for. */
export function refuseOtherDesk(item: Item, axis: DocketAxis, act: Act<unknown>, code: string): void {
  const { waitsFor } = item.open[axis]!
  // Of who acts for somebody, the actor holds but the desk that was lent.
  const desks = [`person:${act.actor.login}`, ...act.actor.grants.map(deskOf)]
  refuseIf(!waitsFor.some((desk) => desks.includes(desk)), code, { code: item.code, desks: waitsFor })
}

/** What stops the last steps of a return or a disposal: control on its way elsewhere, an objection, a thing on loan or on its way. */
export function refuseUnsettled(item: Item, procedure: string): void {
  const { code, control, objection } = item
  refuseIf(control.state === 'offered', `${procedure}.offered`, {
    code,
    to: control.state === 'offered' ? control.toName : '',
  })
  refuseIf(objection, `${procedure}.objection-open`, { code, objector: objection?.objector })
  refuseIf(item.open.custody, `${procedure}.custody-open`, { code, docket: item.open.custody?.docket })
}

/** Nothing is to become of a thing in an officer's drawer: it is handed in first, or kept elsewhere for the case. */
export function refuseNotKept(item: Item, act: Act<unknown>, procedure: string): void {
  const { code, custody } = item
  refuseSince(act, 2, custody.state === 'with-officer', `${procedure}.not-kept`, { code })
}

/** The keeper gives away what is on the shelf, an officer of the case what never came to one. */
export function refuseWrongHand(item: Item, act: Act<unknown>, procedure: string): void {
  const { code, custody, officers } = item
  refuseUntil(act, 2, act.role !== 'keeper', 'step.no-role', { roles: ['keeper'] })
  const officer = act.role === 'officer'
  refuseIf(custody.state === 'deposited', `${procedure}.by-finance`, { code })
  refuseIf(!officer && custody.state !== 'stored', `${procedure}.not-stored`, { code })
  refuseIf(officer && custody.state === 'stored', `${procedure}.on-the-shelf`, { code })
  refuseIf(officer && !isOffShelf(custody), `${procedure}.not-stored`, { code })
  refuseIf(officer && !officers.includes(act.actor.login), `${procedure}.not-the-officer`, { code })
}

/** Whose turn it is when the end of a thing was approved. */
export function executingDesks(item: Item): string[] {
  const site = whereaboutsOf(item)?.site
  if (site) return [`keeper@${site}`]
  if (item.custody.state === 'deposited') return storesOf(item).map((agency) => `finance@${agency}`)
  return isOffShelf(item.custody) ? [`officer@${item.owningUnit}`] : []
}
