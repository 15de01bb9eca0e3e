/** A way on from wherever a thing has come to: what somebody could still do until it has reached a lawful end. */
import { catalogue } from '../../server/custody/catalogue.ts'
import { possibleSteps } from '../../server/custody/decide.ts'
import { Refusal, type Signer } from '../../server/custody/define.ts'
import { satisfies } from '../../server/custody/general.ts'
import type { Item } from '../../server/custody/item.ts'
import type { Story } from './custody.ts'
import { Chance, draws } from './custody-moves.ts'

/** What leads to an end, the surest first; each is taken a few times at most, so the search ends. */
const towardsTheEnd = [
  'discrepancy.resolve',
  'objection.settle',
  'relocation.arrive',
  'retrieval.give-back',
  'retrieval.withdraw',
  'retrieval.reject',
  'transfer.accept',
  'transfer.withdraw',
  'transfer.decline',
  'transfer.object',
  'intake.receive',
  'measure.lift',
  'return.hand-over',
  'disposal.execute',
  'money.return',
  'money.to-treasury',
  'return.approve',
  'disposal.approve',
  'disposal.review',
  'return.withdraw',
  'disposal.withdraw',
  'return.propose',
  'disposal.propose',
  'case.assign',
  'measure.take-in',
  'measure.keep-elsewhere',
  'retrieval.approve',
  'retrieval.release',
  'transfer.endorse',
  'return.reject',
  'disposal.reject',
]
const mostTimes = 3
const mostSteps = 40
const attempts = 40

/** People who can sign in these places, each once; nobody where a place stays empty. */
export function signersFor(story: Story, signers: Signer[], actor: string, chance: Chance): string[] {
  const signed: string[] = []
  for (const signer of signers) {
    if (!signer.logins && !signer.roles) continue
    const able = [...story.world.people.values()].filter(
      (person) => person.login !== actor && !signed.includes(person.login) && satisfies(person, signer),
    )
    if (able.length > 0) signed.push(chance.of(able).login)
  }
  return signed
}

const missing = 'step.countersignature-missing'

/** Takes the step with who the rules say must sign; gives what came of it. */
export function takeSigned(
  story: Story,
  { login, step, items, signers }: { login: string; step: string; items: string[]; signers: Signer[] },
  input: unknown,
  chance: Chance,
): ReturnType<Story['attempt']> {
  let signedBy = signersFor(story, signers, login, chance)
  let outcome = story.attempt(login, step, input, { items, signedBy })
  for (let more = 0; more < 3 && outcome instanceof Refusal && outcome.code === missing; more += 1) {
    const { logins, roles } = outcome.params as Pick<Signer, 'logins' | 'roles'>
    const signer = { as: '', not: signedBy, ...(logins ? { logins } : {}), ...(roles ? { roles } : {}) }
    const before = signedBy.length
    signedBy = [...signedBy, ...signersFor(story, [signer], login, chance)]
    if (signedBy.length === before) return outcome
    outcome = story.attempt(login, step, input, { items, signedBy })
  }
  return outcome
}

type Able = { login: string; signers: Signer[] }

/** By step, who could take it on the thing alone, by what the screens would say. */
function ableOn(story: Story, code: string): Map<string, Able[]> {
  const source = { newCode: () => 'D00000000000', seal: () => '' }
  const able = new Map<string, Able[]>()
  for (const [login, { disabled }] of story.world.people) {
    if (disabled) continue
    for (const { step, refusal, signers } of possibleSteps(
      catalogue,
      story.world,
      { items: [code], actor: login, now: story.now },
      source,
    ))
      if (!refusal) able.set(step, [...(able.get(step) ?? []), { login, signers }])
  }
  return able
}

const hasEnded = (item: Item) => item.custody.state === 'left'

/** `refused` says why the steps that could be offered were not taken. */
export type Way = { steps: string[]; stuckAt?: Item; refused?: string[] }

/**
 * The steps that lead the thing to an end in a fork of the story, which stays as it was; with `stuckAt` where no step
 * was found that leads on. Only the thing itself is touched: what it shares a docket with stands where it stood.
 */
export function wayToEnd(story: Story, code: string, seed: number): Way {
  const fork = story.fork()
  const chance = new Chance(seed)
  const taken = new Map<string, number>()
  const steps: string[] = []
  const refused: string[] = []
  const itemNow = () => fork.world.items.get(code)!
  while (!hasEnded(itemNow())) {
    if (steps.length >= mostSteps) return { steps, stuckAt: itemNow() }
    if (itemNow().officers.length === 0 && assignOfficer(fork, itemNow())) steps.push('case.assign')
    const able = ableOn(fork, code)
    const step = towardsTheEnd.find(
      (each) =>
        draws[each] && (taken.get(each) ?? 0) < mostTimes && takeOne(fork, each, able.get(each), code, chance, refused),
    )
    if (!step) return { steps, stuckAt: itemNow(), refused: [...new Set(refused)] }
    taken.set(step, (taken.get(step) ?? 0) + 1)
    steps.push(step)
  }
  return { steps }
}

/** Whether a head or a leader gave the case of the thing an officer. */
function assignOfficer(story: Story, { caseNo }: Item): boolean {
  const people = [...story.world.people.values()].filter(({ disabled }) => !disabled)
  const holding = (...roles: string[]) => people.filter(({ grants }) => grants.some(({ role }) => roles.includes(role)))
  for (const { login } of holding('head', 'leader'))
    for (const officer of holding('officer')) {
      const unit = officer.grants.find(({ role }) => role === 'officer')!.scope
      for (const where of [{}, { unit }]) {
        const outcome = story.attempt(login, 'case.assign', { caseNo, officers: [officer.login], ...where })
        if (!(outcome instanceof Refusal)) return true
      }
    }
  return false
}

/** Whether somebody took the step. */
function takeOne(
  story: Story,
  step: string,
  able: Able[] | undefined,
  code: string,
  chance: Chance,
  refused: string[],
): boolean {
  for (let attempt = 0; able && attempt < attempts; attempt += 1) {
    const { login, signers } = chance.of(able)
    const input = draws[step]!(story, [story.world.items.get(code)!], chance)
    const outcome = takeSigned(story, { login, step, items: [code], signers }, input, chance)
    if (!(outcome instanceof Refusal)) return true
    refused.push(`${step} by ${login}: ${outcome.code} ${JSON.stringify(outcome.params)}`)
  }
  return false
}

/**
 * What differs for a thing when every other thing is away: steps that somebody can take only then, or only now. What
 * happens to one thing is never to change what is possible for another.
 */
export function hostageOf(story: Story, code: string): string[] {
  const alone = story.fork()
  const item = alone.world.items.get(code)!
  alone.world.items = new Map([item.code, ...item.labels].map((each) => [each, item]))
  const said = (able: Map<string, Able[]>) =>
    new Set([...able].flatMap(([step, people]) => people.map(({ login }) => `${step} by ${login}`)))
  const [with_, without] = [said(ableOn(story, code)), said(ableOn(alone, code))]
  return [
    ...[...without].filter((each) => !with_.has(each)).map((each) => `${each} only alone`),
    ...[...with_].filter((each) => !without.has(each)).map((each) => `${each} only with the others`),
  ]
}
