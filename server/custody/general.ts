// The rules that hold for every step, whatever the procedure. Pure.

import { deskOf } from './audience.ts'
import {
  type Act,
  type AnyStep,
  actingIn,
  type ItemStep,
  procedureOf,
  refuseIf,
  required,
  type Signature,
  type Signer,
} from './define.ts'
import { lentTo, type Standing } from './delegation.ts'
import { type DocketAxis, type Item, whereaboutsOf } from './item.ts'
import { refuseSince } from './rules.ts'
import { apartFromOwnCase, hatsApart, partsApart, playersOf } from './separation.ts'
import type { Grant, Person, SubjectKind, Subjects } from './subjects.ts'
import { all, type World } from './world.ts'

/**
 * Of the grants that let a person take the step, the one that reaches the items or the subject, or else the first. Their
 * own come before those in which they act for others, but for a desk that was lent to them and that the docket waits for.
 */
export function grantFor(
  step: AnyStep,
  actor: Person,
  items: Item[],
  now: string,
  about?: Subjects[SubjectKind],
): Standing {
  const able = <G extends Grant>(grants: G[]) =>
    step.by.flatMap((role) => grants.filter((grant) => grant.role === role))
  const { unit, agency, site } = (about ?? {}) as { unit?: string; agency?: string; site?: string }
  const reaches = ({ role, scope }: Grant) =>
    (!about || [unit, agency, site].includes(scope)) &&
    items.every((item) =>
      role === 'keeper'
        ? scope === (item.custody.state === 'in-transit' ? item.custody.toSite : whereaboutsOf(item)?.site)
        : role === 'officer' || role === 'head'
          ? scope === item.owningUnit
          : scope === item.control.agency,
    )
  const [own, lent] = [able(actor.grants), able(lentTo(actor, now))]
  const fitting: Standing[] = [...own, ...lent].filter(reaches)
  const awaited = lent.length > 0 && fitting.find((grant) => isAwaited(step, deskOf(grant), items))
  return required(awaited || (fitting[0] ?? own[0] ?? lent[0]), 'step.no-role', { roles: step.by })
}

/** Whether the dockets that the step carries on wait for the desk. */
function isAwaited(step: AnyStep, desk: string, items: Item[]): boolean {
  const axis = step.on === 'item' && step.docket && step.docket !== 'opens' && step.axis
  return Boolean(axis) && items.every(({ open }) => open[axis as DocketAxis]?.waitsFor.includes(desk))
}

export function refuseChanged(item: Item, code: string, version: number): void {
  refuseIf(item.version !== version, 'item.changed', { code, seen: version, version: item.version, at: item.lastAt })
}

/** General rule 10. */
export function refuseTime(act: Act, lastAt: string | undefined, id: string): void {
  refuseIf(act.occurredAt > act.now, 'step.in-the-future', { occurredAt: act.occurredAt })
  refuseIf(lastAt !== undefined && act.occurredAt < lastAt, 'step.before-the-last', { id, lastAt })
}

/** The general rules that look at the item and the person only, then the procedure's own of that sort. */
export function readyFor(step: ItemStep<unknown>, item: Item, act: Act, world: World): void {
  refuseIf(item.custody.state === 'left' && !step.afterLeft, 'item.left', { code: item.code })
  const aside = step.despiteDiscrepancy === 'takes-off' ? act.rules >= 2 : step.despiteDiscrepancy
  refuseIf(item.open.discrepancy && !aside, 'item.discrepancy-open', {
    code: item.code,
    docket: item.open.discrepancy?.docket,
  })
  refuseDocket(step, item, act)
  if (step.physical) refuseKeeper(item, act, world)
  const judges = step.part === 'decides' && apartFromOwnCase.includes(act.role)
  const ofOwnCase = judges && actingIn(act).some(({ login }) => officersOf(item, world).has(login))
  refuseSince(act, 2, ofOwnCase, 'step.reviewer-of-own-case', { code: item.code })
  step.ready?.(item, act as Act<undefined>)
}

/** At most one docket is open on an axis; a step meets its docket at the stage it is for; parts are kept apart. */
function refuseDocket(step: ItemStep<unknown>, item: Item, act: Act): void {
  if (!step.axis || !step.docket) return
  const open = item.open[step.axis]
  const procedure = procedureOf(act.step, step)
  if (step.docket === 'opens') {
    refuseIf(open, 'docket.already-open', { code: item.code, docket: open?.docket, procedure: open?.procedure })
    return
  }
  const docket = required(open?.procedure === procedure ? open : undefined, 'docket.none', {
    code: item.code,
    procedure,
  })
  refuseIf(docket.docket !== act.docket, 'docket.mixed', { code: item.code, docket: docket.docket })
  refuseIf(!step.docket.at.includes(docket.stage), 'docket.wrong-stage', { code: item.code, stage: docket.stage })
  // Nobody decides through another what they may not decide themselves.
  for (const { login, name } of actingIn(act))
    for (const { part, after, since, code } of partsApart)
      if (step.part === part)
        refuseSince(act, since, playersOf(docket, after).includes(login), code, { code: item.code, name })
}

const officersOf = (item: Item, world: World) =>
  new Set([...item.officers, ...(world.cases.get(item.caseNo)?.officers ?? [])])

/** 办管分离: who keeps a thing is no officer of its case, and works where the thing is. */
function refuseKeeper(item: Item, act: Act, world: World): void {
  const ofOwnCase = act.role === 'keeper' && officersOf(item, world).has(act.actor.login)
  refuseIf(ofOwnCase, 'step.keeper-of-own-case', { code: item.code })
  const site = whereaboutsOf(item)?.site
  if (act.role !== 'keeper' || site === undefined) return
  const sites = act.actor.grants.filter((grant) => grant.role === 'keeper').map((grant) => grant.scope)
  const toSite = item.custody.state === 'in-transit' ? item.custody.toSite : site
  refuseIf(!sites.includes(site) && !sites.includes(toSite), 'step.other-site', { code: item.code, site })
}

