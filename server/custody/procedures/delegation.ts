// delegation 委托代行 – who is away lends a desk to a colleague for a time; a second person agrees, either ends it. Pure.

import { z } from 'zod'
import { type Act, actingIn, factAbout, procedure, refuseIf, required, type Signer, subjectStep } from '../define.ts'
import { endingOf, givenBy, heldBy } from '../delegation.ts'
import * as field from '../fields.ts'
import type { Delegation, Person, Role } from '../subjects.ts'
import { refuseTogether } from './people.ts'

/**
 * Offices that decide. Officers are named by their case and keepers stand beside each other, so colleagues are given the
 * role instead; whoever supervises does it in person.
 */
export const lendable = ['head', 'storehead', 'legal', 'leader', 'principal', 'finance', 'casemanager'] as const

/** Longer is not being away: then somebody else is given the role. */
const longestDays = 92
const dayMs = 86_400_000

const Grant = z.strictObject({
  to: field.login(),
  role: z.enum(lendable),
  scope: field.scope(),
  /** At once when absent. */
  from: field.time().optional(),
  until: field.time(),
  reason: field.longText(500),
})
const End = z.strictObject({
  to: field.login(),
  /** Id of the delegation. */
  delegation: field.text(60),
  reason: field.longText(500),
})

const beginOf = ({ input, now }: Act<z.infer<typeof Grant>>) => input.from ?? now

/** Whoever is above the one that lends, or has the same office, knows that somebody else decides. */
function superior({ input, actor }: Act<z.infer<typeof Grant> | undefined>): Signer[] {
  if (!input) return [{ as: 'superior', roles: ['leader', 'principal'] }]
  const { role, scope, to } = input
  return [{ as: 'superior', roles: ['leader', 'principal', role], scopes: [actor.agency, scope], not: [to] }]
}

/** It has a beginning that is not past, an end, and no more days between them than an absence has. */
function refuseTerm(act: Act<z.infer<typeof Grant>>): void {
  const from = beginOf(act)
  const { until } = act.input
  refuseIf(from < act.now, 'delegation.backdated', { from })
  refuseIf(until <= from, 'delegation.ends-before', { from, until })
  const days = (Date.parse(until) - Date.parse(from)) / dayMs
  refuseIf(days > longestDays, 'delegation.too-long', { days: longestDays })
}

/** Lent is one's own role, never one that somebody lent. */
function refuseNotOwn(act: Act<z.infer<typeof Grant>>): void {
  const { role, scope } = act.input
  const same = (each: { role: Role; scope: string }) => each.role === role && each.scope === scope
  const lent = act.for !== undefined || heldBy(act.actor, act.now).some(same)
  const own = act.for === undefined && act.actor.grants.some(same)
  refuseIf(!own && lent, 'delegation.of-a-delegation', { role })
  refuseIf(!own, 'delegation.not-yours', { role, scope })
}

/** One desk is lent to one person at a time. */
function refuseOverlap(act: Act<z.infer<typeof Grant>>): void {
  const { role, scope, until } = act.input
  const other = givenBy(act.actor, act.now).find(
    (each) => each.role === role && each.scope === scope && each.from < until && beginOf(act) < each.until,
  )
  refuseIf(other, 'delegation.already-given', { role, name: other?.to.name, until: other?.until })
}

/** Who lent it and who holds it end it; and a leader, as when whoever lent it has left. */
function refuseOthers({ of, to }: Delegation, act: Act<unknown>): void {
  const theirs = actingIn(act).some(({ login }) => login === of.login || login === to.login)
  const leads = !act.for && act.actor.grants.some(({ role }) => role === 'leader' || role === 'principal')
  refuseIf(!theirs && !leads, 'delegation.not-a-party', { name: to.name })
}

const said = (person: Person, delegations: Delegation[]): Person => ({ ...person, delegations })

export const delegation = procedure({
  name: 'delegation',
  steps: {
    grant: subjectStep({
      on: 'person',
      by: lendable,
      input: Grant,
      subject: (input) => input.to,
      signers: superior,
      requires: (state, act) => {
        const { login, name, disabled, grants } = state!
        const { role, scope } = act.input
        refuseIf(login === act.actor.login, 'delegation.to-oneself')
        refuseIf(disabled, 'person.disabled', { login, name })
        refuseNotOwn(act)
        const has = grants.some((grant) => grant.role === role && grant.scope === scope)
        refuseIf(has, 'person.already-granted', { login, name, role, scope })
        refuseTogether(state!, role, act)
        refuseTerm(act)
        refuseOverlap(act)
      },
      records: (state, act) => {
        const { role, scope, until, reason } = act.input
        const [of, to] = [act.actor, state!].map(({ login, name }) => ({ login, name }))
        const id = `${of!.login}-${act.actor.version + 1}`
        const data = { id, of, to, role, scope, from: beginOf(act), until, reason }
        return [state!, act.actor].map((person) => ({
          fact: 'DelegationGranted',
          data,
          subject: { kind: 'person', id: person.id } as const,
        }))
      },
    }),

    end: subjectStep({
      on: 'person',
      by: [...lendable, 'officer', 'keeper'],
      input: End,
      subject: (input) => input.to,
      requires: (state, act) => {
        const { name } = state!
        const held = heldBy(state!, act.now).find(({ id }) => id === act.input.delegation)
        refuseOthers(required(held, 'delegation.none', { name }), act)
      },
      records: (state, act) => {
        const held = heldBy(state!, act.now).filter(({ id }) => id === act.input.delegation)
        return endingOf(held, (login) => act.person(login).id, { reason: act.input.reason })
      },
    }),
  },

  facts: {
    // Those that have run out by then are of no use to anybody's state any more.
    DelegationGranted: factAbout<'person', Delegation>('person', (person, { data, occurredAt }) => {
      const before = (person!.delegations ?? []).filter(({ until }) => until > occurredAt)
      return said(person!, [...before, data])
    }),
    DelegationEnded: factAbout<'person', Pick<Delegation, 'id'>>('person', (person, { data }) =>
      said(
        person!,
        (person!.delegations ?? []).filter(({ id }) => id !== data.id),
      ),
    ),
  },

  refusals: [
    'to-oneself',
    'of-a-delegation',
    'not-yours',
    'backdated',
    'ends-before',
    'too-long',
    'already-given',
    'none',
    'not-a-party',
  ],
})
