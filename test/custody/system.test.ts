/** What the system records of itself: what it says, what it refuses, and that a log with it is decided the same again. */
import { expect } from 'chai'
import { catalogue } from '../../server/custody/catalogue.ts'
import { Refusal } from '../../server/custody/define.ts'
import { statementOfKey } from '../../server/custody/procedures/ledger.ts'
import { type LoggedFact, Replay } from '../../server/custody/replay.ts'
import { rulesIn, rulesVersion } from '../../server/custody/rules.ts'
import { foundingAgency } from '../../server/custody/subjects.ts'
import { decideForSystem, type SystemStep, type SystemSteps } from '../../server/custody/system.ts'
import {
  alsoHolds,
  asJson,
  decidedAgain,
  given,
  type History,
  receipt,
  received,
  refusalsShown,
  registered,
  requested,
  start,
} from '../support/custody.ts'
import { codeSource, newWorld } from '../support/custody-world.ts'

const foundation: SystemSteps['agency.found'] = {
  agency: { id: 'psb', name: '江城市公安局', type: 'police' },
  admin: { login: 'root', name: '管理', number: '000001' },
}
const epoch: SystemSteps['ledger.open-epoch'] = {
  origin: 'police.example/custody/2',
  before: {
    origin: 'police.example/custody',
    size: 12,
    root: 'ab'.repeat(32),
    checkpoint: 'police.example/custody\n12',
  },
  kept: 4,
  reason: '备份恢复',
}
const key = 'police.example/custody+00000000+AQ=='
const announced = (statement = statementOfKey('police.example/custody', key)): SystemSteps['ledger.announce-key'] => ({
  key,
  before: 'police.example/custody+11111111+AQ==',
  statement,
  signature: 'AA==',
})

/** A log of what the system did, one command after the other. */
class Log {
  readonly entries: LoggedFact[] = []
  private readonly replay = new Replay(catalogue)

  get units() {
    return this.replay.memory.units.values()
  }

  take<Step extends SystemStep>(step: Step, input: SystemSteps[Step], change: Partial<LoggedFact> = {}) {
    const codes: string[] = []
    const draw = codeSource()
    const newCode = (kind: Parameters<typeof draw>[0]) => {
      codes.push(draw(kind))
      return codes.at(-1)!
    }
    const founded = foundingAgency(this.replay.memory.units.values())
    const { facts, actor } = decideForSystem(step, founded, input, start, newCode)
    const id = String(this.entries.length)
    const asked = JSON.stringify({ items: [], input, at: start, sealed: [], codes })
    const command = facts.map(
      ({ subject, version, recorded }, ordinal): LoggedFact => ({
        position: this.entries.length + ordinal,
        subject,
        version,
        step: recorded.step,
        fact: recorded.fact,
        data: recorded.data,
        actor,
        countersigners: [],
        occurredAt: start,
        recordedAt: start,
        command: { id, ordinal, of: facts.length, asked: ordinal === 0 ? asked : '' },
        ...change,
      }),
    )
    this.entries.push(...command)
    return this.replay.take(asJson(command))
  }
}

