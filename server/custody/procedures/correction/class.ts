// The class of a thing is put right: what the other class asks for is given there and then, and the head decides.

import { z } from 'zod'
import type { ItemClass } from '../../classes.ts'
import { type Act, refuseIf, required, type Signer } from '../../define.ts'
import * as field from '../../fields.ts'
import type { Changes, Item } from '../../item.ts'
import { refuseUnfit, whereaboutsIn } from '../../storing.ts'
import { details, NewItem, refuseClass } from '../intake/description.ts'
import { wordOf } from './fields.ts'

/** What the right class asks for and the wrong one did not. */
export const Asked = z.strictObject({
  serials: NewItem.shape.serials,
  weight: NewItem.shape.weight,
  seal: NewItem.shape.seal,
  value: NewItem.shape.value,
  photos: field.photos().optional(),
  details: details.optional(),
})
type Asked = z.infer<typeof Asked>
export type OfClass = { asked?: Asked; place?: string }

/** The thing as the right class wants it described, and where it lies from now on. */
export function changesOfClass(
  item: Item,
  right: ItemClass,
  { asked = {}, place }: OfClass,
  act: Act<unknown>,
): Changes {
  const { photos = [], details: told = {}, ...marks } = asked
  const weight = marks.weight ?? told.grossWeight
  const given = Object.entries(marks).filter(([, value]) => value !== undefined)
  const moved = item.custody.state === 'stored' && place !== undefined && place !== item.custody.place
  return {
    class: right,
    ...Object.fromEntries(given),
    ...(weight ? { weight } : {}),
    ...(photos.length > 0 ? { photos: [...new Set([...item.photos, ...photos])] } : {}),
    details: { ...item.details, ...told },
    ...(moved ? { custody: { state: 'stored', ...whereaboutsIn(act.place(place)) } } : {}),
  }
}

export function refuseClassChange(item: Item, right: ItemClass, ofClass: OfClass, act: Act<unknown>): void {
  const { code, custody } = item
  refuseIf(custody.state === 'left', 'correction.has-left', { code })
  refuseIf(custody.state === 'deposited', 'correction.on-account', { code })
  const [docket] = Object.values(item.open)
  refuseIf(docket, 'correction.docket-open', { code, docket: docket?.docket, procedure: docket?.procedure })
  refuseSaidBefore(item, ofClass.asked ?? {})
  const after = { ...item, ...changesOfClass(item, right, ofClass, act) } as unknown as NewItem & Item
  if (custody.state !== 'frozen') refuseClass(after, item.line)
  if (custody.state !== 'stored') return
  // A keeper says by scan where it lies: where it is, if that place is fit for the right class, or else elsewhere.
  const place = act.place(required(ofClass.place, 'correction.place-missing', { code, name: custody.placeName }))
  refuseIf(place.site !== custody.site, 'place.elsewhere', { code: place.code, name: place.name, site: place.site })
  refuseUnfit(place, after, act)
  refuseIf(act.role === 'keeper' && item.officers.includes(act.actor.login), 'step.keeper-of-own-case', { code })
}

/** What was measured or described before is corrected by itself, in the sight of those who answer for it. */
function refuseSaidBefore(item: Item, { details: told = {}, photos: _more, ...marks }: Asked): void {
  const said = [
    ...Object.entries(marks).map(([name, value]) => [name, value, item[name as keyof Item]]),
    ...Object.entries(told).map(([name, value]) => [`details.${name}`, value, item.details[name]]),
  ] as [string, unknown, unknown][]
  for (const [name, value, before] of said) {
    const known = before !== undefined && !(Array.isArray(before) && before.length === 0)
    const other = value !== undefined && known && JSON.stringify(value) !== JSON.stringify(before)
    refuseIf(other, 'correction.said-before', { code: item.code, field: wordOf(name) })
  }
}

/** Besides the head: who keeps it, and a second keeper where the one class or the other wants two. */
export function signersOfClass(item: Item, right: unknown, act: Act<unknown>): Signer[] {
  if (item.custody.state !== 'stored') return []
  const { site } = item.custody
  const keeper = { roles: ['keeper' as const], scope: site, not: item.officers }
  const two = [item.class, right].some((each) => act.settings.twoPersonClasses.includes(each as ItemClass))
  return [
    ...(act.role === 'keeper' ? [] : [{ as: 'keeper', ...keeper }]),
    ...(two ? [{ as: 'second-keeper', ...keeper }] : []),
  ]
}