/** By version 1 of the rules most steps answered a docket whole; since then every line goes its own way (general rule 6). */
export function refuseIncomplete(world: World, step: ItemStep<unknown>, act: Act): void {
  if (act.rules >= 2 || step.partial) return
  const here = new Set(act.items.map((item) => item.code))
  const left = all(world.items).filter((item) => item.open[step.axis!]?.docket === act.docket && !here.has(item.code))
  refuseIf(left.length > 0, 'docket.incomplete', { docket: act.docket, items: left.map((item) => item.code) })
}

/** All countersignatures a command takes: the step's own and the second keeper of two-person classes. */
export function signersOf(step: ItemStep<unknown>, act: Act, items: Item[]): Signer[] {
  const own =
    items.length > 0 ? items.flatMap((item) => step.signers?.(act, item) ?? []) : (step.signers?.(act, undefined) ?? [])
  const { axis } = step
  if (act.rules >= 2 && axis) own.splice(0, own.length, ...own.map((signer) => withoutPlayers(signer, items, axis)))
  const guarded = items.filter((item) => step.twoPerson || act.settings.twoPersonClasses.includes(item.class))
  if (step.physical && act.role === 'keeper' && guarded.length > 0) own.push(secondKeeper(act, guarded, step.axis))
  return [...new Map(own.map((signer) => [JSON.stringify(signer), signer])).values()]
}

/** Nobody signs under another hat in a docket in which they had one already (general rule 1). */
function withoutPlayers(signer: Signer, items: Item[], axis: DocketAxis): Signer {
  const after = signer.logins ? undefined : hatsApart[signer.as]
  if (!after) return signer
  const players = items.flatMap(({ open }) => (open[axis] ? playersOf(open[axis], after) : []))
  return { ...signer, not: [...new Set([...(signer.not ?? []), ...players])].sort() }
}

/** Somebody else who keeps at the same site and has no part in the cases, nor in what was asked for and decided. */
function secondKeeper(act: Act, items: Item[], axis: DocketAxis | undefined): Signer {
  const involved = items.flatMap(({ officers, open }) => {
    const docket = axis && open[axis]
    return [...officers, ...(docket ? playersOf(docket, ['requested', 'decided']) : [])]
  })
  return { as: 'second-keeper', roles: ['keeper'], scope: act.scope, not: [...new Set(involved)].sort() }
}

export function satisfies(person: Person, signer: Signer, grants: Grant[] = person.grants): boolean {
  if (person.disabled || signer.not?.includes(person.login)) return false
  // General rule 2: an administrator does no business, so signs for none.
  if (person.grants.some(({ role }) => role === 'admin')) return false
  if (signer.agency !== undefined && signer.agency !== person.agency) return false
  if (signer.logins) return signer.logins.includes(person.login)
  if (!signer.roles) return true
  return grants.some(
    ({ role, scope }) =>
      signer.roles!.includes(role) &&
      (signer.scope === undefined || signer.scope === scope) &&
      (signer.scopes === undefined || signer.scopes.includes(scope)),
  )
}

/** Those of whom somebody may sign in the place: none that acts or signs here already, or that may not sign so. */
function lendersTo(person: Person, signer: Signer, people: Person[], act: Act): NonNullable<Signature['for']>[] {
  const here = [...actingIn(act), ...people].map(({ login }) => login)
  return lentTo(person, act.now)
    .filter((grant) => !here.includes(grant.for.login) && !signer.not?.includes(grant.for.login))
    .filter((grant) => satisfies(person, signer, [grant]))
    .map((grant) => grant.for)
}

/**
 * Every place for a signature must be filled by a different person, none of them the actor; nobody signs for nothing.
 * Gives in whose place they signed, of those who did, by login.
 */
export function refuseUnsigned(signers: Signer[], people: Person[], act: Act): Map<string, Signature['for']> {
  const instead = new Map<string, Signature['for']>()
  refuseIf(
    people.some(({ login }) => actingIn(act).some((acting) => acting.login === login)) ||
      new Set(people.map(({ login }) => login)).size < people.length,
    'step.signed-twice',
  )
  refuseIf(
    people.some((person) => person.disabled),
    'person.disabled',
    { login: people.find((one) => one.disabled)?.login },
  )
  const fill = (rest: Signer[], left: Person[]): Signer | undefined => {
    const [first, ...others] = rest
    if (!first) return undefined
    let missing: Signer | undefined = first
    const candidates = [
      ...left.filter((one) => satisfies(one, first)).map((person) => ({ person, lender: undefined })),
      ...left.flatMap((person) => lendersTo(person, first, people, act).map((lender) => ({ person, lender }))),
    ]
    for (const { person, lender } of candidates) {
      missing = fill(
        others,
        left.filter((one) => one !== person),
      )
      if (missing) continue
      if (lender) instead.set(person.login, lender)
      return undefined
    }
    return missing
  }
  const missing = fill(signers, people)
  const barred = people.find(({ login }) => missing?.not?.includes(login))
  const wouldDo = act.docket !== undefined && barred && satisfies(barred, { ...missing!, not: [] })
  refuseSince(act, 2, wouldDo, 'step.two-hats', { login: barred?.login, name: barred?.name, as: missing?.as })
  refuseIf(missing, 'step.countersignature-missing', {
    as: missing?.as,
    logins: missing?.logins,
    roles: missing?.roles,
  })
  refuseIf(people.length > signers.length, 'step.countersignature-unasked')
  return instead
}