describe('the system', () => {
  it('founds an installation, and what it said is decided the same again', () => {
    expect(new Log().take('agency.found', foundation)).to.deep.equal([])
  })

  it('founds it once', () => {
    const log = new Log()
    log.take('agency.found', foundation)
    expect(() => log.take('agency.found', foundation))
      .to.throw(Refusal)
      .with.property('code', 'agency.founded')
    refusalsShown.set('agency.founded', [{}])
  })

  it('opens an epoch and announces a key, of the founding agency and in its name', () => {
    const log = new Log()
    log.take('agency.found', foundation)
    expect(log.take('ledger.open-epoch', epoch)).to.deep.equal([])
    expect(log.take('ledger.announce-key', announced())).to.deep.equal([])
    const [opened, told] = log.entries.slice(-2)
    expect(opened).to.deep.include({ fact: 'EpochOpened', version: 3, data: epoch })
    expect(told).to.deep.include({ fact: 'LogKeyAnnounced', version: 4 })
    expect(opened!.actor).to.deep.include({ login: 'system', agency: 'psb' })
  })

  it('announces no key but the one that the old key signed for', () => {
    const log = new Log()
    log.take('agency.found', foundation)
    const other = statementOfKey('police.example/custody', 'police.example/custody+22222222+AQ==')
    try {
      log.take('ledger.announce-key', announced(other))
      expect.fail('it was taken')
    } catch (refusal) {
      expect((refusal as Refusal).code).to.equal('ledger.other-statement')
      refusalsShown.set('ledger.other-statement', [{}])
    }
  })

  describe('adopting rules', () => {
    const rulesOf = (log: Log) => rulesIn(log.units)
    const refused = (log: Log, version: number) => {
      try {
        log.take('ledger.adopt-rules', { version })
        return 'it was taken'
      } catch (refusal) {
        const { code, params } = refusal as Refusal
        refusalsShown.set(code, [params])
        return code
      }
    }

    it('begins with the first version and goes on to the newest', () => {
      const log = new Log()
      log.take('agency.found', foundation)
      expect(rulesOf(log)).to.equal(1)
      expect(log.take('ledger.adopt-rules', { version: rulesVersion })).to.deep.equal([])
      expect(rulesOf(log)).to.equal(rulesVersion)
    })

    it('never goes back, nor stays', () => {
      const log = new Log()
      log.take('agency.found', foundation)
      log.take('ledger.adopt-rules', { version: rulesVersion })
      for (const version of [1, rulesVersion]) expect(refused(log, version)).to.equal('ledger.rules-go-back')
    })

    it('knows no version to come, and decides nothing by one', () => {
      const log = new Log()
      log.take('agency.found', foundation)
      expect(refused(log, rulesVersion + 1)).to.equal('ledger.newer-rules')
      const later: History = ({ world }) =>
        void world.units.set('psb', { ...world.units.get('psb')!, rules: rulesVersion + 1 })
      const story = given(registered(), later)
      story.when('keeper', 'intake.receive', receipt(story)).refusedWith('ledger.newer-rules')
    })
  })

  it('is found out when an entry is signed by somebody else in its name', () => {
    const log = new Log()
    log.take('agency.found', foundation)
    const [problem] = log.take('ledger.open-epoch', epoch, { countersigners: [{ login: 'root' } as never] })
    expect(problem).to.deep.include({ code: 'other-facts', about: 'countersigners' })
  })

  describe('writing down who tried what', () => {
    const tried = (story: ReturnType<typeof given>): SystemSteps['attempt.refused'] => ({
      actor: 'officer',
      step: 'retrieval.approve',
      items: story.codes,
      input: {},
      countersigners: [],
      code: 'step.own-request',
      params: { code: story.codes[0], name: '陆一舟' },
    })
    const asking = () => given(registered(), received(), alsoHolds('officer', 'head', 'crim'), requested())
    const written = (story: ReturnType<typeof given>, said: Partial<SystemSteps['attempt.refused']> = {}) => {
      const input = { ...tried(story), ...said }
      const person = story.world.people.get('officer')!
      const founded = foundingAgency(story.world.units.values())
      const { facts, actor } = decideForSystem('attempt.refused', founded, input, story.now, () => 'none', person)
      const asked = JSON.stringify({ items: [], input, at: story.now, sealed: [], codes: [] })
      const [{ subject, version, recorded, audience }] = facts as [(typeof facts)[number]]
      const { step, fact, data } = recorded
      const command = { id: 'tried', ordinal: 0, of: 1, asked }
      const at = { position: story.log.length, occurredAt: story.now, recordedAt: story.now }
      const entry = { ...at, subject, version, step, fact, data, actor, countersigners: [], command }
      return { entry: asJson(entry), audience }
    }
    const problems = (story: ReturnType<typeof given>, entry: LoggedFact) => {
      const world = newWorld()
      alsoHolds('officer', 'head', 'crim')({ world } as never)
      return decidedAgain([...story.log, entry], world)
    }

    it('is about that person and heard by inspectors alone', () => {
      const { entry, audience } = written(asking())
      expect(entry).to.deep.include({ fact: 'AttemptRefused', step: 'attempt.refused' })
      expect(entry.data).to.include({ step: 'retrieval.approve', code: 'step.own-request' })
      expect(entry.data).not.to.have.property('input')
      expect(audience).to.deep.equal(['inspects:psb'])
    })

    it('is decided the same again', () => {
      const story = asking()
      expect(problems(story, written(story).entry)).to.deep.equal([])
    })

    it('is found out when the rules would not have refused it, or would have for another reason', () => {
      const story = asking()
      for (const said of [
        { actor: 'head' },
        { code: 'step.executor-decided' },
        { step: 'retrieval.reject', items: [] },
      ]) {
        const [problem] = problems(story, written(story, said).entry)
        expect(problem?.refusal?.code).to.equal('attempt.not-refused')
      }
    })

    it('writes nothing down that has nothing to do with separation', () => {
      expect(() => written(asking(), { code: 'docket.none' }))
        .to.throw(Refusal)
        .with.property('code', 'attempt.not-refused')
      refusalsShown.set('attempt.not-refused', [{ code: 'docket.none' }])
    })
  })
})
